"""Puts the site together."""

from collections.abc import Collection

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from dashboards import export, feed
from dashboards.api import v1
from dashboards.failures import tell_failures
from dashboards.pages import (
    alerts,
    article,
    assets,
    charts,
    glossary,
    health,
    help_,
    search,
    series,
    sources,
    stories,
    today,
    topics,
)
from dashboards.reading import Reader, Shapes, Stopper
from dashboards.security import KnownHosts, SecurityHeaders, known_hosts
from dashboards.site import Site
from dashboards.views import make_views

PAGES = (
    today, search, article, topics, series, stories, sources, glossary, help_, alerts, charts, assets, health,
)  # fmt: skip


def create_app(
    reader: Reader,
    *,
    shapes: Shapes,
    public_url: str = "",
    stopper: Stopper | None = None,
    hosts: Collection[str] = (),
) -> FastAPI:
    """Return the site. It answers under this machine's own names, `public_url`'s and those of `hosts`."""
    app = FastAPI(
        title="Sosik",
        summary="Korean regional tech news: articles, topics, series and counts.",
        version="1",
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # its pages load scripts from elsewhere
        redoc_url=None,
    )
    views = make_views({"style": assets.version("style.css"), "script": assets.version("charts.js")})
    site = Site(reader=reader, shapes=shapes, views=views, public_url=public_url, stopper=stopper)
    for page in (*PAGES, feed, export):
        app.include_router(page.routes(site), include_in_schema=False)
    app.include_router(v1.routes(site), prefix="/api/v1")
    tell_failures(app, site)
    app.add_middleware(GZipMiddleware, minimum_size=2000)
    app.add_middleware(KnownHosts, hosts=known_hosts(public_url, hosts))
    app.add_middleware(SecurityHeaders)
    return app
