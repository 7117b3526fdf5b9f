"""Saved HTML: a folder with a manifest, or a page that names its own address."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from sosik.app.importers.items import MAX_BYTES, Item, Page, Refusal
from sosik.app.importers.rows import is_manifest, json_lines
from sosik.model.errors import Refused

SUFFIXES = (".html", ".htm", ".xhtml", ".mht")
_CANONICAL = (
    re.compile(rb"""<link\b[^>]*\brel=["']?canonical["']?[^>]*\bhref=["']([^"'>]+)""", re.IGNORECASE),
    re.compile(rb"""<link\b[^>]*\bhref=["']([^"'>]+)["'][^>]*\brel=["']?canonical""", re.IGNORECASE),
    re.compile(rb"""<meta\b[^>]*\bproperty=["']og:url["'][^>]*\bcontent=["']([^"'>]+)""", re.IGNORECASE),
)


def read_manifest(manifest: Path) -> Iterator[Item]:
    """Give the pages that a manifest names; keys other than `file` and `url` are ignored."""
    folder = manifest.parent.resolve()
    for number, value in json_lines(manifest):
        if isinstance(value, Refused):
            yield Refusal(file=manifest, item=f"line {number}", reason=str(value))
        elif not isinstance(value, dict) or not is_manifest(value):
            yield Refusal(file=manifest, item=f"line {number}", reason="needs file and url")
        else:
            page = (folder / value["file"]).resolve()
            if not page.is_relative_to(folder):
                yield Refusal(file=manifest, item=value["file"], reason="lies outside the manifest's folder")
            else:
                yield _absolute(_page(page, value["url"], item=value["file"], file=manifest))


def read_page(page: Path) -> Iterator[Item]:
    """Give a page without manifest, if it names its own address."""
    item = _page(page, "", item=page.name, file=page)
    if isinstance(item, Page):
        url = _own_address(item.body)
        if not url:
            reason = "no manifest gives its address, and the page names none (rel=canonical, og:url)"
            yield Refusal(file=page, item=page.name, reason=reason)
            return
        item = Page(file=page, item=page.name, url=url, body=item.body, headers=item.headers)
    yield item


def _absolute(item: Page | Refusal) -> Page | Refusal:
    """A manifest may give the path only; the page itself says on which host."""
    if isinstance(item, Refusal) or urlsplit(item.url).scheme:
        return item
    base = _own_address(item.body)
    if not base:
        return Refusal(file=item.file, item=item.item, reason=f"url {item.url!r} names no host, nor does the page")
    return replace(item, url=urljoin(base, item.url))


def _page(page: Path, url: str, *, item: str, file: Path) -> Page | Refusal:
    try:
        size = page.stat().st_size
        if size > MAX_BYTES:
            return Refusal(file=file, item=item, reason=f"{size:,} bytes; at most {MAX_BYTES:,} are read")
        body = page.read_bytes()
    except OSError as error:
        return Refusal(file=file, item=item, reason=error.strerror or str(error))
    if not body.strip():
        return Refusal(file=file, item=item, reason="empty file")
    return Page(file=file, item=item, url=url, body=body, headers=(("Content-Type", "text/html"),))


def _own_address(body: bytes) -> str:
    head = body[:65536]
    for pattern in _CANONICAL:
        if found := pattern.search(head):
            url = unescape(found[1].decode("utf-8", "replace")).strip()
            if urlsplit(url).scheme in ("http", "https"):
                return url
    return ""
