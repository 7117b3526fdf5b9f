"""The main job end to end, on newspapers made up for it and served on this machine."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from sosik.app import demonstration
from sosik.app.flows.crawl import GatherReport, gather
from sosik.app.flows.demo_alerts import messages, subscribe_reader, tell_reader
from sosik.app.flows.progress import Progress, silent
from sosik.demo.clock import DEMO_NOW, DemoClock
from sosik.demo.outlets import demo_sources
from sosik.demo.server import DemoServer
from sosik.demo.texts import read_articles
from sosik.model.ports.ledger import Change

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

_MARK = "demo"  # the cursor that remembers which visits were made
_BEFORE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoReport:
    """What the demonstration came to.

    `articles`, `captures`, `stories` and `series` count all there are, `alerts` are all messages; the others are this
    run's.
    """

    articles: int
    new: int
    revisions: int
    captures: int
    kept: int
    unchanged: int
    refused: int
    by_source: dict[str, int]
    briefs: int
    stories: int
    series: int
    alerts: tuple[Path, ...]


def run_demo(wiring: "Wiring", *, at: datetime | None = None, progress: Progress = silent) -> DemoReport:
    """Crawl the demonstration newspapers, read and index them; a second run adds nothing.

    The first run comes twice, before an article was edited and after, so that there is a revision to be seen. With
    `at` it comes once, at that moment of the demonstration's time.
    """
    clock = DemoClock(at or DEMO_NOW)
    wiring = replace(wiring, clock=clock)
    _mark_folder(wiring, at or DEMO_NOW)
    reports = []
    subscribe_reader(wiring)
    with DemoServer(clock=clock) as server:
        for moment in (at,) if at else _moments(wiring):
            clock.move_to(moment)
            reports.append(gather(wiring, demo_sources(), proxy=server.proxy, progress=progress))
            tell_reader(wiring, progress=progress)
            _note_visit(wiring, moment)
    return _report(wiring, reports)


def _mark_folder(wiring: "Wiring", at: datetime) -> None:
    """Have every command read the folder on the demonstration's clock, if it holds nothing else."""
    with wiring.ledger() as ledger, ledger.read() as unit:
        empty = unit.articles.count() == 0
    if empty or demonstration.moment(wiring.settings) is not None:
        demonstration.mark(wiring.settings, at)


def _moments(wiring: "Wiring") -> tuple[datetime, ...]:
    with wiring.ledger() as ledger, ledger.read() as unit:
        if unit.cursors.get(_MARK):
            return (DEMO_NOW,)
    last_edit = max(edit.at for article in read_articles() for edit in article.edits)
    return last_edit - _BEFORE, DEMO_NOW


def _note_visit(wiring: "Wiring", moment: datetime) -> None:
    with wiring.ledger() as ledger, ledger.write() as unit:
        unit.cursors.put(_MARK, {"visited": int(moment.timestamp())})


def _report(wiring: "Wiring", reports: list[GatherReport]) -> DemoReport:
    changes = [each.read.changes for each in reports]
    with wiring.archive() as archive:
        captures = sum(1 for _ in archive.walk({}))
    with wiring.ledger() as ledger, ledger.read() as unit:
        return DemoReport(
            stories=unit.stories.count(),
            series=sum(each.established for each in unit.series.of_source()),
            alerts=messages(wiring),
            articles=unit.articles.count(),
            new=sum(each[Change.NEW] for each in changes),
            revisions=sum(each[Change.REVISED] for each in changes),
            captures=captures,
            kept=sum(each.kept for each in reports),
            unchanged=sum(source.unchanged for each in reports for source in each.crawl.sources.values()),
            refused=sum(each.read.refused for each in reports),
            by_source=unit.articles.count_by_source(),
            briefs=unit.briefs.count(),
        )
