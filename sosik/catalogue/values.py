"""What the fields of a query may be asked for: the values that documents hold, under every name that people use.

    values = field_values(topics, entries, sources)
    values.of("region", "Gwangju") -> ("광주",)       values.near("topic", "ai-clutser") -> ("ai-cluster (AI cluster)",)

Names are compared by their letters and digits: `AI cluster`, `ai-cluster` and `AI Cluster` are one name.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from sosik.catalogue.entry import PROVINCES, Entry, names_in_english
from sosik.catalogue.topic import Topic
from sosik.model.analysis import MentionKind
from sosik.model.search import FacetField
from sosik.model.series import letters
from sosik.model.source import UNKNOWN_KIND, Source, SourceKind

CLOSED = frozenset({FacetField.TOPIC, FacetField.REGION, FacetField.KIND})
"""Fields whose values are all known: any other value is a mistake."""

_ALIKE = 0.6  # of the letters, for a name that may have been meant
_LATIN, _HANGUL = 4, 2  # letters of a piece of a name, at least
_NEAR = 4  # names that are offered

_By = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class FieldValues:
    """Values by field and by the letters of their names. `around` has what is no value and lies in one: 나주 in 전남.

    `english` gives the English of a value, by field; of an outlet, whose values are ids, its names.
    """

    known: Mapping[FacetField, _By]
    around: Mapping[FacetField, _By]
    english: Mapping[FacetField, Mapping[str, str]]

    def of(self, field: FacetField, name: str) -> tuple[str, ...]:
        """Return the values that documents hold for a name: several of namesakes, none where nothing bears it."""
        return self.known.get(field, {}).get(letters(name), ())

    def near(self, field: FacetField, name: str) -> tuple[str, ...]:
        """Return the values that may have been meant, for people to read; best first."""
        wanted, known = letters(name), self.known.get(field, {})
        alike = get_close_matches(wanted, known, n=_NEAR, cutoff=_ALIKE)
        telling = len(wanted) >= (_LATIN if wanted.isascii() else _HANGUL)
        longer = sorted((each for each in known if telling and wanted in each), key=len)[:_NEAR]
        found = [value for each in (*alike, *longer) for value in known[each]]
        found = [*self.around.get(field, {}).get(wanted, ()), *found]
        return tuple(self._shown(field, each) for each in list(dict.fromkeys(found))[:_NEAR])

    def all(self, field: FacetField) -> tuple[str, ...]:
        """Return every value of a field, in the order of the catalogue."""
        return tuple(dict.fromkeys(value for values in self.known.get(field, {}).values() for value in values))

    def _shown(self, field: FacetField, value: str) -> str:
        english = self.english.get(field, {}).get(value)
        return f"{value} ({english})" if english and english != value else value


def field_values(topics: Iterable[Topic], entries: Iterable[Entry], sources: Iterable[Source]) -> FieldValues:
    """Gather the names of a catalogue."""
    topics, entries, sources = tuple(topics), tuple(entries), tuple(sources)
    english = names_in_english(entries)
    bodies = [each for each in entries if each.kind in (MentionKind.ORGANISATION, MentionKind.REGION)]
    people = [each for each in entries if each.kind is MentionKind.PERSON]
    places = [each for each in entries if each.kind in (MentionKind.REGION, MentionKind.PLACE)]
    return FieldValues(
        known={
            FacetField.TOPIC: _by_name((each.id, (each.id, each.korean, each.english)) for each in topics),
            FacetField.REGION: _regions(entries, english),
            FacetField.OUTLET: _by_name((each.id, (each.id, each.name, each.name_en)) for each in sources),
            FacetField.ORGANISATION: _by_name((each.name, _names(each)) for each in bodies),
            FacetField.PERSON: _by_name((each.name, _names(each)) for each in people),
            FacetField.KIND: _by_name((each, (each,)) for each in (*SourceKind, UNKNOWN_KIND)),
        },
        around={FacetField.REGION: _by_name((each, _names(one)) for one in places for each in one.regions)},
        english={
            FacetField.TOPIC: {each.id: each.english for each in topics},
            FacetField.REGION: english,
            FacetField.OUTLET: {each.id: f"{each.name}, {each.name_en}" for each in sources},
            FacetField.ORGANISATION: english,
            FacetField.PERSON: english,
        },
    )


def _names(entry: Entry) -> tuple[str, ...]:
    return entry.name, *entry.aliases, entry.english


def _regions(entries: Iterable[Entry], english: Mapping[str, str]) -> _By:
    """Return the provinces, under their short and full names; one that unites two stands for both."""
    short = [(each, (each, english.get(each, ""))) for each in PROVINCES]
    regions = [each for each in entries if each.kind is MentionKind.REGION]
    whole = [(each, _names(one)) for one in regions if one.province or len(one.regions) > 1 for each in one.regions]
    return _by_name([*short, *(each for each in whole if each[0] in PROVINCES)])


def _by_name(named: Iterable[tuple[str, Iterable[str]]]) -> _By:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for value, names in named:
        for name in filter(None, map(letters, names)):
            if value not in found[name]:
                found[name].append(value)
    return {name: tuple(values) for name, values in found.items()}
