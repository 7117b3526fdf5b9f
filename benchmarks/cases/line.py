"""The whole line: from a page in the archive to an article that is found, on all cores."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpus import captures
from benchmarks.measure import Scale, seconds
from benchmarks.rows import Goal, Row
from sosik.app.flows.index import index_pending
from sosik.app.flows.read import read, write_article
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.clock import DemoClock
from sosik.model.capture import Capture, CaptureRef

if TYPE_CHECKING:
    from sosik.app.flows.pages import Outcome
    from sosik.model.search import Document

_GROUP = 32  # pages archived, or articles written, at once
_GENERATION = "measured"


def measure(scale: Scale) -> Iterator[Row]:
    """Articles a second of the flows `read` and `index_pending`, then milliseconds an article of each part."""
    pages = list(captures(scale.of(2000, least=10)))
    with tempfile.TemporaryDirectory(prefix="sosik-bench-") as folder:
        wiring = _wired(Path(folder), pages)
        took = seconds(lambda: read(wiring)), seconds(lambda: index_pending(wiring))
        workers = wiring.settings.workers
    yield Row(
        name="line",
        unit="articles/s",
        ours=len(pages) / sum(took),
        goal=Goal(at_least=46),
        note=f"{len(pages):,} pages, {workers} workers: read {took[0]:.1f} s, index {took[1]:.1f} s, starting included",
    )
    some = pages[: scale.of(400, least=5)]
    with tempfile.TemporaryDirectory(prefix="sosik-bench-") as folder:
        parts = _Parts(_wired(Path(folder), some)).taken()
    whole = sum(parts.values())
    for name, each in parts.items():
        note = f"{each / whole:.0%} of the work, one process"
        yield Row(name=f"line, {name}", unit="ms/article", ours=1000 * each / len(some), note=note)


def _wired(folder: Path, pages: Sequence[Capture]) -> Wiring:
    wiring = Wiring(Settings(data=folder), DemoClock())
    with wiring.archive() as archive:
        for start in range(0, len(pages), _GROUP):
            archive.put(pages[start : start + _GROUP])
    return wiring


class _Parts:
    """Takes the same way step by step in this process, and the time of each."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring
        self._walked: list[tuple[CaptureRef, Capture]] = []
        self._outcomes: list[Outcome] = []
        self._documents: list[Document] = []

    def taken(self) -> dict[str, float]:
        """Return the seconds of each part."""
        # The reader does extraction and analysis in one; extraction alone is taken again beside it.
        archive = seconds(self._walk)
        extractor, reader = self._wiring.extractor(), self._wiring.reader()
        self._outcomes = [reader.read(ref, capture) for ref, capture in self._walked[:_GROUP]]  # dictionaries are read
        extract = seconds(
            lambda: [
                extractor.extract(page.body, url=page.final_url, headers=page.headers, fetched=page.fetched)
                for _, page in self._walked
            ]
        )

        def read_all() -> None:
            self._outcomes = [reader.read(ref, capture) for ref, capture in self._walked]

        both = seconds(read_all)
        with self._wiring.ledger() as ledger, ledger.write() as unit:
            unit.index_work.open(_GENERATION)
        ledger_taken, document = seconds(self._write), seconds(self._make_documents)
        return {
            "archive": archive,
            "extract": extract,
            "analyse": both - extract,
            "ledger": ledger_taken,
            "document": document,
            "index": self._timed_index(),
        }

    def _walk(self) -> None:
        with self._wiring.archive() as archive:
            self._walked = list(archive.walk({}))

    def _write(self) -> None:
        with self._wiring.ledger() as ledger:
            for start in range(0, len(self._outcomes), _GROUP):
                with ledger.write() as unit:
                    for each in self._outcomes[start : start + _GROUP]:
                        if each.article is not None and each.analysis is not None:
                            write_article(unit, each.article, each.analysis)

    def _make_documents(self) -> None:
        maker = self._wiring.document_maker()
        with self._wiring.ledger() as ledger, ledger.read() as unit:
            work = unit.index_work.pending(_GENERATION, len(self._outcomes))
            made = (
                maker.make(unit, article, version)
                for article, version in unit.versions([each.article for each in work]).items()
            )
            self._documents = [each for each in made if each is not None]

    def _timed_index(self) -> float:
        with self._wiring.generations() as generations, closing(generations.open(generations.begin())) as index:
            write: Callable[[], object] = lambda: index.upsert(self._documents)  # noqa: E731
            return seconds(write)
