"""What a statement rests on: the cited Korean sentences with their numbers, dates and names, and the whole article."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from enrich.briefs.numerals import read_numerals, read_parts
from enrich.dates import read_dates
from enrich.figures import read_figures
from sosik.model.analysis import DateMention, Figure
from sosik.model.brief import Sentence

_YEAR_WORDS = {
    "재작년": -2, "지난해": -1, "작년": -1, "전년": -1, "올해": 0, "올": 0, "금년": 0, "내년": 1, "내후년": 2,
}  # fmt: skip
_YEAR_WORD = re.compile(r"(?<![가-힣])(재작년|지난해|작년|전년|올해|금년|내년|내후년|올(?=\s|겨울|여름|봄|가을))")
_YEARS_AWAY = re.compile(r"(\d{1,2})년\s?(전|뒤|후)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_LIST = re.compile(r"(?:[A-Z][a-z]+(?:\s[a-z]+){0,3}\s(?:named|given)|Topic|Quoted):\s|The article was published\b")
_SHORT_YEAR = re.compile(r"[’'‘]\s?(\d\d)(?=[.년])")


class Passage:
    """Some Korean text, and what can be read in it. `published` resolves its dates; None where it is not known."""

    def __init__(self, sentences: Iterable[str], published: date | None) -> None:
        self.sentences = tuple(sentences)
        self.text = "\n".join(self.sentences)
        self.published = published

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Its figures."""
        return tuple(figure for each in self.sentences for figure in read_figures(each))

    @cached_property
    def numbers(self) -> frozenset[float]:
        """The values of all its numbers, whatever they measure."""
        ends = {value for each in self.figures for value in (each.value, each.high) if value is not None}
        return frozenset(ends | set(read_numerals(self.text)))

    @cached_property
    def parts(self) -> frozenset[float]:
        """Halves, thirds and multiples."""
        return frozenset(read_parts(self.text))

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """Its dates that could be resolved."""
        found = (mention for each in self.sentences for mention in read_dates(each, self.published))
        return tuple(each for each in found if each.iso is not None)

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that it names, in figures or in words."""
        found = {int(each) for each in _YEAR.findall(self.text)}
        found |= {2000 + int(each) for each in _SHORT_YEAR.findall(self.text)}
        found |= {int(iso[:4]) for each in self.dates for iso in (each.iso or "").split("/")}
        if self.published is not None:
            found |= {self.published.year + _YEAR_WORDS[each] for each in _YEAR_WORD.findall(self.text)}
            for count, way in _YEARS_AWAY.findall(self.text):
                found.add(self.published.year + (-int(count) if way == "전" else int(count)))
        return frozenset(found)


@dataclass(frozen=True)
class Evidence:
    """A statement, what it cites, and the article around it.

    `missing` are cited numbers that no sentence has. `granted` are names that a statement may use although no sentence
    has them: the outlet's.
    """

    statement: str
    cites: tuple[int, ...]
    missing: tuple[int, ...]
    cited: Passage
    article: Passage
    sentences: tuple[Sentence, ...]
    granted: tuple[str, ...] = ()

    @property
    def without_granted(self) -> str:
        """The statement without the names that need no proof."""
        text = self.statement
        for each in self.granted:
            # An outlet may have a short name: it is granted as a word, never as letters inside others.
            text = re.sub(rf"(?<![A-Za-z0-9]){re.escape(each)}(?![A-Za-z0-9])", " ", text)
        return text

    @property
    def published_line(self) -> bool:
        """Does it only say when the article was published, which is known without any sentence?"""
        return self.statement.startswith("The article was published")

    @property
    def lists(self) -> bool:
        """Does it only list what the sentences hold, and say nothing of it? “Dates given: …”"""
        return _LIST.match(self.statement) is not None

    @property
    def published(self) -> date | None:
        """The day of publication."""
        return self.article.published


def gather(
    statement: str,
    cites: Sequence[int],
    sentences: Sequence[Sentence],
    article: Passage,
    granted: Sequence[str] = (),
) -> Evidence:
    """Return the evidence of a statement; `article` is the passage of all sentences, read once for all statements."""
    by_number = {each.number: each.text for each in sentences}
    there = [each for each in dict.fromkeys(cites) if each in by_number]
    return Evidence(
        statement=statement,
        cites=tuple(cites),
        missing=tuple(each for each in cites if each not in by_number),
        cited=Passage([by_number[each] for each in there], article.published),
        article=article,
        sentences=tuple(sentences),
        granted=tuple(filter(None, granted)),
    )
