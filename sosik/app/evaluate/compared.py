"""Articles of a gold file analysed, and what was found in each held against what should be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sosik.app.evaluate import Figure
from sosik.app.evaluate.gold import read_gold
from sosik.app.evaluate.scores import tally, total, with_interval
from sosik.app.flows.progress import Progress
from sosik.app.importers.items import article_of
from sosik.app.importers.rows import fields_of
from sosik.model.analysis import Analysis
from sosik.model.errors import Refused

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring


@dataclass(frozen=True, slots=True)
class Pair:
    """What is wanted of one article and what was found."""

    wanted: frozenset[str]
    found: frozenset[str]


def analysed(wiring: "Wiring", file: Path, progress: Progress) -> Iterator[tuple[str, dict[str, Any], Analysis]]:
    """Give name, gold and analysis of every article of a file; raises Refused for a row that is no article."""
    rows = read_gold(file, ("title", "text", "gold"))
    pipeline, outlets = wiring.pipeline(), wiring.outlets()
    for number, row in enumerate(rows, start=1):
        name = str(row.get("id") or f"line {number}")
        try:
            article = article_of({"id": name, **fields_of(row)}, outlets)
        except Refused as error:
            raise Refused(f"{file}: {name}: {error}") from error
        yield name, row["gold"], pipeline.analyse(article)
        progress("articles", number, len(rows))


def faults(name: str, what: str, pair: Pair) -> Iterator[str]:
    """Name what is missing and what is wrong in an article; `what` is a word for the things, or empty."""
    for verb, things in (("missed", pair.wanted - pair.found), ("wrongly", pair.found - pair.wanted)):
        yield from (f"{name}: {' '.join(filter(None, (verb, what, each)))}" for each in sorted(things))


def f1(name: str, pairs: Sequence[Pair]) -> tuple[Figure, ...]:
    """Return F1 over all pairs, with an interval, precision and recall; `name` may be empty."""
    tallies = [tally(each.wanted, each.found) for each in pairs]
    whole = total(tallies)
    of, prefix = whole.hit + whole.missed, f"{name}, " if name else ""
    return (
        with_interval(f"{prefix}F1" if name else "micro-F1", tallies, lambda some: total(some).f1, of=of),
        Figure(name=f"{prefix}precision", value=whole.precision, of=whole.hit + whole.wrong),
        Figure(name=f"{prefix}recall", value=whole.recall, of=of),
    )
