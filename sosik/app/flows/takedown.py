"""An article is removed by law or request: from ledger, archive, index and outbox. A mark stays."""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sosik.app.flows.index import IndexReport, index_pending
from sosik.app.flows.lock import held
from sosik.app.flows.progress import Progress, silent
from sosik.app.flows.read import LOCK as READING
from sosik.app.flows.show import find
from sosik.app.flows.stories import companions_of, retell
from sosik.model.capture import Capture, CaptureKind, CaptureRef
from sosik.model.errors import NotFound
from sosik.model.ports.archive import Archive
from sosik.model.takedown import Takedown, Traces
from sosik.model.url import canonical_url

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring


@dataclass(frozen=True, slots=True, kw_only=True)
class TakedownReport:
    """What was removed: the mark that stays, captures removed from the archive, and what the index was told."""

    mark: Takedown
    captures: int
    index: IndexReport


def take_down(wiring: "Wiring", name: str, reason: str, *, progress: Progress = silent) -> TakedownReport:
    """Remove the article of that id; the same call goes on where a kill cut it short.

    The ledger comes first, in one transaction: from then on no crawl, import or replay brings the article back, and
    what is left to be done is on record. Raises Busy where its outlet is being crawled or pages are being read.
    """
    source, article = _whose(wiring, name)
    with held(wiring.settings.data, f"crawling-{source}", patience=0), held(wiring.settings.data, READING):
        with wiring.ledger() as ledger, ledger.write() as unit:
            if unit.takedowns.get(article) is None:
                companions = companions_of(unit, article)
                unit.takedowns.begin(article, reason)
                retell(unit, companions)
        captures = finish_takedowns(wiring, progress=progress)
    with wiring.ledger() as ledger, ledger.read() as unit:
        mark = unit.takedowns.get(article)
    if mark is None:
        raise NotFound("article taken down", article)
    return TakedownReport(mark=mark, captures=captures, index=index_pending(wiring, progress=progress))


def finish_takedowns(wiring: "Wiring", *, progress: Progress = silent) -> int:
    """Clean the archive of what was taken down; return how many captures were removed.

    Besides the pages themselves that is every feed, list and sitemap that names them: those repeat titles and texts.
    """
    removed = 0
    with wiring.ledger() as ledger:
        with ledger.read() as unit:
            pending = unit.takedowns.pending()
        for mark, traces in pending:
            with wiring.archive() as archive:
                refs = list(_found(archive, mark, traces, progress))
                removed += archive.remove(refs)
            with ledger.write() as unit:
                unit.visits.forget_captures(refs)
                unit.takedowns.finish(mark.article, wiring.clock.now())
    return removed


def _whose(wiring: "Wiring", name: str) -> tuple[str, str]:
    """Return source and id of an article, or of one that was taken down already."""
    with wiring.ledger() as ledger, ledger.read() as unit:
        mark = unit.takedowns.get(name)
    if mark is not None:
        return mark.source, mark.article
    article = find(wiring, name).article
    return article.source, article.id


def _found(archive: Archive, mark: Takedown, traces: Traces, progress: Progress) -> Iterator[CaptureRef]:
    refs, urls = set(traces.refs), set(traces.urls)
    needles = [needle for url in urls for needle in _needles(url)]
    for number, (ref, capture) in enumerate(archive.walk({}), 1):
        if number % 500 == 0:
            progress("pages looked through", number)
        if f"{ref.file}:{ref.offset}" in refs or (capture.source == mark.source and _speaks_of(capture, urls, needles)):
            yield ref


def _speaks_of(capture: Capture, urls: set[str], needles: list[bytes]) -> bool:
    if capture.kind is not CaptureKind.ARTICLE:
        return any(each in capture.body for each in needles)
    return bool(urls & {_canonical(capture.url), _canonical(capture.final_url)})


def _needles(url: str) -> Iterator[bytes]:
    """Give what a page that links to an address has in it: path and query, as they are and as markup writes them."""
    parts = urlsplit(url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    for each in dict.fromkeys((target, html.escape(target))):
        if len(each) > 1:
            yield each.encode()


def _canonical(url: str) -> str:
    try:
        return canonical_url(url)
    except ValueError:  # an imported page may have another kind of address
        return url
