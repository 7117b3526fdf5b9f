"""Ingest without a crawl: pages go through the archive like crawled ones, rows straight into the ledger."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sosik.app import demonstration
from sosik.app.flows.briefs import draft_missing
from sosik.app.flows.index import IndexReport, index_pending
from sosik.app.flows.lock import held
from sosik.app.flows.pages import analyse_batch, prepare
from sosik.app.flows.processes import mapped
from sosik.app.flows.progress import Progress, silent
from sosik.app.flows.read import LOCK, read, write_article
from sosik.app.flows.series import follow_series
from sosik.app.flows.stories import follow_stories
from sosik.app.importers.items import Item, Page, Refusal, Row
from sosik.app.importers.paths import read_path
from sosik.model.analysis import Analysis
from sosik.model.article import article_id
from sosik.model.capture import Capture, CaptureKind
from sosik.model.errors import Never, NotFound
from sosik.model.ports.archive import Archive
from sosik.model.ports.ledger import Ledger, Reading, Visit
from sosik.model.url import canonical_url

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

_BATCH = 32  # pages or rows


@dataclass(slots=True)
class FileReport:
    """What a file gave: how many articles were taken, and (item, reason) of the rest."""

    file: Path
    taken: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class ImportReport:
    """What an import came to, file by file in the order in which they were read, and what the index was told."""

    files: dict[Path, FileReport] = field(default_factory=dict)
    articles: set[str] = field(default_factory=set)  # ids: a page that stands in two files is one article
    index: IndexReport = field(default_factory=lambda: IndexReport(0, 0, ()))

    def of(self, file: Path) -> FileReport:
        """Return the report of a file, begun if need be."""
        return self.files.setdefault(file, FileReport(file))

    @property
    def taken(self) -> int:
        """How many articles were taken from all files."""
        return sum(each.taken for each in self.files.values())


def import_paths(wiring: "Wiring", paths: Sequence[Path], *, progress: Progress = silent) -> ImportReport:
    """Take what the files and folders hold, then read, group and index it. Doing it again adds nothing.

    Raises NotFound where a path does not exist, before anything is taken.
    """
    for path in paths:
        if not path.exists():
            raise NotFound("file or folder", str(path))
    demonstration.forget(wiring.settings)
    report = ImportReport()
    waiting: dict[str, tuple[Path, str]] = {}  # reference of a page in the archive → where it came from
    with wiring.archive() as archive, wiring.ledger() as ledger:
        pages = _Pages(wiring, archive, ledger, report, waiting)
        outlets = wiring.outlets()
        items = (item for path in paths for item in read_path(path, outlets))
        with held(wiring.settings.data, LOCK):
            _write_rows(wiring, ledger, pages.taken_out(items), report, progress)
    read(wiring, progress=progress, observe=partial(_settle, report, waiting))
    follow_series(wiring, progress=progress)
    follow_stories(wiring, progress=progress)
    draft_missing(wiring, progress=progress)
    report.index = index_pending(wiring, progress=progress)
    return report


class _Pages:
    """Puts the pages among the items into the archive, and lets the rows through."""

    def __init__(
        self,
        wiring: "Wiring",
        archive: Archive,
        ledger: Ledger,
        report: ImportReport,
        waiting: dict[str, tuple[Path, str]],
    ) -> None:
        self._clock = wiring.clock
        self._archive = archive
        self._ledger = ledger
        self._outlets = wiring.outlets()
        self._report = report
        self._waiting = waiting

    def taken_out(self, items: Iterable[Item]) -> Iterator[Row]:
        """Give the rows; pages are archived, refusals reported on the way."""
        batch: list[tuple[Page, str]] = []
        for item in items:
            report = self._report.of(item.file)
            if isinstance(item, Row):
                yield item
            elif isinstance(item, Refusal):
                report.refused.append((item.item, item.reason))
            else:
                try:
                    batch.append((item, canonical_url(item.url)))
                except ValueError as error:
                    report.refused.append((item.item, str(error)))
            if len(batch) == _BATCH:
                self._keep(batch)
                batch = []
        self._keep(batch)

    def _keep(self, batch: Sequence[tuple[Page, str]]) -> None:
        fresh = [(page, url) for page, url in self._open(batch) if not self._known(page, url)]
        refs = self._archive.put([self._capture(page, url) for page, url in fresh])
        visits = []
        for (page, url), ref in zip(fresh, refs, strict=True):
            self._waiting[f"{ref.file}:{ref.offset}"] = (page.file, page.item)
            visits.append(
                Visit(
                    url=url,
                    source=self._source(page, url),
                    kind=CaptureKind.ARTICLE,
                    at=page.fetched or self._clock.now(),
                    outcome="kept",
                    status=page.status,
                    capture=ref,
                    digest=_digest(page.body),
                )
            )
        with self._ledger.write() as unit:
            unit.visits.put(visits)

    def _open(self, batch: Sequence[tuple[Page, str]]) -> list[tuple[Page, str]]:
        """Let pages through that were not taken down: of those nothing is kept again."""
        with self._ledger.read() as unit:
            closed = unit.takedowns.closed([url for _, url in batch])
        for page, url in batch:
            if url in closed:
                self._report.of(page.file).refused.append((page.item, "it was taken down"))
        return [(page, url) for page, url in batch if url not in closed]

    def _known(self, page: Page, url: str) -> bool:
        """Was this very page taken before, and did it become an article?"""
        with self._ledger.read() as unit:
            visit = unit.visits.get(url)
            if visit is None or visit.digest != _digest(page.body):
                return False
            article = article_id(self._source(page, url), url)
            known = unit.articles.get(article) is not None
        if known:
            self._report.articles.add(article)
            self._report.of(page.file).taken += 1
        return known

    def _capture(self, page: Page, url: str) -> Capture:
        return Capture(
            source=self._source(page, url),
            kind=CaptureKind.ARTICLE,
            url=page.url,
            final_url=page.url,
            status=page.status,
            headers=page.headers,
            body=page.body,
            fetched=page.fetched or self._clock.now(),
        )

    def _source(self, page: Page, url: str) -> str:
        return page.source or self._outlets.of(url)


def _digest(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def _write_rows(
    wiring: "Wiring", ledger: Ledger, rows: Iterable[Row], report: ImportReport, progress: Progress
) -> None:
    batches = _batches(rows)
    made = mapped(_analyse, batches, prepare=partial(prepare, wiring), workers=wiring.settings.workers)
    count = 0
    for batch, analyses in made:
        now = wiring.clock.now()
        readings = []
        with ledger.write() as unit:
            for row, analysis in zip(batch, analyses, strict=True):
                error = None
                try:
                    write_article(unit, row.article, analysis)
                except Never as refused:
                    error = str(refused)
                readings.append(
                    Reading(
                        ref=f"{row.file.name}: {row.item}",
                        url=row.article.url,
                        source=row.article.source,
                        article=None if error else row.article.id,
                        error=error,
                        at=now,
                    )
                )
            unit.readings.put(readings)
        for row, reading in zip(batch, readings, strict=True):
            _note(report, row.file, row.item, reading)
        count += len(batch)
        progress("rows imported", count)


def _batches(rows: Iterable[Row]) -> Iterator[tuple[Row, ...]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield tuple(batch)
            batch = []
    if batch:
        yield tuple(batch)


def _analyse(batch: Sequence[Row]) -> list[Analysis]:
    return analyse_batch([row.article for row in batch])


def _settle(report: ImportReport, waiting: dict[str, tuple[Path, str]], reading: Reading) -> None:
    origin = waiting.pop(reading.ref, None)
    if origin is not None:
        _note(report, *origin, reading)


def _note(report: ImportReport, file: Path, item: str, reading: Reading) -> None:
    if reading.error is not None:
        report.of(file).refused.append((item, reading.error))
        return
    report.of(file).taken += 1
    if reading.article is not None:
        report.articles.add(reading.article)
