"""Articles and their revisions."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from sosik.model.article import Article, Cut, CutKind
from sosik.model.capture import CaptureRef
from sosik.model.errors import NotFound, Refused
from sosik.model.instants import YEARS, Provenance, Published
from sosik.model.ports.ledger import Change
from sosik.storage.ledger.collect_tables import takedown
from sosik.storage.ledger.heads import Head, Heads
from sosik.storage.ledger.tables import analysis, article_revision
from sosik.storage.ledger.tables import article as table
from sosik.storage.ledger.transaction import Transaction

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_newest = sa.select(table)
_with_analysis = sa.select(table, analysis.c.digest).join(analysis, analysis.c.article == table.c.id, isouter=True)
_taken_down = sa.select(takedown.c.article).where(takedown.c.article == sa.bindparam("wanted"))
_by_id = _with_analysis.where(table.c.id == sa.bindparam("wanted"))


class SqlArticles:
    """Articles in two tables: the newest revision of each, and the ones before."""

    def __init__(self, transaction: Transaction, heads: Heads) -> None:
        self._transaction = transaction
        self._heads = heads

    def put(self, article: Article) -> tuple[Article, Change]:
        """Write an article as just extracted; see the port for what becomes of it."""
        _check_text(article)
        row = self._row(article.id)
        if row is None:
            return self._put_new(article)
        before = read_article(row)
        self._heads[article.id] = Head(before.revision, row["digest"])
        if _age(article) < _age(before):
            return before, Change.UNCHANGED
        came_back = row["gone_at"] is not None and article.captured is not None and article.captured > row["gone_at"]
        after = replace(article, revision=before.revision, gone=before.gone and not came_back)
        if _same_content(after, before):
            return self._seen_again(before, after, came_back=came_back)
        if _same_text(after, before) or _same_capture(after, before):
            return self._correct(before, after)
        return self._revise(before, after)

    def get(self, article: str, revision: int | None = None) -> Article | None:
        """Return an article in its newest revision, or in that one."""
        row = self._transaction.read(_newest.where(table.c.id == article)).mappings().first()
        if row is None or revision is None or row["revision"] == revision:
            return None if row is None else read_article(row)
        old = article_revision
        statement = sa.select(old).where(old.c.article == article, old.c.revision == revision)
        row = self._transaction.read(statement).mappings().first()
        return None if row is None else read_article(row)

    def revisions(self, article: str) -> tuple[Article, ...]:
        """Return all revisions, oldest first."""
        old = article_revision
        rows = self._transaction.read(sa.select(old).where(old.c.article == article).order_by(old.c.revision))
        newest = self.get(article)
        return (*(read_article(row) for row in rows.mappings()), *((newest,) if newest else ()))

    def walk(self, after: str = "", limit: int = 500) -> tuple[Article, ...]:
        """Return newest revisions by id, after that id."""
        rows = self._transaction.read(_newest.where(table.c.id > after).order_by(table.c.id).limit(limit))
        return tuple(read_article(row) for row in rows.mappings())

    def count(self) -> int:
        """Return how many articles there are."""
        return int(self._transaction.read(sa.select(sa.func.count()).select_from(table)).scalar_one())

    def count_by_source(self) -> dict[str, int]:
        """Return how many articles each source has."""
        statement = sa.select(table.c.source, sa.func.count()).group_by(table.c.source).order_by(table.c.source)
        return {row[0]: row[1] for row in self._transaction.read(statement)}

    def mark_gone(self, article: str, at: datetime) -> bool:
        """Mark an article that its outlet removed; say whether that is news. A later capture has seen it again."""
        row = self._row(article)
        if row is None:
            raise NotFound("article", article)
        if row["gone_at"] is not None or (row["captured"] is not None and row["captured"] > at):
            return False
        self._set(article, {"gone_at": at})
        self._transaction.show(article)
        return True

    def mark_back(self, article: str, at: datetime) -> bool:
        """Take the mark away from an article that was seen again, as it was; say whether that is news."""
        row = self._row(article)
        if row is None:
            raise NotFound("article", article)
        if row["gone_at"] is None or row["gone_at"] >= at:
            return False
        self._set(article, {"gone_at": None})
        self._transaction.show(article)
        return True

    def recent(self, source: str, since: date, limit: int = 1000) -> tuple[Article, ...]:
        """Return the articles of a source published since a day, newest first, gone ones as well."""
        mine = _newest.where(table.c.source == source, table.c.published_day >= since)
        rows = self._transaction.read(mine.order_by(table.c.published_day.desc(), table.c.id).limit(limit))
        return tuple(read_article(row) for row in rows.mappings())

    def _row(self, article: str) -> sa.RowMapping | None:
        read = self._transaction.read if article in self._heads else self._transaction.read_past
        return read(_by_id, {"wanted": article}).mappings().first()

    def _put_new(self, article: Article) -> tuple[Article, Change]:
        if self._transaction.read_past(_taken_down, {"wanted": article.id}).first() is not None:
            raise Refused("it was taken down")
        new = replace(article, revision=1, gone=False)
        row = _content(new) | {"id": new.id, "revision": 1, "version": 0, "gone_at": None}
        self._transaction.insert(table, row | {"added": self._transaction.clock.now()})
        self._transaction.show(new.id)
        self._heads[new.id] = Head(1, None)
        return new, Change.NEW

    def _seen_again(self, before: Article, after: Article, *, came_back: bool) -> tuple[Article, Change]:
        if (after.capture, after.captured) != (before.capture, before.captured):
            self._set(after.id, capture_values(after.capture) | {"captured": after.captured})
        if came_back:
            self._set(after.id, {"gone_at": None})
            self._transaction.show(after.id)
        return after, Change.UNCHANGED

    def _correct(self, before: Article, after: Article) -> tuple[Article, Change]:
        self._update(after, came_back=not after.gone)
        self._transaction.show(after.id)
        if not (_same_text(after, before) and after.published == before.published):
            # It was made from what the article no longer says, and the revision alone would not tell.
            self._transaction.change(sa.delete(analysis).where(analysis.c.article == after.id))
            self._heads[after.id] = Head(after.revision, None)
        return after, Change.REREAD

    def _revise(self, before: Article, after: Article) -> tuple[Article, Change]:
        old = _content(before) | {"article": before.id, "revision": before.revision}
        self._transaction.insert(article_revision, old)
        after = replace(after, revision=before.revision + 1)
        self._update(after, came_back=not after.gone)
        self._transaction.show(after.id)
        self._heads[after.id] = Head(after.revision, self._heads[after.id].analysis)
        return after, Change.REVISED

    def _update(self, article: Article, *, came_back: bool) -> None:
        values = _content(article) | {"revision": article.revision}
        if came_back:
            values["gone_at"] = None
        self._set(article.id, values)

    def _set(self, article: str, values: dict[str, Any]) -> None:
        self._transaction.change(sa.update(table).where(table.c.id == article).values(values))


def read_article(row: sa.RowMapping) -> Article:
    """Return the article that a row of either table holds."""
    return Article(
        id=row["id"] if "id" in row else row["article"],
        source=row["source"],
        url=row["url"],
        title=row["title"],
        text=row["text"],
        authors=tuple(row["authors"]),
        published=read_published(row, "published"),
        modified=read_published(row, "modified"),
        revision=row["revision"],
        capture=read_capture(row),
        captured=row["captured"],
        cuts=tuple(Cut(kind=CutKind(kind), text=text) for kind, text in row["cuts"]),
        gone=row.get("gone_at") is not None,
    )


def capture_values(ref: CaptureRef | None) -> dict[str, Any]:
    """Return the columns of a capture's place."""
    if ref is None:
        return {"capture_file": None, "capture_offset": None, "capture_end": None}
    return {"capture_file": ref.file, "capture_offset": ref.offset, "capture_end": ref.end}


def read_capture(row: sa.RowMapping) -> CaptureRef | None:
    """Return the place of a capture, or None where the row has none."""
    if row["capture_file"] is None:
        return None
    return CaptureRef(file=row["capture_file"], offset=row["capture_offset"], end=row["capture_end"])


def _content(article: Article) -> dict[str, Any]:
    return {
        "source": article.source,
        "url": article.url,
        "title": article.title,
        "text": article.text,
        "authors": list(article.authors),
        **_published_values("published", article.published),
        **_published_values("modified", article.modified),
        **capture_values(article.capture),
        "captured": article.captured,
        "cuts": [[cut.kind.value, cut.text] for cut in article.cuts],
    }


def _published_values(prefix: str, published: Published | None) -> dict[str, Any]:
    return {
        f"{prefix}_day": published.day if published else None,
        f"{prefix}_at": published.instant if published else None,
        f"{prefix}_provenance": published.provenance.value if published else None,
    }


def read_published(row: sa.RowMapping, prefix: str) -> Published | None:
    """Return the instant or the day in the columns of that prefix, or None where nothing is known.

    Earlier versions kept days of years in which nothing was published; nothing is known there either.
    """
    day: date | None = row[f"{prefix}_day"]
    if day is None or day.year not in YEARS:
        return None
    return Published(
        day=day,
        instant=row[f"{prefix}_at"],
        provenance=Provenance(row[f"{prefix}_provenance"]),
    )


def _age(article: Article) -> tuple[datetime, str, int]:
    """What orders captures of one article. The place in the archive decides where the clock stood still."""
    place = article.capture
    return article.captured or _BEGINNING, place.file if place else "", place.offset if place else 0


def _same_text(one: Article, other: Article) -> bool:
    return (one.title, one.text) == (other.title, other.text)


def _same_capture(one: Article, other: Article) -> bool:
    return one.capture is not None and one.capture == other.capture


def _same_content(one: Article, other: Article) -> bool:
    return one == replace(other, capture=one.capture, captured=one.captured, gone=one.gone)


def _check_text(article: Article) -> None:
    for name, text in (("title", article.title), ("text", article.text)):
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise Refused(f"{article.url}: half a surrogate pair in the {name}, at character {error.start}") from error
        if "\0" in text:
            raise Refused(f"{article.url}: a NUL in the {name}, at character {text.index(chr(0))}")
