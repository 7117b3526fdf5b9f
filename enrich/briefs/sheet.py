"""The fact sheet: where, who, when and how much, each line citing the sentences in which it stands."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from enrich.briefs.english.writing import day, listed
from enrich.briefs.reading import Reading
from sosik.model.analysis import MentionKind

Line = tuple[str, tuple[int, ...]]
"""An English sentence and the numbers of the Korean ones that it rests on."""

_NAMES = 5
_CITED = 6  # sentences that one line may cite
_FIGURES = 5
_PLACES = (MentionKind.REGION, MentionKind.PLACE)


def place_lines(readings: Sequence[Reading]) -> Iterator[Line]:
    """Where it happens."""
    yield from _named(readings, _PLACES, "Places named: {}.")


def people_lines(readings: Sequence[Reading]) -> Iterator[Line]:
    """Who is named: organisations, then people with their offices."""
    yield from _named(readings, (MentionKind.ORGANISATION,), "Organisations named: {}.")
    yield from _named(readings, (MentionKind.PROGRAMME,), "Programmes and events named: {}.")


def date_lines(readings: Sequence[Reading]) -> Iterator[Line]:
    """When: the dates that the text gives, in their order of time."""
    found: dict[str, int] = {}
    for reading in readings:
        for each in reading.dates:
            if each.iso and len(each.iso.split("/")[0]) == len("2026-03-02"):
                found.setdefault(each.iso, reading.sentence.number)
    chosen = dict(sorted(found.items(), key=lambda each: date.fromisoformat(each[0].split("/")[0]))[:_NAMES])
    if chosen:
        yield f"Dates given: {listed([day(each) for each in chosen])}.", _cites(chosen.values())


def figure_lines(readings: Sequence[Reading]) -> Iterator[Line]:
    """How much: the figures of each sentence that has at least two, or one of money."""
    for reading in readings:
        shown = [each for each in (reading.figure(found) for found in reading.figures) if each is not None]
        shown = list(dict.fromkeys(shown))[:_FIGURES]
        money = any(each.unit in ("KRW", "USD") for each in reading.figures)
        if len(shown) > 1 or (shown and money):
            yield f"{'Figures' if len(shown) > 1 else 'Figure'} given: {listed(shown)}.", (reading.sentence.number,)


def _named(readings: Sequence[Reading], kinds: Iterable[MentionKind], form: str) -> Iterator[Line]:
    wanted = tuple(kinds)
    found: dict[str, int] = {}
    for reading in readings:
        for each in reading.mentions:
            if each.kind in wanted:
                found.setdefault(reading.name(each, place=each.kind in _PLACES), reading.sentence.number)
    chosen = dict(list(found.items())[:_NAMES])
    if chosen:
        yield form.format(listed(list(chosen))), _cites(chosen.values())


def _cites(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(numbers)))[:_CITED]
