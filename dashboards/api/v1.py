"""The JSON API. Its objects bear the keys that the commands print with --json."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from dashboards.reading import SourceStanding
from dashboards.site import Site
from sosik.model.query import parse
from sosik.model.search import FacetField, Interval, Order
from sosik.model.search import Query as Question

Asked = Annotated[str, Query(max_length=8_000, description="a query; empty: everything", examples=["광주 AI"])]
Object = dict[str, Any]


def routes(site: Site) -> APIRouter:
    """Return the API."""
    router = APIRouter(tags=["v1"])

    @router.get("/search")
    def search(
        q: Asked = "",
        order: Order = Order.RELEVANCE,
        limit: Annotated[int, Query(ge=1, le=200)] = 10,
        cursor: Annotated[str, Query(max_length=2_000)] = "",
        copies: Annotated[bool, Query(description="count and show copies of press releases, too")] = True,
    ) -> Object:
        """Find articles: a page of hits, and counts over all of them. `cursor` is empty on the last page.

        `hints` say, where nothing was found, which names of the query nothing known bears.
        """
        where = parse(q)
        result = site.reader.search(
            Question(
                where=where,
                order=order,
                limit=limit,
                cursor=cursor,
                copies=copies,
                facets=tuple(FacetField),
                histogram=Interval.MONTH,
            )
        )
        return {
            "total": result.total,
            "hits": [site.shapes.hit_object(each) for each in result.hits],
            "facets": {
                each.field.value: [{"value": value, "count": count} for value, count in each.values]
                for each in result.facets
            },
            "histogram": [{"bucket": each.key, "count": each.count} for each in result.histogram],
            "cursor": result.cursor,
            "hints": [] if result.total else list(site.reader.hints(where)),
        }

    @router.get("/trends")
    def trends(q: Asked = "", by: FacetField | None = None, interval: Interval = Interval.MONTH) -> list[Object]:
        """Count articles over time, with and without copies of one press release."""
        return [
            {
                "bucket": each.bucket,
                "key": each.key,
                "count": each.count,
                "count_without_copies": each.count_without_copies,
            }
            for each in site.reader.trend(parse(q), interval=interval, by=by)
        ]

    @router.get("/articles/{name}")
    def article(name: Annotated[str, Path(max_length=64)]) -> Object:
        """Return an article by its id, or by the first digits of it."""
        found = site.reader.article(name)
        return {
            **site.shapes.article_object(found.article, found.analysis, found.revisions, found.source),
            "series": found.series.id if found.series else None,
            "story": found.story.id if found.story else None,
        }

    @router.get("/series")
    def every_series() -> list[Object]:
        """Return all series."""
        return [site.shapes.series_object(each, now=site.reader.now(), parts=False) for each in site.reader.series()]

    @router.get("/series/{name}")
    def one_series(name: Annotated[str, Path(max_length=64)]) -> Object:
        """Return a series by its id."""
        return site.shapes.series_object(site.reader.one_series(name), now=site.reader.now())

    @router.get("/sources")
    def sources() -> list[Object]:
        """Return the outlets, and how they stand."""
        return [{**site.shapes.source_object(each.source), **_standing(each)} for each in site.reader.sources()]

    @router.get("/topics")
    def topics() -> list[Object]:
        """Return the topics, with how many articles each has."""
        asked = Question(limit=1, facets=(FacetField.TOPIC,), facet_size=1_000, highlight=False)
        counts = dict(site.reader.search(asked).facets[0].values)
        return [
            {
                "id": each.id,
                "korean": each.korean,
                "english": each.english,
                "description": each.description,
                "articles": counts.get(each.id, 0),
            }
            for each in site.reader.topics()
        ]

    return router


def _standing(standing: SourceStanding) -> Object:
    return {
        "articles": standing.articles,
        "last_visit": standing.last_visit.isoformat() if standing.last_visit else None,
        "state": standing.health.state.value if standing.health else None,
        "answered": standing.answered,
        "failures": standing.failures,
        "unread": len(standing.unread),
    }
