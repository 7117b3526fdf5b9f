"""Any search as an Atom feed."""

import hashlib
import re
from typing import Annotated
from urllib.parse import quote
from xml.etree import ElementTree as Xml

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dashboards.site import Site
from dashboards.views import search_link
from sosik.model.instants import KST, Published
from sosik.model.query import parse, text_of
from sosik.model.search import Document, Order, Result
from sosik.model.search import Query as Question

_ATOM = "http://www.w3.org/2005/Atom"
_ENTRIES = 50
_UNDATED = "1970-01-01T00:00:00Z"  # Atom wants a moment of every entry; the same one, or readers think it changed
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Xml.register_namespace("", _ATOM)


def routes(site: Site) -> APIRouter:
    """Return the feed."""
    router = APIRouter()

    @router.api_route("/feed", methods=["GET", "HEAD"])
    def feed(request: Request, q: Annotated[str, Query(max_length=8_000)] = "") -> Response:
        """The newest articles that a search finds; all of them for none."""
        where = parse(q)
        result = site.reader.search(
            Question(where=where, order=Order.NEWEST, limit=_ENTRIES, copies=False, highlight=False)
        )
        body = write_feed(result, asked=text_of(where), base=site.base(request))
        mark = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        headers = {"ETag": mark, "Cache-Control": "no-cache"}
        if request.headers.get("if-none-match") == mark:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="application/atom+xml", headers=headers)

    return router


def write_feed(result: Result, *, asked: str, base: str) -> bytes:
    """Return the feed of a search as UTF-8; `base` is the address of the site."""
    root = Xml.Element(f"{{{_ATOM}}}feed")
    _add(root, "title", f"Sosik: {asked}" if asked else "Sosik: all articles")
    _add(root, "subtitle", "Korean regional tech news; the words are the outlets', the lines in English are ours")
    _add(root, "id", f"urn:sosik:search:{quote(asked)}")
    _add(root, "updated", max((_updated(each.document.published) for each in result.hits), default=_UNDATED))
    _link(root, rel="self", href=base + search_link(asked, "/feed"), type="application/atom+xml")
    _link(root, rel="alternate", href=base + search_link(asked, order="newest"), type="text/html")
    _add(_add(root, "author"), "name", "Sosik")
    for hit in result.hits:
        _entry(root, hit.document, base)
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _entry(root: Xml.Element, document: Document, base: str) -> None:
    entry = _add(root, "entry")
    _add(entry, "title", document.title)
    _add(entry, "id", f"urn:sosik:article:{document.article}")
    _add(entry, "updated", _updated(document.published))
    if document.published:
        _add(entry, "published", _updated(document.published))
    _link(entry, rel="alternate", href=f"{base}/articles/{document.article}", type="text/html")
    _link(entry, rel="via", href=document.url, type="text/html")
    _add(_add(entry, "author"), "name", document.outlet)
    for topic in document.topics:
        Xml.SubElement(entry, f"{{{_ATOM}}}category", term=_clean(topic))
    _add(entry, "summary", document.english or document.title)


def _add(parent: Xml.Element, name: str, text: str = "") -> Xml.Element:
    made = Xml.SubElement(parent, f"{{{_ATOM}}}{name}")
    if text:
        made.text = _clean(text)
    return made


def _link(parent: Xml.Element, **attributes: str) -> None:
    Xml.SubElement(parent, f"{{{_ATOM}}}link", {name: _clean(value) for name, value in attributes.items()})


def _clean(text: str) -> str:
    """Leave out what no XML may hold."""
    return _NOT_XML.sub("", text)


def _updated(published: Published | None) -> str:
    return published.order.astimezone(KST).isoformat() if published else _UNDATED
