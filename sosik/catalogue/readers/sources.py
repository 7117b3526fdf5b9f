"""Reads `sources/**.toml`: one outlet a file, its id being the file's name.

A file says `name`, `name_en`, `region`, `kind`, `home` and at least one of `feeds`, `sitemaps` and `[[lists]]`. Every
other key is optional: `delay`, `concurrency`, `min_interval`, `max_interval`, `render`, `local`, `rights`, `full_text`,
`checked`, `provenance`, `[[layouts]]`.
A file of a later folder takes the place of one with the same id in an earlier folder.
"""

import dataclasses
import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from sosik.model.errors import CatalogueMistake
from sosik.model.source import Layout, ListPages, Source, SourceKind

FOLDER = "sources"
_REQUIRED = ("name", "name_en", "region", "kind", "home")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_Part = TypeVar("_Part", Layout, ListPages)


def read_sources(folders: Sequence[Path]) -> tuple[Source, ...]:
    """Read every outlet under `<folder>/sources`, by id; raises CatalogueMistake that names file, key and fix."""
    found: dict[str, Source] = {}
    for folder in folders:
        here: dict[str, Path] = {}
        for file in sorted((folder / FOLDER).rglob("*.toml")):
            if (twin := here.setdefault(file.stem, file)) != file:
                raise CatalogueMistake(file, "", f"{twin} has the same id", fix="Rename one of the two")
            found[file.stem] = read_source(file)
    return tuple(found[each] for each in sorted(found))


def read_source(file: Path) -> Source:
    """Read one outlet; raises CatalogueMistake."""
    if not _ID.fullmatch(file.stem):
        raise CatalogueMistake(
            file, "", "the file's name is the id", fix="Use small letters, digits and single hyphens"
        )
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueMistake(file, "", f"not TOML in UTF-8: {error}", fix="Mend the line it names") from error
    known = {each.name for each in dataclasses.fields(Source)} - {"id"}
    _check_names(file, "", table, known)
    for key in _REQUIRED:
        if not table.get(key):
            raise CatalogueMistake(file, key, "is missing", fix=f'Add a line: {key} = "…"')
    if not any(table.get(key) for key in ("feeds", "sitemaps", "lists")):
        raise CatalogueMistake(file, "feeds", "nothing announces its articles", fix="Give feeds, sitemaps or [[lists]]")
    lists = tuple(_part(file, "lists", each, ListPages) for each in _tables(file, table, "lists"))
    layouts = tuple(_part(file, "layouts", each, Layout) for each in _tables(file, table, "layouts"))
    for each in lists:
        _check_pattern(file, each.article)
    plain: dict[str, Any] = {key: _typed(file, key, table[key]) for key in table.keys() - {"lists", "layouts", "kind"}}
    source = Source(id=file.stem, kind=_kind(file, table["kind"]), lists=lists, layouts=layouts, **plain)
    _check_addresses(file, source)
    if not 0 < source.min_interval <= source.max_interval:
        fix = "Give minutes above 0, and at least min_interval"
        raise CatalogueMistake(file, "max_interval", f"is {source.max_interval!r}", fix=fix)
    return source


_SHAPES: Mapping[str, tuple[type, ...]] = {
    "name": (str,), "name_en": (str,), "region": (str,), "home": (str,), "rights": (str,),
    "feeds": (list,), "sitemaps": (list,), "provenance": (list,),
    "delay": (int, float), "concurrency": (int,), "local": (bool,), "full_text": (bool,), "checked": (date,),
    "min_interval": (int, float), "max_interval": (int, float), "render": (bool,),
}  # fmt: skip


def _typed(file: Path, key: str, value: object) -> object:
    shapes = _SHAPES[key]
    wrong = not isinstance(value, shapes) or (isinstance(value, bool) and bool not in shapes)
    if wrong:
        wanted = " or ".join(each.__name__ for each in shapes)
        raise CatalogueMistake(file, key, f"is {value!r}", fix=f"Give a value of this kind: {wanted}")
    if not isinstance(value, list):
        return value
    for each in value:
        if not isinstance(each, str):
            raise CatalogueMistake(file, key, f"has {each!r} in it", fix="Give strings in quotation marks")
    return tuple(value)


def _check_names(file: Path, inside: str, table: Mapping[str, object], known: set[str]) -> None:
    for key in table:
        if key not in known:
            close = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
            fix = f"Did you mean {close[0]}?" if close else f"Known keys: {', '.join(sorted(known))}"
            raise CatalogueMistake(file, f"{inside}{key}", "is no key of an outlet's file", fix=fix)


def _tables(file: Path, table: Mapping[str, object], key: str) -> list[dict[str, object]]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise CatalogueMistake(file, key, "is not a list of tables", fix=f"Write it as [[{key}]]")
    return value


def _part(file: Path, key: str, table: dict[str, object], kind: type[_Part]) -> _Part:
    fields = {each.name: each for each in dataclasses.fields(kind)}
    _check_names(file, f"{key}.", table, set(fields))
    for name, each in fields.items():
        if each.default is dataclasses.MISSING and not table.get(name):
            raise CatalogueMistake(file, f"{key}.{name}", "is missing", fix=f'Add a line: {name} = "…"')
    values = {name: tuple(each) if isinstance(each, list) else each for name, each in table.items()}
    for name, value in values.items():
        wanted = _KINDS.get(name, str)
        if not isinstance(value, wanted):
            raise CatalogueMistake(file, f"{key}.{name}", f"is {value!r}", fix=f"Give a value of this kind: {wanted}")
    return kind(**values)  # type: ignore[arg-type]  # checked against _KINDS just above


_KINDS: Mapping[str, type] = {"first_page": int, "max_pages": int, "remove": tuple, "valid_until": date}


def _kind(file: Path, value: object) -> SourceKind:
    try:
        return SourceKind(value)  # type: ignore[arg-type]  # whatever it is, it is one of the names or refused
    except ValueError as error:
        raise CatalogueMistake(file, "kind", f"is {value!r}", fix=f"Use one of: {', '.join(SourceKind)}") from error


def _check_pattern(file: Path, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise CatalogueMistake(file, "lists.article", f"no regular expression: {error}", fix="Mend it") from error


def _check_addresses(file: Path, source: Source) -> None:
    addresses = [("home", source.home), *(("lists.url", each.url) for each in source.lists)]
    addresses += [("feeds", each) for each in source.feeds] + [("sitemaps", each) for each in source.sitemaps]
    for key, address in addresses:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise CatalogueMistake(file, key, f"{address!r} is no web address", fix="Begin with https:// or http://")
