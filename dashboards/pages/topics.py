"""Topics: how much is written about each, and what rises."""

from datetime import date, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dashboards.charts.months import UNDATED
from dashboards.pages.listing import rows
from dashboards.pages.search import month_rows
from dashboards.reading import Reader
from dashboards.site import Site
from sosik.model.counts import rising
from sosik.model.errors import NotFound
from sosik.model.instants import KST
from sosik.model.query import And, Days, Field, Node, text_of
from sosik.model.search import FacetField, Interval, Order, Period, Query, Rise

_DAYS, _PAST = 30, 180  # what rises is compared over these many days, with these many before
_NAMES = {FacetField.ORGANISATION: "Organisations", FacetField.PERSON: "People", FacetField.REGION: "Regions"}
_NEWEST = 15
_COUNTED = 500  # names whose articles are counted
_SHOWN = 6  # names that rise


def routes(site: Site) -> APIRouter:
    """Return the pages."""
    router = APIRouter()

    @router.api_route("/topics", methods=["GET", "HEAD"])
    def every(request: Request) -> HTMLResponse:
        """All topics with their counts; what rises comes first."""
        last = newest_day(site.reader)
        period, past = periods(last)
        counts = site.reader.search(Query(limit=1, facets=(FacetField.TOPIC,), facet_size=500, highlight=False))
        by_topic = dict(counts.facets[0].values)
        rises = {each.value: each for each in site.reader.rising(period, past, FacetField.TOPIC, 8)}
        topics = sorted(site.reader.topics(), key=lambda each: (-by_topic.get(each.id, 0), each.english))
        return site.views.page(
            request,
            "topic_list.html",
            title="Topics",
            topics=topics,
            counts=by_topic,
            most=max(by_topic.values(), default=1),
            rises=rises,
            period=period,
        )

    @router.api_route("/topics/{name}", methods=["GET", "HEAD"])
    def one(request: Request, name: str) -> HTMLResponse:
        """One topic: trend, names that rise, newest articles."""
        topic = next((each for each in site.reader.topics() if each.id == name), None)
        if topic is None:
            raise NotFound("topic", name, hint="the Topics page lists all")
        where = Field(FacetField.TOPIC.value, topic.id)
        result = site.reader.search(
            Query(where=where, order=Order.NEWEST, limit=_NEWEST, histogram=Interval.MONTH, highlight=False)
        )
        single = site.reader.search(Query(where=where, limit=1, copies=False, highlight=False))
        period, past = periods(newest_day(site.reader))
        return site.views.page(
            request,
            "topic.html",
            title=topic.english,
            topic=topic,
            query=text_of(where),
            result=result,
            rows=rows(site.reader, result.hits, with_text=False),
            copies=result.total - single.total,
            months=month_rows(where, result.histogram),
            undated=next((each.count for each in result.histogram if each.key == UNDATED), 0),
            period=period,
            rising=[(label, _rising(site.reader, where, period, past, field)) for field, label in _NAMES.items()],
        )

    return router


def newest_day(reader: Reader) -> date:
    """Return the Korean day of the newest article that is not in the future, or today where there is none."""
    today = reader.now().astimezone(KST).date()
    newest = reader.search(Query(where=Days(None, today), order=Order.NEWEST, limit=1, highlight=False)).hits
    published = newest[0].document.published if newest else None
    return published.day if published else today


def periods(last: date) -> tuple[Period, Period]:
    """Return the days up to `last`, and the past that they are compared with."""
    first = last - timedelta(days=_DAYS - 1)
    past = Period(first=first - timedelta(days=_PAST), last=first - timedelta(days=1))
    return Period(first=first, last=last), past


def _rising(reader: Reader, where: Node, period: Period, past: Period, field: FacetField) -> list[tuple[str, Rise]]:
    """The names in a greater share of a topic's articles now than in its past: English name and counts."""
    now, before = (
        reader.search(
            Query(
                where=And((where, Days(span.first, span.last))),
                limit=1,
                facets=(field,),
                facet_size=_COUNTED,
                highlight=False,
            )
        )
        for span in (period, past)
    )
    counts, usual = dict(now.facets[0].values), dict(before.facets[0].values)
    found = rising(counts, now.total, usual, before.total, _SHOWN)
    return [
        (
            reader.english(field, each.value),
            Rise(field=field.value, value=each.value, now=each.now, expected=each.expected, articles=()),
        )
        for each in found
    ]
