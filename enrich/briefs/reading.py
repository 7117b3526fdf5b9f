"""A Korean sentence with its typed parts: what a frame may build English of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from enrich.briefs.english import writing
from enrich.briefs.names import EnglishName, NameBook
from sosik.model.analysis import DateMention, Figure, Mention, MentionKind
from sosik.model.brief import Sentence

_TOPIC = re.compile(r"(?:\([^)]*\))?(?:은|는|이|가)(?=[\s,])")
_WITH = re.compile(r"(?:\([^)]*\))?(?:와|과)(?=\s)")
_JOINED = re.compile(r"(?:\([^)]*\))?\s?(?:,|·|ㆍ|및|와|과)\s?(?:㈜|\(주\))?")
_QUOTED = re.compile(r"[‘'“\"「<《]([^’'”\"」>》\n]{2,40})[’'”\"」>》]")
_SAID = re.compile(r"\s?(?:밝혔|발표했|전했|설명했|공개했)")
_SPEECH = re.compile(r"[“\"][^”\"]{6,}[”\"]")
_COUNTED = re.compile(r"\s?(?:안에|이내|뒤|만에|동안|간\s)")
_MADE_OF = re.compile(r"[가-힣]-[가-힣]")
_CITY = re.compile(r"\s(?:Metropolitan |Special )?(?:Self-Governing )?City$")
_ACTORS = (MentionKind.ORGANISATION, MentionKind.PERSON, MentionKind.REGION)


@dataclass(frozen=True)
class Reading:
    """A sentence and what was found in it. Offsets of all parts count characters of `sentence.text`."""

    sentence: Sentence
    mentions: tuple[Mention, ...]
    figures: tuple[Figure, ...]
    dates: tuple[DateMention, ...]
    book: NameBook

    @property
    def text(self) -> str:
        """The Korean."""
        return self.sentence.text

    def name(self, mention: Mention, *, place: bool = False) -> str:
        """A mention in English, with the Korean where the English is not official; a city as a place is its name."""
        found = self.book.english(mention)
        return shown(found, place=place or (mention.kind is MentionKind.REGION and not self._acts(mention)))

    def _acts(self, mention: Mention) -> bool:
        return _TOPIC.match(self.text, mention.end) is not None

    def subjects(self) -> list[str]:
        """Who the sentence is about: the first actor, or list of actors, before a topic or subject particle."""
        actors = [each for each in self.mentions if each.kind in _ACTORS]
        for place, each in enumerate(actors):
            if not self._acts(each):
                continue
            chain = [each]
            for before in reversed(actors[:place]):
                if not _JOINED.fullmatch(self.text, before.end, chain[0].start):
                    break
                chain.insert(0, before)
            return self._distinct(chain)
        return []

    def partners(self) -> list[str]:
        """With whom: the list of actors before 와 or 과, the subject left out."""
        actors = [each for each in self.mentions if each.kind in _ACTORS]
        subjects = self.subjects()
        for place in range(len(actors) - 1, -1, -1):
            if not _WITH.match(self.text, actors[place].end):
                continue
            chain = [actors[place]]
            for before in reversed(actors[:place]):
                if not _JOINED.fullmatch(self.text, before.end, chain[0].start):
                    break
                chain.insert(0, before)
            names = [each for each in self._distinct(chain) if each not in subjects]
            if names:
                return names
        return []

    def _distinct(self, mentions: Sequence[Mention]) -> list[str]:
        return list(dict.fromkeys(self.name(each) for each in mentions))

    def dated(self) -> str:
        """The date of what happened, with its preposition, or nothing where the sentence has not exactly one."""
        dates = [each for each in self.dates if not self.is_announcement(each)]
        return f" {writing.on(dates[0].iso or '')}" if len(dates) == 1 and dates[0].iso else ""

    def announced(self) -> str:
        """The date on which it was said, with its preposition."""
        found = [each for each in self.dates if self.is_announcement(each)]
        return f" {writing.on(found[0].iso or '')}" if found else ""

    def is_announcement(self, mention: DateMention) -> bool:
        """Is it the date of 3일 밝혔다?"""
        return _SAID.match(self.text, mention.end) is not None

    def figure(self, found: Figure) -> str | None:
        """A figure in English."""
        return writing.figure(found, self.text, self.book.counted(found.counts) if found.counts else None)

    def quoted(self, before: str) -> str | None:
        """The name in quotation marks that stands before such words, in English with the Korean."""
        for match in _QUOTED.finditer(self.text):
            if re.match(before, self.text[match.end() :]):
                return self.book.titled(match[1])
        return None

    @property
    def speech(self) -> bool:
        """Does it quote somebody's words?"""
        return _SPEECH.search(self.text) is not None


def shown(name: EnglishName, *, place: bool = False) -> str:
    """A name as it is written; of a city as a place only its name."""
    english = _CITY.sub("", name.text) if place else name.text
    return english if name.official or english == name.korean else f"{english} ({name.korean})"


def read_sentence(
    sentence: Sentence,
    mentions: Sequence[Mention],
    figures: Sequence[Figure],
    dates: Sequence[DateMention],
    book: NameBook,
) -> Reading:
    """Return the reading of a sentence, from what was found in the whole article."""

    def inside(start: int, end: int) -> bool:
        return sentence.start <= start and end <= sentence.end

    shift = sentence.start
    return Reading(
        sentence=sentence,
        mentions=tuple(
            replace(each, start=each.start - shift, end=each.end - shift)
            for each in mentions
            if inside(each.start, each.end) and not _MADE_OF.search(each.name)
        ),
        figures=tuple(
            replace(each, start=each.start - shift, end=each.end - shift)
            for each in figures
            if inside(each.start, each.end)
        ),
        dates=tuple(
            replace(each, start=each.start - shift, end=each.end - shift)
            for each in dates
            if each.iso is not None
            and inside(each.start, each.end)
            and not _COUNTED.match(sentence.text, each.end - shift)
        ),
        book=book,
    )
