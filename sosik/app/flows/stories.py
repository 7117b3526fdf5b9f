"""From articles to stories: every article that changed is compared with its like, and the stories it touches retold.

What an article costs does not depend on how many there are: its like are found under keys that name a period.
"""

import gc
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enrich.stories import VERSION
from enrich.stories.components import components
from enrich.stories.grouper import alike, links_of
from enrich.stories.keys import CROWD, keys_of
from enrich.stories.profile import Profile, profile_of
from enrich.stories.telling import Member, story_id, tell
from sosik.app.flows.lock import held
from sosik.app.flows.progress import Progress, silent
from sosik.model.ports.ledger import UnitOfWork
from sosik.model.ports.stories import Footprint
from sosik.model.story import Link, Story

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

CONSUMER = f"stories-{VERSION}"  # other rules begin from the start
LOCK = "stories"
_MARK = "changes"
_BATCH = 250
_MOST_RETOLD = 5000  # articles: what hangs together beyond that is retold in part
_SELDOM = (100_000, 20, 50)  # new objects, and rounds, between collections: a tenth of the time otherwise
_REMEMBERED = 4000  # profiles, of about 20 kB


@dataclass(slots=True)
class StoriesReport:
    """What following came to: articles looked at, compared anew, and moved into, out of or within stories."""

    articles: int = 0
    compared: int = 0
    moved: int = 0


class ProfileShelf:
    """Profiles read from the ledger, the last few thousand of them at hand."""

    def __init__(self, size: int = _REMEMBERED) -> None:
        self._size = size
        self._held: OrderedDict[str, Profile] = OrderedDict()

    def put(self, profile: Profile) -> None:
        """Remember a profile in place of the one before."""
        self._held[profile.article] = profile
        self._held.move_to_end(profile.article)

    def load(self, unit: UnitOfWork, articles: Collection[str]) -> None:
        """Have these at hand, and forget the ones used longest ago."""
        missing = [each for each in articles if each not in self._held]
        for article, kept in unit.stories.profiles(missing).items():
            self._held[article] = Profile.from_bytes(kept)
        for article in articles:
            if article in self._held:
                self._held.move_to_end(article)
        while len(self._held) > max(self._size, len(articles)):
            self._held.popitem(last=False)

    def get(self, articles: Iterable[str]) -> list[Profile]:
        """Return those of these profiles that are at hand."""
        return [self._held[each] for each in articles if each in self._held]


def follow_stories(wiring: "Wiring", *, progress: Progress = silent) -> StoriesReport:
    """Group every article that changed since the last time; raises Busy where another process does the same."""
    report, shelf = StoriesReport(), ProfileShelf()
    with held(wiring.settings.data, LOCK), wiring.ledger() as ledger, _seldom_collecting():
        while True:
            with ledger.write() as unit:
                batch = unit.changes.after(unit.cursors.get(CONSUMER).get(_MARK, 0), _BATCH)
                if batch is None:
                    return report
                compared, moved = regroup(unit, batch.articles, shelf)
                unit.cursors.put(CONSUMER, {_MARK: batch.last})
            report.articles += len(batch.articles)
            report.compared += compared
            report.moved += moved
            progress("articles put in stories", report.articles)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for garbage in cycles less often: there is next to none, and what is remembered would be looked through."""
    before = gc.get_threshold()
    if before[0]:  # 0: switched off
        gc.set_threshold(*map(max, before, _SELDOM))
    try:
        yield
    finally:
        gc.set_threshold(*before)


def regroup(unit: UnitOfWork, articles: Sequence[str], shelf: ProfileShelf) -> tuple[int, int]:
    """Compare those articles that read otherwise now with their like; return how many, and how many moved by it."""
    made = [profile_of(article, analysis) for article, analysis in unit.stories.outdated(articles, VERSION)]
    if not made:
        return 0, 0
    made.sort(key=lambda each: (each.order, each.article))
    known = list(unit.stories.measures(each.article for each in made))  # the others have no links yet
    like = _file(unit, made)
    for profile in made:
        shelf.put(profile)
    shelf.load(unit, {each for some in like.values() for each in some} | set(like))
    links = [link for profile in made for link in links_of(profile, shelf.get(like[profile.article]))]
    before = unit.stories.links(known)
    unit.stories.relink(known, links)
    touched = {*like, *(end for link in (*before, *links) for end in (link.one, link.other))}
    return len(made), retell(unit, touched)


def _file(unit: UnitOfWork, made: Sequence[Profile]) -> dict[str, list[str]]:
    """File the profiles under their keys, and return for each the articles filed before that are like it."""
    mine = {each.article for each in made}
    keys_by_article = {each.article: keys_of(each) for each in made}
    found = unit.stories.filed(dict.fromkeys(key for keys in keys_by_article.values() for key in keys.looked_up))
    filed = {key: [article for article in articles if article not in mine] for key, articles in found.items()}
    like, footprints = {}, []
    for profile in made:
        keys = keys_by_article[profile.article]
        like[profile.article] = alike(profile.article, keys, filed)
        posted = [key for key in keys.posted if len(filed.get(key, ())) < CROWD]
        for key in posted:
            filed.setdefault(key, []).append(profile.article)
        footprints.append(
            Footprint(
                article=profile.article,
                keys=tuple(posted),
                profile=profile.to_bytes(),
                order=profile.order,
                length=profile.length,
            )
        )
    unit.stories.file(footprints, VERSION)
    return like


def companions_of(unit: UnitOfWork, article: str) -> set[str]:
    """Return the other articles of its story: what is to be retold when it is taken down."""
    place = unit.stories.place(article)
    articles = unit.stories.members([place.story]).get(place.story, ()) if place else ()
    return set(articles) - {article}


def retell(unit: UnitOfWork, touched: Iterable[str]) -> int:
    """Tell anew the stories that these articles are in, come into or leave; return how many articles moved by it."""
    former, links, every = _surroundings(unit, touched)
    members = {
        name: Member(each.article, each.order, each.length) for name, each in unit.stories.measures(every).items()
    }
    groups = components(members, links, unit.decisions.about(every))
    names = _names(unit, groups, former, members)
    place_of = {article: place for place, group in enumerate(groups) for article in group}
    inside: list[list[Link]] = [[] for _ in groups]
    for link in links:
        if place_of.get(link.one, -1) == place_of.get(link.other, -2):
            inside[place_of[link.one]].append(link)
    told = [tell(names[place], [members[each] for each in group], inside[place]) for place, group in enumerate(groups)]
    return unit.stories.put(told, every, _went_into(former, told))


def _surroundings(
    unit: UnitOfWork, touched: Iterable[str]
) -> tuple[Mapping[str, tuple[str, ...]], tuple[Link, ...], set[str]]:
    """Return the stories as they stand, the links, and the articles: all that could be told otherwise now."""
    every: set[str] = set()
    new = set(touched)
    stories: dict[str, tuple[str, ...]] = {}
    links: dict[tuple[str, str], Link] = {}
    while new and len(every) < _MOST_RETOLD:
        every |= new
        links.update(((each.one, each.other), each) for each in unit.stories.links(new))
        ends = {end for pair in links for end in pair}
        named = {each for made in unit.decisions.about(new) for each in (*made.articles, *made.others)}
        unknown = set(unit.stories.stories_of(new).values()) - set(stories)
        stories.update(unit.stories.members(unknown))
        new = ({each for name in unknown for each in stories.get(name, ())} | ends | named) - every
    return stories, tuple(links.values()), every


def _names(
    unit: UnitOfWork,
    groups: Sequence[frozenset[str]],
    former: Mapping[str, tuple[str, ...]],
    members: Mapping[str, Member],
) -> list[str]:
    """Name the groups: a story keeps its name with most of its articles, and of two that meet the larger stays."""
    claims: dict[int, str] = {}
    for name, articles in sorted(former.items(), key=lambda each: (-len(each[1]), each[0])):
        shares = [(len(group.intersection(articles)), -place) for place, group in enumerate(groups)]
        most, place = max(shares, default=(0, 0))
        if most:
            claims.setdefault(-place, name)
    new = {place: _first(group, members) for place, group in enumerate(groups) if place not in claims}
    living = set(unit.stories.members(story_id(each) for each in new.values())) - set(former)
    taken = {*claims.values(), *living}
    for place, first in new.items():
        again = 0  # the name that it would have may live on with other articles
        while (name := story_id(first, again)) in taken:
            again += 1
        claims[place] = name
        taken.add(name)
    return [claims[place] for place in range(len(groups))]


def _first(group: Iterable[str], members: Mapping[str, Member]) -> str:
    return min((members[each].order, each) for each in group)[1]


def _went_into(former: Mapping[str, tuple[str, ...]], told: Sequence[Story]) -> dict[str, str | None]:
    """Return for each story that is no more the one that most of it went into."""
    living = {each.id for each in told}
    gone: dict[str, str | None] = {}
    for name, articles in former.items():
        if name not in living:
            heirs = [(len(set(articles).intersection(each.articles)), each.id) for each in told]
            most, heir = max(heirs, default=(0, ""))
            gone[name] = heir if most else None
    return gone
