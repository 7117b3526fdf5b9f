"""JSON Lines: article rows `{id, title, text, published, outlet, url}`, or a manifest of saved pages `{file, url}`."""

import json
from collections.abc import Iterator
from pathlib import Path

from sosik.app.importers.items import Item, Outlets, Refusal, Row, article_of
from sosik.model.errors import Refused

MAX_LINE = 16 * 1024 * 1024  # bytes


def is_manifest(row: object) -> bool:
    """Does this row of a .jsonl name a saved page?"""
    return isinstance(row, dict) and isinstance(row.get("file"), str) and isinstance(row.get("url"), str)


def json_lines(file: Path) -> Iterator[tuple[int, object | Refused]]:
    """Give (line number, value) of each line that is not blank; a line that is no JSON gives Refused instead."""
    with file.open("rb") as stream:
        number = 0
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                yield number, Refused(f"longer than {MAX_LINE >> 20} MiB")
                while line and not line.endswith(b"\n"):
                    line = stream.readline(MAX_LINE)
                continue
            if line.strip():
                yield number, parse_line(line)


def parse_line(line: bytes) -> object | Refused:
    """Return the value of a line, or Refused where it is no JSON in UTF-8."""
    try:
        value: object = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Refused(f"not UTF-8: {error.reason} at byte {error.start}")
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is no JSONDecodeError
        return Refused(f"not JSON: {str(error).partition(';')[0]}")
    return value


def read_rows(file: Path, outlets: Outlets) -> Iterator[Item]:
    """Give the articles of a file of rows."""
    for number, value in json_lines(file):
        item = f"line {number}"
        try:
            if isinstance(value, Refused):
                raise value
            yield Row(file=file, item=item, article=article_of(fields_of(value), outlets, authors_of(value)))
        except Refused as error:
            yield Refusal(file=file, item=item, reason=str(error))


def fields_of(value: object) -> dict[str, str]:
    """Return the fields of a row as strings; raises Refused where the row is no object or a field no text."""
    if isinstance(value, list):
        raise Refused("a list, not an object {…}; `jq -c '.[]'` makes lines of it")
    if not isinstance(value, dict):
        raise Refused("not an object {…}")
    fields = {}
    for key in ("id", "title", "text", "published", "outlet", "url"):
        found = value.get(key)
        if found is None:
            continue
        if not isinstance(found, str | int) or isinstance(found, bool):
            raise Refused(f"{key} is {type(found).__name__}, not text")
        fields[key] = str(found)
    return fields


def authors_of(value: object) -> tuple[str, ...]:
    """Return the names under `authors` (a list) or `author` (text) of a row."""
    if not isinstance(value, dict):
        return ()
    found = value.get("authors") or value.get("author") or []
    names = found if isinstance(found, list) else [found]
    return tuple(each.strip() for each in names if isinstance(each, str) and each.strip())
