"""Briefs in the ledger."""

from typing import Protocol

from sosik.model.article import Article
from sosik.model.brief import Brief, BriefStatus


class Briefs(Protocol):
    """One brief for each article, of its newest revision.

    Promises:
    - a brief of an older revision comes too late and changes nothing;
    - a brief that an editor approved or withdrew stays as it is until the publisher changes the article;
    - a new English title raises the version of the article's document.
    """

    def put(self, brief: Brief) -> bool:
        """Write a brief in place of the one before; say whether it was taken. Raises NotFound without its article."""
        ...

    def get(self, article: str) -> Brief | None:
        """Return the brief of an article, or None where there is none of its newest revision."""
        ...

    def decide(self, article: str, status: BriefStatus) -> bool:
        """Set what editors say of a brief; say whether that changed anything. Raises NotFound where there is none."""
        ...

    def stale(self, drafter: str, after: str = "", limit: int = 500) -> tuple[Article, ...]:
        """Return analysed articles, by id, whose brief is to be drafted: it is missing, or made of something older.

        Older is: another revision, another analysis, another drafter. Gone articles and those whose analysis is not
        of the newest revision are left out.
        """
        ...

    def count(self) -> int:
        """Return how many briefs there are."""
        ...
