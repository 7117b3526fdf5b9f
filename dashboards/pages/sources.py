"""How the outlets stand: what came, when, and what failed for which reason."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dashboards.pages.search import named
from dashboards.site import Site
from sosik.model.search import FacetField


def routes(site: Site) -> APIRouter:
    """Return the page."""
    router = APIRouter()

    @router.api_route("/sources", methods=["GET", "HEAD"])
    def sources(request: Request) -> HTMLResponse:
        """All outlets that were ever visited or have articles, and then the others."""
        standing = site.reader.sources()
        seen = [each for each in standing if each.articles or each.outcomes]
        return site.views.page(
            request,
            "sources.html",
            title="Sources",
            seen=sorted(seen, key=lambda each: (not each.troubled, -each.articles, each.source.id)),
            unseen=[each for each in standing if each not in seen],
            kind=lambda value: named(site.reader, FacetField.KIND, value),
            region=lambda value: named(site.reader, FacetField.REGION, value),
        )

    return router
