"""Makes pages of templates. Whatever an outlet wrote is escaped by the environment, never by a template's author."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import jinja2
from fastapi import Request
from fastapi.responses import HTMLResponse

from sosik.model.instants import KST, Published
from sosik.model.query import Field, text_of

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Views:
    """Renders templates with what every page shows."""

    environment: jinja2.Environment

    def page(self, request: Request, template: str, status: int = 200, **shown: Any) -> HTMLResponse:
        """Return a page."""
        here = request.url.path
        text = self.environment.get_template(template).render(here=here, **shown)
        return HTMLResponse(text, status_code=status)


def make_views(shared: Mapping[str, Any]) -> Views:
    """Return the templates of the site; `shared` is known in all of them."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(when=when, day=day, weblink=weblink, number=number, part=part_of_path)
    environment.globals.update(shared, search=search_link, asked=field_query)
    return Views(environment)


def when(published: Published | datetime | None) -> str:
    """Write a moment in Korean time, as exactly as it is known: 2 March 2026, 09:10."""
    if published is None:
        return "undated"
    if isinstance(published, Published):
        if published.instant is None:
            return day(published.day)
        published = published.instant
    local = published.astimezone(KST)
    return f"{day(local.date())}, {local:%H:%M}"


def day(value: date) -> str:
    """Write a day: 2 March 2026."""
    return f"{value.day} {value:%B %Y}"


def number(value: int) -> str:
    """Write a count: 1,234."""
    return f"{value:,}"


def weblink(url: str) -> str:
    """Return an address that a reader may follow, or nothing: an outlet might write javascript: there."""
    return url if urlsplit(url).scheme in ("http", "https") else ""


def part_of_path(text: str) -> str:
    """Return text as one part of a path."""
    return quote(text, safe="")


def field_query(name: str, value: str) -> str:
    """Return the text of a query for one value of a field."""
    return text_of(Field(name, value))


def search_link(q: str = "", path: str = "/search", **more: str) -> str:
    """Return the address of a search; what is empty is left out."""
    asked = {name: value for name, value in {"q": q, **more}.items() if value}
    return f"{path}?{urlencode(asked)}" if asked else path
