"""Is the site alive, and can it read?"""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from dashboards.site import Site
from sosik.model.errors import SosikError
from sosik.model.search import Query


def routes(site: Site) -> APIRouter:
    """Return the health."""
    router = APIRouter()

    @router.get("/healthz")
    def health() -> JSONResponse:
        """Ask the index for a count: 200 where it answers, 503 where it does not."""
        try:
            result = site.reader.search(Query(limit=1, highlight=False))
        except SosikError as error:
            return JSONResponse({"status": "unwell", "error": str(error)}, 503)
        return JSONResponse({"status": "ok", "articles": result.total})

    return router
