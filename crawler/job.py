"""What a crawl is asked to do, what it tells while it runs, and what it came to."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from crawler.revisit import RevisitPolicy
from sosik.model.capture import CaptureKind
from sosik.model.instants import KST
from sosik.model.ports.archive import Archive
from sosik.model.ports.clock import Clock
from sosik.model.ports.ledger import Ledger
from sosik.model.run import Announcement
from sosik.model.source import Source

USER_AGENT = "Sosik/0.1 (reads Korean regional tech news; obeys robots.txt)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a crawl takes at most. Bytes are counted after decompression; times are in seconds.

    `timeout` is for a whole answer, so that a server that drips cannot hold on. A Retry-After beyond its cap ends the
    attempt; a Crawl-delay beyond its cap is cut to it. `articles` and `sitemaps` are for one source and one crawl; so
    is `unannounced`: known articles that nothing announces any more, which are looked after. `render_time` is for
    a page in the browser with all that its scripts ask for, `render_parts` how often they may ask.
    """

    page_bytes: int = 8 * 1024 * 1024
    timeout: float = 30.0
    redirects: int = 5
    retries: int = 2
    retry_wait: float = 1.0
    retry_after_cap: float = 60.0
    crawl_delay_cap: float = 30.0
    articles: int = 5000
    unannounced: int = 100
    sitemaps: int = 50
    requests_under_way: int = 32
    render_time: float = 60.0
    render_parts: int = 60
    group_pages: int = 32
    group_wait: float = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlJob:
    """A crawl to be run in a child process; picklable as long as its factories are.

    `since` and `until` bound the time of publication of what is asked for, as far as it was announced; both are aware,
    `since` is inside and `until` is not. With `until` set it is a backfill: list pages are turned to the end.
    Each factory is called in the process and the thread that uses what it makes. `proxy` is for all sources.
    """

    sources: tuple[Source, ...]
    open_archive: Callable[[], Archive]
    open_ledger: Callable[[], Ledger]
    make_clock: Callable[[], Clock]
    proxy: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    user_agent: str = USER_AGENT
    limits: Limits = Limits()
    revisit: RevisitPolicy = field(default_factory=RevisitPolicy)

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """The span of a backfill; None for any other crawl."""
        return None if self.until is None else (self.since or datetime.min.replace(tzinfo=UTC), self.until)

    @property
    def robot_name(self) -> str:
        """The name by which robots.txt knows us: the first word of the user agent."""
        return self.user_agent.partition("/")[0].strip() or self.user_agent


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One address was visited and what it came to is on disk."""

    source: str
    kind: CaptureKind
    url: str
    outcome: str


@dataclass(slots=True, kw_only=True)
class SourceReport:
    """Counts of one source. `fetched` counts answers of every kind of page; the others count as they say.

    `new` and `changed` count articles kept for the first time or again; `pages` counts feeds, lists and sitemaps kept.
    `articles_failed` counts those of `failed` and `refused` that are articles; `gone` and `back` count articles that
    are no longer or again there. `retry_after` is the longest wait, in seconds, that the outlet asked for in vain.
    `oldest` is the oldest publication that anything announced; `cut` says what limit kept us from asking for more.
    """

    fetched: int = 0
    new: int = 0
    changed: int = 0
    pages: int = 0
    unchanged: int = 0
    failed: dict[str, int] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    articles_failed: dict[str, int] = field(default_factory=dict)
    gone: int = 0
    back: int = 0
    announcements: list[Announcement] = field(default_factory=list)
    oldest: datetime | None = None
    cut: str = ""
    retry_after: float | None = None


@dataclass(slots=True, kw_only=True)
class CrawlReport:
    """What a crawl came to, by source id. `stopped` says in one line why it ended early, or is None; `full` that
    the disk was full.

    `recovered` counts pages that an earlier crawl had kept but, cut off, not yet noted in the ledger.
    """

    sources: dict[str, SourceReport]
    stopped: str | None = None
    full: bool = False
    recovered: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return plain dictionaries, strings and numbers."""
        found = asdict(self)
        for source in found["sources"].values():
            source["oldest"] = None if source["oldest"] is None else source["oldest"].astimezone(KST).isoformat()
            for each in source["announcements"]:
                for name in ("newest", "oldest"):
                    each[name] = None if each[name] is None else each[name].astimezone(KST).isoformat()
        return found


def run_crawl(job: CrawlJob, progress: Callable[[Progress], None] | None = None) -> CrawlReport:
    """Crawl, and return the report. To be called in the main thread of a child process, once: a reactor has one life.

    SIGTERM and SIGINT end it with everything fetched kept. A full disk ends it too; the report says so in `stopped`.
    `progress` is called from another thread.
    """
    from crawler.process import CrawlProcess

    return CrawlProcess(job, progress or _silent).run()


def _silent(_: Progress) -> None:
    pass
