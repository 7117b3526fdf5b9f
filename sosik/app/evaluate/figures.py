"""Figures and dates: F1 over distinct sums in won and distinct resolved dates, recall of other units."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sosik.app.evaluate import Evaluation, Figure
from sosik.app.evaluate.gold import read_gold
from sosik.app.evaluate.scores import Tally, tally, total, with_interval
from sosik.app.flows.progress import Progress
from sosik.app.importers.items import article_of
from sosik.app.importers.rows import fields_of
from sosik.model.analysis import Analysis

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

NAME = "figures"
HELP = "article rows with gold: {amounts: [{krw} or {value, unit}], dates: [{iso}]}"
_YEAR = len("2026")


def evaluate(wiring: "Wiring", file: Path, progress: Progress) -> Evaluation:
    """Analyse every article of the gold and compare its sums and dates. Years alone are neither asked nor punished."""
    rows = read_gold(file, ("title", "text", "gold"))
    pipeline, outlets = wiring.pipeline(), wiring.outlets()
    money: list[Tally] = []
    dates: list[Tally] = []
    others: list[Tally] = []
    faults: list[str] = []
    for number, row in enumerate(rows, start=1):
        name = str(row.get("id") or f"line {number}")
        found = pipeline.analyse(article_of({"id": name, **fields_of(row)}, outlets))
        gold = row["gold"]
        for title, wanted, got, tallies in (
            ("won", _won_of(gold), _won_in(found), money),
            ("date", _dates(each["iso"] for each in gold.get("dates", ())), _dates(_isos(found)), dates),
        ):
            tallies.append(tally(wanted, got))
            faults += [f"{name}: missed {title} {each}" for each in sorted(wanted - got)]
            faults += [f"{name}: wrongly {title} {each}" for each in sorted(got - wanted)]
        wanted = frozenset(_key(each["value"], each["unit"]) for each in gold.get("amounts", ()) if "krw" not in each)
        others.append(Tally(hit=len(wanted & _others_in(found)), missed=len(wanted - _others_in(found))))
        progress("articles", number, len(rows))
    return Evaluation(
        kind=NAME,
        rows=len(rows),
        figures=(
            *_of("won", money),
            *_of("dates", dates),
            Figure(name="other units, recall", value=total(others).recall, of=total(others).hit + total(others).missed),
        ),
        faults=tuple(faults),
    )


def _of(name: str, tallies: list[Tally]) -> tuple[Figure, ...]:
    whole = total(tallies)
    return (
        with_interval(f"{name}, F1", tallies, lambda some: total(some).f1, of=whole.hit + whole.missed),
        Figure(name=f"{name}, precision", value=whole.precision, of=whole.hit + whole.wrong),
        Figure(name=f"{name}, recall", value=whole.recall, of=whole.hit + whole.missed),
    )


def _key(value: float, unit: str) -> str:
    return f"{float(value):.6g} {unit}" if unit != "KRW" else f"{float(value):.0f}"


def _won_of(gold: dict[str, Any]) -> frozenset[str]:
    return frozenset(_key(each["krw"], "KRW") for each in gold.get("amounts", ()) if "krw" in each)


def _won_in(found: Analysis) -> frozenset[str]:
    values = (value for each in found.figures if each.unit == "KRW" for value in (each.value, each.high))
    return frozenset(_key(value, "KRW") for value in values if value is not None)


def _others_in(found: Analysis) -> frozenset[str]:
    return frozenset(_key(each.value, each.unit) for each in found.figures if each.unit != "KRW")


def _isos(found: Analysis) -> Iterable[str]:
    return (each.iso for each in found.dates if each.iso is not None)


def _dates(isos: Iterable[str]) -> frozenset[str]:
    return frozenset(iso for iso in isos if len(iso) > _YEAR)
