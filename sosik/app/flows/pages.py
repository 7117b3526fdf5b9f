"""What one batch of pages becomes: pure work for a process of its own, which writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from sosik.model.analysis import Analysis
from sosik.model.article import Article, Extraction, article_id
from sosik.model.capture import Capture, CaptureRef
from sosik.model.errors import Never
from sosik.model.instants import KST, Provenance, Published
from sosik.model.source import Source
from sosik.model.url import canonical_url

if TYPE_CHECKING:
    from enrich.extract.extractor import Extractor
    from enrich.pipeline import Pipeline
    from sosik.app.wiring import Wiring


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a capture: an article with its analysis, or the reason why not.

    `announced` is when it was published by the word of whatever announced it.
    """

    ref: CaptureRef
    url: str
    source: str
    fetched: datetime
    article: Article | None = None
    analysis: Analysis | None = None
    error: str | None = None
    charset: str = ""
    announced: Published | None = None


class Reader:
    """Turns captures into articles and their analyses."""

    def __init__(self, extractor: "Extractor", pipeline: "Pipeline", sources: Mapping[str, Source]) -> None:
        self._extractor = extractor
        self._pipeline = pipeline
        self._sources = sources

    def read(self, ref: CaptureRef, capture: Capture) -> Outcome:
        """Extract and analyse one page; whatever is wrong with it is a reason in the outcome."""
        failed = partial(Outcome, ref=ref, url=capture.url, source=capture.source, fetched=capture.fetched)
        if not 200 <= capture.status < 300:
            return failed(error=f"the server answered {capture.status}")
        try:
            found = self._extract(capture)
            if found.error is not None:
                return failed(error=found.error, charset=found.charset)
            article = _article(ref, capture, found)
            analysis = self._pipeline.analyse(article)
            return failed(article=article, analysis=analysis, charset=found.charset, announced=_announced(capture))
        except Never as error:
            return failed(error=str(error))
        except Exception as error:  # noqa: BLE001 - one strange page must not stop all that come after; it is recorded
            return failed(error=f"fault of ours: {type(error).__name__}: {error}")

    def analyse(self, article: Article) -> Analysis:
        """Analyse an article that came without a page."""
        return self._pipeline.analyse(article)

    def _extract(self, capture: Capture) -> Extraction:
        source = self._sources.get(capture.source)
        layout = source.layout_on(capture.fetched.astimezone(KST).date()) if source else None
        return self._extractor.extract(
            capture.body,
            url=capture.final_url,
            headers=capture.headers,
            hints=dict(capture.hints),
            layout=layout,
            fetched=capture.fetched,
        )


def _article(ref: CaptureRef, capture: Capture, found: Extraction) -> Article:
    url = canonical_url(capture.final_url)
    return Article(
        id=article_id(capture.source, url),
        source=capture.source,
        url=url,
        title=found.title,
        text=found.text,
        authors=found.authors,
        published=found.published,
        modified=found.modified,
        capture=ref,
        captured=capture.fetched,
        cuts=found.cuts,
    )


def _announced(capture: Capture) -> Published | None:
    text = dict(capture.hints).get("published", "")
    try:
        return Published.from_iso(text, Provenance.FEED) if text else None
    except ValueError:
        return None


_reader: list[Reader] = []  # of this process; made by `prepare`


def prepare(wiring: "Wiring") -> None:
    """Make this process's reader: it loads dictionaries, which is done once."""
    _reader[:] = [wiring.reader()]


def read_batch(batch: Sequence[tuple[CaptureRef, Capture]]) -> list[Outcome]:
    """Read a batch of captures in this process."""
    return [_reader[0].read(ref, capture) for ref, capture in batch]


def analyse_batch(batch: Sequence[Article]) -> list[Analysis]:
    """Analyse a batch of articles in this process."""
    return [_reader[0].analyse(article) for article in batch]
