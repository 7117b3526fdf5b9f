"""Grouping articles that are analysed already, as the archive grows."""

import resource
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmarks.events import analysed
from benchmarks.measure import Scale, seconds
from benchmarks.rows import Goal, Row
from sosik.app.flows.stories import follow_stories
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.model.analysis import Analysis
from sosik.model.article import Article

_ARTICLES = 100_000
_CHUNK = 10_000


def measure(scale: Scale) -> Iterator[Row]:
    """Articles a second at the start and at the end, and the memory of the process."""
    total = scale.of(_ARTICLES, least=200)
    chunk = min(_CHUNK, max(total // 10, 100))
    rates: list[float] = []
    with tempfile.TemporaryDirectory(prefix="sosik-bench-") as folder:
        wiring = Wiring(Settings(data=Path(folder)))
        articles = analysed(total)
        for start in range(0, total, chunk):
            _write(wiring, articles, min(chunk, total - start))
            rates.append(min(chunk, total - start) / seconds(lambda: follow_stories(wiring)))
        with wiring.ledger() as ledger, ledger.read() as unit:
            stories = unit.stories.count()
    yield Row(
        name="stories",
        unit="articles/s",
        ours=total / sum(chunk / each for each in rates),
        goal=Goal(at_least=1000),
        note=f"{total:,} analysed articles into {stories:,} stories, {chunk:,} at a time, through the ledger",
    )
    yield Row(
        name="stories, growth",
        unit="articles/s",
        ours=rates[-1],
        baseline=rates[0],
        ratio=rates[-1] / rates[0],
        note=f"the last {chunk:,} beside the first {chunk:,}",
    )
    yield Row(
        name="stories, memory",
        unit="MB",
        ours=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        goal=Goal(at_most=1500),
        note="of the process, the making of the articles included",
    )


def _write(wiring: Wiring, articles: Iterator[tuple[Article, Analysis]], count: int) -> None:
    with wiring.ledger() as ledger, ledger.write() as unit:
        for article, analysis in islice(articles, count):
            unit.articles.put(article)
            unit.analyses.put(analysis)
