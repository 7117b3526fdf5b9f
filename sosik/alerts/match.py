"""Which rules want to hear of an event."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sosik.model.alert import AlertRule, Event
from sosik.model.analysis import Terms
from sosik.model.ports.tokenizer import TermCutter
from sosik.model.query import Node, parse
from sosik.model.search import Document
from sosik.model.series import Series
from sosik.model.wanted import AllOf, Run, Wanted, matches, runs, want


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An event with what it is about. `document` is the article's as an index would show it."""

    event: Event
    document: Document
    series: Series | None = None


class Matcher:
    """Tells the rules that a happening is for.

    Saved searches are read once, with the cutter that cut the articles. `resolve` puts ids in the place of names of
    series. Raises QueryMistake for a rule whose query cannot be read; none is kept that cannot.
    """

    def __init__(self, rules: Iterable[AlertRule], *, cutter: TermCutter, resolve: Callable[[Node], Node]) -> None:
        self._rules = tuple(rules)
        self._searches: dict[str, Wanted] = {
            each.id: want(resolve(parse(each.query)), cutter) for each in self._rules if each.query
        }
        # By a term that an article must have, the one that fewest searches ask for: of thousands, a handful is left.
        self._needed = [_needed(self._searches.get(each.id)) for each in self._rules]
        asked = Counter(term for needed in self._needed for term in needed)
        self._by_term: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        for place, needed in enumerate(self._needed):
            rarest = min(needed, key=lambda term: (asked[term], term), default=None)
            (self._always if rarest is None else self._by_term[rarest]).append(place)

    def rules_for(self, happening: Happening) -> tuple[AlertRule, ...]:
        """Return the rules that want to hear of it, however quiet it is."""
        document = happening.document
        words = {*document.title_terms.words(), *document.text_terms.words()}
        named = (place for term in self._by_term.keys() & words for place in self._by_term[term])
        places = sorted([*self._always, *(place for place in named if self._needed[place] <= words)])
        return tuple(self._rules[place] for place in places if self._wants(self._rules[place], happening))

    def _wants(self, rule: AlertRule, happening: Happening) -> bool:
        document = happening.document
        if happening.event.kind not in rule.kinds or not _names(rule, happening.series):
            return False
        if rule.topics and set(rule.topics).isdisjoint(document.topics):
            return False
        if rule.regions and set(rule.regions).isdisjoint(document.regions):
            return False
        if rule.outlets and {document.source, document.outlet}.isdisjoint(rule.outlets):
            return False
        search = self._searches.get(rule.id)
        return search is None or matches(search, document)


def _needed(wanted: Wanted | None) -> frozenset[str]:
    """Return the terms all of which an article must have to answer the query; none where there is no such term."""
    match wanted:
        case Run(terms):
            return frozenset(terms)
        case AllOf(inner):
            return frozenset().union(*map(_needed, inner))
    return frozenset()


def matched_words(wanted: Wanted, document: Document, limit: int = 8) -> tuple[str, ...]:
    """Return the words of the article, as they stand there, that a saved search found it by."""
    whole = f"{document.title}\n{document.text}"
    found: dict[str, None] = {}
    for run in runs(wanted):
        for terms in (document.title_terms, document.text_terms):
            start, end = _place(run.terms, terms)
            if start < end:
                found[whole[start:end]] = None
    return tuple(found)[:limit]


def _place(run: tuple[str, ...], terms: Terms) -> tuple[int, int]:
    """Return where a run first stands, as start and end; 0, 0 where it does not."""
    words, offsets = terms.words(), terms.offsets()
    for first in range(len(words) - len(run) + 1):
        if tuple(words[first : first + len(run)]) == run:
            return offsets[first][0], offsets[first + len(run) - 1][1]
    return 0, 0


def _names(rule: AlertRule, series: Series | None) -> bool:
    """Is it the series of the rule? A rule without one takes all; a name finds series of that name at any outlet."""
    if not rule.series:
        return True
    return series is not None and series.called(rule.series)
