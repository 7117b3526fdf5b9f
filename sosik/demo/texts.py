"""The articles of the demonstration newspapers, one TOML file each, and what a reader should find in them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from sosik.model.errors import CatalogueMistake

T = TypeVar("T")

ARTICLES = Path(__file__).parent / "articles"

_KEYS = frozenset(
    {"number", "published", "title", "subtitle", "authors", "section", "release", "series", "traits", "text", "edits"}
    | {"withdrawn", "expected"}
)
_EDIT_KEYS = frozenset({"at", "title", "text"})
_SERIES_KEYS = frozenset({"name", "number", "final"})
_EXPECTED_KEYS = frozenset({"topics", "regions", "organisations", "people", "amounts", "dates"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change that the outlet made after publication; None leaves the title or the text as it was."""

    at: datetime
    title: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPart:
    """Which installment of which numbered feature an article is."""

    name: str
    number: int | None = None
    final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What analysis should find: topic ids, names, won, and days or periods in ISO form."""

    topics: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    amounts: tuple[int, ...] = ()
    dates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Title and text as the outlet shows them at some instant; `modified` is None until the first edit."""

    title: str
    text: str
    modified: datetime | None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text, cut at blank lines; a line break inside a paragraph is a space."""
        blocks = (" ".join(block.split("\n")).strip() for block in self.text.split("\n\n"))
        return tuple(block for block in blocks if block)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoArticle:
    """A made-up article. `number` is unique within its outlet; times are aware; paragraphs are parted by blank lines.

    `release` is shared by reworded copies of one press release. `traits` name what the article is there to show.
    """

    outlet: str
    number: int
    published: datetime
    title: str
    text: str
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    section: str = "종합"
    release: str | None = None
    series: SeriesPart | None = None
    traits: frozenset[str] = frozenset()
    edits: tuple[Edit, ...] = ()
    withdrawn: datetime | None = None
    expected: Expected = field(default=Expected())

    def as_of(self, now: datetime) -> Shown | None:
        """Return what the outlet shows at that instant, or None before publication and after withdrawal."""
        if now < self.published or (self.withdrawn is not None and now >= self.withdrawn):
            return None
        shown = Shown(title=self.title, text=self.text, modified=None)
        for edit in self.edits:
            if edit.at <= now:
                shown = Shown(title=edit.title or shown.title, text=edit.text or shown.text, modified=edit.at)
        return shown

    def instants(self) -> tuple[datetime, ...]:
        """Every instant at which what the outlet shows of it changes."""
        last = () if self.withdrawn is None else (self.withdrawn,)
        return (self.published, *(edit.at for edit in self.edits), *last)


def read_articles(folder: Path = ARTICLES) -> tuple[DemoArticle, ...]:
    """Read every `<outlet>/<number>.toml` of the folder, oldest first; raises CatalogueMistake."""
    articles = [read_article(path) for path in sorted(folder.glob("*/*.toml"))]
    return tuple(sorted(articles, key=lambda each: (each.published, each.outlet, each.number)))


def read_article(path: Path) -> DemoArticle:
    """Read one article; the outlet is the name of its folder. Raises CatalogueMistake."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueMistake(path, "", str(error), fix="Make it valid TOML in UTF-8") from error
    _known(path, "", table, _KEYS)
    series = table.get("series")
    expected = table.get("expected", {})
    _known(path, "series.", series or {}, _SERIES_KEYS)
    _known(path, "expected.", expected, _EXPECTED_KEYS)
    number = _need(path, table, "number", int)
    if path.stem != str(number):
        raise CatalogueMistake(path, "number", f"is {number}", fix="Give the file the article's number as its name")
    return DemoArticle(
        outlet=path.parent.name,
        number=number,
        published=_instant(path, table, "published"),
        title=_need(path, table, "title", str),
        subtitle=table.get("subtitle", ""),
        text=_need(path, table, "text", str).strip(),
        authors=tuple(table.get("authors", ())),
        section=table.get("section", "종합"),
        release=table.get("release") or None,
        series=SeriesPart(**series) if series else None,
        traits=frozenset(table.get("traits", ())),
        edits=tuple(sorted((_edit(path, each) for each in table.get("edits", ())), key=lambda edit: edit.at)),
        withdrawn=_instant(path, table, "withdrawn") if "withdrawn" in table else None,
        expected=Expected(**{key: tuple(value) for key, value in expected.items()}),
    )


def _edit(path: Path, table: Mapping[str, Any]) -> Edit:
    _known(path, "edits.", table, _EDIT_KEYS)
    text = table.get("text")
    return Edit(at=_instant(path, table, "at"), title=table.get("title"), text=text.strip() if text else None)


def _known(path: Path, prefix: str, table: Mapping[str, Any], keys: frozenset[str]) -> None:
    for key in sorted(table.keys() - keys):
        raise CatalogueMistake(path, f"{prefix}{key}", "is no key here", fix=f"Known: {', '.join(sorted(keys))}")


def _instant(path: Path, table: Mapping[str, Any], key: str) -> datetime:
    at = _need(path, table, key, datetime)
    if at.tzinfo is None:
        raise CatalogueMistake(path, key, "has no time zone", fix="Write it as 2026-03-02T09:10:00+09:00")
    return at


def _need(path: Path, table: Mapping[str, Any], key: str, kind: type[T]) -> T:
    value = table.get(key)
    if not isinstance(value, kind):
        raise CatalogueMistake(path, key, f"is {value!r}", fix=f"Give it a value of type {kind.__name__}")
    return value
