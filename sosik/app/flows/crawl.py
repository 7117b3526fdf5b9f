"""A crawl in a child process, then everything that follows from it: read, series, briefs, index."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.job import CrawlJob, CrawlReport, run_crawl
from crawler.job import Progress as Visited
from sosik.app import demonstration
from sosik.app.clock import SystemClock
from sosik.app.flows.briefs import BriefReport, draft_missing
from sosik.app.flows.health import judge_sources
from sosik.app.flows.index import IndexReport, index_pending
from sosik.app.flows.lock import held
from sosik.app.flows.processes import Limits, in_child, never
from sosik.app.flows.progress import Progress, silent
from sosik.app.flows.read import ReadReport, read
from sosik.app.flows.series import follow_series
from sosik.app.flows.source_check import with_checks
from sosik.app.flows.stories import follow_stories
from sosik.app.flows.takedown import finish_takedowns
from sosik.model.errors import NotFound, Refused, StorageFull
from sosik.model.run import SourceRun
from sosik.model.source import Source

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring


@dataclass(frozen=True, slots=True, kw_only=True)
class GatherReport:
    """What a crawl and what follows from it came to."""

    crawl: CrawlReport
    read: ReadReport
    index: IndexReport
    briefs: BriefReport

    @property
    def kept(self) -> int:
        """Pages kept in this crawl: articles for the first time or changed, feeds, lists and sitemaps."""
        return sum(each.new + each.changed + each.pages for each in self.crawl.sources.values())


def chosen(known: Sequence[Source], ids: Sequence[str]) -> tuple[Source, ...]:
    """Return the sources of these ids; raises NotFound, and Refused for one whose file is not filled in yet."""
    by_id = {each.id: each for each in known}
    for name in ids:
        if name not in by_id:
            raise NotFound("source", name, hint="`sosik sources list` shows all")
        if not by_id[name].home:
            raise Refused(f"the file of {name} is not filled in: give home and feeds, then set enabled = true")
    return tuple(by_id[each] for each in dict.fromkeys(ids))


def followed(wiring: "Wiring") -> tuple[Source, ...]:
    """Return what a crawl visits where no outlet is named: those that an operator answers for.

    That is every enabled outlet of the operator's own catalogue, and of the shipped one those that were checked.
    """
    own = wiring.catalogue.own_outlets()
    outlets = [each for each in with_checks(wiring) if each.enabled and not each.local]
    return tuple(each for each in outlets if each.id in own or each.checked is not None)


def gather(
    wiring: "Wiring",
    sources: Sequence[Source],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    proxy: str | None = None,
    progress: Progress = silent,
) -> GatherReport:
    """Crawl the sources, then read and index what came.

    Raises Busy where another process crawls one of them in this data folder, and StorageFull where the crawl stopped
    for a full disk, once what was kept has been read.
    """
    crawled = visit(wiring, sources, since=since, until=until, proxy=proxy, progress=progress)
    pages = read(wiring, progress=progress)
    follow_series(wiring, progress=progress)
    follow_stories(wiring, progress=progress)
    briefs = draft_missing(wiring, progress=progress)
    judge_sources(wiring, progress=progress)
    report = GatherReport(crawl=crawled, read=pages, briefs=briefs, index=index_pending(wiring, progress=progress))
    if crawled.stopped is not None:
        raise StorageFull(f"the crawl stopped early: {crawled.stopped}; what had been kept was read")
    return report


def visit(
    wiring: "Wiring",
    sources: Sequence[Source],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    proxy: str | None = None,
    limits: Limits | None = None,
    stopping: Callable[[], bool] = never,
    progress: Progress = silent,
) -> CrawlReport:
    """Crawl the sources in a child process within limits; reading what came is left to others.

    Each visit is on record, begun and ended. Raises Busy where another process crawls one of them in this data folder.
    """
    job = CrawlJob(
        sources=tuple(sources),
        open_archive=wiring.open_archive,
        open_ledger=wiring.open_ledger,
        make_clock=wiring.get_clock,
        proxy=proxy,
        since=since,
        until=until,
    )
    if isinstance(wiring.clock, SystemClock):  # this is no demonstration, whatever the folder held so far
        demonstration.forget(wiring.settings)
    with ExitStack() as locks:
        for source in sources:
            locks.enter_context(held(wiring.settings.data, f"crawling-{source.id}", patience=0))
        finish_takedowns(wiring)
        numbers = _begin(wiring, sources)
        report = in_child(run_crawl, job, _counter(progress), limits=limits, stopping=stopping)
        if report.stopped is None:
            _end(wiring, numbers, report)
        return report


def _begin(wiring: "Wiring", sources: Sequence[Source]) -> dict[str, SourceRun]:
    now = wiring.clock.now()
    with wiring.ledger() as ledger, ledger.write() as unit:
        numbers = unit.runs.begin([each.id for each in sources])
    return {source: SourceRun(id=number, source=source, started=now) for source, number in numbers.items()}


def _end(wiring: "Wiring", begun: Mapping[str, SourceRun], report: CrawlReport) -> None:
    now = wiring.clock.now()
    with wiring.ledger() as ledger, ledger.write() as unit:
        for source, counts in report.sources.items():
            asked = counts.retry_after
            ended = replace(
                begun[source],
                ended=now,
                fetched=counts.fetched,
                new=counts.new,
                changed=counts.changed,
                unchanged=counts.unchanged,
                failed=counts.failed,
                refused=counts.refused,
                articles_failed=counts.articles_failed,
                announcements=tuple(counts.announcements),
                not_before=None if asked is None else now + timedelta(seconds=asked),
            )
            unit.runs.end(ended)


def _counter(progress: Progress) -> Callable[[Visited], None]:
    visits: Counter[str] = Counter()

    def tell(visit: Visited) -> None:
        visits[visit.source] += 1
        progress("addresses visited", visits.total())

    return tell
