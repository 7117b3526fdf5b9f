"""What a span of days brought, gathered from the index; series from the ledger."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sosik.app.flows.ask import Asker, living_index
from sosik.app.flows.named import values_for
from sosik.model.analysis import Terms
from sosik.model.counts import rising as above_their_past
from sosik.model.digest import Digest, DigestPart, DigestRise, DigestSection, DigestStory, DigestWish
from sosik.model.ports.index import Index
from sosik.model.ports.ledger import Ledger
from sosik.model.query import And, Days, Everything, Field, Node, Or, parse
from sosik.model.search import Document, FacetField, Order, Period, Query

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

STORIES = 5  # of each topic that are told, not only counted
_RISING = 5
_PAST = 4  # times the span, before it: what it is held against
_ALL = 1000  # topics
OTHER = "Other"
NO_TERMS = Terms(joined="", spans=b"")


def make_digest(wiring: "Wiring", wish: DigestWish, *, stories: int = STORIES) -> Digest:
    """Sum up a span; raises NotFound for an unknown topic or region, or without an index, QueryMistake, and Away."""
    values = wiring.catalogue.field_values()
    topics = values_for(values, FacetField.TOPIC, wish.topics)
    wish = replace(wish, topics=topics, regions=values_for(values, FacetField.REGION, wish.regions))
    with wiring.ledger() as ledger:
        return gather(wiring, ledger, wish, stories=stories)


def newest_day(wiring: "Wiring") -> date | None:
    """Return the day of the newest article of all; None where none is dated."""
    with living_index(wiring) as index:
        hits = index.search(Query(where=Days(None, date.max), order=Order.NEWEST, limit=1, highlight=False)).hits
    newest = hits[0].document.published if hits else None
    return newest.day if newest else None


def gather(wiring: "Wiring", ledger: Ledger, wish: DigestWish, *, stories: int = STORIES) -> Digest:
    """Sum up a span, of a ledger that is open; raises NotFound without an index, QueryMistake, and Away."""
    where = _where(wish)
    names = {each.id: each.english for each in wiring.catalogue.topics()}
    outlets = {each.id: each.name_en for each in wiring.catalogue.sources()}
    linked = wiring.settings.linked_url
    page = linked and f"{linked.rstrip('/')}/articles/"
    with closing(Asker(wiring, ledger)) as asker, asker.index() as index:
        found = [_note(each) for each in index.export(Query(where=_within(where, wish.period))) if not each.gone]
        rising = _rising(index, wish, found)
    told = _Told(found, outlets, names, page, wish.topics)
    return Digest(
        wish=wish,
        articles=len(found),
        copies=sum(each.copy for each in found),
        stories=len({each.story for each in found}),
        parts=_parts(ledger, found, told),
        rising=tuple(replace(each, name=names.get(each.topic, each.topic)) for each in rising),
        sections=told.sections(stories),
        names=names,
    )


@dataclass(frozen=True, slots=True)
class _Note:
    """What is remembered of an article: thousands of them are held at once, without their texts."""

    document: Document
    story: str
    copy: bool
    length: int


def _note(document: Document) -> _Note:
    light = replace(document, text="", title_terms=NO_TERMS, text_terms=NO_TERMS)
    return _Note(light, document.story or document.article, document.copy, len(document.text))


def _where(wish: DigestWish) -> Node:
    nodes = [_any("topic", wish.topics), _any("region", wish.regions), _any("outlet", wish.outlets), parse(wish.query)]
    return _all([each for each in nodes if each != Everything()])


def _within(where: Node, period: Period) -> Node:
    return _all([each for each in (where, Days(period.first, period.last)) if each != Everything()])


def _any(name: str, values: Sequence[str]) -> Node:
    fields = tuple(Field(name, each) for each in values)
    return Everything() if not fields else fields[0] if len(fields) == 1 else Or(fields)


def _all(nodes: Sequence[Node]) -> Node:
    return Everything() if not nodes else nodes[0] if len(nodes) == 1 else And(tuple(nodes))


def _rising(index: Index, wish: DigestWish, found: Iterable[_Note]) -> list[DigestRise]:
    """Return the topics that rise among what was asked for; none where there is no past to hold them against.

    They are held against all that the same outlets printed: of one topic's articles, all have it at all times.
    """
    where, period = _where(wish), wish.period
    last = period.first - timedelta(days=1)
    days = (period.last - period.first).days + 1
    past = Period(first=last - timedelta(days=_PAST * days - 1), last=last)
    question = Query(
        where=_within(where, past), limit=1, facets=(FacetField.TOPIC,), facet_size=_ALL, copies=False, highlight=False
    )
    before = dict(index.search(question).facets[0].values)
    now = Counter(topic for each in found if not each.copy for topic in each.document.topics)
    printed = _any(FacetField.OUTLET, wish.outlets)
    total, past_total = (
        index.search(Query(where=_within(printed, span), limit=1, copies=False, highlight=False)).total
        for span in (period, past)
    )
    rises = above_their_past(now, total, before, past_total, _RISING)
    return [DigestRise(topic=each.value, name="", now=each.now, expected=each.expected) for each in rises]


@dataclass(frozen=True, slots=True)
class _Told:
    """Articles of a span, told in English. `names` are those of topics, `wanted` the topics that were asked for."""

    found: Sequence[_Note]
    outlets: Mapping[str, str]
    names: Mapping[str, str]
    page: str
    wanted: tuple[str, ...]

    def outlet(self, document: Document) -> str:
        return self.outlets.get(document.source, document.outlet)

    def page_of(self, article: str) -> str:
        return self.page and f"{self.page}{article}"

    def sections(self, size: int) -> tuple[DigestSection, ...]:
        """Return the stories by topic, the topic of most articles first, what has none last."""
        stories: defaultdict[str, list[_Note]] = defaultdict(list)
        for each in self.found:
            stories[each.story].append(each)
        by_topic: defaultdict[str | None, list[list[_Note]]] = defaultdict(list)
        for members in stories.values():
            by_topic[self._topic(members)].append(members)
        made = [self._section(topic, several, size) for topic, several in by_topic.items()]
        return tuple(sorted(made, key=lambda each: (each.topic is None, each.copies - each.articles, each.name)))

    def _topic(self, members: Sequence[_Note]) -> str | None:
        """Return the topic that most articles of a story have; of several, the one that weighs most in one."""
        counts: Counter[str] = Counter()
        for each in sorted(members, key=lambda each: (each.copy, each.document.article)):
            counts.update(topic for topic in each.document.topics if not self.wanted or topic in self.wanted)
        return counts.most_common(1)[0][0] if counts else None

    def _section(self, topic: str | None, stories: Sequence[Sequence[_Note]], size: int) -> DigestSection:
        told = sorted(map(self._story, stories), key=_newest_last, reverse=True)
        told.sort(key=lambda each: -each.articles)
        return DigestSection(
            topic=topic,
            name=self.names.get(topic, topic) if topic else OTHER,
            articles=sum(each.articles for each in told),
            copies=sum(each.copies for each in told),
            stories=tuple(told[:size]),
            more=max(0, len(told) - size),
        )

    def _story(self, members: Sequence[_Note]) -> DigestStory:
        best = min(members, key=lambda each: (each.copy, -each.length, each.document.article))
        document = best.document
        return DigestStory(
            article=document.article,
            story=best.story,
            title=document.title,
            english=document.english,
            outlet=self.outlet(document),
            published=document.published,
            url=document.url,
            page=self.page_of(document.article),
            articles=len(members),
            copies=sum(each.copy for each in members),
        )


def _newest_last(story: DigestStory) -> tuple[float, str]:
    return story.published.order.timestamp() if story.published else 0.0, story.article


def _parts(ledger: Ledger, found: Sequence[_Note], told: _Told) -> tuple[DigestPart, ...]:
    documents = {each.document.article: each.document for each in found if each.document.series}
    with ledger.read() as unit:
        series = [unit.series.get(each) for each in sorted({each.series for each in documents.values()})]
    made = [
        DigestPart(
            series=each,
            part=part,
            english=documents[part.article].english,
            outlet=told.outlet(documents[part.article]),
            page=told.page_of(part.article),
        )
        for each in series
        if each is not None and each.established
        for part in each.installments
        if part.article in documents
    ]
    return tuple(sorted(made, key=lambda each: (each.series.name, each.series.id, each.part.order)))
