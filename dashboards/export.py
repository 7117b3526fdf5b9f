"""Everything that a search finds, as CSV for spreadsheets and as JSON for programs."""

import csv
import io
import json
from collections.abc import Iterator
from itertools import chain
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from dashboards.site import Site
from sosik.model.query import parse
from sosik.model.search import Document, Hit

_COLUMNS = ("id", "published", "outlet", "title", "english", "topics", "regions", "organisations", "people", "series",
            "copy", "url")  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def routes(site: Site) -> APIRouter:
    """Return the exports."""
    router = APIRouter()

    @router.get("/search.csv")
    def as_csv(q: Annotated[str, Query(max_length=8_000)] = "") -> StreamingResponse:
        """A line an article; spreadsheets see text, never formulas."""
        found = _begun(site.reader.export(parse(q)))
        return StreamingResponse(
            _csv_lines(site, found),
            media_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="sosik-search.csv"'},
        )

    @router.get("/search.json")
    def as_json(q: Annotated[str, Query(max_length=8_000)] = "") -> StreamingResponse:
        """JSON Lines, an article a line, in the shape of `sosik search --json`."""
        found = _begun(site.reader.export(parse(q)))
        return StreamingResponse(
            (
                json.dumps(site.shapes.hit_object(Hit(document=each, score=0.0, highlights=())), ensure_ascii=False)
                + "\n"
                for each in found
            ),
            media_type="application/x-ndjson",
            headers={"Content-Disposition": 'attachment; filename="sosik-search.jsonl"'},
        )

    return router


def _begun(found: Iterator[Document]) -> Iterator[Document]:
    """Find the first article now: what goes wrong is to be told before an answer begins."""
    first = next(found, None)
    return chain(() if first is None else (first,), found)


def _csv_lines(site: Site, found: Iterator[Document]) -> Iterator[str]:
    yield "\ufeff"  # by which spreadsheets know that it is UTF-8
    yield _line(_COLUMNS)
    for each in found:
        yield _line(
            (
                each.article,
                each.published.iso() if each.published else "",
                each.outlet,
                each.title,
                each.english,
                "; ".join(each.topics),
                "; ".join(each.regions),
                "; ".join(each.organisations),
                "; ".join(each.people),
                each.series,
                "yes" if each.copy else "",
                each.url,
            )
        )


def _line(cells: tuple[str, ...]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([harmless(each) for each in cells])
    return text.getvalue()


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.lstrip(" \u00a0\u3000").startswith(_FORMULA) else cell
