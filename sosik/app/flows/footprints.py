"""What articles are found and compared by, made beside the grouping: in other processes, which only read."""

import gc
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enrich.stories import VERSION
from enrich.stories.keys import Keys, keys_of
from enrich.stories.profile import profile_of
from sosik.model.ports.ledger import Ledger, UnitOfWork

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

_BATCH = 500  # articles
_SELDOM = (100_000, 20, 50)  # new objects, and rounds, between collections: a tenth of the time otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Articles to compare anew, and where the feed of changes has been followed to: `seen` articles in all."""

    articles: tuple[str, ...]
    mark: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An article ready to be grouped: its keys and its profile as it is kept, made when it had that version."""

    article: str
    version: int
    keys: Keys
    profile: bytes
    order: float
    length: int


def batches(ledger: Ledger, mark: int) -> Iterator[Batch]:
    """Give the articles changed after the mark whose footprints are outdated, and last where nothing changed since."""
    seen = 0
    articles: tuple[str, ...] = ()
    while True:
        with ledger.read() as unit:
            changed = unit.changes.after(mark, _BATCH)
            if changed is not None:
                articles = unit.stories.outdated(changed.articles, VERSION)
        if changed is None:
            break
        mark, seen = changed.last, seen + len(changed.articles)
        if articles:
            yield Batch(articles=articles, mark=mark, seen=seen)
            seen = 0
    if seen:
        yield Batch(articles=(), mark=mark, seen=seen)


def make_footprints(wiring: "Wiring", batch: Batch) -> list[Prepared]:
    """Make what the articles of a batch are found and compared by, the one published first first."""
    if not batch.articles:
        return []
    with wiring.ledger(migrate=False) as ledger, ledger.read() as unit:
        versions = unit.versions(batch.articles)
        profiles = [profile_of(*each) for each in unit.stories.sources(batch.articles)]
    profiles.sort(key=lambda each: (each.order, each.article))
    return [
        Prepared(
            article=each.article,
            version=versions[each.article],
            keys=keys_of(each),
            profile=each.to_bytes(),
            order=each.order,
            length=each.length,
        )
        for each in profiles
    ]


def unchanged(unit: UnitOfWork, made: Sequence[Prepared]) -> list[Prepared]:
    """Leave out what changed meanwhile, or is gone: a change comes again as one, further on in the feed."""
    versions = unit.versions([each.article for each in made])
    return [each for each in made if versions.get(each.article) == each.version]


def collect_seldom() -> None:
    """Look for garbage in cycles less often: there is next to none, and what is remembered would be looked through."""
    before = gc.get_threshold()
    if before[0]:  # 0: switched off
        gc.set_threshold(*map(max, before, _SELDOM))
