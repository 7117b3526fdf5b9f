"""Everything derived, made anew: from the archive and the ledger, without a crawl."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sosik.app.flows.briefs import draft_missing
from sosik.app.flows.index import IndexReport, index_pending
from sosik.app.flows.progress import Progress, silent
from sosik.app.flows.read import ReadReport, analyse_stale, read
from sosik.app.flows.series import follow_series
from sosik.app.flows.stories import follow_stories
from sosik.model.ports.ledger import Change

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """Pages read again, articles that read otherwise now, pages that gave none, analyses, and the indexing.

    `analysed` counts the analyses that were missing, were made by other steps, or say something else now.
    """

    pages: int
    corrected: int
    refused: int
    analysed: int
    index: IndexReport


def replay(wiring: "Wiring", *, topics_only: bool = False, progress: Progress = silent) -> ReplayReport:
    """Extract every kept page again (not with `topics_only`), analyse what is stale, index what changed."""
    pages = ReadReport() if topics_only else read(wiring, again=True, progress=progress)
    analysed = analyse_stale(wiring, progress=progress)
    follow_series(wiring, progress=progress)
    follow_stories(wiring, progress=progress)
    draft_missing(wiring, progress=progress)
    indexed = index_pending(wiring, progress=progress)
    return ReplayReport(
        pages=pages.pages,
        corrected=sum(count for change, count in pages.changes.items() if change is not Change.UNCHANGED),
        refused=pages.refused,
        analysed=pages.analysed + analysed,
        index=indexed,
    )
