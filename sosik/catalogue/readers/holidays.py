"""Reads `holidays/*.csv`: public holidays, one a row of `day` (2026-02-17) and `name`. Folders add to each other."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sosik.model.errors import CatalogueMistake

FOLDER = "holidays"
_COLUMNS = ("day", "name")


def read_holidays(folders: Sequence[Path]) -> dict[date, str]:
    """Read every holiday under `<folder>/holidays`; raises CatalogueMistake that names file, line and fix."""
    found: dict[date, str] = {}
    for folder in folders:
        for file in sorted((folder / FOLDER).glob("*.csv")):
            found |= _read(file)
    return found


def _read(file: Path) -> dict[date, str]:
    found: dict[date, str] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines)
        if tuple(rows.fieldnames or ()) != _COLUMNS:
            raise CatalogueMistake(file, "line 1", "is not the header", fix=f"Write: {','.join(_COLUMNS)}")
        for row in rows:
            try:
                found[date.fromisoformat(row["day"] or "")] = (row["name"] or "").strip()
            except ValueError as error:
                raise CatalogueMistake(
                    file, f"line {rows.line_num}", f"{row['day']!r} is no day", fix="Write it as 2026-02-17"
                ) from error
    return found
