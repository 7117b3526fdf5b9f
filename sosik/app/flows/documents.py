"""What the index shows of an article: made from the ledger and the catalogue alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sosik.model.analysis import Analysis, MentionKind
from sosik.model.article import Article
from sosik.model.brief import Brief, BriefStatus
from sosik.model.ports.ledger import UnitOfWork
from sosik.model.search import Document
from sosik.model.source import UNKNOWN_KIND, Source


@dataclass(frozen=True, slots=True)
class DocumentMaker:
    """Makes documents. `english` maps Korean names of topics (by id), places and organisations to English ones."""

    sources: Mapping[str, Source]
    topics_in_english: Mapping[str, str]
    names_in_english: Mapping[str, str]

    def make(self, unit: UnitOfWork, article: str, version: int) -> Document | None:
        """Return the document of an article in that version, or None while it has no analysis."""
        found, analysis = unit.articles.get(article), unit.analyses.get(article)
        if found is None or analysis is None or analysis.revision != found.revision:
            return None
        made = self._document(
            found,
            analysis,
            version,
            series=unit.series.of_article(article) or "",
            brief=unit.briefs.get(article),
        )
        place = unit.stories.place(article)
        return made if place is None else replace(made, story=place.story, copy=place.copy)

    def _document(
        self, article: Article, analysis: Analysis, version: int, *, series: str, brief: Brief | None
    ) -> Document:
        source = self.sources.get(article.source)
        return Document(
            article=article.id,
            version=version,
            source=article.source,
            outlet=source.name if source else article.source,
            kind=source.kind.value if source else UNKNOWN_KIND,
            url=article.url,
            title=article.title,
            text=article.text,
            english=_title_of(brief) or self.english_line(analysis),
            published=article.published,
            title_terms=analysis.title_terms,
            text_terms=analysis.text_terms,
            topics=tuple(each.topic for each in analysis.topics),
            regions=analysis.regions,
            organisations=analysis.named(MentionKind.ORGANISATION),
            people=analysis.named(MentionKind.PERSON),
            series=series,
            gone=article.gone,
        )

    def english_line(self, analysis: Analysis) -> str:
        """The line in English that every hit has: topics, places, organisations; what has no English is left out."""
        topics = [self.topics_in_english.get(each.topic, each.topic) for each in analysis.topics]
        places = [self.names_in_english[each] for each in analysis.regions if each in self.names_in_english]
        organisations = [
            self.names_in_english[each]
            for each in analysis.named(MentionKind.ORGANISATION)
            if each in self.names_in_english
        ]
        return " · ".join(", ".join(part) for part in (topics, places, organisations[:3]) if part)


def _title_of(brief: Brief | None) -> str:
    """The English title of a brief that nobody withdrew."""
    return "" if brief is None or brief.status is BriefStatus.WITHDRAWN else brief.title
