"""Numbered features and their parts."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from sosik.model.instants import Published

_LABELS = ("프롤로그", "상", "중", "하", "에필로그", "번외", "번외편")
_END = datetime.max.replace(tzinfo=UTC)
_PATIENCE = timedelta(days=30)  # silence shorter than this is never remarkable


def letters(name: str) -> str:
    """Return the letters and digits of a name, in small letters: names that differ in nothing else are one name."""
    composed = unicodedata.normalize("NFC", name)
    return "".join(each for each in composed.casefold() if each.isalnum())


def series_id(source: str, name: str) -> str:
    """Return the id of a series, 16 hexadecimal digits: a series is one outlet's, however its name is spaced."""
    return hashlib.blake2b(f"series\n{source}\n{letters(name)}".encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Installment:
    """One part of a series. `number` is None where the outlet gives a label only (상, 하), or neither.

    `name` is the series' name as this headline has it.
    """

    article: str
    number: int | None
    label: str | None
    final: bool
    name: str = ""
    title: str = ""
    url: str = ""
    published: Published | None = None

    @property
    def marked(self) -> bool:
        """Does its headline say which part it is?"""
        return self.number is not None or self.label is not None or self.final

    @property
    def order(self) -> tuple[int, int, datetime, str]:
        """What parts are put in order by: number, then label, then publication (undated last), then article."""
        place = _LABELS.index(self.label) if self.label in _LABELS else len(_LABELS)
        number = self.number if self.number is not None else (0 if place == 0 else 1_000_000)
        return number, place, _published(self), self.article


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A numbered feature of one outlet, its installments in order of their numbers."""

    id: str
    source: str
    name: str
    installments: tuple[Installment, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Its name, then the others that headlines of its parts give it: several where editors joined series."""
        by_letters = {letters(each): each for each in (*(part.name for part in reversed(self.installments)), self.name)}
        others = (each.name for each in self.installments)
        return tuple(dict.fromkeys(by_letters[letters(each)] for each in (self.name, *others) if letters(each)))

    @property
    def ids(self) -> tuple[str, ...]:
        """Its id, then those that its other names would have on their own."""
        return tuple(dict.fromkeys((self.id, *(series_id(self.source, each) for each in self.names))))

    def called(self, name: str) -> bool:
        """Is it the series of that id or name?"""
        return name in self.ids or letters(name) in map(letters, self.names)

    @property
    def established(self) -> bool:
        """Is it a series yet? One headline without number or label is not."""
        return len(self.installments) > 1 or any(each.marked for each in self.installments)

    @property
    def finished(self) -> bool:
        """Has the outlet said that it is over?"""
        return any(each.final for each in self.installments)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers that are there, in order, each once."""
        return tuple(sorted({each.number for each in self.installments if each.number is not None}))

    @property
    def gaps(self) -> tuple[int, ...]:
        """The numbers between the lowest and the highest that no article has; what lies before the first is no gap."""
        return tuple(each for gap in self._gaps() for each in gap)

    @property
    def gap_ranges(self) -> tuple[str, ...]:
        """The gaps as they are shown: 4, 7–12."""
        return tuple(f"{gap[0]}" if len(gap) == 1 else f"{gap[0]}–{gap[-1]}" for gap in self._gaps())

    def _gaps(self) -> list[range]:
        return [range(before + 1, after) for before, after in pairwise(self.numbers) if after - before > 1]

    @property
    def newest(self) -> Installment | None:
        """The part that was published last, or None where none is dated."""
        dated = [each for each in self.installments if each.published is not None]
        return max(dated, key=_published, default=None)

    def silent(self, now: datetime) -> timedelta | None:
        """How long nothing has come of an unfinished series, where that is remarkable; else None.

        Remarkable is three times its longest pause so far, and never less than 30 days.
        """
        if self.newest is None or self.finished:
            return None
        days = sorted(_published(each) for each in self.installments if each.published is not None)
        pauses = [after - before for before, after in pairwise(days)]
        since = now - _published(self.newest)
        return since if since > max([_PATIENCE, *(3 * each for each in pauses)]) else None


class SeriesDecisionKind(StrEnum):
    """What editors decide about series."""

    JOIN = "join"  # the other goes on under the series: its parts, and those yet to come, are the series' own
    SEPARATE = "separate"  # they are two


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesDecision:
    """What an editor decided about two series of one outlet, by their ids. Kept for ever; the later one holds."""

    kind: SeriesDecisionKind
    series: str
    other: str
    at: datetime
    by: str = ""


def joined(decisions: Iterable[SeriesDecision]) -> dict[str, str]:
    """Return the series that each joined one belongs to now, by ids; decisions are given oldest first."""
    into: dict[str, str] = {}
    for each in decisions:
        series, other = _head(into, each.series), _head(into, each.other)
        if each.kind is SeriesDecisionKind.JOIN and series != other:
            into[other] = series
        elif each.kind is SeriesDecisionKind.SEPARATE and series == other:
            into.pop(each.other, None)
    return {each: _head(into, each) for each in into}


def _head(into: dict[str, str], series: str) -> str:
    while series in into:
        series = into[series]
    return series


def _published(part: Installment) -> datetime:
    return part.published.order if part.published is not None else _END
