"""Money: budgets, costs, sales and rounds of investment, and who pays which part."""

import re
from collections.abc import Iterator

from enrich.briefs.english.writing import listed
from enrich.briefs.reading import Reading
from sosik.model.analysis import Figure

_WHAT = {
    "총사업비": "The total project cost", "사업비": "The project cost", "예산": "The budget",
    "총상금": "The total prize money",
    "누적 투자금": "Total investment raised so far", "누적 투자액": "Total investment raised so far", "매출": "Sales",
    "영업이익": "Operating profit", "운영비": "The operating cost", "이용료": "The fee", "상금": "The prize money",
    "수출액": "The value of exports", "투자액": "The investment", "피해액": "The damage",
    "연구비": "The research funding",
    "지원금": "The subsidy", "교육비": "The tuition fee", "공사비": "The construction cost", "한도": "The upper limit",
}  # fmt: skip
_LINK = r"(?:은|는|이|가|만)?\s?(?:모두|총|연|약|월|하루|규모는)?\s?$"
_PAYERS = {
    "국비": "national funds", "시비": "city funds", "도비": "provincial funds", "군비": "county funds",
    "민간": "private sources", "민자": "private sources", "지방비": "local government funds",
}  # fmt: skip
_RAISED = re.compile(r"\s?(?:규모의|의)?\s?(?:시리즈\s?(?P<round>[A-D])\s?)?투자를?\s?유치(?:했|에 성공)")
_SET_ASIDE = re.compile(r"(?:을|를)\s?(?:편성)(?:했|하고)")
_SPENT = re.compile(r"(?:을|를)\s?(?:투입한다|쓴다|투자한다|지원한다)")


def find(reading: Reading) -> Iterator[str]:
    """Give what the sentence says of money."""
    for figure in reading.figures:
        if figure.unit not in ("KRW", "USD"):
            continue
        amount = reading.figure(figure)
        if amount is not None:
            yield from _of_whom(reading, figure, amount)
            yield from _of_what(reading, figure, amount)
    yield from _parts(reading)


def _of_whom(reading: Reading, figure: Figure, amount: str) -> Iterator[str]:
    subjects, after = reading.subjects(), reading.text[figure.end :]
    if not subjects:
        return
    raised = _RAISED.match(after)
    if raised:
        series = f" in a Series {raised['round']} round" if raised["round"] else " in investment"
        yield f"{listed(subjects)} raised {amount}{series}{reading.dated()}."
    elif _SET_ASIDE.match(after):
        yield f"{listed(subjects)} set aside {amount}{reading.dated()}."
    elif _SPENT.match(after):
        verb = "are" if len(subjects) > 1 else "is"
        yield f"{listed(subjects)} {verb} to spend {amount}."


def _of_what(reading: Reading, figure: Figure, amount: str) -> Iterator[str]:
    before = reading.text[max(figure.start - 14, 0) : figure.start]
    for korean, english in _WHAT.items():
        if re.search(rf"(?<![가-힣]){korean}{_LINK}", before):
            yield f"{english} {'are' if english.endswith('ales') else 'is'} given as {amount}."
            return


def _parts(reading: Reading) -> Iterator[str]:
    parts: dict[str, str] = {}
    for figure in reading.figures:
        before = reading.text[max(figure.start - 8, 0) : figure.start]
        payer = next(
            (each for each in _PAYERS if re.search(rf"(?<![가-힣]){each}(?:이|가|로|에서|는|은)?\s?$", before)), None
        )
        amount = reading.figure(figure)
        if payer is not None and amount is not None and figure.unit == "KRW":
            if payer in parts:
                return  # two states of the same funding, before and after
            parts[payer] = f"{amount} from {_PAYERS[payer]}"
    shares = list(parts.values())
    if shares:
        yield f"The funding includes {listed(shares)}."
