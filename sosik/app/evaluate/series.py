"""Series: is a headline part of one, and if so, is its name right, and its number or label?"""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sosik.app.evaluate import Evaluation, Figure
from sosik.app.evaluate.gold import read_gold
from sosik.app.evaluate.scores import Tally, share, total, with_interval
from sosik.app.flows.progress import Progress
from sosik.model.analysis import HeadlineKind, SeriesMarker

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

NAME = "series"
HELP = "headline rows {headline, kind, series, installment, label}; rows marked ambiguous are left out"


def evaluate(wiring: "Wiring", file: Path, progress: Progress) -> Evaluation:
    """Read every headline of the gold and compare."""
    from enrich.headline import read_headline

    del wiring  # a headline is read without catalogue or ledger
    rows = [row for row in read_gold(file, ("headline", "kind")) if not row.get("ambiguous")]
    tallies: list[Tally] = []
    named: list[bool] = []
    numbered: list[bool] = []
    faults: list[str] = []
    for done, row in enumerate(rows, start=1):
        marker = read_headline(row["headline"])
        wanted, found = row["kind"] == "series", marker.kind is HeadlineKind.SERIES
        tallies.append(Tally(wanted and found, found and not wanted, wanted and not found))
        if wanted and found:
            named.append(_letters(marker.series) == _letters(row.get("series")))
            numbered.append(_same_part(marker, row))
        if wanted != found or (wanted and not (named[-1] and numbered[-1])):
            faults.append(f"{row['headline']}: read as {marker.kind.value}, {marker.series}, {marker.installment}")
        progress("headlines", done, len(rows))
    return Evaluation(kind=NAME, rows=len(rows), figures=_figures(tallies, named, numbered), faults=tuple(faults))


def _figures(tallies: list[Tally], named: list[bool], numbered: list[bool]) -> tuple[Figure, ...]:
    whole = total(tallies)
    both = [name and number for name, number in zip(named, numbered, strict=True)]
    return (
        with_interval("precision", tallies, lambda some: total(some).precision, of=whole.hit + whole.wrong),
        with_interval("recall", tallies, lambda some: total(some).recall, of=whole.hit + whole.missed),
        share("name", named),
        share("number or label", numbered),
        share("name and number", both),
    )


def _letters(name: str | None) -> str:
    return re.sub(r"[\W_]", "", name or "").casefold()


def _same_part(marker: SeriesMarker, row: dict[str, Any]) -> bool:
    if row.get("installment") is not None:
        return bool(marker.installment == row["installment"])
    return bool(marker.label == row.get("label"))
