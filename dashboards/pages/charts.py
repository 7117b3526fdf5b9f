"""The charts: as SVG where scripts do not run, as a specification where they do."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from dashboards.charts.drawing import draw
from dashboards.charts.look import LOOKS, Theme
from dashboards.charts.months import Month, months_chart
from dashboards.pages.search import month_rows
from dashboards.site import Site
from dashboards.views import search_link
from sosik.model.query import parse
from sosik.model.search import Interval
from sosik.model.search import Query as Question

_WIDTHS = {"wide": 760, "narrow": 320}
_HEIGHT = 110
_Asked = Annotated[str, Query(max_length=8_000)]


def routes(site: Site) -> APIRouter:
    """Return the charts."""
    router = APIRouter(prefix="/charts")

    def months(q: str) -> list[Month]:
        where = parse(q)
        result = site.reader.search(Question(where=where, limit=1, histogram=Interval.MONTH, highlight=False))
        return [
            Month(key=each.month.key, count=each.month.count, link=search_link(each.q))
            for each in month_rows(where, result.histogram)
        ]

    def chart(q: str, theme: Theme, width: int | str) -> dict[str, Any]:
        title = f"Articles a month that match {q}" if q else "Articles a month"
        return months_chart(months(q), look=LOOKS[theme], width=width, height=_HEIGHT, title=title)

    @router.get("/months.svg")
    def drawing(q: _Asked = "", theme: Theme = Theme.LIGHT, size: str = "wide") -> Response:
        """Articles a month, drawn."""
        drawn = draw(chart(q, theme, _WIDTHS.get(size, _WIDTHS["wide"])))
        return Response(drawn, media_type="image/svg+xml", headers={"Cache-Control": "no-cache"})

    @router.get("/months.json")
    def specification(q: _Asked = "", theme: Theme = Theme.LIGHT) -> JSONResponse:
        """Articles a month, as Vega-Lite."""
        return JSONResponse(chart(q, theme, "container"), headers={"Cache-Control": "no-cache"})

    return router
