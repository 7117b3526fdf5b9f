"""Today: what is new, by day, topic and outlet; series news; outlets that give trouble."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from dashboards.pages.listing import Row, rows
from dashboards.pages.search import Value, values
from dashboards.pages.topics import newest_day
from dashboards.reading import Reader
from dashboards.site import Site
from sosik.model.alert import Event, EventKind
from sosik.model.errors import NotFound
from sosik.model.instants import KST
from sosik.model.query import Days, text_of
from sosik.model.search import FacetField, Order
from sosik.model.search import Query as Question

_SHOWN = 60
_NEWS = {
    EventKind.NEW_SERIES: "New series",
    EventKind.NEW_INSTALLMENT: "New part",
    EventKind.FINAL_INSTALLMENT: "Final part",
    EventKind.LATE_INSTALLMENT: "Late part",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something that happened to a series."""

    label: str
    event: Event
    title: str
    series: str


def routes(site: Site) -> APIRouter:
    """Return the page."""
    router = APIRouter()

    @router.api_route("/", methods=["GET", "HEAD"])
    def today(request: Request, day: date | None = None, span: Annotated[int, Query(ge=1, le=31)] = 7) -> HTMLResponse:
        """What was published in the `span` days that end on `day`: today, or the newest day that has articles."""
        try:
            last = day or newest_day(site.reader)
        except NotFound as missing:
            if missing.what != "index":
                raise
            return site.views.page(request, "nothing.html", title="Today")
        first = last - timedelta(days=span - 1)
        where = Days(first, last)
        result = site.reader.search(
            Question(
                where=where,
                order=Order.NEWEST,
                limit=_SHOWN,
                facets=(FacetField.TOPIC, FacetField.OUTLET),
                facet_size=12,
                highlight=False,
            )
        )
        facets: dict[FacetField, list[Value]] = {each.field: values(site.reader, where, each) for each in result.facets}
        standing = site.reader.sources()
        return site.views.page(
            request,
            "today.html",
            title="Today",
            first=first,
            last=last,
            span=span,
            step=timedelta(days=span),
            today=site.reader.now().astimezone(KST).date(),
            result=result,
            days=by_day(rows(site.reader, result.hits)),
            topics=facets.get(FacetField.TOPIC, []),
            outlets=facets.get(FacetField.OUTLET, []),
            query=text_of(where),
            news=news(site.reader),
            troubled=[each for each in standing if each.troubled],
            visited=max((each.last_visit for each in standing if each.last_visit), default=None),
        )

    return router


def by_day(found: Sequence[Row]) -> list[tuple[date, list[Row]]]:
    """Group rows, newest first, by their Korean day."""

    def day_of(row: Row) -> date:
        return row.document.published.day if row.document.published else date.min

    return [(day, list(group)) for day, group in groupby(found, key=day_of)]


def news(reader: Reader) -> list[News]:
    """Return what happened to series lately."""
    events = [each for each in reader.events(60) if each.kind in _NEWS][:8]
    documents = reader.documents([each.article for each in events if each.article])
    return [
        News(
            label=_NEWS[each.kind],
            event=each,
            title=documents[each.article].title if each.article in documents else "",
            series=reader.english(FacetField.SERIES, each.subject),
        )
        for each in events
    ]
