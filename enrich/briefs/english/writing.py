"""Writes figures, dates and lists in English."""

import re
from collections.abc import Sequence

from enrich.briefs.english.dates import MONTHS
from sosik.model.analysis import Figure

_MONEY = {"KRW": "won", "USD": "US dollars", "EUR": "euros", "JPY": "yen", "CNY": "yuan", "GBP": "pounds"}
_TIGHT = {"%": "%", "km": " km", "m": " m", "cm": " cm", "mm": " mm", "nm": " nm", "m2": " m²", "ha": " hectares"}
_TIGHT |= {"MW": " MW", "GW": " GW", "kW": " kW", "MWh": " MWh", "GWh": " GWh", "kWh": " kWh", "TWh": " TWh"}
_TIGHT |= {"kg": " kg", "t": " tonnes", "GB": " GB", "TB": " TB", "PB": " PB", "°C": " °C", "Gbps": " Gbps"}
_WORDS = {
    "%p": ("percentage point", "percentage points"), "PFlops": ("petaflops", "petaflops"),
    "EFlops": ("exaflops", "exaflops"), "GPU": ("GPU", "GPUs"), "person": ("person", "people"),
    "company": ("company", "companies"), "year": ("year", "years"), "month": ("month", "months"),
    "day": ("day", "days"), "hour": ("hour", "hours"), "minute": ("minute", "minutes"), "second": ("second", "seconds"),
    "team": ("team", "teams"), "household": ("household", "households"),
    "unit": ("unit", "units"), "animal": ("animal", "animals"),
    "work": ("work", "works"), "room": ("room", "rooms"), "seat": ("seat", "seats"), "times": ("time", "times"),
    "tree": ("tree", "trees"), "ship": ("ship", "ships"), "week": ("week", "weeks"),
}  # fmt: skip
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_MORE = re.compile(r"\s?(?:여|남짓)")
_BEFORE = (
    ("최대", "up to "),
    ("최장", "up to "),
    ("평균", "an average of "),
    ("최소", "at least "),
    ("매년", ""),
    ("약", "about "),
)
_AFTER = (
    ("이상", "at least "), ("이하", "at most "), ("미만", "less than "), ("이내", "at most "), ("넘", "more than "),
    ("가량", "about "), ("안팎", "about "), ("내외", "about "), ("정도", "about "), ("남짓", "slightly more than "),
)  # fmt: skip
_ALL_COUNTED = frozenset({"piece", "place", "company", "person", "case", "kind", "team", "unit", "household", "animal"})


def money(value: float, unit: str) -> str:
    """600 billion won; 29,000 won."""
    for scale, word in _SCALES:
        if value >= scale:
            return f"{_short(value / scale)} {word} {_MONEY[unit]}"
    return f"{_short(value)} {_MONEY[unit]}"


def figure(found: Figure, text: str, counted: str | None) -> str | None:
    """Write a figure as its sentence means it (at least, up to, about), or None where its unit has no English here.

    `text` is the text that its offsets count in; `counted` is what it counts, in the plural.
    """
    low = _bare(found.value, found.unit, counted)
    if low is None:
        return None
    if found.high is not None:
        high = _bare(found.high, found.unit, counted)
        return f"{_number_only(found.value, found.unit)} to {high}"
    hedge = _hedge(found, text)
    return f"{'fewer than ' if hedge == 'less than ' and found.unit in _ALL_COUNTED else hedge}{low}"


def _bare(value: float, unit: str, counted: str | None) -> str | None:
    if unit in _MONEY:
        return money(value, unit)
    if counted and unit in _ALL_COUNTED:
        return f"{_short(value)} {counted}"
    if unit in _TIGHT:
        return f"{_short(value)}{_TIGHT[unit]}"
    if unit in _WORDS:
        one, many = _WORDS[unit]
        return f"{_short(value)} {one if value == 1 else many}"
    return None


def _number_only(value: float, unit: str) -> str:
    if unit in _MONEY:
        return money(value, unit).removesuffix(f" {_MONEY[unit]}")
    return f"{_short(value)}%" if unit == "%" else _short(value)


def _hedge(found: Figure, text: str) -> str:
    before, after = text[max(found.start - 6, 0) : found.start].rstrip(), text[found.end : found.end + 7].lstrip()
    for word, english in _AFTER:
        if after.startswith(word) or after[1:].startswith(word):
            return english
    for word, english in _BEFORE:
        if before.endswith(word):
            return english
    if found.approximate:
        return "more than " if _MORE.search(text[found.start : found.end + 2]) else "about "
    return ""


def _short(value: float) -> str:
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def day(iso: str) -> str:
    """18 November 2025; March 2026; 9–27 March 2026; 15 December 2025 to 30 June 2026."""
    first, _, last = iso.partition("/")
    if not last:
        return _one_day(first)
    if first[:7] == last[:7] and len(first) == len(last) == len("2026-03-02"):
        return f"{int(first[8:])}–{_one_day(last)}"
    return f"{_one_day(first)} to {_one_day(last)}"


def _one_day(iso: str) -> str:
    parts = iso.split("-")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
    return " ".join(words)


def on(iso: str) -> str:
    """The date with its preposition: on 18 November 2025, in March 2026, from … to …."""
    if "/" in iso:
        return f"from {day(iso).replace('–', ' to ')}"
    return f"{'on' if iso.count('-') == 2 else 'in'} {day(iso)}"


def listed(items: Sequence[str]) -> str:
    """A, B and C."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"
