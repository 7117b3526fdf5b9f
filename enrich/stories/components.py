"""From pairs to groups: what is linked, directly or through others, is one story, within what speaks against it.

Against it speak editors, and outlets: each reports an event once, so that two articles of one outlet come together by
a link of their own and never by way of a third article, which tells of the one event and is like the other.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sosik.model.story import Decision, DecisionKind, Link

_Pair = tuple[str, str]


@dataclass(slots=True, eq=False)
class _Group:
    """Articles that are together so far, and the same by outlet where outlets are known."""

    articles: set[str]
    by_outlet: dict[str, set[str]] = field(default_factory=dict)

    def take_in(self, other: "_Group") -> None:
        self.articles |= other.articles
        for outlet, articles in other.by_outlet.items():
            self.by_outlet.setdefault(outlet, set()).update(articles)

    def tells_twice_with(self, other: "_Group", linked: Container[_Pair]) -> bool:
        """Would an outlet have two articles in one story that are not linked?"""
        smaller, larger = (self, other) if len(self.by_outlet) <= len(other.by_outlet) else (other, self)
        return any(
            _pair(one, two) not in linked
            for outlet, articles in smaller.by_outlet.items()
            for one in articles
            for two in larger.by_outlet.get(outlet, ())
        )


def components(
    articles: Iterable[str],
    links: Iterable[Link],
    decisions: Sequence[Decision] = (),
    *,
    outlets: Mapping[str, str] | None = None,
) -> list[frozenset[str]]:
    """Return the groups of two or more articles. The order of articles and links does not matter.

    Strong links go first, so that where two articles are to stay apart a third goes with the one it is closer to.
    `decisions` are given oldest first, `outlets` map articles to theirs; without them, no outlet speaks against it.
    """
    groups = {each: _Group({each}, {outlets[each]: {each}} if outlets else {}) for each in articles}
    apart, together = _decided(decisions)
    ordered = [
        (each.one, each.other)
        for each in sorted(links, key=lambda each: (-each.points, each.one, each.other))
        if each.one in groups and each.other in groups
    ]
    linked = together.union(ordered)
    wanted = [pair for pair in sorted(together) if pair[0] in groups and pair[1] in groups]
    for pair in (*wanted, *ordered):
        first, second = (groups[each] for each in pair)
        if first is second or _kept_apart(first, second, apart):
            continue
        if pair not in together and first.tells_twice_with(second, linked):
            continue
        larger, smaller = (first, second) if len(first.articles) >= len(second.articles) else (second, first)
        larger.take_in(smaller)
        for article in smaller.articles:
            groups[article] = larger
    found = {id(each): each.articles for each in groups.values() if len(each.articles) > 1}
    return sorted(map(frozenset, found.values()), key=min)


def _kept_apart(first: _Group, second: _Group, apart: Mapping[str, set[str]]) -> bool:
    return any(apart[article] & second.articles for article in first.articles if article in apart)


def _decided(decisions: Iterable[Decision]) -> tuple[dict[str, set[str]], set[_Pair]]:
    """Return whom each article is kept apart from, and the pairs that belong together: the latest word on each pair."""
    last: dict[_Pair, DecisionKind] = {}
    for decision in decisions:
        for one in decision.articles:
            for other in decision.others:
                if one != other:
                    last[_pair(one, other)] = decision.kind
    apart: dict[str, set[str]] = defaultdict(set)
    for (one, other), kind in last.items():
        if kind is DecisionKind.SPLIT:
            apart[one].add(other)
            apart[other].add(one)
    return apart, {pair for pair, kind in last.items() if kind is DecisionKind.MERGE}


def _pair(one: str, other: str) -> _Pair:
    return (one, other) if one < other else (other, one)
