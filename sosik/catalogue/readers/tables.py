"""What readers of TOML tables share: types checked, unknown keys named with what was probably meant."""

import dataclasses
import difflib
import re
import tomllib
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from sosik.model.errors import CatalogueMistake
from sosik.model.source import Feed, Layout, ListPages

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_Part = TypeVar("_Part", Layout, ListPages, Feed)

_KINDS: Mapping[str, type] = {
    "first_page": int, "max_pages": int, "remove": tuple, "valid_until": date, "post": bool, "names": tuple,
}  # fmt: skip


def load(file: Path) -> dict[str, Any]:
    """Return the table of a file whose name is an id; raises CatalogueMistake."""
    if not ID.fullmatch(file.stem):
        raise CatalogueMistake(
            file, "", "the file's name is the id", fix="Use small letters, digits and single hyphens"
        )
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueMistake(file, "", f"not TOML in UTF-8: {error}", fix="Mend the line it names") from error


def check_names(file: Path, inside: str, table: Mapping[str, object], known: Collection[str], what: str) -> None:
    """Raise CatalogueMistake for a key that `what` does not have."""
    for key in table:
        if key not in known:
            close = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
            fix = f"Did you mean {close[0]}?" if close else f"Known keys: {', '.join(sorted(known))}"
            raise CatalogueMistake(file, f"{inside}{key}", f"is no key of {what}", fix=fix)


def tables(file: Path, table: Mapping[str, object], key: str) -> list[dict[str, object]]:
    """Return the tables under [[key]]; raises CatalogueMistake where it is something else."""
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise CatalogueMistake(file, key, "is not a list of tables", fix=f"Write it as [[{key}]]")
    return value


def strings(file: Path, table: Mapping[str, object], key: str) -> tuple[str, ...]:
    """Return a list of strings; raises CatalogueMistake."""
    value = table.get(key, [])
    if not isinstance(value, list):
        raise CatalogueMistake(file, key, f"is {value!r}", fix="Give a value of this kind: list")
    for each in value:
        if not isinstance(each, str):
            raise CatalogueMistake(file, key, f"has {each!r} in it", fix="Give strings in quotation marks")
    return tuple(value)


def part(file: Path, key: str, table: dict[str, object], kind: type[_Part], what: str) -> _Part:
    """Make one of the parts of an outlet or a family; raises CatalogueMistake."""
    fields = {each.name: each for each in dataclasses.fields(kind)}
    check_names(file, f"{key}.", table, set(fields), what)
    for name, each in fields.items():
        if each.default is dataclasses.MISSING and not table.get(name):
            raise CatalogueMistake(file, f"{key}.{name}", "is missing", fix=f'Add a line: {name} = "…"')
    values = {name: _frozen(each) for name, each in table.items()}
    for name, value in values.items():
        wanted = _KINDS.get(name, str)
        if not isinstance(value, wanted):
            raise CatalogueMistake(file, f"{key}.{name}", f"is {value!r}", fix=f"Give a value of this kind: {wanted}")
    return kind(**values)  # type: ignore[arg-type]  # checked against _KINDS just above


def _frozen(value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    return tuple((name, str(each)) for name, each in value.items()) if isinstance(value, dict) else value


def check_pattern(file: Path, key: str, pattern: str) -> None:
    """Raise CatalogueMistake for what is no regular expression."""
    try:
        re.compile(pattern)
    except re.error as error:
        raise CatalogueMistake(file, key, f"no regular expression: {error}", fix="Mend it") from error
