"""Numbers with their units in Korean text: 6000억 원, 2천100억, 3,000억여 원, 88.5PF, 21개 기업, 10∼15%, 2배.

A figure has a value in its unit (won, not 억 원), a mark where the writer says that it is approximate, and what it
counts where the text says so. Not figures: law articles (제23조), phone numbers, parts of names (K-9, A2Z), scores
(2-1), editions (제3회) and dates.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from sosik.model.analysis import Figure

_DIGITS = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,9})?|\d{1,16}(?:\.\d{1,9})?"
_SMALL = {"십": 10, "백": 100, "천": 1000}
_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}
# Every repetition below begins with a character of its own, so that no text is read in more than one way.
_RUN = rf"(?:{_DIGITS})(?:\s?[천백십]\s?(?:{_DIGITS})){{0,3}}\s?[천백십]?\s?"
# After a large scale the rest may stand without one (3만 5,000); what has a scale of its own is no rest.
_REST = rf"(?:(?>(?:{_DIGITS})(?:\s?[천백십](?:{_DIGITS})?)?)(?!\s?[천백십만억조]))?"
# 경 is also "about" after a time of day: 10:42경.
_SCALES = (r"만(?!\s?차)", r"억(?!\s?차)", r"조(?!\s?차)", r"경(?=\s?(?:원|\d))")


def _sum_of_scales() -> str:
    """Return what reads 1조 2천억 as one sum but 1,200억 1,500억 as two: in a sum each scale is below the last."""
    falling = ""
    for scale in _SCALES:
        lower = rf"(?:{_RUN}(?:{falling})|{_REST})" if falling else _REST
        falling = rf"{scale}\s?{lower}" + (f"|{falling}" if falling else "")
    return rf"{_RUN}(?:여\s?)?(?:{falling})"


_NUMBER = rf"{_sum_of_scales()}|(?:{_DIGITS})(?:[천백십](?:{_DIGITS})){{1,3}}|(?:{_DIGITS})[천백십]?"

# Unit as written → unit as given, and what it is a unit of. The longest fitting spelling wins.
_UNITS = {
    "원": "KRW", "달러": "USD", "불": "USD", "유로": "EUR", "엔": "JPY", "위안": "CNY", "파운드": "GBP",
    "%p": "%p", "%포인트": "%p", "퍼센트포인트": "%p", "포인트": "point", "%": "%", "퍼센트": "%", "％": "%",
    "배": "times", "㎾": "kW", "kW": "kW", "KW": "kW", "킬로와트": "kW", "MW": "MW", "㎿": "MW",
    "메가와트": "MW", "GW": "GW", "기가와트": "GW", "kWh": "kWh", "㎾h": "kWh", "MWh": "MWh", "㎿h": "MWh",
    "GWh": "GWh", "TWh": "TWh", "PF": "PFlops", "PFLOPS": "PFlops", "PFlops": "PFlops",
    "페타플롭스": "PFlops", "EF": "EFlops", "엑사플롭스": "EFlops", "GB": "GB", "TB": "TB", "PB": "PB",
    "페타바이트": "PB", "테라바이트": "TB", "Gbps": "Gbps", "nm": "nm", "㎚": "nm", "나노미터": "nm",
    "나노": "nm", "㎜": "mm", "mm": "mm", "㎝": "cm", "cm": "cm", "km": "km", "㎞": "km", "킬로미터": "km",
    "m": "m", "미터": "m", "㎡": "m2", "m²": "m2", "제곱미터": "m2", "평방미터": "m2", "평": "pyeong",
    "ha": "ha", "㏊": "ha", "헥타르": "ha", "kg": "kg", "㎏": "kg", "킬로그램": "kg", "t": "t", "톤": "t",
    "℃": "°C", "도": "degree", "명": "person", "인": "person", "개사": "company", "개국": "country", "개": "piece",
    "곳": "place", "개소": "place", "건": "case", "종": "kind", "팀": "team", "가구": "household",
    "세대": "household", "대": "unit", "기": "unit", "장": "sheet", "편": "work", "개월": "month",
    "년간": "year", "일간": "day", "주간": "week", "시간": "hour", "분": "minute", "초": "second",
    "마리": "animal", "그루": "tree", "학점": "credit", "호": "household", "실": "room", "석": "seat",
    "척": "ship",
}  # fmt: skip
_SIGNS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "₩": "KRW"}
# After a sign of money only: $3.5M, $2 billion.
_SHORT = {"k": 10**3, "m": 10**6, "b": 10**9, "bn": 10**9, "million": 10**6, "billion": 10**9, "trillion": 10**12}
# Units that are words or letters by themselves: what follows must not make another word of them.
_NOT_A_UNIT = (
    r"원(?=장|생|내|로|전\b|자력|칙|격)|불(?=법|편|안|만|황)|배(?=터리|송|움|출)|도(?=로|시|심|내|의원|민|에서|지사)|인(?=공|근|재|구|기|프라|터)"
    r"|개(?=발|선|최|막)|개국(?=어)|건(?=강|물|설|축|립)|종(?=합|류|료|사)|대(?=학|표|회|상|구|전|비|한|변|통령|응|책|강|사|형|기업|\s[가-힣])"
    r"|기(?=업|관|술|자|존|념|반|준|간|획)|장(?=관|비|애|기|소|학|점|치)|편(?=의|성|리)|분(?=야|기|석|양|류|의|산|당|쟁|과)|초(?=등|기|반|중)"
    r"|호(?=남|텔|응|선|기|점)|실(?=증|시|제|험|적|무|현)|석(?=사|유|권)|척(?=도|추)|평(?=가|균|일|생|택|창|화|년)|나노(?=기술|융합|소재|팹)|세대(?=별|의\s)"
    r"|m(?=[A-Za-z])|t(?=[A-Za-z])|명(?=칭|령|예|절|소)|곳(?=곳)|시간(?=당)|팀(?=장|원)|엔(?=비|지|진|씨|터)|가구(?=업|공)"
)
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))

# 제23조, 제 3회 say which one; 과제 3억 원 does not.
_NO_ORDINAL = r"(?<!(?<![가-힣])제)(?<!(?<![가-힣])제\s)"
_FIGURE = re.compile(
    r"(?=[약대무거어U$€£₩\d])"  # what it can begin with: most characters are passed over at once, three times faster
    rf"(?P<before>(?:약|대략|무려|거의|어림잡아)\s?)?"
    rf"(?<![\d.,A-Za-z])(?<![A-Za-z]-)(?<!\d-){_NO_ORDINAL}(?P<sign>(?:(?:US)?\$|[€£₩])\s?)?"
    rf"(?:(?P<low>{_NUMBER})(?P<low_unit>{_UNIT})?\s?[~∼～–]\s?)?"
    rf"(?P<number>{_NUMBER})(?(sign)(?P<short>(?:[KMBkmb]|bn)(?![A-Za-z\d])|\s(?:m|b|tr)illion\b)?)"
    rf"(?P<vague>\s?(?:여|남짓))?"
    rf"(?P<order>대(?=\s))?\s?(?:미국\s?|미\s)?(?!{_NOT_A_UNIT})(?P<unit>{_UNIT})?"
    rf"(?P<after>\s?(?:가량|안팎|내외|정도|남짓|여(?=\s)|대(?=[\s의로에])))?"
)
_PHONE = re.compile(r"\d{2,4}[-)]\d{3,4}-\d{4}|☎[\d\s\-~]+")
_LAW = re.compile(r"\s?(?:의\s?\d|제?\s?\d+항|제\d|에\s따라|에\s의거|에\s근거)")
_LAW_BEFORE = re.compile(r"(?:법|령|규칙|조례|헌법|제)\s?$")
_COUNTS = re.compile(
    r"\s?(?:의\s)?(기업|기관|대학|지자체|업체|국가|국(?!내|립|제|민|공|어|비|책|회)|부처|학교|과제|사업|분야|스타트업|도시|시군|시·군|자치구|마을|병원|농가|팀|회사|"
    r"제품|품목|일자리|명|특구|센터)"
)
_GPU_NEAR = re.compile(r"GPU|그래픽\s?처리\s?장치|H100|H200|B200|가속기")
# A scale without a unit is money only from 억 on: 209조, 7억 2천만; 6만 may be anything.
_MONEY_SCALE = re.compile(r"[억조경]")
_BARE_END = re.compile(r"(?=[\s,.()\]~∼’”\"'…]|여\s|을|를|이|가|은|는|의|으로|로|에|대|규모|까지|부터|가량|$)")
_ONE_DIGIT_JO = re.compile(r"^\d조$")


def read_figures(text: str) -> Iterator[Figure]:
    """Give the figures of a text in order, with offsets into it."""
    phones = [match.span() for match in _PHONE.finditer(text)]
    ends = [end for _, end in phones]
    for match in _FIGURE.finditer(text):
        place = bisect_right(ends, match.start("number"))
        if place < len(phones) and phones[place][0] <= match.start("number"):
            continue
        unit = _unit_of(text, match)
        if unit is None:
            continue
        short = match["short"]
        times = _SHORT[short.strip().lower()] if short else 1
        value = _value(match["number"], times)
        low = _value(_with_scale_of(match["low"], match["number"]), times) if match["low"] else None
        start = match.start("sign") if match["sign"] else match.start("low") if match["low"] else match.start("number")
        end = max(match.end(name) for name in ("number", "short", "unit"))
        counts = _COUNTS.match(text, end)
        yield Figure(
            surface=text[start:end].rstrip(),
            value=value if low is None else low,
            high=value if low is not None else None,
            unit=unit,
            approximate=any(match[name] for name in ("before", "vague", "after", "order")) or "여" in match["number"],
            start=start,
            end=start + len(text[start:end].rstrip()),
            counts=counts[1] if counts is not None and unit in ("piece", "place") else "",
        )


def _unit_of(text: str, match: re.Match[str]) -> str | None:
    """Return the unit, or None where the number is none that is asked for."""
    number, written = match["number"].strip(), match["unit"]
    if match["sign"]:
        return _SIGNS[match["sign"].strip()]
    if written is None:
        return "KRW" if _is_bare_money(text, match, number) else None
    if written == "장":
        near = text[max(0, match.start() - 25) : match.end() + 15]
        return "GPU" if _GPU_NEAR.search(near) else "sheet"
    unit = _UNITS[written]
    if unit in ("unit", "degree", "household", "room") and len(number) < 2 and not match["vague"]:
        return None  # 4대 과제, 1호, 2기: which one, not how many
    if written in ("대", "세대") and re.fullmatch(r"[1-9]0|2030|3040", number) and not match["vague"]:
        return None  # 60대, 2030세대: an age
    return unit


def _is_bare_money(text: str, match: re.Match[str], number: str) -> bool:
    end = match.start("number") + len(number)
    if _MONEY_SCALE.search(number) is None or _BARE_END.match(text, end) is None:
        return False
    if number.endswith("조"):
        if _LAW.match(text, end) or _LAW_BEFORE.search(text, 0, match.start("number")):
            return False
        return _ONE_DIGIT_JO.match(number) is None
    return True


def _with_scale_of(low: str, high: str) -> str:
    """In 10~20억 the scale stands once and counts for both."""
    tail = re.search(r"[천백십만억조경]+$", high.strip())
    return low + tail[0] if tail and not re.search(r"[천백십만억조경]", low) else low


def _value(number: str, times: int = 1) -> float:
    """Return the number that digits and scales make, so many times: 1조 2천100억 is 1,210,000,000,000."""
    total = section = 0.0
    for digits, small, large in re.findall(rf"({_DIGITS})|([천백십])|([만억조경])", number):
        if digits:
            pending = float(digits.replace(",", ""))
            section += pending
            last = pending
        elif small:
            section += last * (_SMALL[small] - 1)
        else:
            total += section * _LARGE[large]
            section = 0.0
    # Hundredths of a large sum are noise of binary fractions: 3.37조.
    return round((total + section) * times, 2 if total or times > 1 else 6)
