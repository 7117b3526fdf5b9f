"""From the bytes of a page to what it says: the way in to this room."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from enrich.extract.body import read_body, select
from enrich.extract.bylines import read_authors
from enrich.extract.charset import decode
from enrich.extract.embedded import Embedded, schema_org, script_article
from enrich.extract.lines import Body
from enrich.extract.page import Page, Unreadable, read_page
from enrich.extract.published import read_times
from enrich.extract.titles import read_title, site_names
from enrich.extract.verdict import why_nothing
from enrich.extract.wording import hangul, one_line
from sosik.model.article import Cut, CutKind, Extraction
from sosik.model.source import Layout

MAX_BYTES = 8 * 1024 * 1024
"""Larger pages are refused: no article is, and parsing would take more memory than a worker has."""

_ENOUGH_FOR_SCHEMA = 60
_MAX_ATTACHMENTS = 50


class Extractor:
    """Reads articles out of pages. Holds no state but its bound, so that workers can be handed a copy of it."""

    def __init__(self, *, max_bytes: int = MAX_BYTES) -> None:
        self._max_bytes = max_bytes

    def extract(
        self,
        body: bytes,
        *,
        url: str,
        headers: Sequence[tuple[str, str]] = (),
        hints: Mapping[str, str] | None = None,
        layout: Layout | None = None,
        fetched: datetime | None = None,
    ) -> Extraction:
        """Return what a page says, or an Extraction whose `error` says why it says nothing; never raises.

        `body` is decompressed but otherwise as it came. `hints` (`title`, `published`) are what the feed said, used
        where the page is silent. `fetched`, aware, bounds the publication time from above.
        """
        if len(body) > self._max_bytes:
            return Extraction(error=f"the page has {len(body)} bytes, more than the {self._max_bytes} that are read")
        decoded = decode(body, headers)
        try:
            page = read_page(decoded.text, url)
        except Unreadable as error:
            return Extraction(charset=decoded.charset, error=str(error))
        return _read(page, decoded.charset, hints or {}, layout, fetched)


def _read(
    page: Page, charset: str, hints: Mapping[str, str], layout: Layout | None, fetched: datetime | None
) -> Extraction:
    schema = schema_org(page)
    script = script_article(page)
    stated = _joined(schema, script)
    title = read_title(page, stated, chosen=_chosen(page, layout.title if layout else ""), hint=hints.get("title", ""))
    authors_text = _chosen(page, layout.authors if layout else "")
    published_text = _chosen(page, layout.published if layout else "")
    body = read_body(page, title=title, layout=layout, embedded=stated.body)
    error = why_nothing(page, body, title, stated)
    if error is not None:
        return Extraction(charset=charset, error=error)
    times = read_times(
        page,
        stated,
        title=title,
        lines=body.lines,
        chosen=published_text,
        hint=hints.get("published", ""),
        fetched=fetched,
    )
    authors = read_authors(page, stated, body, title=title, sites=site_names(page, stated), chosen=authors_text)
    return Extraction(
        title=title,
        text=body.text,
        authors=authors,
        published=times.published,
        modified=times.modified,
        cuts=(*body.cuts, *_attachments(page, body)),
        charset=charset,
    )


def _attachments(page: Page, body: Body) -> list[Cut]:
    known = "\n".join(cut.text for cut in body.cuts)
    files = dict.fromkeys(name for name in page.files if name not in known)
    return [Cut(kind=CutKind.ATTACHMENT, text=name) for name in files][:_MAX_ATTACHMENTS]


def _joined(schema: Embedded, script: Embedded) -> Embedded:
    """One account of both: schema.org first, the article object of the scripts where it is silent."""
    body = schema.body if hangul(schema.body) >= _ENOUGH_FOR_SCHEMA else ""
    return Embedded(
        title=schema.title or script.title,
        published=(*schema.published, *script.published),
        modified=(*schema.modified, *script.modified),
        authors=schema.authors or script.authors,
        body=max(script.body, body, key=hangul),
        site=schema.site,
        free=schema.free,
    )


def _chosen(page: Page, selector: str) -> str:
    """The text of the first element that a layout's selector finds and that has text; "" where none."""
    if not selector:
        return ""
    texts = (
        one_line(element.get("content") or element.get("datetime") or " ".join(element.itertext()))
        for element in select(page, selector)
    )
    return next(filter(None, texts), "")
