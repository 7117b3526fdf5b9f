"""Search: the query language, facets that narrow, articles a month, matched words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from dashboards.charts.months import UNDATED, Month, without_holes
from dashboards.narrowing import Condition, conditions, month, narrowed
from dashboards.pages.listing import rows
from dashboards.reading import Reader
from dashboards.site import Site
from sosik.model.errors import QueryMistake
from sosik.model.query import Field, Node, parse, text_of
from sosik.model.search import Bucket, Facet, FacetField, Interval, Order, Result
from sosik.model.search import Query as Question

PAGE = 20
_FACETS = {
    FacetField.TOPIC: "Topic",
    FacetField.OUTLET: "Outlet",
    FacetField.REGION: "Region",
    FacetField.SERIES: "Series",
    FacetField.ORGANISATION: "Organisation",
    FacetField.PERSON: "Person",
    FacetField.KIND: "Kind of outlet",
}
_KINDS = {
    "newspaper": "Newspaper",
    "broadcaster": "Broadcaster",
    "agency": "News agency",
    "tech-press": "Tech press",
    "press-board": "Press board",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value of a facet; `q` is the query that a click leads to."""

    value: str
    label: str
    count: int
    q: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """A month with the query that narrows to it."""

    month: Month
    q: str


def routes(site: Site) -> APIRouter:
    """Return the page."""
    router = APIRouter()

    @router.api_route("/search", methods=["GET", "HEAD"])
    def search(
        request: Request,
        q: Annotated[str, Query(max_length=8_000)] = "",
        order: Order = Order.RELEVANCE,
        cursor: Annotated[str, Query(max_length=2_000)] = "",
        single: bool = False,
    ) -> HTMLResponse:
        """Find articles; `single` shows one of each group of press-release copies."""
        common: dict[str, Any] = {
            "title": f"{q} – Search" if q else "Search",
            "q": q,
            "order": order.value,
            "single": single,
        }
        try:
            where = parse(q)
            result = site.reader.search(
                Question(
                    where=where,
                    order=order,
                    limit=PAGE,
                    cursor=cursor,
                    facets=tuple(_FACETS),
                    facet_size=12,
                    histogram=Interval.MONTH,
                    copies=not single,
                )
            )
        except QueryMistake as mistake:
            return site.views.page(request, "search.html", 400, **common, mistake=mistake, result=None)
        return site.views.page(
            request,
            "search.html",
            **common,
            mistake=None,
            hints=() if result.total else site.reader.hints(where),
            result=result,
            asked=text_of(where),
            rows=rows(site.reader, result.hits),
            later=bool(cursor),
            facets=[(_FACETS[each.field], values(site.reader, where, each)) for each in shown(result)],
            conditions=[(label(site.reader, each), each.without) for each in conditions(where)],
            months=month_rows(where, result.histogram),
            undated=next((each.count for each in result.histogram if each.key == UNDATED), 0),
        )

    return router


def shown(result: Result) -> Iterable[Facet]:
    """Give the facets that could tell hits apart."""
    return (each for each in result.facets if each.values)


def values(reader: Reader, where: Node, facet: Facet) -> list[Value]:
    """Return the values of a facet with their links; a chosen one leads back."""
    back = {(each.field, each.value): each.without for each in conditions(where)}
    return [
        Value(
            value=value,
            label=named(reader, facet.field, value),
            count=count,
            q=back.get((facet.field.value, value), narrowed(where, Field(facet.field.value, value))),
            chosen=(facet.field.value, value) in back,
        )
        for value, count in facet.values
    ]


def named(reader: Reader, field: FacetField, value: str) -> str:
    """Return what a value of a field is called in English."""
    return _KINDS.get(value, value) if field is FacetField.KIND else reader.english(field, value)


def label(reader: Reader, condition: Condition) -> str:
    """Return what a condition of the query is called."""
    if condition.field == "days":
        return condition.value
    field = FacetField(condition.field)
    return f"{_FACETS[field]}: {named(reader, field, condition.value)}"


def month_rows(where: Node, histogram: Iterable[Bucket]) -> list[MonthRow]:
    """Return every month with its link."""
    found = without_holes({each.key: each.count for each in histogram})
    return [MonthRow(month=each, q=narrowed(where, month(each.key))) for each in found]
