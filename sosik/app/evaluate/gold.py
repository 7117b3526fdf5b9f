"""Reads gold files: JSON Lines whose every row must be right, for a figure over half of them would mislead."""

from pathlib import Path
from typing import Any

from sosik.app.importers.rows import json_lines
from sosik.model.errors import NotFound, Refused


def read_gold(file: Path, needed: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the rows; raises NotFound or Refused naming file, line and key."""
    if not file.is_file():
        raise NotFound("gold file", str(file))
    rows = []
    for number, value in json_lines(file):
        if isinstance(value, Refused):
            raise Refused(f"{file}, line {number}: {value}")
        missing = [each for each in needed if not isinstance(value, dict) or each not in value]
        if missing or not isinstance(value, dict):
            raise Refused(f"{file}, line {number}: no {', '.join(missing)}; is it a gold file of this kind?")
        rows.append(value)
    if not rows:
        raise Refused(f"{file} has no rows")
    return rows
