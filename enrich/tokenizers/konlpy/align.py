"""Where tokens stand: KoNLPy gives them without their places, and often not as they are written (밝혔 is 밝히 + 었)."""

import unicodedata
from collections.abc import Iterator, Sequence

from sosik.model.analysis import Morpheme

UNKNOWN, SIGN = "UNKNOWN", "SY"
_FAR = 8  # tokens that may be fused into one stretch of text
_SLACK = 1  # characters that fused tokens may fall short of what is written


def align(text: str, tokens: Sequence[tuple[str, str]]) -> list[Morpheme]:
    """Return the morphemes of a text, in order, that together cover all of it but white space.

    Tokens that are not written as they are read share one morpheme: the surface of the first, and all their tags
    (밝히, VV+EP). What the tagger left out comes as unknown words.
    """
    places = [place for place, character in enumerate(text) if not character.isspace()]
    written = "".join(text[place] for place in places)
    read = [(each, tag) for surface, tag in tokens if (each := _squeezed(surface))]
    words = _word_ends(places)
    return [
        Morpheme(surface, tag, places[start], places[end - 1] + 1)
        for surface, tag, start, end in _spans(written, read, words)
    ]


Span = tuple[str, str, int, int]


def _spans(written: str, read: Sequence[tuple[str, str]], words: Sequence[int]) -> Iterator[Span]:
    place = number = 0
    while place < len(written):
        if number < len(read) and written.startswith(read[number][0], place):
            surface, tag = read[number]
            yield surface, tag, place, place + len(surface)
            place, number = place + len(surface), number + 1
            continue
        if not written[place].isalnum():  # a sign that the tagger left out
            yield written[place], SIGN, place, place + 1
            place += 1
            continue
        anchor = _anchor(written, read, place, number)
        if anchor is not None:
            upto, next_place = anchor
            tags = "+".join(dict.fromkeys(tag for _, tag in read[number:upto]))
            yield read[number][0], tags, place, next_place
            place, number = next_place, upto
            continue
        end = words[place]
        yield written[place:end], UNKNOWN, place, end
        place, number = end, _resumed(written, read, end, number)


def _anchor(written: str, read: Sequence[tuple[str, str]], place: int, number: int) -> tuple[int, int] | None:
    """Return the next token that is found as it is written, and where; the end counts as one."""
    room = _SLACK
    for upto in range(number + 1, min(number + _FAR, len(read)) + 1):
        room += len(read[upto - 1][0])
        if upto == len(read):
            return (upto, len(written)) if len(written) - place <= room else None
        surface = read[upto][0]
        found = written.find(surface, place + 1, place + room + len(surface))
        if found > 0:
            return upto, found
    return None


def _resumed(written: str, read: Sequence[tuple[str, str]], place: int, number: int) -> int:
    """Return the number of the token that begins at the next word, the same one where none does."""
    for later in range(number, min(number + 2 * _FAR, len(read))):
        if written.startswith(read[later][0], place):
            return later
    return number


def _word_ends(places: Sequence[int]) -> list[int]:
    """Return for each written character where its word ends."""
    ends = [len(places)] * len(places)
    for place in range(len(places) - 2, -1, -1):
        ends[place] = place + 1 if places[place + 1] != places[place] + 1 else ends[place + 1]
    return ends


def _squeezed(surface: str) -> str:
    return "".join(unicodedata.normalize("NFC", surface).split())
