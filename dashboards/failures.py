"""What is shown where something goes wrong: a page to people, an object to programs."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from dashboards.site import Site
from sosik.model.errors import Later, NotFound, QueryMistake, SosikError

_HEADINGS = {
    400: "This cannot be asked",
    404: "There is nothing here",
    405: "This page can only be read",
    422: "This address is not complete",
    500: "Something is wrong with the data",
    503: "Please try again in a moment",
}


def tell_failures(app: FastAPI, site: Site) -> None:
    """Answer every error that Sosik raises on purpose, and every wrong address."""

    def answer(request: Request, status: int, message: str, **more: object) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": message, **more}, status_code=status)
        heading = _HEADINGS.get(status, "This did not work")
        return site.views.page(request, "failure.html", status, heading=heading, message=message, title=heading)

    def on_error(request: Request, error: Exception) -> Response:
        if isinstance(error, QueryMistake):
            return answer(request, 400, str(error), position=error.position, query=error.query)
        if isinstance(error, NotFound) and error.what == "index":
            return answer(request, 503, "Nothing has been indexed yet. `sosik crawl` collects articles.")
        return answer(request, _status(error), str(error))

    def on_http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        message = "No page has this address." if status == 404 else str(getattr(error, "detail", ""))
        return answer(request, status, message)

    def on_invalid(request: Request, error: Exception) -> Response:
        problems = error.errors() if isinstance(error, RequestValidationError) else []
        return answer(request, 422, "; ".join(f"{each['loc'][-1]}: {each['msg']}" for each in problems))

    app.add_exception_handler(SosikError, on_error)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_invalid)


def _status(error: Exception) -> int:
    if isinstance(error, NotFound):
        return 404
    if isinstance(error, Later):
        return 503
    return 500
