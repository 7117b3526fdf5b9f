"""From articles to stories: every article that changed is compared with its like, and the stories it touches retold.

What an article costs does not depend on how many there are: its like are found under keys that name a period. What is
compared of it is made in other processes, ahead of this one, which alone writes.
"""

import gc
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from enrich.stories import VERSION
from enrich.stories.components import components
from enrich.stories.grouper import alike, links_of
from enrich.stories.keys import CROWD
from enrich.stories.profile import Profile
from enrich.stories.telling import story_id, tell
from sosik.app.flows.footprints import Prepared, batches, collect_seldom, make_footprints, unchanged
from sosik.app.flows.lock import held
from sosik.app.flows.processes import mapped
from sosik.app.flows.progress import Progress, silent
from sosik.model.ports.ledger import UnitOfWork
from sosik.model.ports.stories import Footprint
from sosik.model.story import Link, Member, Story

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

CONSUMER = f"stories-{VERSION}"  # other rules begin from the start
LOCK = "stories"
_MARK = "changes"
_MOST_RETOLD = 5000  # articles: what hangs together beyond that is retold in part
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
        self._held: OrderedDict[str, bytes | Profile] = OrderedDict()  # bytes until somebody asks

    def put(self, article: str, profile: bytes) -> None:
        """Remember a profile in place of the one before."""
        self._held[article] = profile
        self._held.move_to_end(article)

    def load(self, unit: UnitOfWork, articles: Collection[str]) -> None:
        """Have these at hand, and forget the ones used longest ago."""
        missing = [each for each in articles if each not in self._held]
        self._held.update(unit.stories.profiles(missing))
        for article in articles:
            if article in self._held:
                self._held.move_to_end(article)
        while len(self._held) > max(self._size, len(articles)):
            self._held.popitem(last=False)

    def get(self, articles: Iterable[str]) -> list[Profile]:
        """Return those of these profiles that are at hand."""
        return [self._read(each) for each in articles if each in self._held]

    def _read(self, article: str) -> Profile:
        kept = self._held[article]
        if isinstance(kept, bytes):
            kept = self._held[article] = Profile.from_bytes(kept)
        return kept


def follow_stories(wiring: "Wiring", *, progress: Progress = silent) -> StoriesReport:
    """Group every article that changed since the last time; raises Busy where another process does the same.

    Each batch is one transaction together with its mark: a kill loses at most work that is done anew.
    """
    report, shelf = StoriesReport(), ProfileShelf()
    # The keys of stories fall all over the pages of a month: with the usual room, each is read anew.
    with held(wiring.settings.data, LOCK), wiring.ledger(roomy=True) as ledger, _seldom_collecting():
        while True:  # articles that came into stories changed by that, and are passed by
            with ledger.read() as unit:
                mark = unit.cursors.get(CONSUMER).get(_MARK, 0)
            made = mapped(
                partial(make_footprints, wiring),
                batches(ledger, mark),
                prepare=collect_seldom,
                workers=wiring.settings.workers,
                others=1,  # it keeps ahead of this one
            )
            seen = report.articles
            for batch, prepared in made:
                with ledger.write() as unit:
                    compared, moved = regroup(unit, unchanged(unit, prepared), shelf)
                    unit.cursors.put(CONSUMER, {_MARK: batch.mark})
                report.articles += batch.seen
                report.compared += compared
                report.moved += moved
                progress("articles put in stories", report.articles)
            if report.articles == seen:
                return report


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Collect seldom, and afterwards as before."""
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)


def regroup(unit: UnitOfWork, made: Sequence[Prepared], shelf: ProfileShelf) -> tuple[int, int]:
    """Compare articles that read otherwise now with their like; return how many, and how many moved by it."""
    if not made:
        return 0, 0
    known = list(unit.stories.measures(each.article for each in made))  # the others have no links yet
    like = _file(unit, made)
    for each in made:
        shelf.put(each.article, each.profile)
    shelf.load(unit, {each for some in like.values() for each in some} | set(like))
    links = [link for article, some in like.items() if some for link in _links_of(shelf, article, some)]
    before = unit.stories.links(known)
    unit.stories.relink(known, links)
    touched = {*like, *(end for link in (*before, *links) for end in (link.one, link.other))}
    return len(made), retell(unit, touched)


def _links_of(shelf: ProfileShelf, article: str, others: Sequence[str]) -> list[Link]:
    (profile,) = shelf.get([article])
    return links_of(profile, shelf.get(others))


def _file(unit: UnitOfWork, made: Sequence[Prepared]) -> dict[str, list[str]]:
    """File articles under their keys, and return for each the ones filed before that are like it."""
    mine = {each.article for each in made}
    found = unit.stories.filed(dict.fromkeys(key for each in made for key in each.keys.looked_up))
    filed = {key: [article for article in articles if article not in mine] for key, articles in found.items()}
    like, footprints = {}, []
    for each in made:
        like[each.article] = alike(each.article, each.keys, filed)
        posted = [key for key in each.keys.posted if len(filed.get(key, ())) < CROWD]
        for key in posted:
            filed.setdefault(key, []).append(each.article)
        footprints.append(
            Footprint(
                article=each.article,
                keys=tuple(posted),
                profile=each.profile,
                order=each.order,
                length=each.length,
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
    members = unit.stories.measures(every)
    outlets = {name: each.source for name, each in members.items()}
    groups = components(members, links, unit.decisions.about(every), outlets=outlets)
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
