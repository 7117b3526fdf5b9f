"""Queries that become narrower or wider by one condition: what the links of facets and months lead to."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sosik.model.query import And, Days, Everything, Field, Node, text_of


@dataclass(frozen=True, slots=True)
class Condition:
    """A field or a span of days that a query already has, and the query without it."""

    field: str
    value: str
    without: str


def narrowed(where: Node, by: Node) -> str:
    """Return the text of a query that also asks for `by`."""
    parts = () if isinstance(where, Everything) else where.nodes if isinstance(where, And) else (where,)
    if by in parts:
        return text_of(where)
    if isinstance(by, Days):  # one span of days takes the place of another
        parts = tuple(each for each in parts if not isinstance(each, Days))
    return text_of(And((*parts, by)) if parts else by)


def conditions(where: Node) -> Iterator[Condition]:
    """Give the fields and days that can be taken off a query."""
    parts = where.nodes if isinstance(where, And) else (where,)
    for each in parts:
        if not isinstance(each, Field | Days):
            continue
        rest = tuple(other for other in parts if other is not each)
        without = text_of(And(rest)) if len(rest) > 1 else text_of(rest[0]) if rest else ""
        if isinstance(each, Field):
            yield Condition(each.name, each.value, without)
        else:
            yield Condition("days", days_text(each), without)


def month(key: str) -> Days:
    """Return the days of a month written 2026-03."""
    year, number = int(key[:4]), int(key[5:7])
    return Days(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def days_text(days: Days) -> str:
    """Write a span of days for people."""
    first, last = days.first, days.last
    if first and last and days == month(first.isoformat()[:7]):
        return f"{first:%B %Y}"
    if first and last:
        return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
    return f"from {first.isoformat()}" if first else f"to {last.isoformat()}" if last else "any day"
