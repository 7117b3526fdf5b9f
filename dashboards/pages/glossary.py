"""Korean terms explained for readers of English."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dashboards.site import Site


def routes(site: Site) -> APIRouter:
    """Return the page."""
    router = APIRouter()

    @router.api_route("/glossary", methods=["GET", "HEAD"])
    def glossary(request: Request) -> HTMLResponse:
        """All cards."""
        return site.views.page(request, "glossary.html", title="Glossary", cards=site.reader.glossary())

    return router
