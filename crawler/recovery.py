"""After a crash: pages that reached the archive while the ledger was not yet told of them."""

from collections.abc import Mapping

from crawler.outcomes import KEPT
from crawler.visits import digest_of
from sosik.model.capture import Capture, CaptureRef, Cursor
from sosik.model.ports.archive import Archive
from sosik.model.ports.ledger import Ledger, Visit
from sosik.model.url import canonical_url

CONSUMER = "crawler"


def recover(archive: Archive, ledger: Ledger) -> int:
    """Write the visits that the ledger lacks of captures after the crawler's cursor; return how many pages it were.

    Without this, the next crawl would keep those pages a second time.
    """
    with ledger.read() as unit:
        cursor = dict(unit.cursors.get(CONSUMER))
    recovered = 0
    for ref, capture in archive.walk(cursor):
        recovered += _note(ledger, ref, capture)
        cursor[ref.file] = ref.end
    advance(ledger, cursor)
    return recovered


def advance(ledger: Ledger, read: Mapping[str, int]) -> None:
    """Move the crawler's cursor: the ledger knows of everything up to there."""
    with ledger.write() as unit:
        cursor: Cursor = unit.cursors.get(CONSUMER)
        unit.cursors.put(CONSUMER, {**cursor, **{file: max(end, cursor.get(file, 0)) for file, end in read.items()}})


def _note(ledger: Ledger, ref: CaptureRef, capture: Capture) -> bool:
    try:
        urls = {canonical_url(capture.url), canonical_url(capture.final_url)}
    except ValueError:  # not the crawler's: an imported page may have another kind of address
        return False
    with ledger.write() as unit:
        lacking = [url for url in sorted(urls) if _older(unit.visits.get(url), capture)]
        unit.visits.put(
            Visit(
                url=url,
                source=capture.source,
                kind=capture.kind,
                at=capture.fetched,
                outcome=KEPT,
                status=capture.status,
                etag=capture.header("ETag"),
                last_modified=capture.header("Last-Modified"),
                capture=ref,
                digest=digest_of(capture.body),
            )
            for url in lacking
        )
    return bool(lacking)


def _older(visit: Visit | None, capture: Capture) -> bool:
    return visit is None or visit.at < capture.fetched
