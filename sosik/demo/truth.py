"""The articles that a faultless crawl and extraction of the demonstration would end with."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from sosik.demo.outlets import OUTLETS, Outlet
from sosik.demo.texts import DemoArticle
from sosik.model.article import Article, article_id
from sosik.model.instants import Provenance, Published
from sosik.model.source import SourceKind
from sosik.model.url import canonical_url

_DATELINE = re.compile(r"^\([^()=]+=[^()=]+\)\s*")


def articles_at(
    articles: Iterable[DemoArticle], now: datetime, outlets: Iterable[Outlet] = OUTLETS
) -> Iterator[Article]:
    """Yield the Article of every text that is shown at that instant, in the revision of that instant.

    Paragraphs are joined by a newline; a news agency's dateline, (서울=새벽뉴스), is not text. A press board prints the
    day only, so its articles have no minute.
    """
    by_id = {outlet.id: outlet for outlet in outlets}
    for article in articles:
        shown = article.as_of(now)
        if shown is None:
            continue
        outlet = by_id[article.outlet]
        url = canonical_url(outlet.url_of(article))
        exact = Published.at_minute(article.published, Provenance.PRINTED)
        prints_day_only = outlet.kind is SourceKind.PRESS_BOARD
        yield Article(
            id=article_id(outlet.id, url),
            source=outlet.id,
            url=url,
            title=shown.title,
            text=_DATELINE.sub("", "\n".join(shown.paragraphs)),
            authors=article.authors,
            published=Published.on_day(exact.day, Provenance.PRINTED) if prints_day_only else exact,
            modified=None if shown.modified is None else Published.at_minute(shown.modified, Provenance.PRINTED),
            revision=1 + sum(edit.at <= now for edit in article.edits),
        )
