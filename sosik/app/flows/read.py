"""From the archive to the ledger: every captured article page is extracted, analysed and written, once."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from sosik.app.flows.lock import held
from sosik.app.flows.page_facts import Written, note_facts
from sosik.app.flows.pages import Outcome, analyse_batch, prepare, read_batch
from sosik.app.flows.processes import mapped
from sosik.app.flows.progress import Progress, silent
from sosik.model.analysis import Analysis
from sosik.model.article import Article
from sosik.model.capture import Capture, CaptureKind, CaptureRef
from sosik.model.errors import Never
from sosik.model.ports.ledger import Change, Reading, UnitOfWork

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

CONSUMER = "read"
LOCK = "reading"
_BATCH = 32  # pages
_BATCH_BYTES = 8 * 1024 * 1024
_Page = tuple[CaptureRef, Capture]


@dataclass(slots=True)
class ReadReport:
    """What a reading came to. `pages` counts captures of articles, `refused` those that gave none.

    `analysed` counts analyses that are new or say something else than the ones before.
    """

    pages: int = 0
    refused: int = 0
    analysed: int = 0
    changes: Counter[Change] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Pages to read, and where the archive has been walked to, pages that are not read included."""

    pages: tuple[_Page, ...]
    cursor: dict[str, int]


def read(
    wiring: "Wiring",
    *,
    again: bool = False,
    progress: Progress = silent,
    observe: Callable[[Reading], None] | None = None,
) -> ReadReport:
    """Read what the archive holds after the cursor (`again`: all of it) into the ledger.

    Each batch is one transaction together with its cursor: a kill loses at most work that is done anew. `observe` is
    told of every reading once it is written. Raises Busy where another process is reading this data folder.
    """
    report = ReadReport()
    with held(wiring.settings.data, LOCK), wiring.archive() as archive, wiring.ledger() as ledger:
        with ledger.read() as unit:
            cursor = {} if again else dict(unit.cursors.get(CONSUMER))
        batches = _batches(archive.walk(cursor), cursor)
        made = mapped(_read, batches, prepare=partial(prepare, wiring), workers=wiring.settings.workers)
        for batch, outcomes in made:
            with ledger.write() as unit:
                written = [_write(unit, each, report) for each in outcomes]
                readings = [_reading(*each, wiring.clock.now()) for each in written]
                unit.readings.put(readings)
                if not again:
                    note_facts(unit, written)
                    unit.cursors.put(CONSUMER, batch.cursor)
            report.pages += len(outcomes)
            report.refused += sum(each.error is not None for each in readings)
            progress("pages read", report.pages)
            if observe is not None:
                for reading in readings:
                    observe(reading)
    return report


def _batches(walk: Iterator[_Page], start: dict[str, int]) -> Iterator[_Batch]:
    cursor = dict(start)
    pages: list[_Page] = []
    size = passed = 0
    for ref, capture in walk:
        cursor[ref.file] = ref.end
        passed += 1
        if capture.kind is CaptureKind.ARTICLE:
            pages.append((ref, capture))
            size += len(capture.body)
        if len(pages) == _BATCH or size >= _BATCH_BYTES:
            yield _Batch(tuple(pages), dict(cursor))
            pages, size, passed = [], 0, 0
    if passed:
        yield _Batch(tuple(pages), dict(cursor))


def _read(batch: _Batch) -> list[Outcome]:
    return read_batch(batch.pages)


def _write(unit: UnitOfWork, outcome: Outcome, report: ReadReport) -> Written:
    article, error, change = outcome.article, outcome.error, None
    if article is not None and outcome.analysis is not None:
        try:
            change, differs = write_article(unit, article, outcome.analysis)
        except Never as refused:  # text that no ledger can keep, or an article that was taken down
            return outcome, None, str(refused)
        report.changes[change] += 1
        report.analysed += differs
        if change is Change.NEW:
            _mark_if_gone(unit, article)
    return outcome, change, error


def _mark_if_gone(unit: UnitOfWork, article: Article) -> None:
    """Mark an article that its outlet removed between its capture and its reading."""
    visit = unit.visits.get(article.url)
    if visit is not None and visit.not_there:
        unit.articles.mark_gone(article.id, visit.at)


def _reading(outcome: Outcome, change: Change | None, error: str | None, now: datetime) -> Reading:
    article = outcome.article if error is None else None
    return Reading(
        ref=f"{outcome.ref.file}:{outcome.ref.offset}",
        url=outcome.url,
        source=outcome.source,
        article=article.id if article else None,
        error=error,
        at=now,
    )


def write_article(unit: UnitOfWork, article: Article, analysis: Analysis) -> tuple[Change, bool]:
    """Write an article as just read with its analysis, which is left out where the ledger knows a newer text.

    Return what changed in the article, and whether its analysis did.
    """
    stored, change = unit.articles.put(article)
    known = (stored.title, stored.text) == (article.title, article.text)
    return change, known and unit.analyses.put(replace(analysis, revision=stored.revision))


def analyse_stale(wiring: "Wiring", *, progress: Progress = silent) -> int:
    """Analyse every article whose analysis is missing or made by other steps; return how many there were."""
    count = 0
    with held(wiring.settings.data, LOCK), wiring.ledger() as ledger:
        made_by = wiring.pipeline().made_by

        def batches() -> Iterator[tuple[Article, ...]]:
            after = ""
            while True:
                with ledger.read() as unit:
                    batch = unit.analyses.stale(made_by, after, _BATCH)
                if not batch:
                    return
                after = batch[-1].id
                yield batch

        stream = mapped(analyse_batch, batches(), prepare=partial(prepare, wiring), workers=wiring.settings.workers)
        for _, analyses in stream:
            with ledger.write() as unit:
                for analysis in analyses:
                    unit.analyses.put(analysis)
            count += len(analyses)
            progress("articles analysed", count)
    return count
