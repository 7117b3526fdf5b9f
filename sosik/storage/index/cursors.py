"""Where a page of hits ended, as text that means nothing to anybody else. The same for every engine."""

import base64
import hashlib
import json
import math
from dataclasses import dataclass

from sosik.model.errors import QueryMistake
from sosik.model.query import text_of
from sosik.model.search import Query

_SIZE = 8  # bytes that tell one query from another
_LONGEST = 200  # characters


@dataclass(frozen=True, slots=True)
class Place:
    """The last hit of a page: its sort key (a score, or a number that orders by date), its id, and its rank from 1."""

    key: float | int
    article: str
    rank: int


def write_cursor(query: Query, place: Place) -> str:
    """Return text that `read_cursor` takes for the same query."""
    row = json.dumps([place.key, place.article, place.rank]).encode()
    return base64.urlsafe_b64encode(_mark(query) + row).decode().rstrip("=")


def read_cursor(query: Query) -> Place | None:
    """Return where the page before ended, or None for a first page.

    Raises QueryMistake for text that is no cursor, or one of another query.
    """
    if not query.cursor:
        return None
    try:
        if len(query.cursor) > _LONGEST:
            raise ValueError(query.cursor)
        raw = base64.b64decode(query.cursor + "=" * (-len(query.cursor) % 4), altchars=b"-_", validate=True)
        key, article, rank = json.loads(raw[_SIZE:])
        place = Place(key, str(article), int(rank))
        if not math.isfinite(key):
            raise ValueError(key)
    except (ValueError, TypeError, OverflowError):
        raise QueryMistake("this cursor was not given by a search", query=text_of(query.where), position=0) from None
    if raw[:_SIZE] != _mark(query):
        reason = "this cursor belongs to another query or another order of hits"
        raise QueryMistake(reason, query=text_of(query.where), position=0)
    return place


def _mark(query: Query) -> bytes:
    asked = "\n".join((text_of(query.where), query.order, str(query.copies)))
    return hashlib.blake2b(asked.encode("utf-8", "surrogatepass"), digest_size=_SIZE).digest()
