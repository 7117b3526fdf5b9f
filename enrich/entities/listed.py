"""Finds organisations by the company they keep: a name that is no word, in one list with organisations."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from enrich.entities.firms import is_common, is_no_word
from enrich.entities.form import Form
from sosik.model.analysis import Mention, MentionKind, Morpheme

_MARKS = r"(?:㈜|\(주\))?(?:\([^()\n]{1,12}\))?"
_COMMA = re.compile(rf"{_MARKS}(?:, ?|·)")
_AND = re.compile(rf"{_MARKS}[와과] (?:[가-힣]{{2}} )?")
_ITEM = re.compile(
    r"(?:㈜|\(주\))?(?P<name>[가-힣A-Za-z0-9&]{2,15}?)"
    rf"(?={_MARKS}(?:, ?|·| 등|[와과] |[이가은는] ))"
)
_NAME_IN_ROW = re.compile(r"(?!.*(?:등|장|[시군구도]|과|부|팀|국|실|사|들|계|별|측|권)$)[가-힣A-Za-z0-9&]{2,10}$")
_AND_OTHERS = re.compile(rf"{_MARKS} 등(?:[과은이의에]|[ ,.])")
_TOGETHER = re.compile(rf"{_MARKS}[이가은는] (?:함께|공동|각각|손을|손잡|힘을|협력|업무협약|협약)")


def find_listed(text: str, mentions: Sequence[Mention], morphemes: Sequence[Morpheme]) -> Iterator[Form]:
    """Give the unknown names in lists with organisations: 한국재료연구원, 온담아이티, 한빛전자의 …

    `mentions` are in order.
    A list must end in an organisation or in 등, two names joined by 와 in what they do together.
    """
    reading = _Lists(text, mentions, morphemes)
    for mention in mentions:
        if mention.kind is MentionKind.ORGANISATION:
            yield from reading.beside(mention)


class _Lists:
    """A text, with what is known to begin where."""

    def __init__(self, text: str, mentions: Sequence[Mention], morphemes: Sequence[Morpheme]) -> None:
        self._text = text
        self._kinds = {each.start: each.kind for each in mentions}
        self._starts = [each.start for each in mentions]
        self._mentions = mentions
        self._morphemes = morphemes
        self._words = [each.start for each in morphemes]

    def beside(self, body: Mention) -> list[Form]:
        """Return the names that follow an organisation in its list."""
        found: list[Form] = []
        among = self._is_one_of_several(body)
        place = _COMMA.match(self._text, body.end) or _AND.match(self._text, body.end)
        while place is not None:
            if self._kinds.get(place.end()) is MentionKind.ORGANISATION:
                return found
            item = _ITEM.match(self._text, place.end())
            if item is None or not self._is_free(item) or not self._is_name(item, among):
                return []
            found.append(Form(item["name"], item.start("name"), item.end("name")))
            if _AND_OTHERS.match(self._text, item.end()) or (
                len(found) == 1 and _TOGETHER.match(self._text, item.end())
            ):
                return found
            place = _COMMA.match(self._text, item.end()) or _AND.match(self._text, item.end())
        return []

    def _is_one_of_several(self, body: Mention) -> bool:
        """Does an organisation stand before this one in its list? Then what follows is one, even if it is a word."""
        before = bisect_left(self._starts, body.start) - 1
        if before < 0 or self._mentions[before].kind is not MentionKind.ORGANISATION:
            return False
        return _COMMA.fullmatch(self._text, self._mentions[before].end, body.start) is not None

    def _is_name(self, item: re.Match[str], among: bool) -> bool:
        if among and not is_common(item["name"]) and _NAME_IN_ROW.match(item["name"]):
            return True
        return is_no_word(item["name"], item.start("name"), self._words, self._morphemes)

    def _is_free(self, item: re.Match[str]) -> bool:
        after = bisect_left(self._starts, item.end())
        return after == 0 or self._mentions[after - 1].end <= item.start()
