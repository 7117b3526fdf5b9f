"""Made-up Korean sentences with English statements: which pass, which are warned of, which are blocked, and why."""

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from enrich.briefs.checker import Checker
from sosik.model.brief import CheckResult, Sentence

CASES = Path(__file__).parent / "cases"


def _cases() -> Iterator[Any]:
    for file in sorted(CASES.glob("*.toml")):
        case = tomllib.loads(file.read_text(encoding="utf-8"))
        for number, statement in enumerate(case["statements"]):
            yield pytest.param(case, statement, id=f"{file.stem}-{number}-{statement['check']}")


def sentences_of(case: dict[str, Any]) -> tuple[Sentence, ...]:
    texts = [case["title"], *case["sentences"]]
    return tuple(Sentence(number=number, start=0, end=len(text), text=text) for number, text in enumerate(texts, 1))


@pytest.mark.parametrize(("case", "statement"), list(_cases()))
def test_statement(checker: Checker, case: dict[str, Any], statement: dict[str, Any]) -> None:
    lines = [(statement["text"], tuple(statement["cites"]))]
    (checked,) = checker.check(lines, sentences_of(case), case["published"])
    reasons = " / ".join(checked.check.reasons)
    assert checked.check.result.value == statement["check"], reasons
    assert statement.get("why", "") in reasons


def test_an_undated_article_gives_no_dates_that_need_its_day(checker: Checker) -> None:
    sentences = (Sentence(number=1, start=0, end=20, text="센터는 15일 문을 열었다."),)
    (checked,) = checker.check([("The center opened on 15 March 2026.", (1,))], sentences, None)
    assert checked.check.result is CheckResult.BLOCK


def test_what_is_granted_needs_no_proof(checker: Checker) -> None:
    sentences = (Sentence(number=1, start=0, end=10, text="새 제목이다."),)
    said = [("The article was published by Hanbat Times on 2 March 2026.", (1,))]
    day = date(2026, 3, 2)
    (strange,) = checker.check(said, sentences, day)
    (known,) = checker.check(said, sentences, day, granted=["Hanbat Times"])
    assert strange.check.result is CheckResult.BLOCK
    assert known.check.result is CheckResult.PASS
    (other_day,) = checker.check(said, sentences, date(2026, 3, 3), granted=["Hanbat Times"])
    assert other_day.check.result is CheckResult.BLOCK


def test_a_short_name_is_granted_as_a_word_only(checker: Checker) -> None:
    sentences = (Sentence(number=1, start=0, end=20, text="강기정 광주시장이 말했다."),)
    said = [("Mayor Kang Gi-jung of Gwangju spoke.", (1,))]
    (with_letter,) = checker.check(said, sentences, None, granted=["a"])
    (without,) = checker.check(said, sentences, None)
    assert without.check.result is CheckResult.PASS
    assert with_letter.check == without.check
