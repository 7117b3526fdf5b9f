"""Spans of time as a user writes them, in Korean days."""

import re
from datetime import date, datetime, timedelta

import typer

from sosik.model.instants import YEARS, end_of_day, start_of_day

_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def read_since(text: str, now: datetime) -> datetime | None:
    """Return the instant that 7d, 24h, 2w or a day stands for; None for nothing; a usage error for anything else."""
    if not text:
        return None
    if found := re.fullmatch(r"(\d{1,4})([hdw])", text):
        return now - int(found[1]) * _UNITS[found[2]]
    return start_of_day(read_day(text, "--since takes 7d, 24h, 2w or a day such as 2026-03-01"))


def read_backfill(text: str) -> tuple[datetime, datetime]:
    """Return the first instant and the first instant after a span such as 2026-01-01..2026-03-31."""
    problem = "--backfill takes two days: 2026-01-01..2026-03-31"
    first, dots, last = text.partition("..")
    if not dots:
        raise typer.BadParameter(f"{problem}, not {text!r}")
    days = read_day(first, problem), read_day(last, problem)
    if days[0] > days[1]:
        raise typer.BadParameter(f"--backfill: {first} is after {last}")
    return start_of_day(days[0]), end_of_day(days[1])


def read_moment(text: str) -> datetime:
    """Return the end of a Korean day, or an instant with its minute (2026-03-23T21:00)."""
    from sosik.model.instants import KST

    try:
        if len(text) == len("2026-03-02"):
            return end_of_day(date.fromisoformat(text)) - timedelta(seconds=1)
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"--at takes 2026-03-23 or 2026-03-23T21:00, not {text!r}") from error
    return instant if instant.tzinfo else instant.replace(tzinfo=KST)


def read_day(text: str, problem: str) -> date:
    """Return the day written so; a usage error with the problem for anything else."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{problem}, not {text!r}") from error
    if day.year not in YEARS:
        raise typer.BadParameter(f"{problem}, not {text!r}: nothing was published in the year {day.year}")
    return day


def read_days(since: str, until: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of a span: `until` or today, and the 7d, 2w or day that it begins with."""
    last = read_day(until, "--until takes a day such as 2026-03-23") if until else today
    if found := re.fullmatch(r"([1-9]\d{0,3})([dw])", since):
        first = last - int(found[1]) * _UNITS[found[2]] + _UNITS["d"]
    else:
        first = read_day(since, "--since takes 7d, 2w or a day such as 2026-03-17")
    if first > last:
        raise typer.BadParameter(f"--since: {first} is after {last}")
    return first, last
