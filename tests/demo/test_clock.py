from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from sosik.demo.clock import DEMO_NOW, DemoClock

if TYPE_CHECKING:
    from sosik.model.ports.clock import Clock


def test_it_stands_at_the_evening_of_31_march_until_it_is_moved() -> None:
    clock = DemoClock()
    as_seam: Clock = clock
    assert as_seam.now() == DEMO_NOW == datetime(2026, 3, 31, 9, 0, tzinfo=UTC)
    assert as_seam.now().tzinfo is UTC
    clock.advance(timedelta(days=-1))
    assert clock.now() == datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
    clock.move_to(DEMO_NOW)
    assert clock.now() == DEMO_NOW


def test_it_refuses_an_instant_without_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        DemoClock(datetime(2026, 3, 1))  # noqa: DTZ001 (the mistake under test)
