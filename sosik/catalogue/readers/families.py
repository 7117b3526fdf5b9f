"""Reads `layouts/*.toml`: one CMS family a file, its id being the file's name.

A file says `name`, `marks` and `[[layouts]]`; `article`, `feeds`, `lists`, `page` and `source` are optional. A file of
a later folder takes the place of one with the same id in an earlier folder.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from sosik.catalogue.family import Family
from sosik.catalogue.readers.tables import check_names, check_pattern, load, part, strings, tables
from sosik.model.errors import CatalogueMistake
from sosik.model.source import Layout

FOLDER = "layouts"
_WHAT = "a CMS family's file"
_KEYS = frozenset(each.name for each in dataclasses.fields(Family)) - {"id"}


def read_families(folders: Sequence[Path]) -> Mapping[str, Family]:
    """Read every family under `<folder>/layouts`, by id; raises CatalogueMistake that names file, key and fix."""
    found: dict[str, Family] = {}
    for folder in folders:
        for file in sorted((folder / FOLDER).glob("*.toml")):
            found[file.stem] = read_family(file)
    return MappingProxyType(dict(sorted(found.items())))


def read_family(file: Path) -> Family:
    """Read one family; raises CatalogueMistake."""
    table = load(file)
    check_names(file, "", table, _KEYS, _WHAT)
    for key in ("name", "marks"):
        if not table.get(key):
            raise CatalogueMistake(file, key, "is missing", fix=f"Add a line: {key} = …")
    marks, article = strings(file, table, "marks"), _text(file, table, "article")
    for pattern in marks:
        check_pattern(file, "marks", pattern)
    check_pattern(file, "article", article)
    return Family(
        id=file.stem,
        name=_text(file, table, "name"),
        marks=marks,
        article=article,
        feeds=strings(file, table, "feeds"),
        lists=strings(file, table, "lists"),
        page=_text(file, table, "page"),
        layouts=tuple(part(file, "layouts", each, Layout, _WHAT) for each in tables(file, table, "layouts")),
        source=_text(file, table, "source"),
    )


def _text(file: Path, table: Mapping[str, object], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise CatalogueMistake(file, key, f"is {value!r}", fix="Give a text in quotation marks")
    return value
