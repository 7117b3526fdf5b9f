"""Floors of grouping, on releases, rewrites and look-alikes made up for this repository.

A floor goes with the digest of its set, and both are raised together. Lowering one, or changing a set, takes the flag
that the message names. The second set was written after the rules and has never been tuned on.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from sosik.app.evaluate.stories import articles_beside, evaluate
from sosik.app.flows.progress import silent
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring

FLAG = "SOSIK_QUALITY_UNPINNED"  # set to 1 while a floor or a set is being changed on purpose
SETS = Path(__file__).parent / "stories"


@dataclass(frozen=True)
class Floor:
    """What a set must come to, and which set that is."""

    file: str
    digest: str
    f1: float
    apart: float


FLOORS = (
    Floor(file="stories.jsonl", digest="e0ed202d403f5f6c", f1=1.0, apart=1.0),
    Floor(file="more.jsonl", digest="7f64524c4bd1c10e", f1=1.0, apart=1.0),
)


@pytest.mark.parametrize("floor", FLOORS, ids=lambda each: each.file)
def test_the_set_is_the_one_that_the_floor_was_measured_on(floor: Floor) -> None:
    if os.environ.get(FLAG) == "1":
        pytest.skip(f"{FLAG} is set")
    assert digest(SETS / floor.file) == floor.digest, f"the set was changed; measure anew with {FLAG}=1, then pin it"


@pytest.mark.parametrize("floor", FLOORS, ids=lambda each: each.file)
def test_grouping_keeps_above_its_floor(floor: Floor) -> None:
    found = evaluate(Wiring(Settings(data=Path("unused"), workers=1)), SETS / floor.file, silent)
    figures = {each.name: each.value or 0.0 for each in found.figures}
    below = figures["F1 over pairs"] < floor.f1 or figures["look-alikes kept apart"] < floor.apart
    if below and os.environ.get(FLAG) == "1":
        pytest.skip(f"below its floor, and {FLAG} is set: {figures}")
    assert not below, f"{figures}; {found.faults}"


def digest(gold: Path) -> str:
    """Return a digest of a gold file and the articles beside it, whatever ends their lines."""
    told = b"".join(each.read_bytes().replace(b"\r\n", b"\n") for each in (gold, articles_beside(gold)))
    return hashlib.sha256(told).hexdigest()[:16]
