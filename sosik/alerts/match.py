"""Which rules want to hear of an event."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sosik.model.alert import AlertRule, Event
from sosik.model.ports.tokenizer import TermCutter
from sosik.model.query import Node, parse
from sosik.model.search import Document
from sosik.model.series import Series, letters
from sosik.model.wanted import Wanted, matches, want


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

    def rules_for(self, happening: Happening) -> tuple[AlertRule, ...]:
        """Return the rules that want to hear of it, however quiet it is."""
        return tuple(each for each in self._rules if self._wants(each, happening))

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


def _names(rule: AlertRule, series: Series | None) -> bool:
    """Is it the series of the rule? A rule without one takes all; a name finds series of that name at any outlet."""
    if not rule.series:
        return True
    return series is not None and (rule.series == series.id or letters(rule.series) == letters(series.name))
