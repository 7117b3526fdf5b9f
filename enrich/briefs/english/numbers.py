"""Reads the numbers of an English sentence with their units: 2.1 trillion won, 88.5 petaflops, twenty-one companies."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "mn": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9,
    "b": 10**9, "trillion": 10**12, "tn": 10**12, "k": 10**3,
}  # fmt: skip
_ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
# English unit → unit of enrich/figures.py. Plurals are cut before they are looked up.
_UNITS = {
    "won": "KRW", "krw": "KRW", "dollar": "USD", "usd": "USD", "euro": "EUR", "eur": "EUR", "yen": "JPY",
    "jpy": "JPY", "yuan": "CNY", "percent": "%", "per cent": "%", "%": "%", "percentage point": "%p", "%p": "%p",
    "petaflop": "PFlops", "pflop": "PFlops", "pf": "PFlops", "exaflop": "EFlops", "megawatt": "MW", "mw": "MW",
    "gigawatt": "GW", "gw": "GW", "kilowatt": "kW", "kw": "kW", "megawatt-hour": "MWh", "megawatt hour": "MWh",
    "mwh": "MWh", "gigawatt-hour": "GWh", "gwh": "GWh", "kwh": "kWh", "gigabyte": "GB", "gb": "GB", "terabyte": "TB",
    "tb": "TB", "petabyte": "PB", "pb": "PB", "nanometre": "nm", "nanometer": "nm", "nm": "nm", "kilometre": "km",
    "kilometer": "km", "km": "km", "metre": "m", "meter": "m", "square metre": "m2", "square meter": "m2",
    "sq m": "m2", "m²": "m2", "hectare": "ha", "kilogram": "kg", "kg": "kg", "ton": "t", "tonne": "t",
    "person": "person", "people": "person", "student": "person", "resident": "person",
    "trainee": "person", "graduate": "person", "worker": "person", "employee": "person", "visitor": "person",
    "participant": "person", "expert": "person", "developer": "person", "engineer": "person", "citizen": "person",
    "gpu": "GPU", "month": "month", "year": "year", "day": "day", "week": "week", "hour": "hour", "minute": "minute",
    "second": "second", "times": "times", "fold": "times",
}  # fmt: skip
_CURRENCY_SIGNS = {"₩": "KRW", "$": "USD", "US$": "USD", "€": "EUR", "¥": "JPY"}

_WORD = "|".join(sorted(_ONES, key=len, reverse=True))
_SCALE = r"hundred|thousand|million|billion|trillion|mn|bn|tn"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SPELT = (
    rf"(?:{_WORD})(?:[-\s](?:{_WORD}))?(?:\s(?:hundred|thousand)(?:\s(?:and\s)?(?:{_WORD})(?:[-\s](?:{_WORD}))?)?)?"
)
_UNIT = "|".join(re.escape(each) for each in sorted(_UNITS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![\w.,])(?<![A-Za-z]-)(?:(?P<sign>US\$|[₩$€¥])\s?|(?P<code>KRW|USD|EUR|JPY)\s?)?"
    rf"(?:(?P<low>{_DIGITS})\s?(?:-|–|to)\s?)?"
    rf"(?P<number>{_DIGITS}|{_SPELT})(?P<ordinal>st|nd|rd|th)?"
    rf"(?:[\s-](?P<scale>{_SCALE})\b|(?P<tight>bn|tn|mn|k|m|b)\b(?!²))?(?:[\s-](?P<scale2>{_SCALE})\b)?"
    rf"(?:[\s-]?(?P<unit>{_UNIT})(?P<plural>e?s)?(?![A-Za-z²]))?"
    rf"(?!\w)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(rf"\b(?P<word>{'|'.join(_ORDINALS)})\b(?!s?\s(?:half|quarter))", re.IGNORECASE)
_FRACTIONS = {
    "half": 0.5, "halves": 0.5, "doubled": 2.0, "double": 2.0, "twice": 2.0, "doubling": 2.0, "tripled": 3.0,
    "triple": 3.0, "a third": 1 / 3, "one third": 1 / 3, "one-third": 1 / 3, "a quarter": 0.25, "quadrupled": 4.0,
}  # fmt: skip
_FRACTION = re.compile(
    rf"\b(?<!first )(?<!second )(?P<word>{'|'.join(sorted(_FRACTIONS, key=len, reverse=True))})\b"
    r"(?!\s(?:year|of\s\d{4}))",
    re.IGNORECASE,
)
_OLD = re.compile(r"[-\s]old\b")
_APPROXIMATE = re.compile(
    r"\b(?:about|around|some|nearly|almost|approximately|roughly|more than|over|at least|up to|under|less than|"
    r"fewer than|close to|an estimated)\s*(?:the\s)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of an English sentence. `unit` is empty where it only counts what follows.

    `step` is the value of its last written digit: 2.1 trillion is exact to a tenth of a trillion.
    """

    surface: str
    value: float
    unit: str
    step: float
    approximate: bool
    start: int
    end: int
    kind: str = "number"  # or "ordinal", "fraction"


def read_quantities(text: str) -> Iterator[Quantity]:
    """Give the numbers of an English sentence, in order; dates are to be blanked before."""
    taken: list[tuple[int, int]] = []
    for match in _NUMBER.finditer(text):
        for quantity in _quantities(text, match):
            taken.append((quantity.start, quantity.end))
            yield quantity
    for match in _FRACTION.finditer(text):
        if not _inside(taken, match.start()):
            value = _FRACTIONS[match["word"].lower()]
            unit = "times" if value > 1 else "part"
            yield Quantity(match[0], value, unit, 0.0, False, match.start(), match.end(), "fraction")
    for match in _ORDINAL.finditer(text):
        if not _inside(taken, match.start()):
            value = float(_ORDINALS[match["word"].lower()])
            yield Quantity(match[0], value, "", 0.0, False, match.start(), match.end(), "ordinal")


def _inside(taken: list[tuple[int, int]], place: int) -> bool:
    return any(start <= place < end for start, end in taken)


def _quantities(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    written = match["number"].lower()
    unit = _unit(match)
    scale_words = [each.lower() for each in (match["scale"], match["tight"], match["scale2"]) if each]
    if match["tight"] and match["tight"].lower() == "m" and not (match["sign"] or match["code"]):
        scale_words.remove(match["tight"].lower())
        unit = "m"
    scale = 1
    for each in scale_words:
        scale *= _SCALES[each]
    if written == "one" and scale == 1 and not unit:
        return  # one of them
    approximate = _APPROXIMATE.search(text, 0, match.start()) is not None
    kind = "ordinal" if match["ordinal"] else "number"
    for digits in filter(None, (match["low"], match["number"])):
        value = _value(digits.lower()) * scale
        decimals = len(digits.split(".")[1]) if "." in digits else 0
        step = scale / 10**decimals if scale > 1 or decimals else 1.0
        yield Quantity(match[0].strip(), value, unit, step, approximate, match.start(), match.end(), kind)


def _unit(match: re.Match[str]) -> str:
    if match["sign"]:
        return _CURRENCY_SIGNS[match["sign"].upper()]
    if match["code"]:
        return match["code"].upper()
    if not match["unit"] or _OLD.match(match.string, match.end()):
        return ""  # a 63-year-old is counted in nothing
    return _UNITS[match["unit"].lower()]


def _value(written: str) -> float:
    if written[0].isdigit():
        return float(written.replace(",", ""))
    total = section = 0
    for word in re.split(r"[-\s]", written):
        if word in _ONES:
            section += _ONES[word]
        elif word in _SCALES:
            section *= _SCALES[word]
            total, section = total + section, 0
    return float(total + section)
