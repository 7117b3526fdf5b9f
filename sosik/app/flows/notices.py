"""From an event and a rule to a message: all that it says is gathered from the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass

from sosik.alerts.compose import Composer, Notice, Proof
from sosik.alerts.match import Happening, matched_words
from sosik.alerts.stop import StopLinks
from sosik.app.flows.documents import DocumentMaker
from sosik.app.flows.named import Names
from sosik.catalogue.values import FieldValues
from sosik.model.alert import Alert, AlertRule, Event
from sosik.model.analysis import Analysis, Mention, MentionKind
from sosik.model.brief import Brief, BriefStatus
from sosik.model.ports.ledger import UnitOfWork
from sosik.model.ports.tokenizer import TermCutter
from sosik.model.query import Node, parse
from sosik.model.search import Document
from sosik.model.source import Source
from sosik.model.wanted import want

_SHOWN = 5  # values of one fact


@dataclass(frozen=True, slots=True)
class Noticer:
    """Gathers and composes. `page` is what an article's id is hung on to give its page, or empty."""

    composer: Composer
    stop_links: StopLinks
    sources: Mapping[str, Source]
    documents: DocumentMaker
    page: str
    cutter: TermCutter
    values: FieldValues

    def happening(self, unit: UnitOfWork, event: Event) -> Happening | None:
        """Return what an event is about, or None where its article is no longer there to be told of."""
        if event.article is None:
            return None
        document = self.documents.make(unit, event.article, 0)
        if document is None or document.gone:
            return None
        series = unit.series.get(document.series) if document.series else None
        return Happening(event=event, document=document, series=series)

    def resolve(self, unit: UnitOfWork, query: Node) -> Node:
        """Return a saved search with the values that documents hold."""
        return Names(self.values, unit.series.find).resolve_saved(query)

    def waits(self, unit: UnitOfWork, event: Event) -> bool:
        """Is the article of an event there, but not yet analysed as it reads now? Then it is for later to judge."""
        article = unit.articles.get(event.article or "")
        if article is None or article.gone:
            return False
        analysis = unit.analyses.get(article.id)
        return analysis is None or analysis.revision != article.revision

    def alert(self, unit: UnitOfWork, event: Event, rule: AlertRule) -> Alert | None:
        """Return the message of an event for a rule, or None where there is nothing left to tell."""
        happening = self.happening(unit, event)
        article = unit.articles.get(event.article or "")
        analysis = unit.analyses.get(event.article or "")
        if happening is None or article is None or analysis is None:
            return None
        source = self.sources.get(article.source)
        notice = Notice(
            event=event,
            rule=rule,
            article=article,
            outlet=source.name if source else article.source,
            outlet_in_english=source.name_en if source else article.source,
            facts=self._facts(analysis, happening.document),
            proofs=(*self._search_proof(unit, rule, happening.document), *self._proofs(analysis)),
            stop=self.stop_links.of(rule.id),
            series=happening.series,
            brief=_brief(unit, article.id),
            page=self.page and f"{self.page}{article.id}",
            english=happening.document.english,
            names=self.documents.topics_in_english,
        )
        return self.composer.compose(notice)

    def _facts(self, analysis: Analysis, document: Document) -> tuple[tuple[str, str], ...]:
        people = [f"{each.name} ({each.role})" if each.role else each.name for each in _people(analysis)]
        facts = (
            ("In short", [document.english] if document.english else []),
            ("Regions", list(analysis.regions)),
            ("Organisations", list(document.organisations)),
            ("People", people),
            ("Figures", [each.surface for each in analysis.figures]),
            ("Dates", [f"{each.surface} ({each.iso})" for each in analysis.dates if each.iso]),
        )
        return tuple((label, ", ".join(list(dict.fromkeys(values))[:_SHOWN])) for label, values in facts if values)

    def _search_proof(self, unit: UnitOfWork, rule: AlertRule, document: Document) -> tuple[Proof, ...]:
        if not rule.query:
            return ()
        wanted = want(self.resolve(unit, parse(rule.query)), self.cutter)
        words = matched_words(wanted, document)
        return (Proof(topic="Your search", words=words),) if words else ()

    def _proofs(self, analysis: Analysis) -> tuple[Proof, ...]:
        return tuple(
            Proof(
                topic=self.documents.topics_in_english.get(tag.topic, tag.topic),
                words=tuple(dict.fromkeys(each.text for each in tag.evidence))[:_SHOWN],
            )
            for tag in analysis.topics
        )


def _brief(unit: UnitOfWork, article: str) -> Brief | None:
    brief = unit.briefs.get(article)
    return None if brief is None or brief.status is BriefStatus.WITHDRAWN else brief


def _people(analysis: Analysis) -> list[Mention]:
    return [each for each in analysis.mentions if each.kind is MentionKind.PERSON]
