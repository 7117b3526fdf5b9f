"""Finds an article in the ledger."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sosik.model.analysis import Analysis
from sosik.model.article import Article
from sosik.model.errors import NotFound
from sosik.model.instants import KST

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

_SHORTEST = 4  # digits of an id that may stand for the whole


@dataclass(frozen=True, slots=True)
class Found:
    """An article with all that the ledger knows of it."""

    article: Article
    analysis: Analysis | None
    revisions: tuple[Article, ...]


def find(wiring: "Wiring", name: str) -> Found:
    """Return the article of that id, or whose id begins so; raises NotFound."""
    with wiring.ledger() as ledger, ledger.read() as unit:
        article = unit.articles.get(name)
        if article is None and len(name) >= _SHORTEST:
            # Ids are in order, so the next one after the beginning of an id is the first that begins so.
            matching = [each for each in unit.articles.walk(name, 2) if each.id.startswith(name)]
            if len(matching) > 1:
                raise NotFound("article", name, known=tuple(each.id for each in matching), hint="give more of its id")
            article = matching[0] if matching else None
        if article is None and (mark := unit.takedowns.get(name)) is not None:
            raise NotFound("article", name, hint=f"it was taken down on {mark.at.astimezone(KST):%Y-%m-%d}")
        if article is None:
            raise NotFound("article", name, hint="`sosik search` prints ids")
        return Found(article, unit.analyses.get(article.id), unit.articles.revisions(article.id))
