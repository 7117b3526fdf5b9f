"""Whether articles are still there: a page deleted after it was seen marks its article, its return unmarks it."""

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.job import CrawlReport
from crawler.outcomes import UNCHANGED
from sosik.model.article import article_id
from sosik.model.capture import CaptureKind
from sosik.model.errors import Never, Now
from sosik.model.ports.archive import Archive
from sosik.model.ports.ledger import UnitOfWork, Visit
from sosik.model.url import canonical_url


@dataclass(frozen=True, slots=True)
class Changed:
    """An article that is gone, or back, and the source it is of."""

    source: str
    gone: bool


class Standing:
    """Marks articles in the transaction that writes the visits which say so."""

    def __init__(self, archive: Archive, report: CrawlReport) -> None:
        self._archive = archive
        self._report = report

    def note(self, unit: UnitOfWork, visits: Sequence[Visit]) -> list[Changed]:
        """Mark and unmark; an article that was never read is left to its reading."""
        changed = []
        for visit in visits:
            if visit.kind is not CaptureKind.ARTICLE or visit.capture is None:
                continue
            gone, seen = visit.not_there, visit.outcome == UNCHANGED and visit.status == 200
            article = self._article(unit, visit) if gone or seen else None
            if article is None:
                continue
            mark = unit.articles.mark_gone if gone else unit.articles.mark_back
            if mark(article, visit.at):
                changed.append(Changed(visit.source, gone))
        return changed

    def count(self, changed: Sequence[Changed]) -> None:
        """Count what was written."""
        for each in changed:
            counts = self._report.sources[each.source]
            counts.gone += each.gone
            counts.back += not each.gone

    def _article(self, unit: UnitOfWork, visit: Visit) -> str | None:
        """Return the article of a visit: that of its address, or of where its page was found (a short link)."""
        name = article_id(visit.source, visit.url)
        if unit.articles.get(name) is not None:
            return name
        try:
            page = self._archive.get(visit.capture) if visit.capture is not None else None
        except (Never, Now):  # taken down, or damaged: whoever reads the archive says so
            return None
        if page is None:
            return None
        name = article_id(visit.source, canonical_url(page.final_url))
        return name if unit.articles.get(name) is not None else None
