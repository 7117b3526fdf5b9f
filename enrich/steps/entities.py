"""Who and where: people, organisations, places, regions and programmes."""

import dataclasses
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain

from enrich.entities.abroad import find_guests
from enrich.entities.firms import find_firms, firms_called
from enrich.entities.form import Form
from enrich.entities.forms import find_forms
from enrich.entities.listed import find_listed
from enrich.entities.names import Name, NameFinder, by_name
from enrich.entities.outlets import OutletRegions
from enrich.entities.people import PeopleFinder, Person
from enrich.entities.rows import find_rows
from enrich.entities.standing import bodies_only, councils
from enrich.pipeline import Draft
from enrich.readable import readable
from enrich.zones import Zone, zones_of
from sosik.catalogue.entry import Entry
from sosik.model.analysis import Mention, MentionKind, Morpheme

_VERSION = "4"

_KOREAN = "한국"


class EntityStep:
    """Gives mentions in order of appearance; none of them overlap.

    Names of the gazetteer carry its id; organisations known by the form of their names and people known by their
    titles carry none. A region that acts (전남도는 …) is an organisation. `outlets` gives the province of a source.
    """

    name = "entities"
    needs = frozenset({"morphemes"})
    gives = frozenset({"mentions"})

    def __init__(self, entries: Sequence[Entry], outlets: Mapping[str, str] | None = None) -> None:
        self._entries = tuple(entries)
        self._outlets = dict(outlets or {})
        self._regions = OutletRegions(self._entries, self._outlets)
        self._names = NameFinder(self._entries)
        self._known_people = by_name(self._entries)
        self._bodies = {each.name: each for each in self._entries if each.kind is MentionKind.ORGANISATION}
        self._known_names = self._names.all_names()
        self._people = PeopleFinder(self._known_names)
        digest = hashlib.blake2b(repr((self._entries, sorted(self._outlets.items()))).encode(), digest_size=6)
        self._version = f"{_VERSION}-{digest.hexdigest()}"

    def __reduce__(self) -> tuple[type["EntityStep"], tuple[tuple[Entry, ...], dict[str, str]]]:
        return EntityStep, (self._entries, self._outlets)

    @property
    def version(self) -> str:
        """The version of the step and a digest of the gazetteer."""
        return self._version

    def __call__(self, draft: Draft) -> Draft:
        """Return the draft with its mentions."""
        text, moved = readable(draft.whole)
        if moved is None:
            return dataclasses.replace(draft, mentions=self._mentions(draft, text, draft.morphemes))
        place = {before: after for after, before in enumerate(moved)}
        morphemes = [
            each._replace(start=place[each.start], end=place[each.end])
            for each in draft.morphemes
            if each.start in place and each.end in place
        ]
        found = self._mentions(draft, text, morphemes)
        back = [dataclasses.replace(each, start=moved[each.start], end=moved[each.end]) for each in found]
        return dataclasses.replace(draft, mentions=tuple(back))

    def _mentions(self, draft: Draft, text: str, morphemes: Sequence[Morpheme]) -> tuple[Mention, ...]:
        """Find the mentions in the readable text of an article."""
        day = draft.article.published.day if draft.article.published else None
        outlet = self._regions.of(draft.article.source)
        title, _, below = text.partition("\n")
        zones = zones_of(title, below)
        names = self._names.find(text, day=day, outlet=[outlet] if outlet else [])
        found = chain(self._people.find(text, morphemes), find_guests(text, morphemes, self._known_names))
        people = [each for each in found if zones.at(each.start) is not Zone.NOISE]
        called = firms_called(text, morphemes) - self._known_names
        people = [each for each in people if each.name not in called]
        firms = find_firms(text, people, morphemes, called)
        forms = self._of_forms(chain(find_forms(text), firms, find_rows(text, morphemes)))
        mentions = [*filter(_in_full, forms), *_of_names(names), *forms]  # 국립가람·부산박물관: here 부산 is no region
        mentions = [each for each in mentions if zones.at(each.start) is not Zone.NOISE]
        known = [self._person(each, day) for each in people]
        apart = _without_overlaps(mentions, known)
        beside = self._of_forms(chain(find_listed(text, apart, morphemes), councils(apart, text)))
        return tuple(bodies_only(_without_overlaps([*apart, *beside], known), text))

    def _of_forms(self, forms: Iterable[Form]) -> list[Mention]:
        """A known body is often called without the first word of its name: 로봇산업진흥원."""
        mentions = []
        for each in forms:
            known = self._bodies.get(f"{_KOREAN}{each.name}") or self._bodies.get(each.name)
            name, entry = (known.name, known.id) if known else (each.name, None)
            mentions.append(
                Mention(kind=MentionKind.ORGANISATION, name=name, start=each.start, end=each.end, entry=entry)
            )
        return mentions

    def _person(self, person: Person, day: date | None) -> Mention:
        known = [
            each
            for each in self._known_people.get(person.name, ())
            if _held(each, day, person.role) and _same_office(each.role, person.role)
        ]
        return Mention(
            kind=MentionKind.PERSON,
            name=person.name,
            start=person.start,
            end=person.end,
            entry=known[0].id if known else None,
            role=person.role,
        )


def _held(entry: Entry, day: date | None, role: str) -> bool:
    """Was the office held on that day, or before it where the text says 전?"""
    if role.startswith("전 ") and day is not None:
        return entry.valid_until is not None and entry.valid_until < day
    return entry.valid_on(day)


def _same_office(known: str, said: str) -> bool:
    """Is the last word of an office the one that the text gives? 광주시장 and 광주광역시장 are one."""
    return "".join(known.split())[-2:] == "".join(said.split())[-2:]


def _of_names(names: Iterable[Name]) -> list[Mention]:
    return [
        Mention(
            kind=MentionKind.ORGANISATION if each.acts else each.entry.kind,
            name=each.entry.name,
            start=each.start,
            end=each.end,
            entry=each.entry.id,
        )
        for each in names
    ]


def _without_overlaps(mentions: Iterable[Mention], people: Iterable[Mention]) -> tuple[Mention, ...]:
    """Keep people, then of the others those that begin first and are longest, known ones before unknown ones."""
    kept_people = _first_and_longest(people)
    taken = {place for each in kept_people for place in range(each.start, each.end)}
    others = [each for each in mentions if taken.isdisjoint(range(each.start, each.end))]
    return tuple(sorted([*kept_people, *_first_and_longest(others)], key=lambda each: each.start))


def _in_full(mention: Mention) -> bool:
    """Is it given a longer name than the text writes there?"""
    return len(mention.name) > mention.end - mention.start


def _first_and_longest(mentions: Iterable[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for mention in sorted(
        mentions, key=lambda each: (each.start, -each.end, each.entry is None and not _in_full(each))
    ):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
