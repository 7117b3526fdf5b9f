"""After a crash: pages that reached the archive while the ledger was not yet told of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from crawler.outcomes import KEPT
from crawler.visits import digest_of
from sosik.model.capture import Capture, CaptureRef, Cursor
from sosik.model.ports.archive import Archive
from sosik.model.ports.ledger import Ledger, Visit
from sosik.model.url import canonical_url

CONSUMER = "crawler"
_BATCH = 200  # captures in one transaction


def recover(archive: Archive, ledger: Ledger) -> int:
    """Write the visits that the ledger lacks of captures after the crawler's cursor; return how many pages it were.

    Without this, the next crawl would keep those pages a second time.
    """
    with ledger.read() as unit:
        cursor = dict(unit.cursors.get(CONSUMER))
    recovered = 0
    captures = archive.walk(cursor)
    while batch := list(islice(captures, _BATCH)):
        recovered += _note(ledger, batch)
        cursor |= {ref.file: ref.end for ref, _ in batch}
    advance(ledger, cursor)
    return recovered


def advance(ledger: Ledger, read: Mapping[str, int]) -> None:
    """Move the crawler's cursor: the ledger knows of everything up to there."""
    with ledger.write() as unit:
        cursor: Cursor = unit.cursors.get(CONSUMER)
        unit.cursors.put(CONSUMER, {**cursor, **{file: max(end, cursor.get(file, 0)) for file, end in read.items()}})


def _note(ledger: Ledger, batch: Sequence[tuple[CaptureRef, Capture]]) -> int:
    recovered = 0
    with ledger.write() as unit:
        for ref, capture in batch:
            visit = _visit(ref, capture)
            lacking = [url for url in _addresses(capture) if _older(unit.visits.get(url), capture)]
            unit.visits.put(replace(visit, url=url) for url in lacking)
            recovered += bool(lacking)
    return recovered


def _addresses(capture: Capture) -> tuple[str, ...]:
    try:
        return tuple(dict.fromkeys((canonical_url(capture.url), canonical_url(capture.final_url))))
    except ValueError:  # not the crawler's: an imported page may have another kind of address
        return ()


def _visit(ref: CaptureRef, capture: Capture) -> Visit:
    return Visit(
        url=capture.url,
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


def _older(visit: Visit | None, capture: Capture) -> bool:
    return visit is None or visit.at < capture.fetched
