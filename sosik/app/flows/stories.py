"""From articles to stories: every article that changed is compared with its like, and the stories it touches retold.

What an article costs does not depend on how many there are: its like are found under keys that name a month.
"""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enrich.stories import VERSION
from enrich.stories.components import components
from enrich.stories.grouper import alike, links_of
from enrich.stories.keys import CROWD, looked_up, posted
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
    with held(wiring.settings.data, LOCK), wiring.ledger() as ledger:
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


def regroup(unit: UnitOfWork, articles: Sequence[str], shelf: ProfileShelf) -> tuple[int, int]:
    """Compare those articles that read otherwise now with their like; return how many, and how many moved by it."""
    made = [profile_of(article, analysis) for article, analysis in unit.stories.outdated(articles, VERSION)]
    if not made:
        return 0, 0
    made.sort(key=lambda each: (each.order, each.article))
    like = _file(unit, made)
    for profile in made:
        shelf.put(profile)
    shelf.load(unit, {each for some in like.values() for each in some} | set(like))
    links = [link for profile in made for link in links_of(profile, shelf.get(like[profile.article]))]
    before = unit.stories.links(like)
    unit.stories.relink(list(like), links)
    touched = {*like, *(end for link in (*before, *links) for end in (link.one, link.other))}
    return len(made), retell(unit, touched)


def _file(unit: UnitOfWork, made: Sequence[Profile]) -> dict[str, list[str]]:
    """File the profiles under their keys, and return for each the articles filed before that are like it."""
    mine = {each.article for each in made}
    found = unit.stories.filed(dict.fromkeys(key for each in made for key in looked_up(each)))
    filed = {key: [article for article in articles if article not in mine] for key, articles in found.items()}
    like, footprints = {}, []
    for profile in made:
        like[profile.article] = alike(profile, filed)
        keys = [key for key in posted(profile) if len(filed.get(key, ())) < CROWD]
        for key in keys:
            filed.setdefault(key, []).append(profile.article)
        footprints.append(
            Footprint(
                article=profile.article,
                keys=tuple(keys),
                profile=profile.to_bytes(),
                order=profile.order,
                length=profile.length,
            )
        )
    unit.stories.file(footprints, VERSION)
    return like


def retell(unit: UnitOfWork, touched: Iterable[str]) -> int:
    """Tell anew the stories that these articles are in, come into or leave; return how many articles moved by it."""
    former, links, every = _surroundings(unit, touched)
    members = {
        name: Member(each.article, each.order, each.length) for name, each in unit.stories.measures(every).items()
    }
    groups = components(members, links, unit.decisions.about(every))
    names = _names(unit, groups, former, members)
    told = [
        tell(names[place], [members[each] for each in group], [link for link in links if link.one in group])
        for place, group in enumerate(groups)
    ]
    return unit.stories.put(told, every, _went_into(former, told))


def _surroundings(
    unit: UnitOfWork, touched: Iterable[str]
) -> tuple[Mapping[str, tuple[str, ...]], tuple[Link, ...], set[str]]:
    """Return the stories as they stand, the links, and the articles: all that could be told otherwise now."""
    every: set[str] = set()
    new = set(touched)
    stories: dict[str, tuple[str, ...]] = {}
    while new:
        every |= new
        ends = {end for link in unit.stories.links(new) for end in (link.one, link.other)}
        named = {each for made in unit.decisions.about(new) for each in (*made.articles, *made.others)}
        unknown = set(unit.stories.stories_of(new).values()) - set(stories)
        stories.update(unit.stories.members(unknown))
        new = ({each for name in unknown for each in stories.get(name, ())} | ends | named) - every
    return stories, unit.stories.links(every), every


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
    taken = set(claims.values())
    for place, group in enumerate(groups):
        if place not in claims:
            first = min((members[each].order, each) for each in group)[1]
            claims[place] = _unused(unit, first, taken, former)
            taken.add(claims[place])
    return [claims[place] for place in range(len(groups))]


def _unused(unit: UnitOfWork, first: str, taken: Collection[str], former: Collection[str]) -> str:
    """Return a name for a new story; the one it would have may live on with other articles."""
    again = 0
    while (name := story_id(first, again)) in taken or (name not in former and unit.stories.members([name])):
        again += 1
    return name


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
