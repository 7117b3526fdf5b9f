"""From pairs to groups: what is linked, directly or through others, is one story, unless an editor said otherwise."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sosik.model.story import Decision, DecisionKind, Link


def components(
    articles: Iterable[str], links: Iterable[Link], decisions: Sequence[Decision] = ()
) -> list[frozenset[str]]:
    """Return the groups of two or more articles. The order of articles and links does not matter.

    Strong links go first, so that where editors keep two articles apart a third goes with the one it is closer to.
    `decisions` are given oldest first.
    """
    groups = {article: {article} for article in articles}
    apart, together = _decided(decisions)
    wanted = [pair for pair in sorted(together) if pair[0] in groups and pair[1] in groups]
    ordered = sorted(links, key=lambda each: (-each.points, each.one, each.other))
    wanted += [(each.one, each.other) for each in ordered if each.one in groups and each.other in groups]
    for one, other in wanted:
        first, second = groups[one], groups[other]
        if first is second or any(apart[article] & second for article in first if article in apart):
            continue
        larger, smaller = (first, second) if len(first) >= len(second) else (second, first)
        larger |= smaller
        for article in smaller:
            groups[article] = larger
    found = {id(each): each for each in groups.values() if len(each) > 1}
    return sorted(map(frozenset, found.values()), key=min)


def _decided(decisions: Iterable[Decision]) -> tuple[dict[str, set[str]], set[tuple[str, str]]]:
    """Return whom each article is kept apart from, and the pairs that belong together: the latest word on each pair."""
    last: dict[tuple[str, str], DecisionKind] = {}
    for decision in decisions:
        for one in decision.articles:
            for other in decision.others:
                if one != other:
                    last[min(one, other), max(one, other)] = decision.kind
    apart: dict[str, set[str]] = defaultdict(set)
    for (one, other), kind in last.items():
        if kind is DecisionKind.SPLIT:
            apart[one].add(other)
            apart[other].add(one)
    return apart, {pair for pair, kind in last.items() if kind is DecisionKind.MERGE}
