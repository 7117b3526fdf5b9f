"""The writer thread: pages go to disk in small groups, and only then count."""

import queue
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from crawler.job import CrawlJob, CrawlReport, Progress
from crawler.outcomes import CLOSED, KEPT, UNCHANGED
from crawler.standing import Standing
from crawler.visits import Finding
from sosik.model.capture import CaptureKind, CaptureRef
from sosik.model.errors import Later
from sosik.model.ports.archive import Archive
from sosik.model.ports.ledger import Ledger, Visit

_TRIES = 5
_ROOM = 64  # findings that may wait; beyond it the spiders wait


class Keeper:
    """Takes findings from the spiders and writes them in a thread of its own.

    An fsync for each page would cost a quarter of the speed. `failed` is called, in the writer thread, when writing
    ended with an error: nothing more will be kept, so the crawl is to stop.
    """

    def __init__(self, job: CrawlJob, report: CrawlReport, progress: Callable[[Progress], None]) -> None:
        self._job = job
        self._report = report
        self._progress = progress
        self._waiting: queue.SimpleQueue[Finding | None] = queue.SimpleQueue()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keeper")
        self._work: Future[dict[str, int]] | None = None

    def start(self, failed: Callable[[], None]) -> None:
        """Begin to write."""
        self._work = self._thread.submit(self._run)
        self._work.add_done_callback(lambda work: failed() if work.exception() else None)

    @property
    def full(self) -> bool:
        """Are so many findings waiting that the spiders should wait too?"""
        return self._waiting.qsize() >= _ROOM and self._work is not None and not self._work.done()

    def take(self, finding: Finding) -> None:
        """Take a finding; it counts when it is on disk."""
        self._waiting.put(finding)

    def finish(self) -> dict[str, int]:
        """Write what waits, and return how far each archive file was written; raises what writing ended with."""
        self._waiting.put(None)
        try:
            return self._work.result() if self._work is not None else {}
        finally:
            self._thread.shutdown()

    def _run(self) -> dict[str, int]:
        written: dict[str, int] = {}
        archive = self._job.open_archive()
        try:
            ledger = self._job.open_ledger()
            try:
                while group := self._group():
                    for ref in self._write(archive, ledger, group):
                        written[ref.file] = max(ref.end, written.get(ref.file, 0))
            finally:
                ledger.close()
        finally:
            archive.close()
        return written

    def _group(self) -> list[Finding]:
        """Wait for a finding, and gather those that come right behind it; empty at the end."""
        limits = self._job.limits
        first = self._waiting.get()
        if first is None:
            return []
        group = [first]
        until = time.monotonic() + limits.group_wait
        while len(group) < limits.group_pages:
            try:
                following = self._waiting.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                break
            if following is None:
                self._waiting.put(None)
                break
            group.append(following)
        return group

    def _write(self, archive: Archive, ledger: Ledger, group: Sequence[Finding]) -> Sequence[CaptureRef]:
        group = _without_closed(ledger, group)
        refs = archive.put([each.capture for each in group if each.capture is not None])
        places = iter(refs)
        visits: list[Visit] = []
        for each in group:
            visit = each.visit if each.capture is None else replace(each.visit, capture=next(places))
            if visit.outcome != CLOSED:  # nothing of what was taken down is kept, its address neither
                visits.append(visit)
            if each.landed is not None:
                visits.append(replace(visit, url=each.landed))
        self._note(ledger, visits, Standing(archive, self._report))
        for each in group:
            self._count(each)
        return refs

    @staticmethod
    def _note(ledger: Ledger, visits: Sequence[Visit], standing: Standing) -> None:
        for attempt in range(1, _TRIES + 1):
            try:
                with ledger.write() as unit:
                    unit.visits.put(visits)
                    changed = standing.note(unit, visits)
            except Later:
                if attempt == _TRIES:
                    raise
                time.sleep(0.2 * attempt)
            else:
                standing.count(changed)
                return

    def _count(self, finding: Finding) -> None:
        visit = finding.visit
        counts = self._report.sources[visit.source]
        counts.fetched += finding.answered
        head, _, cause = visit.outcome.partition(": ")
        if visit.outcome == UNCHANGED:
            counts.unchanged += 1
        elif visit.outcome == KEPT and visit.kind is not CaptureKind.ARTICLE:
            counts.pages += 1
        elif visit.outcome == KEPT:
            counts.new += finding.first
            counts.changed += not finding.first
        else:
            causes = counts.refused if head == "refused" else counts.failed
            causes[cause] = causes.get(cause, 0) + 1
            if visit.kind is CaptureKind.ARTICLE:
                counts.articles_failed[cause] = counts.articles_failed.get(cause, 0) + 1
        if finding.announcement is not None:
            counts.announcements.append(finding.announcement)
        self._progress(Progress(source=visit.source, kind=visit.kind, url=visit.url, outcome=visit.outcome))


def _without_closed(ledger: Ledger, group: Sequence[Finding]) -> list[Finding]:
    """Turn findings of pages that were taken down into refusals, whatever address led there."""
    addresses = {id(each): _addresses(each) for each in group}
    with ledger.read() as unit:
        closed = unit.takedowns.closed({url for urls in addresses.values() for url in urls})
    return [_refuse(each) if closed & addresses[id(each)] else each for each in group] if closed else list(group)


def _addresses(finding: Finding) -> frozenset[str]:
    landed = () if finding.landed is None else (finding.landed,)
    return frozenset((finding.visit.url, *landed))


def _refuse(finding: Finding) -> Finding:
    visit = replace(finding.visit, outcome=CLOSED, capture=None, digest="", etag=None, last_modified=None)
    return replace(finding, visit=visit, capture=None, landed=None)
