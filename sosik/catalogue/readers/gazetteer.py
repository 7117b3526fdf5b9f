"""Reads the gazetteer: CSV files with one entry a row.

    id,kind,name,english,romanized,aliases,region,role,valid_from,valid_until,context,source

`aliases` are separated by |, the provinces of `region` by +. A day is 2026-07-01, a month 2026-07 or a year 2026.
`context` holds words separated by |: of those that begin with + the article must hold one, and none of those that
begin with - may stand beside the name. `romanized` is blank where the English name is the official one.
A row of a later folder takes the place of the one with the same id in an earlier folder.
"""

import calendar
import csv
import difflib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from sosik.catalogue.entry import PROVINCES, Entry
from sosik.model.analysis import MentionKind
from sosik.model.errors import CatalogueMistake

SHIPPED = Path(__file__).parent.parent / "gazetteer"
"""The folder of the gazetteer that comes with Sosik."""

_COLUMNS = (
    "id", "kind", "name", "english", "romanized", "aliases", "region", "role", "valid_from", "valid_until", "context",
    "source",
)  # fmt: skip
_REQUIRED = ("id", "kind", "name", "english", "source")
_KINDS = tuple(each.value for each in MentionKind if each is not MentionKind.TERM)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DECEMBER = 12
_ROMANIZED = "romanized"


def read_gazetteer(folders: Sequence[Path] = (SHIPPED,)) -> tuple[Entry, ...]:
    """Return the entries of the folders, by id; raises CatalogueMistake that names file, line, key and fix."""
    found: dict[str, Entry] = {}
    for folder in folders:
        here: dict[str, str] = {}
        for file in sorted(folder.glob("*.csv")):
            for line, entry in _read_file(file):
                place = f"{file.name}, line {line}"
                if entry.id in here:
                    problem = f"{entry.id!r} stands in {here[entry.id]} already"
                    raise CatalogueMistake(file, f"line {line}, id", problem, fix="Give one of the two another id")
                here[entry.id] = place
                found[entry.id] = entry
    return tuple(found[each] for each in sorted(found))


def _read_file(file: Path) -> list[tuple[int, Entry]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            _check_columns(file, reader.fieldnames or ())
            return [(reader.line_num, _Row(file, reader.line_num, row).entry()) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise CatalogueMistake(file, "", f"not CSV in UTF-8: {error}", fix="Save it as CSV in UTF-8") from error


def _check_columns(file: Path, names: Sequence[str]) -> None:
    for name in names:
        if name not in _COLUMNS:
            close = difflib.get_close_matches(name, _COLUMNS, n=1)
            fix = f"Did you mean {close[0]}?" if close else f"Known columns: {', '.join(_COLUMNS)}"
            raise CatalogueMistake(file, name, "is no column of the gazetteer", fix=fix)
    for name in _REQUIRED:
        if name not in names:
            raise CatalogueMistake(file, name, "is missing", fix=f"Begin the file with {','.join(_COLUMNS)}")


class _Row:
    """One row of a file."""

    def __init__(self, file: Path, line: int, cells: Mapping[str | None, object]) -> None:
        self._file = file
        self._line = line
        if None in cells or None in cells.values():
            raise self._mistake("", "has not as many cells as there are columns", 'Put cells with a comma in "…"')
        self._cells = {key: str(value).strip() for key, value in cells.items() if key}

    def entry(self) -> Entry:
        """Return its entry."""
        for key in _REQUIRED:
            if not self._cells[key]:
                raise self._mistake(key, "is blank", "Fill the cell")
        if not _ID.fullmatch(self._cells["id"]):
            raise self._mistake("id", f"is {self._cells['id']!r}", "Use small letters, digits and single hyphens")
        valid_from, valid_until = self._day("valid_from", last=False), self._day("valid_until", last=True)
        if valid_from and valid_until and valid_until < valid_from:
            raise self._mistake("valid_until", "lies before valid_from", "Mend one of the two")
        wanted, unwanted = self._context()
        return Entry(
            id=self._cells["id"],
            kind=self._kind(),
            name=self._cells["name"],
            english=self._cells["english"],
            romanized=self._romanized(),
            aliases=self._split("aliases", "|"),
            regions=self._regions(),
            role=self._cells.get("role", ""),
            valid_from=valid_from,
            valid_until=valid_until,
            wanted=wanted,
            unwanted=unwanted,
            source=self._cells["source"],
        )

    def _mistake(self, key: str, problem: str, fix: str) -> CatalogueMistake:
        return CatalogueMistake(self._file, f"line {self._line}{', ' if key else ''}{key}", problem, fix=fix)

    def _split(self, key: str, mark: str) -> tuple[str, ...]:
        return tuple(each.strip() for each in self._cells.get(key, "").split(mark) if each.strip())

    def _kind(self) -> MentionKind:
        kind = self._cells["kind"]
        if kind not in _KINDS:
            raise self._mistake("kind", f"is {kind!r}", f"Use one of: {', '.join(_KINDS)}")
        return MentionKind(kind)

    def _romanized(self) -> bool:
        said = self._cells.get("romanized", "")
        if said not in ("", _ROMANIZED):
            raise self._mistake("romanized", f"is {said!r}", f"Write {_ROMANIZED}, or leave it blank")
        return bool(said)

    def _regions(self) -> tuple[str, ...]:
        regions = self._split("region", "+")
        for each in regions:
            if each not in PROVINCES:
                raise self._mistake("region", f"is {each!r}", f"Use {', '.join(PROVINCES)}, joined by +")
        return regions

    def _context(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        words = self._split("context", "|")
        for each in words:
            if each[0] not in "+-" or not each[1:].strip():
                raise self._mistake("context", f"has {each!r}", "Begin every word with + or -")
        wanted = tuple(each[1:].strip() for each in words if each[0] == "+")
        return wanted, tuple(each[1:].strip() for each in words if each[0] == "-")

    def _day(self, key: str, *, last: bool) -> date | None:
        """A year or a month stands for its first day, or for its last."""
        said = self._cells.get(key, "")
        if not said:
            return None
        match = _DAY.fullmatch(said)
        try:
            if not match:
                raise ValueError("not of this form")
            year = int(match[1])
            month = int(match[2] or (_DECEMBER if last else 1))
            return date(year, month, int(match[3] or (calendar.monthrange(year, month)[1] if last else 1)))
        except ValueError as error:
            raise self._mistake(key, f"is {said!r}", "Write a day as 2026-07-01, a month as 2026-07") from error
