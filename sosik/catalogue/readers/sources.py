"""Reads `sources/**.toml`: one outlet a file, its id being the file's name.

A file says `name`, `name_en`, `region`, `kind`, `home`, `provenance` and at least one of `feeds`, `sitemaps` and
`[[lists]]`. A feed that wants more than its address is a table among the `feeds` (post, cookie_from, key, names).
`checked` is a day or "never". Every other key is optional: see `sosik.model.source.Source`. An outlet with
`enabled = false` may leave open where its articles are announced, and its home.
A file of a later folder takes the place of one with the same id in an earlier folder.
"""

import dataclasses
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sosik.catalogue.entry import PROVINCES
from sosik.catalogue.family import Family
from sosik.catalogue.readers.families import read_families
from sosik.catalogue.readers.tables import check_names, check_pattern, load, part, strings, tables
from sosik.model.errors import CatalogueMistake
from sosik.model.source import Feed, Layout, ListPages, Source, SourceKind

FOLDER = "sources"
NATIONAL = "전국"
REGIONS = (*PROVINCES, NATIONAL)
"""What `region` may be: a province in its short form, or the whole country."""

_WHAT = "an outlet's file"
_REQUIRED = ("name", "name_en", "region", "kind")
_ANNOUNCING = ("feeds", "sitemaps", "lists")
_NEVER = "never"
_KEY_NAME = re.compile(r"[A-Z][A-Z0-9_]*_KEY")  # no other variable of the environment may leave the machine
_KEYS = frozenset(each.name for each in dataclasses.fields(Source)) - {"id", "special_feeds"}


def read_sources(folders: Sequence[Path]) -> tuple[Source, ...]:
    """Read every outlet under `<folder>/sources`, by id; raises CatalogueMistake that names file, key and fix."""
    families = read_families(folders)
    found: dict[str, Source] = {}
    for folder in folders:
        here: dict[str, Path] = {}
        for file in sorted((folder / FOLDER).rglob("*.toml")):
            if (twin := here.setdefault(file.stem, file)) != file:
                raise CatalogueMistake(file, "", f"{twin} has the same id", fix="Rename one of the two")
            found[file.stem] = read_source(file, families)
    return tuple(found[each] for each in sorted(found))


def read_source(file: Path, families: Mapping[str, Family] | None = None) -> Source:
    """Read one outlet, with the layouts of its family behind its own; raises CatalogueMistake."""
    table = load(file)
    check_names(file, "", table, _KEYS, _WHAT)
    _check_presence(file, table)
    plain_feeds, special = _feeds(file, table)
    lists = tuple(part(file, "lists", each, ListPages, _WHAT) for each in tables(file, table, "lists"))
    layouts = tuple(part(file, "layouts", each, Layout, _WHAT) for each in tables(file, table, "layouts"))
    for each in lists:
        check_pattern(file, "lists.article", each.article)
    plain: dict[str, Any] = {"home": ""}
    plain |= {key: _typed(file, key, table[key]) for key in table.keys() - {"feeds", "lists", "layouts", "kind"}}
    plain["layouts"] = (*layouts, *_inherited(file, plain.get("family", ""), families or {}))
    source = Source(
        id=file.stem, kind=_kind(file, table["kind"]), feeds=plain_feeds, special_feeds=special, lists=lists, **plain
    )
    _check_addresses(file, source)
    _check_values(file, source)
    return source


def _check_presence(file: Path, table: Mapping[str, object]) -> None:
    for key in _REQUIRED:
        if not table.get(key):
            raise CatalogueMistake(file, key, "is missing", fix=f'Add a line: {key} = "…"')
    if table.get("enabled", True) is False:
        return
    if not table.get("home"):
        raise CatalogueMistake(file, "home", "is missing", fix='Add a line: home = "…"')
    if not any(table.get(key) for key in _ANNOUNCING):
        raise CatalogueMistake(file, "feeds", "nothing announces its articles", fix="Give feeds, sitemaps or [[lists]]")


def _feeds(file: Path, table: Mapping[str, object]) -> tuple[tuple[str, ...], tuple[Feed, ...]]:
    """Tell plain addresses from tables."""
    value = table.get("feeds", [])
    given = value if isinstance(value, list) else [value]
    plain = strings(file, {"feeds": [each for each in given if not isinstance(each, dict)]}, "feeds")
    special = [part(file, "feeds", each, Feed, _WHAT) for each in given if isinstance(each, dict)]
    for feed in special:
        if feed.key and not _KEY_NAME.fullmatch(feed.key):
            raise CatalogueMistake(file, "feeds.key", f"is {feed.key!r}", fix="Name a variable that ends in _KEY")
        if bool(feed.key) != ("{key}" in feed.url):
            raise CatalogueMistake(file, "feeds.key", "key and {key} go together", fix="Write {key} into the url")
    return plain, tuple(special)


def _inherited(file: Path, family: str, families: Mapping[str, Family]) -> tuple[Layout, ...]:
    if not family:
        return ()
    if family not in families:
        known = ", ".join(families) or "none"
        raise CatalogueMistake(file, "family", f"is {family!r}, which has no file", fix=f"Known families: {known}")
    return families[family].layouts


_SHAPES: Mapping[str, tuple[type, ...]] = {
    "name": (str,), "name_en": (str,), "region": (str,), "home": (str,), "rights": (str,), "family": (str,),
    "sitemaps": (list,), "provenance": (list,),
    "delay": (int, float), "concurrency": (int,), "local": (bool,), "full_text": (bool,), "checked": (date,),
    "min_interval": (int, float), "max_interval": (int, float), "render": (bool,),
    "romanized": (bool,), "enabled": (bool,), "shares_host": (bool,),
}  # fmt: skip


def _typed(file: Path, key: str, value: object) -> object:
    if key == "checked" and value == _NEVER:
        return None
    shapes = _SHAPES[key]
    wrong = not isinstance(value, shapes) or (isinstance(value, bool) and bool not in shapes)
    if wrong:
        wanted = " or ".join(each.__name__ for each in shapes)
        raise CatalogueMistake(file, key, f"is {value!r}", fix=f"Give a value of this kind: {wanted}")
    return strings(file, {key: value}, key) if isinstance(value, list) else value


def _kind(file: Path, value: object) -> SourceKind:
    try:
        return SourceKind(value)  # type: ignore[arg-type]  # whatever it is, it is one of the names or refused
    except ValueError as error:
        raise CatalogueMistake(file, "kind", f"is {value!r}", fix=f"Use one of: {', '.join(SourceKind)}") from error


def _check_values(file: Path, source: Source) -> None:
    if source.region not in REGIONS:
        raise CatalogueMistake(file, "region", f"is {source.region!r}", fix=f"Use one of: {', '.join(REGIONS)}")
    if not 0 < source.min_interval <= source.max_interval:
        fix = "Give minutes above 0, and at least min_interval"
        raise CatalogueMistake(file, "max_interval", f"is {source.max_interval!r}", fix=fix)


def _check_addresses(file: Path, source: Source) -> None:
    addresses = [("home", source.home)] if source.home else []
    addresses += [("lists.url", each.url) for each in source.lists]
    addresses += [("feeds", each) for each in source.feed_urls] + [("sitemaps", each) for each in source.sitemaps]
    addresses += [("feeds.cookie_from", each.cookie_from) for each in source.special_feeds if each.cookie_from]
    for key, address in addresses:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise CatalogueMistake(file, key, f"{address!r} is no web address", fix="Begin with https:// or http://")
