"""A day's work: crawl, then everything that follows from it, each step for itself."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from crawler.job import CrawlReport
from sosik.app.flows.alerts import match_alerts, send_alerts
from sosik.app.flows.briefs import draft_missing
from sosik.app.flows.crawl import followed, visit
from sosik.app.flows.digest_mails import note_digests
from sosik.app.flows.due import due
from sosik.app.flows.health import judge_sources
from sosik.app.flows.index import index_pending
from sosik.app.flows.processes import Limits, never
from sosik.app.flows.progress import Progress, silent
from sosik.app.flows.read import read
from sosik.app.flows.series import follow_series
from sosik.app.flows.stories import follow_stories
from sosik.model.errors import Later, Never, StorageFull
from sosik.model.source import Source

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlPlan:
    """What a daily run crawls. `limits` are those of the crawl's process; `proxy` is the demonstration's.

    Without `sources` it is, of the outlets that are followed, those due when the run begins.
    """

    sources: tuple[Source, ...] | None = None
    proxy: str | None = None
    limits: Limits | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReport:
    """What one step came to: counts, or why it failed."""

    step: str
    counts: dict[str, int]
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReport:
    """The steps that were taken. `stopped`: it was asked to stop before all of them were done."""

    steps: tuple[StepReport, ...]
    stopped: bool = False

    @property
    def failures(self) -> tuple[str, ...]:
        """What failed, a line each."""
        return tuple(f"{each.step}: {each.error}" for each in self.steps if each.error)

    @property
    def summary(self) -> str:
        """What every step came to, in one line; counts of nothing are left out."""
        parts = []
        for each in self.steps:
            counts = ", ".join(f"{count} {name}" for name, count in each.counts.items() if count)
            parts.append(f"{each.step}: {each.error or counts or 'nothing new'}")
        return " · ".join(parts)


class _Stop(Exception):
    """It is time to stop; raised where a step tells how far it has come, which is between its transactions."""


Step = Callable[["Wiring", Progress], dict[str, int]]


def run_daily(
    wiring: "Wiring", plan: CrawlPlan, *, stopping: Callable[[], bool] = never, progress: Progress = silent
) -> DayReport:
    """Take every step of the day.

    Every step works on what is there, and goes on where it stopped the last time: one that fails keeps none of the
    later ones from running. Raises Now: where nothing can be kept, no step could do better.
    """
    steps: dict[str, Step] = {"crawl": partial(_crawl, plan=plan, stopping=stopping), **_FOLLOWING}
    return _take(steps, wiring, stopping, progress)


def run_sending(wiring: "Wiring", *, stopping: Callable[[], bool] = never, progress: Progress = silent) -> DayReport:
    """Send the messages that are due: those put off are tried again."""
    return _take({"send": _FOLLOWING["send"]}, wiring, stopping, progress)


def _take(steps: dict[str, Step], wiring: "Wiring", stopping: Callable[[], bool], progress: Progress) -> DayReport:
    taken: list[StepReport] = []

    def tell(what: str, done: int, total: int | None = None) -> None:
        progress(what, done, total)
        if stopping():
            raise _Stop

    for name, step in steps.items():
        if stopping():
            return DayReport(steps=tuple(taken), stopped=True)
        try:
            taken.append(StepReport(step=name, counts=step(wiring, progress if name == "crawl" else tell)))
        except (Never, Later) as error:
            taken.append(StepReport(step=name, counts={}, error=str(error)))
        except _Stop:
            return DayReport(steps=tuple(taken), stopped=True)
    return DayReport(steps=tuple(taken), stopped=stopping())


def _crawl(wiring: "Wiring", progress: Progress, *, plan: CrawlPlan, stopping: Callable[[], bool]) -> dict[str, int]:
    sources = due(wiring, followed(wiring)).now if plan.sources is None else plan.sources
    if not sources:
        return {}
    report = visit(wiring, sources, proxy=plan.proxy, limits=plan.limits, stopping=stopping, progress=progress)
    if report.full:
        raise StorageFull(f"the crawl stopped early: {report.stopped}")
    if report.stopped is not None:
        raise Later(f"the crawl stopped early: {report.stopped}")
    if not any(each.fetched or each.unchanged for each in report.sources.values()):
        raise Later("no outlet could be visited")
    return _visited(report)


def _visited(report: CrawlReport) -> dict[str, int]:
    sources = report.sources.values()
    return {
        "new": sum(each.new for each in sources),
        "changed": sum(each.changed for each in sources),
        "unchanged": sum(each.unchanged for each in sources),
        "failed": sum(sum(each.failed.values()) for each in sources),
    }


def _counting(flow: Callable[..., object]) -> Step:
    """Make a step of a flow whose report is a dataclass that counts."""

    def step(wiring: "Wiring", progress: Progress) -> dict[str, int]:
        return _counts(flow(wiring, progress=progress))

    return step


def _counts(report: object) -> dict[str, int]:
    counts: dict[str, int] = {}
    if dataclasses.is_dataclass(report):
        for field in dataclasses.fields(report):
            value = getattr(report, field.name)
            if isinstance(value, tuple | list):
                counts[field.name] = len(value)
            elif isinstance(value, int):
                counts[field.name] = value
            elif isinstance(value, dict):
                counts.update({str(key): count for key, count in value.items() if isinstance(count, int)})
    return counts


def _index(wiring: "Wiring", progress: Progress) -> dict[str, int]:
    report = index_pending(wiring, progress=progress)
    if report.waiting:
        raise Later(report.waiting)
    return _counts(report)


_FOLLOWING: dict[str, Step] = {
    "read": _counting(read),
    "health": _counting(judge_sources),
    "series": _counting(follow_series),
    "stories": _counting(follow_stories),
    "briefs": _counting(draft_missing),
    "index": _index,
    "digests": _counting(note_digests),
    "match": _counting(match_alerts),
    "send": _counting(send_alerts),
}
