"""Figures and dates: F1 over distinct sums in won and distinct resolved dates, recall of other units."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sosik.app.evaluate import Evaluation, Figure
from sosik.app.evaluate.compared import Pair, analysed, f1, faults
from sosik.app.evaluate.scores import Tally, total
from sosik.app.flows.progress import Progress
from sosik.app.formats import amount_objects
from sosik.model.analysis import Analysis

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

NAME = "figures"
HELP = "article rows with gold: {amounts: [{krw} or {value, unit}], dates: [{iso}]}"
_YEAR = len("2026")


def evaluate(wiring: "Wiring", file: Path, progress: Progress) -> Evaluation:
    """Analyse every article of the gold and compare its sums and dates. Years alone are neither asked nor punished."""
    pairs: dict[str, list[Pair]] = {"won": [], "date": []}
    others: list[Tally] = []
    wrong: list[str] = []
    for name, gold, found in analysed(wiring, file, progress):
        for what, pair in (
            ("won", Pair(_won_of(gold), _won_in(found))),
            ("date", Pair(_dates(each["iso"] for each in gold.get("dates", ())), _dates(_isos(found)))),
        ):
            pairs[what].append(pair)
            wrong += faults(name, what, pair)
        wanted = frozenset(_key(each["value"], each["unit"]) for each in gold.get("amounts", ()) if "krw" not in each)
        others.append(Tally(hit=len(wanted & _others_in(found)), missed=len(wanted - _others_in(found))))
    whole = total(others)
    recall = Figure(name="other units, recall", value=whole.recall, of=whole.hit + whole.missed)
    figures = (*f1("won", pairs["won"]), *f1("dates", pairs["date"]), recall)
    return Evaluation(kind=NAME, rows=len(others), figures=figures, faults=tuple(wrong))


def _key(value: float, unit: str) -> str:
    return f"{float(value):.6g} {unit}" if unit != "KRW" else f"{float(value):.0f}"


def _won_of(gold: dict[str, Any]) -> frozenset[str]:
    return frozenset(_key(each["krw"], "KRW") for each in gold.get("amounts", ()) if "krw" in each)


def _won_in(found: Analysis) -> frozenset[str]:
    return frozenset(_key(value, unit) for value, unit in _amounts(found) if unit == "KRW")


def _others_in(found: Analysis) -> frozenset[str]:
    return frozenset(_key(value, unit) for value, unit in _amounts(found) if unit != "KRW")


def _amounts(found: Analysis) -> Iterable[tuple[float, str]]:
    """Give what `sosik analyse` answers, of a range both ends."""
    return ((each["value"], each["unit"]) for figure in found.figures for each in amount_objects(figure))


def _isos(found: Analysis) -> Iterable[str]:
    return (each.iso for each in found.dates if each.iso is not None)


def _dates(isos: Iterable[str]) -> frozenset[str]:
    return frozenset(iso for iso in isos if len(iso) > _YEAR)
