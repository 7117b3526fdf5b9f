"""Crawls that end early: killed, asked to stop, or with a full disk."""

import signal
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from crawler.job import CrawlJob, run_crawl
from crawler.process import CrawlProcess
from sosik.demo.clock import DemoClock
from sosik.demo.server import DemoServer
from sosik.model.capture import Capture, CaptureRef
from sosik.model.errors import StorageFull
from sosik.model.source import Source
from sosik.model.url import canonical_url
from sosik.storage.archive.warc import WarcArchive
from tests.crawler.support import QUICK, Room, Running, crawl


class FullAfter(WarcArchive):
    """An archive whose disk is full after so many groups."""

    def __init__(self, folder: Path, *, clock: DemoClock, groups: int) -> None:
        super().__init__(folder, clock=clock)
        self._left = groups

    def put(self, captures: Sequence[Capture]) -> tuple[CaptureRef, ...]:
        if captures and self._left == 0:
            raise StorageFull("no space left for the archive; free some and crawl again")
        self._left -= bool(captures)
        return super().put(captures)


@pytest.mark.parametrize("visits", [1, 7, 20])
def test_killed_in_the_middle_and_run_again_everything_is_kept_once(
    visits: int, demo: DemoServer, room: Room, sources: dict[str, Source]
) -> None:
    paced = [replace(each, delay=0.01, concurrency=2) for each in sources.values()]
    job = room.job(paced, proxy=demo.proxy, limits=replace(QUICK, group_pages=4))
    running = Running(job)
    running.wait_for(visits)
    running.kill()
    running.child.join(30)
    assert running.child.exitcode == -signal.SIGKILL
    killed = len(room.captures(None))

    crawl(job)
    pages = Counter(canonical_url(each.url) for each in room.captures(None))
    assert killed >= 1
    assert set(pages.values()) == {1}
    whole = Room(room.folder / "whole", room.clock)
    whole.folder.mkdir()
    whole.migrate()
    crawl(whole.job(paced, proxy=demo.proxy))
    assert pages.keys() == {canonical_url(each.url) for each in whole.captures(None)}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_what_is_kept_kept(
    number: signal.Signals, demo: DemoServer, room: Room, sources: dict[str, Source]
) -> None:
    slow = [replace(each, delay=0.5, concurrency=1) for each in sources.values()]
    running = Running(room.job(slow, proxy=demo.proxy))
    running.wait_for(5)
    running.kill(number)
    report = running.report()
    assert report.stopped == f"stopped by {number.name}"
    kept = sum(each.new + each.pages for each in report.sources.values())
    assert kept == len(room.captures(None)) >= 5


def _interrupted(when: str, job: CrawlJob, reports: Any, progress: Any) -> None:
    """Run a crawl that gets a Ctrl-C as it comes to this step."""
    step = getattr(CrawlProcess, when)

    def interrupted(self: CrawlProcess, *given: Any) -> Any:
        signal.raise_signal(signal.SIGINT)
        return step(self, *given)

    setattr(CrawlProcess, when, interrupted)
    reports.put(run_crawl(job, progress.put))
    progress.cancel_join_thread()


@pytest.mark.parametrize("when", ["_begin", "_stages"])
def test_a_signal_at_the_very_beginning_ends_it(
    when: str, demo: DemoServer, room: Room, sources: dict[str, Source]
) -> None:
    running = Running(room.job(sources.values(), proxy=demo.proxy), partial(_interrupted, when))
    report = running.report()
    assert report.stopped == "stopped by SIGINT"
    assert all(not each.new for each in report.sources.values())


def test_a_full_disk_stops_it_and_says_so(demo: DemoServer, room: Room, sources: dict[str, Source]) -> None:
    job = room.job(sources.values(), proxy=demo.proxy, limits=replace(QUICK, group_pages=4))
    full = replace(job, open_archive=partial(FullAfter, room.folder / "archive", clock=room.clock, groups=2))
    report = crawl(full)
    assert report.full
    assert report.stopped == "no space left for the archive; free some and crawl again"
    kept = sum(each.new + each.pages for each in report.sources.values())
    assert kept == len(room.captures(None)) > 0

    crawl(job)
    pages = Counter(canonical_url(each.url) for each in room.captures(None))
    assert set(pages.values()) == {1}
