"""Stopping an alert: the signed link of a message leads here."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from dashboards.site import Site

_Short = Annotated[str, Query(max_length=200)]


def routes(site: Site) -> APIRouter:
    """Return the page that asks, and the one answer to POST that this site has."""
    router = APIRouter(prefix="/alerts")

    @router.get("/stop")
    def ask(request: Request, rule: _Short = "", token: _Short = "") -> HTMLResponse:
        """Ask before stopping: mail programs open links by themselves."""
        found = site.stopper.rule(rule, token) if site.stopper else None
        return site.views.page(
            request, "stop.html", 200 if found else 404, title="Stop an alert", rule=found, token=token, stopped=False
        )

    @router.post("/stop")
    def stop(request: Request, rule: _Short = "", token: _Short = "") -> HTMLResponse:
        """Stop it, asked by our own form or by a mail program's one click; the token is all that is needed."""
        stopped = site.stopper is not None and site.stopper.stop(rule, token)
        return site.views.page(
            request,
            "stop.html",
            200 if stopped else 404,
            title="Stop an alert",
            rule=None,
            token="",
            stopped=stopped,
        )

    return router
