"""Who drafts briefs."""

from typing import Protocol

from sosik.model.analysis import Analysis
from sosik.model.article import Article
from sosik.model.brief import Brief


class Drafter(Protocol):
    """Drafts an English brief of an article.

    Promises: every statement cites at least one numbered sentence of the source; every statement carries the checks
    it went through; nothing is invented to fill a gap.
    """

    @property
    def name(self) -> str:
        """Name and version, shown with the brief."""
        ...

    def draft(self, article: Article, analysis: Analysis) -> Brief:
        """Return a draft; raises Away where a model does not answer."""
        ...
