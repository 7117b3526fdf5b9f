"""Every number of a Korean sentence, also those that are no figures: 여덟 곳, 스물세 명, 두 배, 제5회, ⑩, 2단계.

The checks ask whether a number of the English stands in the Korean at all; what it measures is asked of the figures
(enrich/figures.py).
"""

import re
import unicodedata
from collections.abc import Iterator

_UNITS = {
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "석": 3, "넉": 4,
    "하나": 1, "둘": 2, "셋": 3, "넷": 4,
}  # fmt: skip
_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_TEN = "|".join(_TENS)
_COUNTERS = (
    r"곳|개|명|사람|팀|대|건|가지|분야|차례|번|배|달|해|주|시간|살|기관|도시|회사|기업|업체|나라|종류|종|편|장|채|동|마리|단계|자치구|마을|학교|병원|라인|부문|반|쪽"
    r"|갈래|군데|축|방향|과제|사업|항목|마디|그루|잔|벌|켤레|권|자리|층|집|생산|지방|시|군|구|모델|세대|과목|전공|개월|주일|제품|기술|거점|센터|갑절|지역|대학|선수|학생|어르신|아이|가정|가구|농가|번째|째|공장|점포"
)
_NATIVE = re.compile(
    rf"(?<![가-힣])(?:(?P<ten>{_TEN})(?P<unit>{_UNIT})?|(?P<only>{_UNIT}))(?=\s?(?:{_COUNTERS})|\s중|\s가운데|(?:째|에)(?![가-힣]))"
)
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SCALED = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(?P<scales>[십백천만억조]{1,3})(?:(?P<tail>\d+))?"
)
_COMPOUND = re.compile(r"(?:\d[\d,]*(?:\.\d+)?\s?[십백천만억조]{1,2}\s?){1,5}(?:\d[\d,]*)?")
_SCALES = {"십": 10, "백": 100, "천": 1000, "만": 10**4, "억": 10**8, "조": 10**12}
_SINO = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_SINO_TENS = re.compile(
    r"(?<![가-힣])(?P<ten>[이삼사오육칠팔구])?십(?P<unit>[일이삼사오육칠팔구])?(?=\s?(?:년|명|개|대|여|만|억|주년))"
)
_ORDINAL_WORDS = {"첫": 1, "둘째": 2, "셋째": 3, "넷째": 4, "다섯째": 5}
_SECOND_HALF = {"상반기": 1.0, "하반기": 2.0}
_DAYS = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "열흘": 10, "보름": 15}
_MONTHS = {"반년": 6, "반 년": 6}


def read_numerals(text: str) -> Iterator[float]:
    """Give the values of all numbers in a Korean text, in no order, some of them twice in two readings."""
    for match in _DIGITS.finditer(text):
        yield float(match[0].replace(",", ""))
    for match in _SCALED.finditer(text):
        value = float(match["number"].replace(",", ""))
        for scale in match["scales"]:
            value *= _SCALES[scale]
            yield value
    for match in _COMPOUND.finditer(text):
        yield _compound(match[0])
    for match in _NATIVE.finditer(text):
        if match["only"]:
            yield float(_UNITS[match["only"]])
        else:
            yield float(_TENS[match["ten"]] + _UNITS.get(match["unit"] or "", 0))
    for match in _SINO_TENS.finditer(text):
        yield float(_SINO.get(match["ten"] or "", 1) * 10 + _SINO.get(match["unit"] or "", 0))
    for words in (_ORDINAL_WORDS, _SECOND_HALF, _DAYS, _MONTHS):
        yield from (float(value) for word, value in words.items() if word in text)
    for character in text:
        if not character.isascii() and not "가" <= character <= "힣" and not character.isalpha():
            enclosed = unicodedata.numeric(character, None)  # ⑩, ½
            if enclosed is not None:
                yield enclosed


def _compound(written: str) -> float:
    """4천180 is 4,180; 1조 2천100억 is 1,210,000,000,000."""
    total = section = pending = 0.0
    for digits, scale in re.findall(r"(\d[\d,]*(?:\.\d+)?)|([십백천만억조])", written):
        if digits:
            pending = float(digits.replace(",", ""))
        elif scale in "십백천":
            section += pending * _SCALES[scale]
            pending = 0.0
        else:
            total += (section + pending) * _SCALES[scale]
            section = pending = 0.0
    return round(total + section + pending, 2)


_PARTS = re.compile(r"(?:(\d+)분의\s?(\d+))")


def read_parts(text: str) -> Iterator[float]:
    """Give what a Korean text says of parts and multiples: 절반 is 0.5, 3분의 1 a third, 두 배 2."""
    for match in _PARTS.finditer(text):
        if int(match[1]):
            yield int(match[2]) / int(match[1])
    if re.search(r"절반|반반|반으로|반을|반씩|반값|반\s?가까이", text):
        yield 0.5
    for match in re.finditer(rf"({_UNIT}|\d+(?:\.\d+)?)\s?(?:배|갑절)", text):
        written = match[1]
        yield float(_UNITS[written]) if written in _UNITS else float(written)
    if re.search(r"갑절|곱절|배로|배가\s?(?:됐|되|늘)|배\s?(?:늘|증가)", text):
        yield 2.0
