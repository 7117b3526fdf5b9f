"""Reads `schedule.toml`: a table for each job, its id being the table's name.

A table says `does` and `cron`; `grace`, `limit`, `memory` and `enabled` are optional. A table of a later folder takes
the place of one with the same name in an earlier folder; `enabled = false` leaves the job out.
"""

import difflib
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from sosik.catalogue.job import Job
from sosik.model.errors import CatalogueMistake

FILE = "schedule.toml"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DEFAULTS: Mapping[str, object] = {"grace": "1h", "limit": "6h", "memory": "2G", "enabled": True}
_KEYS = ("does", "cron", *_DEFAULTS)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SPAN = re.compile(r"([1-9]\d{0,3})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SIZE = re.compile(r"([1-9]\d{0,3})([MG])")
_BYTES = {"M": 1 << 20, "G": 1 << 30}
_PART = re.compile(r"(?P<all>\*)(/(?P<every>\d{1,2}))?|(?P<first>\w+)(-(?P<last>\w+)(/(?P<step>\d{1,2}))?)?")
_FIELDS = (("minute", 0, 59), ("hour", 0, 23), ("day of the month", 1, 31), ("month", 1, 12))


def read_schedule(folders: Sequence[Path], doings: Collection[str]) -> tuple[Job, ...]:
    """Read every job of `<folder>/schedule.toml`, by id; `doings` are the known values of `does`.

    Raises CatalogueMistake that names file, key and fix.
    """
    jobs: dict[str, Job | None] = {}
    for folder in folders:
        file = folder / FILE
        if file.is_file():
            jobs.update(_read(file, doings))
    return tuple(job for _, job in sorted(jobs.items()) if job is not None)


def _read(file: Path, doings: Collection[str]) -> dict[str, Job | None]:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueMistake(file, "", f"not TOML in UTF-8: {error}", fix="Mend the line it names") from error
    return {name: _job(file, name, table, doings) for name, table in tables.items()}


def _job(file: Path, name: str, table: object, doings: Collection[str]) -> Job | None:
    if not isinstance(table, dict):
        raise CatalogueMistake(file, name, "stands outside a job", fix="Put it below the job's name: [daily]")
    if len(name) > 64 or not _ID.fullmatch(name):
        raise CatalogueMistake(file, name, "is no name of a job", fix="Use small letters, digits and single hyphens")
    for key in table:
        if key not in _KEYS:
            close = difflib.get_close_matches(key, _KEYS, n=1, cutoff=0.5)
            fix = f"Did you mean {close[0]}?" if close else f"Known keys: {', '.join(_KEYS)}"
            raise CatalogueMistake(file, f"{name}.{key}", "is no key of a job", fix=fix)
    given = {**_DEFAULTS, **table}
    if not isinstance(given["enabled"], bool):
        raise CatalogueMistake(file, f"{name}.enabled", f"is {given['enabled']!r}", fix="Write true or false")
    if not given["enabled"]:
        return None
    does = _text(file, name, "does", given)
    if does not in doings:
        close = difflib.get_close_matches(does, doings, n=1, cutoff=0.5)
        fix = f"Did you mean {close[0]}?" if close else f"Known: {', '.join(sorted(doings))}"
        raise CatalogueMistake(file, f"{name}.does", f"nothing is named {does!r}", fix=fix)
    cron = _text(file, name, "cron", given)
    _check_cron(file, f"{name}.cron", cron)
    return Job(
        id=name,
        does=does,
        cron=" ".join(cron.split()),
        grace=_span(file, name, "grace", given),
        limit=_span(file, name, "limit", given),
        memory=_size(file, name, given),
    )


def _text(file: Path, name: str, key: str, table: Mapping[str, object]) -> str:
    value = table.get(key)
    if value is None:
        raise CatalogueMistake(file, f"{name}.{key}", "is missing", fix=f'Add a line: {key} = "…"')
    if not isinstance(value, str):
        raise CatalogueMistake(file, f"{name}.{key}", f"is {value!r}", fix="Give a string in quotation marks")
    return value


def _span(file: Path, name: str, key: str, table: Mapping[str, object]) -> timedelta:
    found = _SPAN.fullmatch(_text(file, name, key, table))
    if found is None:
        raise CatalogueMistake(
            file, f"{name}.{key}", f"is {table[key]!r}", fix='Write it as "90s", "15m", "6h" or "2d"'
        )
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _size(file: Path, name: str, table: Mapping[str, object]) -> int:
    found = _SIZE.fullmatch(_text(file, name, "memory", table))
    if found is None:
        raise CatalogueMistake(file, f"{name}.memory", f"is {table['memory']!r}", fix='Write it as "800M" or "2G"')
    return int(found[1]) * _BYTES[found[2]]


def _check_cron(file: Path, key: str, cron: str) -> None:
    """Refuse what is no cron line, or what the scheduler would read otherwise than its writer meant."""
    fields = cron.split()
    if len(fields) != 5:
        fix = 'Write minute, hour, day, month and day of the week: "30 5 * * mon-fri"'
        raise CatalogueMistake(file, key, f"{cron!r} has {len(fields)} fields instead of 5", fix=fix)
    if fields[2] != "*" and fields[4] != "*":
        fix = "Leave one of them *; tools disagree on whether one or both must match"
        raise CatalogueMistake(file, key, f"{cron!r} names days of the month and of the week", fix=fix)
    for field, (what, low, high) in zip(fields[:4], _FIELDS, strict=True):
        for part in field.split(","):
            if not _numbers_fit(part, low, high):
                raise CatalogueMistake(
                    file, key, f"{part!r} is no {what}", fix=f"Use {low} to {high}, *, */5, 1-5 or lists such as 1,3"
                )
    for part in fields[4].split(","):
        if not _days_fit(part):
            fix = f"Name days in the order of the week, as mon-fri or sat,sun: {', '.join(DAYS)}; no numbers"
            raise CatalogueMistake(file, key, f"{part!r} is no day of the week", fix=fix)
    if fields[2:4] != ["*", "*"] and not _some_day(fields[2], fields[3]):
        raise CatalogueMistake(file, key, f"{cron!r} never comes", fix="Name a day that the month has")


def _numbers_fit(part: str, low: int, high: int) -> bool:
    found = _PART.fullmatch(part)
    if found is None:
        return False
    step = found["every"] or found["step"]
    if step is not None and not 0 < int(step) <= high:
        return False
    if found["all"]:
        return True
    ends = [found["first"], found["last"] or found["first"]]
    if not all(each.isascii() and each.isdigit() for each in ends):
        return False
    return low <= int(ends[0]) <= int(ends[1]) <= high


def _days_fit(part: str) -> bool:
    if part == "*":
        return True
    first, _, last = part.partition("-")
    return first in DAYS and (last or first) in DAYS and DAYS.index(first) <= DAYS.index(last or first)


def _some_day(days: str, months: str) -> bool:
    """Say whether a month of these has a day of these: 30 2 never comes."""
    lengths = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
    longest = max(lengths[month] for month in _named(months, 1, 12))
    return min(_named(days, 1, 31)) <= longest


def _named(field: str, low: int, high: int) -> list[int]:
    """Return every number that a field names."""
    named: list[int] = []
    for part in field.split(","):
        found = _PART.fullmatch(part)
        assert found is not None  # noqa: S101 - checked before
        first, last = (low, high) if found["all"] else (int(found["first"]), int(found["last"] or found["first"]))
        named += range(first, last + 1, int(found["every"] or found["step"] or 1))
    return named
