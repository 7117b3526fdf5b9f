"""Every number of the English stands in the cited Korean, in the same unit: 600 billion won is 6000억 원, not 6조."""

from collections.abc import Iterable, Iterator

from enrich.briefs.checks.finding import Finding, block, warn
from enrich.briefs.english.dates import read_days
from enrich.briefs.english.numbers import Quantity, read_quantities
from enrich.briefs.source import Evidence, Passage
from sosik.model.analysis import Figure

# Units that Korean figures always carry: a bare number is not enough.
_STRONG = frozenset(
    {"KRW", "USD", "EUR", "JPY", "CNY", "%", "%p", "PFlops", "EFlops", "MW", "GW", "kW", "MWh", "GWh", "kWh", "GB"}
    | {"TB", "PB", "nm", "m2", "ha", "GPU", "km", "m", "kg", "t"}
)
# Units that mean the same in a sentence of news.
_ALIKE = {
    "m2": {"m2"}, "%p": {"%p", "point"}, "%": {"%"}, "person": {"person", "piece", "place"},
    "GPU": {"GPU", "sheet", "unit", "piece"}, "month": {"month"}, "year": {"year"}, "day": {"day"},
}  # fmt: skip
_COUNTED = frozenset({"person", "company", "piece", "place", "case", "kind", "team", "household", "unit", "work"})
_TOLERANCE = 0.05  # of a number that the English itself calls approximate
_DIGITS_FOR_ROUNDING = 100  # 427 billion for 4269억 keeps three digits; 40 for 38 would not
_SMALL = 3  # the two parties, all three: often counted by the writer and not written


def check_numbers(evidence: Evidence) -> Iterator[Finding]:
    """Give what is wrong with the numbers of a statement."""
    text = _without_dates(evidence.statement)
    for quantity in read_quantities(text):
        finding = _check(quantity, evidence.cited)
        if finding is not None:
            yield _with_place(finding, quantity, evidence)


def _without_dates(text: str) -> str:
    for each in read_days(text):
        text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text


def _check(quantity: Quantity, cited: Passage) -> Finding | None:
    if quantity.kind == "fraction":
        return _check_part(quantity, cited)
    if quantity.kind == "ordinal":
        if _has(quantity, cited.numbers):
            return None
        said = f"“{quantity.surface}” has no number like it in the cited sentences"
        return block(said) if quantity.surface[0].isdigit() else warn(said)
    return _check_amount(quantity, cited)


def _check_part(quantity: Quantity, cited: Passage) -> Finding | None:
    percent = {each.value / 100 for each in cited.figures if each.unit == "%"}
    times = {each.value for each in cited.figures if each.unit == "times"}
    if _has(quantity, cited.parts | percent | times):
        return None
    said = f"the cited sentences do not say “{quantity.surface}”"
    return block(said) if quantity.unit == "times" else warn(said)


def _check_amount(quantity: Quantity, cited: Passage) -> Finding | None:
    unit = quantity.unit
    same = [each for each in cited.figures if not unit or each.unit in _ALIKE.get(unit, {unit})]
    if any(_equal(quantity, value) for each in same for value in _values(each)):
        return None
    others = [each for each in cited.figures if unit and any(_equal(quantity, value) for value in _values(each))]
    if unit in _STRONG:
        if others:
            return block(f"“{quantity.surface}”: the source says {others[0].surface}, another unit")
        near = f"; the source says {same[0].surface}" if same else ""
        return block(f"“{quantity.surface}” is not in the cited sentences{near}")
    if others and others[0].unit not in _COUNTED and others[0].unit != unit:
        return block(f"“{quantity.surface}”: the source says {others[0].surface}, another unit")
    if _has(quantity, cited.numbers) or (unit == "times" and _has(quantity, cited.parts)):
        return None
    if quantity.value <= _SMALL and not quantity.surface[0].isdigit():
        return warn(f"“{quantity.surface}” is not written in the cited sentences; count again")
    return block(f"“{quantity.surface}” is not in the cited sentences")


def _values(figure: Figure) -> list[float]:
    return [figure.value] if figure.high is None else [figure.value, figure.high]


def _has(quantity: Quantity, values: Iterable[float]) -> bool:
    return any(_equal(quantity, each) for each in values)


def _equal(quantity: Quantity, value: float) -> bool:
    """Is it the same number, or that number rounded as written?"""
    difference = abs(quantity.value - value)
    if difference <= 1e-9 * max(abs(value), 1.0):
        return True
    if difference > quantity.step / 2 or not value:
        return False
    if quantity.approximate:
        return difference <= _TOLERANCE * abs(value)
    return quantity.value / quantity.step >= _DIGITS_FOR_ROUNDING


def _with_place(finding: Finding, quantity: Quantity, evidence: Evidence) -> Finding:
    """Say where else in the article the number stands: a wrong citation is mended sooner than a wrong number."""
    for sentence in evidence.sentences:
        if sentence.number in evidence.cites:
            continue
        if _check(quantity, Passage([sentence.text], evidence.published)) is None:
            return Finding(finding.result, f"{finding.reason} (sentence {sentence.number} has it)")
    return finding
