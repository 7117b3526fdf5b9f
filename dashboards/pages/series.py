"""Numbered features: what came, what is missing, whether it is over, and how to follow."""

from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dashboards.pages.listing import plain_rows
from dashboards.site import Site
from sosik.model.query import Field, text_of
from sosik.model.search import FacetField
from sosik.model.series import Installment, Series


def routes(site: Site) -> APIRouter:
    """Return the pages."""
    router = APIRouter()

    @router.api_route("/series", methods=["GET", "HEAD"])
    def every(request: Request) -> HTMLResponse:
        """All series, the one with the newest part first."""
        found = sorted(site.reader.series(), key=_newest, reverse=True)
        return site.views.page(
            request,
            "series_list.html",
            title="Series",
            series=found,
            outlet=lambda source: site.reader.english(FacetField.OUTLET, source),
            mark=mark_of,
            renames=site.reader.renames(),
        )

    @router.api_route("/series/{name}", methods=["GET", "HEAD"])
    def one(request: Request, name: str) -> HTMLResponse:
        """One series with its parts."""
        found = site.reader.one_series(name)
        documents = site.reader.documents([each.article for each in found.installments])
        rows = {each.document.article: each for each in plain_rows(site.reader, documents.values())}
        return site.views.page(
            request,
            "series.html",
            title=found.name,
            series=found,
            rows=rows,
            outlet=site.reader.english(FacetField.OUTLET, found.source),
            mark=mark_of,
            silent=found.silent(site.reader.now()),
            decisions=site.reader.series_decisions(found),
            renames=[each for each in site.reader.renames() if found.id in (each.old.id, each.new.id)],
            query=text_of(Field(FacetField.SERIES.value, found.name)),
        )

    return router


def mark_of(part: Installment) -> str:
    """Return what stands for a part: ⑩, 24, 상; an en dash where its headline does not say."""
    if part.number is not None:
        return chr(ord("①") + part.number - 1) if 1 <= part.number <= 20 else str(part.number)
    return part.label or "–"


def _newest(series: Series) -> datetime:
    newest = series.newest
    return newest.published.order if newest and newest.published else datetime.min.replace(tzinfo=UTC)
