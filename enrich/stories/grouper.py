"""All of grouping in memory: for files of rows, which no ledger knows."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from enrich.stories.components import components
from enrich.stories.judge import judge
from enrich.stories.keys import CROWD, RARE, Keys, keys_of
from enrich.stories.profile import Profile
from enrich.stories.telling import story_id, tell
from sosik.model.story import Link, Member, Story

_MOST_COMPARED = 40
_WORTH_IT = 2
_MOST_LINKED = 12


class Grouper:
    """Takes articles one after the other and links each with its like."""

    def __init__(self) -> None:
        self._profiles: dict[str, Profile] = {}
        self._filed: dict[int, list[str]] = defaultdict(list)
        self._links: list[Link] = []

    def add(self, profile: Profile) -> None:
        """Link an article with those that came before it, and file it for those that follow."""
        keys = keys_of(profile)
        like = alike(profile.article, keys, self._filed)
        self._links += links_of(profile, [self._profiles[each] for each in like])
        for key in keys.posted:
            if len(self._filed[key]) < CROWD:
                self._filed[key].append(profile.article)
        self._profiles[profile.article] = profile

    def stories(self) -> tuple[Story, ...]:
        """Return the stories of two articles or more, the earliest first."""
        by_article: dict[str, list[Link]] = defaultdict(list)
        for link in self._links:
            by_article[link.one].append(link)
        told = []
        outlets = {name: each.source for name, each in self._profiles.items()}
        for group in components(self._profiles, self._links, outlets=outlets):
            members = [member_of(self._profiles[each]) for each in group]
            first = min(members, key=lambda each: (each.order, each.article)).article
            told.append(tell(story_id(first), members, [link for each in group for link in by_article[each]]))
        return tuple(sorted(told, key=lambda each: (self._profiles[each.first].order, each.id)))


def member_of(profile: Profile) -> Member:
    """Return what a story says of an article."""
    return Member(profile.article, profile.source, profile.order, profile.length)


def alike(article: str, keys: Keys, filed: Mapping[int, Sequence[str]]) -> list[str]:
    """Return the articles worth a comparison, those that share most keys first. `filed` maps keys to articles.

    One key that hardly any other article has is enough; of those that many have it takes two.
    """
    shared: Counter[str] = Counter()
    for key in keys.looked_up:
        names = filed.get(key)
        if not names:  # as most are
            continue
        weight = _WORTH_IT if len(names) <= RARE else 1
        for name in names:
            shared[name] += weight
    del shared[article]
    worth_it = [(name, weight) for name, weight in shared.items() if weight >= _WORTH_IT]
    worth_it.sort(key=lambda each: (-each[1], each[0]))
    return [name for name, _ in worth_it[:_MOST_COMPARED]]


def links_of(profile: Profile, others: Sequence[Profile]) -> list[Link]:
    """Compare an article with others and return the links that come of it: the strongest dozen, and its outlet's own.

    Without the latter, where many tell of an event, an outlet's articles would look as if they were of two.
    """
    links = []
    for other in others:
        verdict = judge(profile, other)
        if verdict.kind is not None:
            one, two = sorted((profile.article, other.article))
            links.append(
                Link(
                    one=one,
                    other=two,
                    kind=verdict.kind,
                    points=round(verdict.points, 3),
                    wording=round(verdict.wording, 3),
                    reason=verdict.reason,
                )
            )
    links.sort(key=lambda each: (-each.points, each.one, each.other))
    own = {each.article for each in others if each.source == profile.source}
    return links[:_MOST_LINKED] + [each for each in links[_MOST_LINKED:] if not own.isdisjoint((each.one, each.other))]
