"""A folder, a ledger and an archive to crawl into, and the child process that does it."""

import multiprocessing
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.job import CrawlJob, CrawlReport, Limits, Progress, run_crawl
from sosik.demo.clock import DemoClock
from sosik.model.capture import Capture, CaptureKind
from sosik.model.ports.ledger import Visit
from sosik.model.source import Source
from sosik.storage.archive.warc import WarcArchive
from sosik.storage.ledger.sql import SqlLedger

if TYPE_CHECKING:
    from multiprocessing.queues import Queue

# A server process that has Scrapy loaded, from which crawls are forked: a third of the time of a fresh start.
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["crawler.process"])

QUICK = Limits(retry_wait=0.05, timeout=5.0, group_wait=0.05)


@dataclass(frozen=True)
class Room:
    """Where a test keeps its pages. `clock` is copied into each crawl as it stands."""

    folder: Path
    clock: DemoClock = field(default_factory=DemoClock)

    def job(self, sources: Iterable[Source], **more: Any) -> CrawlJob:
        more.setdefault("limits", QUICK)
        return CrawlJob(
            sources=tuple(sources),
            open_archive=partial(WarcArchive, self.folder / "archive", clock=self.clock),
            open_ledger=partial(SqlLedger, self.url, clock=self.clock),
            make_clock=partial(_same, self.clock),
            **more,
        )

    @property
    def url(self) -> str:
        return f"sqlite:///{self.folder}/ledger.db"

    def migrate(self) -> None:
        ledger = SqlLedger(self.url, clock=self.clock)
        ledger.migrate()
        ledger.close()

    def captures(self, kind: CaptureKind | None = CaptureKind.ARTICLE) -> list[Capture]:
        archive = WarcArchive(self.folder / "archive", clock=self.clock)
        try:
            return [each for _, each in archive.walk({}) if kind is None or each.kind is kind]
        finally:
            archive.close()

    def visits(self, source: str) -> dict[str, Visit]:
        ledger = SqlLedger(self.url, clock=self.clock)
        try:
            with ledger.read() as unit:
                return {each.url: each for each in unit.visits.known(source)}
        finally:
            ledger.close()

    def outcomes(self, source: str) -> Counter[str]:
        return Counter(each.outcome for each in self.visits(source).values())


def crawl(job: CrawlJob, *, patience: float = 60.0) -> CrawlReport:
    """Run a job in a child process to its end."""
    running = Running(job)
    running.child.join(patience)
    return running.report()


class Running:
    """A crawl under way in a child process."""

    def __init__(self, job: CrawlJob, run: Callable[[CrawlJob, Any, Any], None] | None = None) -> None:
        self._reports: Queue[CrawlReport] = _PROCESSES.Queue()
        self._progress: Queue[Progress] = _PROCESSES.Queue()
        self.child = _PROCESSES.Process(target=run or _run, args=(job, self._reports, self._progress))
        self.child.start()

    def wait_for(self, visits: int) -> list[Progress]:
        """Wait until so many addresses have been visited and are on disk."""
        return [self._progress.get(timeout=30) for _ in range(visits)]

    def kill(self, number: int = signal.SIGKILL) -> None:
        assert self.child.pid is not None
        os.kill(self.child.pid, number)

    def report(self) -> CrawlReport:
        report = self._reports.get(timeout=60)
        self.child.join(30)
        return report

    def seen(self) -> list[Progress]:
        found = []
        while not self._progress.empty():
            found.append(self._progress.get(timeout=1))
            time.sleep(0)
        return found


def _run(job: CrawlJob, reports: "Queue[CrawlReport]", progress: "Queue[Progress]") -> None:
    reports.put(run_crawl(job, progress.put))
    progress.cancel_join_thread()


def _same(clock: DemoClock) -> DemoClock:
    return clock


def only(source: Source, *, feeds: bool = False, sitemaps: bool = False, lists: bool = False) -> Source:
    """Return the source with these kinds of discovery and no others."""
    return replace(
        source,
        feeds=source.feeds if feeds else (),
        sitemaps=source.sitemaps if sitemaps else (),
        lists=source.lists if lists else (),
    )
