"""An article is removed by law or request: from ledger, archive, index and outbox. A mark stays."""

import email
import email.policy
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sosik.app.flows.index import LOCK as INDEXING
from sosik.app.flows.index import IndexReport, index_pending, open_generations
from sosik.app.flows.lock import held
from sosik.app.flows.progress import Progress, silent
from sosik.app.flows.read import LOCK as READING
from sosik.app.flows.reindex import REBUILDING
from sosik.app.flows.show import find
from sosik.app.flows.stories import companions_of, retell
from sosik.model.capture import Capture, CaptureKind, CaptureRef
from sosik.model.errors import Away, Busy, NotFound
from sosik.model.ports.archive import Archive
from sosik.model.takedown import Takedown, Traces
from sosik.model.url import canonical_url

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring


NOT_REACHED = (
    "mails, posts to webhooks and messages to chats that have left",
    "snapshots of the index, backups, and other copies of the data folder",
    "pages of other articles that link to it, and lists and feeds that name it and come later",
    "what the outlet publishes anew under another address",
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """How many captures were removed from the archive, and how many mails from the folder `outbox/`."""

    captures: int = 0
    mails: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TakedownReport:
    """What was removed: the mark that stays, what this call removed from files, and what the index was told."""

    mark: Takedown
    cleaned: Cleaned
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
        cleaned = finish_takedowns(wiring, progress=progress)
    with wiring.ledger() as ledger, ledger.read() as unit:
        mark = unit.takedowns.get(article)
    if mark is None:
        raise NotFound("article taken down", article)
    _drop_unfinished_rebuild(wiring)
    index = index_pending(wiring, wholly=True, progress=progress)
    with wiring.ledger() as ledger:
        ledger.scrub()  # again, should an earlier call have been killed before it
    return TakedownReport(mark=mark, cleaned=cleaned, index=index)


def finish_takedowns(wiring: "Wiring", *, progress: Progress = silent) -> Cleaned:
    """Clean archive and mail folder of what was taken down.

    Besides the pages themselves that is every feed, list, sitemap and mail that names them: those repeat titles and
    texts.
    """
    captures = mails = 0
    with wiring.ledger() as ledger:
        with ledger.read() as unit:
            pending = unit.takedowns.pending()
        for mark, traces in pending:
            with wiring.archive() as archive:
                refs = list(_found(archive, mark, traces, progress))
                with ledger.write() as unit:  # first: a run that goes on after a kill does not find them any more
                    unit.visits.forget_captures(refs)
                captures += archive.remove(refs)
            mails += _remove_mails(wiring.settings.data / "outbox", [mark.article, *traces.urls])
            with ledger.write() as unit:
                unit.takedowns.finish(mark.article, wiring.clock.now())
        if pending:
            ledger.scrub()
    return Cleaned(captures, mails)


def _remove_mails(folder: Path, names: Sequence[str]) -> int:
    """Remove the mails that were written to a folder, for want of a mail server, and name an article."""
    removed = 0
    # Whole words: an address that only begins like one of these is another article's.
    sought = re.compile("|".join(rf"(?<![\w-]){re.escape(each)}(?![^\s<>()\"',])" for each in names))
    for file in sorted(folder.glob("*.eml")) + sorted(folder.glob("*.new")):
        mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        texts = [html.unescape(each.get_content()) for each in mail.walk() if each.get_content_maintype() == "text"]
        if any(map(sought.search, texts)):
            file.unlink()
            removed += 1
    return removed


def _drop_unfinished_rebuild(wiring: "Wiring") -> None:
    """Empty the index that a rebuild which was cut short has left; the next one begins anew.

    A rebuild that is under way comes by the removal itself, before its index is searched.
    """
    try:
        with (
            held(wiring.settings.data, REBUILDING, patience=0),
            held(wiring.settings.data, INDEXING),
            wiring.ledger() as ledger,
            wiring.generations() as generations,
        ):
            left = generations.filling()
            if left is not None and (left in open_generations(generations, ledger) or not generations.shared):
                with ledger.write() as unit:
                    unit.index_work.close(left)
                generations.begin()
    except (Busy, Away):  # which the indexing that follows says
        return


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
