"""Grouping articles that are analysed already, as the archive grows."""

import os
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.events import analysed
from benchmarks.measure import Scale
from benchmarks.rows import Goal, Row
from sosik.app.flows.stories import follow_stories
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.model.analysis import Analysis
from sosik.model.article import Article

_ARTICLES = 100_000
_CHUNK = 10_000
_WRITTEN = 1000  # at once
_LOOKED_AT = (10_000, 100_000, 300_000)  # articles in the archive
_SETTLED = 40_000  # by then there is as much from the weeks before to be compared with as there ever is


@dataclass(frozen=True, slots=True)
class _Cost:
    """What it took to group some articles: seconds by the clock, and of all processes' time together."""

    articles: int
    seconds: float
    busy: float

    @property
    def each(self) -> float:
        """Microseconds of processors' time that an article took."""
        return 1e6 * self.busy / self.articles


def measure(scale: Scale) -> Iterator[Row]:
    """Articles a second, what an article costs in an archive of growing size, and the memory."""
    total = scale.of(_ARTICLES, least=200)
    costs: dict[int, _Cost] = {}  # by how many articles there were then
    with tempfile.TemporaryDirectory(prefix="sosik-bench-") as folder:
        wiring = Wiring(Settings(data=Path(folder)))
        articles = analysed(total)
        for start in range(0, total, _CHUNK):
            count = min(_CHUNK, total - start)
            _write(wiring, articles, count)
            costs[start + count] = _grouping(wiring, count)
        with wiring.ledger() as ledger, ledger.read() as unit:
            stories = unit.stories.count()
    seconds, busy = (sum(getattr(each, name) for each in costs.values()) for name in ("seconds", "busy"))
    yield Row(
        name="stories",
        unit="articles/s",
        ours=total / seconds,
        goal=Goal(at_least=1000),
        note=f"{total:,} into {stories:,} stories, {min(_CHUNK, total):,} at a time, through the ledger; "
        f"{total / busy:,.0f} a second of processors' time; load {os.getloadavg()[0]:.1f}",
    )
    settled = costs.get(_SETTLED)
    for size in sorted({*costs}.intersection((*_LOOKED_AT, _SETTLED)) | {total}):
        cost, beside = costs[size], settled if size > _SETTLED else None
        yield Row(
            name=f"stories at {size:,}",
            unit="µs CPU an article",
            ours=cost.each,
            baseline=beside.each if beside else None,
            ratio=cost.each / beside.each if beside else None,
            goal=Goal(at_most=1.25) if beside else None,
            note=f"the last {cost.articles:,}; {cost.articles / cost.seconds:,.0f} articles/s by the clock",
        )
    yield Row(
        name="stories, memory",
        unit="MB",
        ours=_most_held(resource.RUSAGE_SELF) + _most_held(resource.RUSAGE_CHILDREN),
        goal=Goal(at_most=1500),
        note="of both processes at their worst, the making of the articles included",
    )


def _grouping(wiring: Wiring, count: int) -> _Cost:
    clock, busy = time.perf_counter(), _busy()
    follow_stories(wiring)
    return _Cost(count, time.perf_counter() - clock, _busy() - busy)


def _busy() -> float:
    """Return the seconds of processors' time that this process and those that it started have taken."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _most_held(whose: int) -> float:
    """Return the most megabytes that the process held, or the largest of those that it started."""
    return resource.getrusage(whose).ru_maxrss / 1024


def _write(wiring: Wiring, articles: Iterator[tuple[Article, Analysis]], count: int) -> None:
    with wiring.ledger() as ledger:
        for start in range(0, count, _WRITTEN):
            with ledger.write() as unit:
                for article, analysis in islice(articles, min(_WRITTEN, count - start)):
                    unit.articles.put(article)
                    unit.analyses.put(analysis)
