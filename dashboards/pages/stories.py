"""Events that several outlets report, with the copies of one press release told apart."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dashboards.pages.listing import plain_rows
from dashboards.site import Site

_KINDS = {
    "verbatim": "Copies of one text",
    "press-release-rewrite": "Rewritten from one press release",
    "same-event-different-text": "One event, reported separately",
}
_SHOWN = 60


def routes(site: Site) -> APIRouter:
    """Return the pages."""
    router = APIRouter()

    @router.api_route("/stories", methods=["GET", "HEAD"])
    def every(request: Request) -> HTMLResponse:
        """The stories with most articles."""
        found = site.reader.stories(_SHOWN)
        documents = site.reader.documents([each.told_by for each in found])
        rows = {each.document.article: each for each in plain_rows(site.reader, documents.values())}
        return site.views.page(request, "story_list.html", title="Stories", stories=found, rows=rows, kinds=_KINDS)

    @router.api_route("/stories/{name}", methods=["GET", "HEAD"])
    def one(request: Request, name: str) -> HTMLResponse:
        """One story with its articles, oldest first."""
        found = site.reader.story(name)
        documents = site.reader.documents(found.articles)
        rows = plain_rows(site.reader, (documents[each] for each in found.articles if each in documents))
        told_by = documents.get(found.told_by)
        title = told_by.title if told_by else "Story"
        return site.views.page(request, "story.html", title=title, story=found, rows=rows, kinds=_KINDS)

    return router
