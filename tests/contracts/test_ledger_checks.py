"""What the ledger promises of checks, on every implementation."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sosik.model.check import SourceCheck
from sosik.model.ports.ledger import Ledger
from tests.contracts.test_ledger import Opener, clock, opener, server  # noqa: F401 - fixtures of the same ledgers
from tests.storage.samples import START

CHECK = SourceCheck(
    source="paper",
    at=START,
    reachable=True,
    robots="allowed",
    announced=20,
    dated=18,
    fetched=3,
    complete=3,
    charsets=("utf-8", "cp949"),
    addresses={"https://paper.example/rss": "kept"},
    problems=("two articles have no date",),
)


@pytest.fixture
def ledger(opener: Opener) -> Ledger:  # noqa: F811 - the fixture imported above
    return opener()


def test_a_check_comes_back_whole(ledger: Ledger) -> None:
    with ledger.write() as unit:
        unit.checks.put(CHECK)
    with ledger.read() as unit:
        assert unit.checks.get("paper") == CHECK
        assert unit.checks.get("other") is None


def test_the_last_one_stays(ledger: Ledger) -> None:
    later = replace(CHECK, at=START + timedelta(days=1), problems=(), addresses={})
    for each in (CHECK, replace(CHECK, source="another"), later):
        with ledger.write() as unit:
            unit.checks.put(each)
    with ledger.read() as unit:
        assert unit.checks.newest() == (replace(CHECK, source="another"), later)


@pytest.mark.parametrize(
    ("announced", "fetched", "complete", "passed"),
    [(9, 3, 3, True), (0, 3, 3, False), (9, 0, 0, False), (9, 3, 2, False)],
)
def test_what_passes(announced: int, fetched: int, complete: int, passed: bool) -> None:
    assert replace(CHECK, announced=announced, fetched=fetched, complete=complete).passed is passed
