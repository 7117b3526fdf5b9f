"""What is said of a story: its kind, who was first, who says most, which are copies, and why they are one."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from enrich.stories.components import components
from sosik.model.story import Link, Member, Story, StoryKind

_COPYING = frozenset({StoryKind.VERBATIM, StoryKind.PRESS_RELEASE_REWRITE})
BY_AN_EDITOR = "joined by an editor"


def story_id(first: str, again: int = 0) -> str:
    """Return the id of a story that begins with that article: 16 hexadecimal digits. `again` where that is taken."""
    return blake2b(f"story\n{first}\n{again}".encode(), digest_size=8).hexdigest()


def tell(name: str, members: Iterable[Member], links: Sequence[Link]) -> Story:
    """Return the story of these articles; links to others are passed over.

    Of each group of articles that were made from one text all but the first are copies.
    """
    ordered = sorted(members, key=lambda each: (each.order, each.article))
    articles = [each.article for each in ordered]
    inside = [each for each in links if each.one in articles and each.other in articles]
    copying = [each for each in inside if each.kind in _COPYING]
    groups = components(articles, copying)
    copies = {article for group in groups for article in [each for each in articles if each in group][1:]}
    return Story(
        id=name,
        kind=_kind(articles, groups, inside),
        articles=tuple(articles),
        copies=tuple(each for each in articles if each in copies),
        first=articles[0],
        fullest=max(ordered, key=lambda each: each.length).article,
        reason=_reason(articles, inside),
    )


def _kind(articles: Sequence[str], groups: Sequence[frozenset[str]], links: Iterable[Link]) -> StoryKind:
    if len(groups) != 1 or len(groups[0]) < len(articles):
        return StoryKind.SAME_EVENT
    verbatim = components(articles, [each for each in links if each.kind is StoryKind.VERBATIM])
    whole = len(verbatim) == 1 and len(verbatim[0]) == len(articles)
    return StoryKind.VERBATIM if whole else StoryKind.PRESS_RELEASE_REWRITE


def _reason(articles: Sequence[str], links: Iterable[Link]) -> str:
    """Return the reason of the weakest link that the story needs."""
    needed, group = "", {each: {each} for each in articles}
    for link in sorted(links, key=lambda each: (-each.points, each.one, each.other)):
        if group[link.one] is not group[link.other]:
            joined = group[link.one] | group[link.other]
            group.update(dict.fromkeys(joined, joined))
            needed = link.reason
    whole = len(group[articles[0]]) == len(articles)
    return needed if whole and needed else BY_AN_EDITOR
