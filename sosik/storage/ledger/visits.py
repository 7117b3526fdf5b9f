"""What is known of addresses."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from sosik.model.capture import CaptureKind, CaptureRef
from sosik.model.ports.ledger import Visit
from sosik.storage.ledger.articles import capture_values, read_capture
from sosik.storage.ledger.tables import visit as table
from sosik.storage.ledger.transaction import Transaction


class SqlVisits:
    """The last visit of every address."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, url: str) -> Visit | None:
        """Return the last visit of a canonical address."""
        row = self._transaction.read(sa.select(table).where(table.c.key == key_of(url))).mappings().first()
        return None if row is None else _read(row)

    def known(self, source: str) -> Iterator[Visit]:
        """Give the last visit of every address of a source, inside the unit of work."""
        statement = sa.select(table).where(table.c.source == source)
        yield from (_read(row) for row in self._transaction.read(statement).mappings())

    def put(self, visits: Iterable[Visit]) -> None:
        """Write visits; each takes the place of the one before."""
        for visit in visits:
            self._transaction.upsert(table, _row(visit))

    def forget_captures(self, refs: Iterable[CaptureRef]) -> int:
        """Forget pages that are in the archive no more, and by what they would be asked for only if changed."""
        nothing = {**capture_values(None), "etag": None, "last_modified": None, "digest": ""}
        count = 0
        for ref in refs:
            here = (table.c.capture_file == ref.file, table.c.capture_offset == ref.offset)
            count += self._transaction.change(sa.update(table).where(*here).values(nothing))
        return count

    def outcomes(self, source: str | None = None) -> dict[tuple[str, str], int]:
        """Return how many addresses of each source ended in each outcome: (source, outcome) → count."""
        statement = sa.select(table.c.source, table.c.outcome, sa.func.count())
        statement = statement.group_by(table.c.source, table.c.outcome).order_by(table.c.source, table.c.outcome)
        if source is not None:
            statement = statement.where(table.c.source == source)
        return {(name, outcome): count for name, outcome, count in self._transaction.read(statement)}


def key_of(text: str) -> str:
    """Return 32 hexadecimal digits that stand for a text of any length as a key."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def printable(text: str) -> str:
    """Return words of another side (an outlet's status line, a broken file's name) as any database keeps them."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def _row(visit: Visit) -> dict[str, Any]:
    return {
        "key": key_of(visit.url),
        "url": printable(visit.url),
        "source": visit.source,
        "kind": visit.kind.value,
        "at": visit.at,
        "outcome": printable(visit.outcome),
        "status": visit.status,
        "etag": visit.etag,
        "last_modified": visit.last_modified,
        **capture_values(visit.capture),
        "digest": visit.digest,
    }


def _read(row: sa.RowMapping) -> Visit:
    return Visit(
        url=row["url"],
        source=row["source"],
        kind=CaptureKind(row["kind"]),
        at=row["at"],
        outcome=row["outcome"],
        status=row["status"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        capture=read_capture(row),
        digest=row["digest"],
    )
