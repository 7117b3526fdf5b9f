"""What the gazetteer says of a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sosik.model.analysis import MentionKind

PROVINCES = (
    "서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종", "경기",
    "강원", "충북", "충남", "전북", "전남", "경북", "경남", "제주",
)  # fmt: skip
"""The short forms of the provinces, which are the regions of focus."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A person, organisation, place, region or programme.

    `english` is the official English name, or a romanization where `romanized` says so. `regions` are the provinces in
    which it sits. `valid_from` and `valid_until` are the first and the last day on which it bore this name or office.
    `wanted` are words of which the article must hold one, `unwanted` those of which none may stand beside the name.
    """

    id: str
    kind: MentionKind
    name: str
    english: str
    romanized: bool = False
    aliases: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    role: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    source: str = ""

    @property
    def province(self) -> bool:
        """Is it a whole province, not a city or a county?"""
        return self.kind is MentionKind.REGION and any(each in self.aliases for each in self.regions)

    def valid_on(self, day: date | None) -> bool:
        """Did it bear this name or office on that day? An unknown day is any day."""
        if day is None:
            return True
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


def names_in_english(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the English name of every Korean one, and of the short forms of the provinces: their last name counts."""
    english: dict[str, str] = {}
    for entry in sorted(entries, key=lambda each: each.valid_until or date.max):
        english[entry.name] = entry.english
        if entry.province:
            english.update((each, _short_english(entry.english)) for each in entry.regions if each in entry.aliases)
    return english


_STATUS = (
    " Metropolitan City",
    " Special Self-Governing City",
    " Special Self-Governing Province",
    " Province",
    " State",
)


def _short_english(name: str) -> str:
    """Gwangju Metropolitan City as a region of focus is Gwangju."""
    for each in _STATUS:
        name = name.removesuffix(each)
    return name
