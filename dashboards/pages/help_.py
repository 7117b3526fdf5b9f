"""How to ask: the query language, feeds, exports and the API."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dashboards.site import Site


def routes(site: Site) -> APIRouter:
    """Return the page."""
    router = APIRouter()

    @router.api_route("/help", methods=["GET", "HEAD"])
    def help_page(request: Request) -> HTMLResponse:
        """How to ask."""
        return site.views.page(request, "help.html", title="How to search")

    return router
