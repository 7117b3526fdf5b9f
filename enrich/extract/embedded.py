"""Articles that stand in the scripts of a page: schema.org data, Fusion, Next.js, and states of other frameworks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from enrich.extract.loose_json import Json, objects, read_json, read_json_at, strings
from enrich.extract.page import Page, Script
from enrich.extract.wording import hangul, one_line


@dataclass(frozen=True, slots=True)
class Embedded:
    """What the scripts say of the article. `body` is HTML or plain text; `free` is False where it must be paid for."""

    title: str = ""
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    body: str = ""
    site: str = ""
    free: bool = True


_ARTICLE_TYPES = re.compile(r"(?:Article|NewsArticle|BlogPosting|Report|VideoObject|NewsVideo)$")
_FUSION = re.compile(r"Fusion\.globalContent\s*=\s*(?=\{)")
_NEXT_PUSH = re.compile(r"self\.__next_f\.push\(\s*(?=\[)")
_STATE = re.compile(r"(?:window|self|globalThis)\.[\w$.]+\s*=\s*(?=\{)|(?:const|let|var)\s+[\w$]+\s*=\s*(?=\{)")
_ROW = re.compile(rb"([0-9a-f]{1,8}):(?:T([0-9a-f]{1,8}),)?")
_FIELD = re.compile(r'"(headline|datePublished|dateModified)"\s*:\s*"((?:[^"\\\n]|\\.)*)"')
_MIN_BODY = 60  # Hangul syllables: below that a string is a summary or a label, not a body

_TITLES = frozenset(
    {"title", "headline", "headlines", "subject", "articletitle", "newstitle", "arttitle", "artsubject"}
)
_BODIES = frozenset(
    {"body", "content", "contents", "articlebody", "text", "html", "newscontent", "newscontents", "articlecontent",
     "articlecontents", "bodyhtml", "contenthtml", "contentelements", "bodytext", "artcontent", "newsbody", "blocks"}
)  # fmt: skip
_PUBLISHED = frozenset(
    {"publishedat", "datepublished", "publishdate", "publisheddate", "publishedtime", "pubdate", "firstpublishdate",
     "displaydate", "createdat", "createddate", "createdtime", "regdate", "regdt", "registdate", "registeredat",
     "inputdate", "servicedate", "servicetime", "articledate", "newsdate", "writedate", "publishat", "publicationdate",
     "regdttm", "regdatetime", "insertdate", "opendate", "firstpublished", "published"}
)  # fmt: skip
_MODIFIED = frozenset(
    {"updatedat", "datemodified", "modifieddate", "modifiedat", "moddate", "lastupdateddate", "updatedate", "moddt",
     "updateddate", "modifiedtime", "updatedtime", "updatetime"}
)  # fmt: skip
_AUTHORS = frozenset(
    {"author", "authors", "writer", "writers", "reporter", "reporters", "byline", "bylines", "journalist",
     "journalists", "authorname", "reportername", "writername", "credits", "by"}
)  # fmt: skip
_FIRST_PUBLISHED = ("firstpublishdate", "displaydate", "publishdate")  # of Arc, where created_date is the draft's


def schema_org(page: Page) -> Embedded:
    """Read the JSON-LD of the page; fields of several articles are not mixed: the first with a headline speaks."""
    best: Embedded | None = None
    for script in page.scripts:
        if "ld+json" not in script.type:
            continue
        value = read_json(script.source)
        if value is None:
            best = best or _from_fragments(script.source)
            continue
        for node in objects(value):
            if any(_ARTICLE_TYPES.search(kind) for kind in strings(node.get("@type"))):
                found = _from_schema(node)
                if best is None or (found.published and not best.published):
                    best = found
    return best or Embedded()


def script_article(page: Page) -> Embedded:
    """Find the article object of a script-only page: the one with a title and the longest body."""
    best = Embedded()
    for value in _states(page.scripts):
        rows = value if isinstance(value, dict) else {}
        for node in objects(value):
            found = _from_object(node, rows)
            if found is not None and hangul(found.body) > hangul(best.body):
                best = found
    return best


def _from_schema(node: dict[str, Json]) -> Embedded:
    publisher = next(strings(node.get("publisher")), "")
    free = node.get("isAccessibleForFree")
    return Embedded(
        title=one_line(next(strings(node.get("headline") or node.get("name")), "")),
        published=tuple(strings(node.get("datePublished") or node.get("uploadDate"))),
        modified=tuple(strings(node.get("dateModified"))),
        authors=tuple(strings(node.get("author") or node.get("creator"))),
        body=next(strings(node.get("articleBody")), ""),
        site=one_line(publisher),
        free=str(free).lower() != "false",
    )


def _from_fragments(source: str) -> Embedded | None:
    """Read single fields of JSON-LD that is broken beyond mending (quotation marks inside a headline)."""
    fields: dict[str, str] = dict(reversed(_FIELD.findall(source)))
    if not fields:
        return None
    return Embedded(
        published=tuple(filter(None, [fields.get("datePublished")])),
        modified=tuple(filter(None, [fields.get("dateModified")])),
    )


def _states(scripts: Iterable[Script]) -> Iterator[Json]:
    pushed: list[str] = []
    for script in scripts:
        source = script.source
        if script.id == "__NEXT_DATA__" or (script.type == "application/json" and len(source) > 200):
            yield read_json(source)
        for found in _FUSION.finditer(source):
            yield read_json_at(source, found.end())
        pushed.extend(_pushed(source))
        if hangul(source) >= _MIN_BODY or "\\u" in source:
            for found in _STATE.finditer(source):
                yield read_json_at(source, found.end())
    if pushed:
        yield _next_rows("".join(pushed))


def _pushed(source: str) -> Iterator[str]:
    for found in _NEXT_PUSH.finditer(source):
        value = read_json_at(source, found.end())
        if isinstance(value, list) and len(value) > 1 and isinstance(value[1], str):
            yield value[1]


def _next_rows(stream: str) -> dict[str, Json]:
    """Cut a Next.js stream into its rows: `id:json` to the line's end, or `id:T<bytes in hex>,text` of any content."""
    data = stream.encode("utf-8", "replace")
    rows: dict[str, Json] = {}
    position = 0
    while position < len(data):
        head = _ROW.match(data, position)
        if head is None:
            position = data.find(b"\n", position) + 1 or len(data)
            continue
        name = head.group(1).decode()
        if head.group(2):
            end = head.end() + int(head.group(2), 16)
            rows[name] = data[head.end() : end].decode("utf-8", "replace")
        else:
            end = data.find(b"\n", head.end())
            end = len(data) if end < 0 else end + 1
            line = data[head.end() : end].decode("utf-8", "replace").strip().lstrip("IHL")
            rows[name] = read_json_at(line, 0) if line[:1] in ("{", "[", '"') else None
        position = end
    return rows


def _from_object(node: dict[str, Json], rows: dict[str, Json]) -> Embedded | None:
    fields: dict[str, Json] = {}
    for key, value in node.items():
        if value not in (None, "", [], {}):
            fields.setdefault(key.replace("_", "").replace("-", "").lower(), value)
    titles = [title for key in fields.keys() & _TITLES for title in strings(fields[key])]
    if not titles:
        return None
    bodies = [_body(fields[key], rows) for key in fields.keys() & _BODIES]
    body = max(bodies, key=hangul, default="")
    if hangul(body) < _MIN_BODY:
        return None
    published = [key for key in _FIRST_PUBLISHED if key in fields] + sorted(fields.keys() & _PUBLISHED)
    return Embedded(
        title=one_line(min(titles, key=len)),
        published=tuple(date for key in published for date in strings(fields[key])),
        modified=tuple(date for key in sorted(fields.keys() & _MODIFIED) for date in strings(fields[key])),
        authors=tuple(name for key in sorted(fields.keys() & _AUTHORS) for name in _names(fields[key])),
        body=body,
    )


def _names(value: Json) -> Iterator[str]:
    """Names directly, or inside `credits.by` of Arc."""
    if isinstance(value, dict) and isinstance(value.get("by"), list):
        value = value["by"]
    yield from strings(value)


def _body(value: Json, rows: dict[str, Json]) -> str:
    """Join a body given as HTML, as plain text, as a reference into the stream, or as a list of blocks."""
    if isinstance(value, str):
        row = rows.get(value[1:]) if value.startswith("$") else None
        return row if isinstance(row, str) else value
    if not isinstance(value, list):
        return ""
    parts: list[str] = []
    for block in value:
        if isinstance(block, str):
            parts.append(block)
        elif isinstance(block, dict) and str(block.get("type", "text")).lower() in _TEXT_BLOCKS:
            parts.extend(_block_text(block))
    return "\n".join(f"<p>{part}</p>" for part in parts)


_TEXT_BLOCKS = frozenset(
    {"text", "paragraph", "p", "header", "heading", "quote", "raw_html", "html", "list", "list_element"}
)


def _block_text(block: dict[str, Json]) -> Iterator[str]:
    for key in ("content", "html", "text", "value", "data", "items", "content_elements", "children"):
        value = block.get(key)
        if isinstance(value, str):
            yield value
            return
        if isinstance(value, list):
            yield from (text for each in value for text in strings(each))
            return
        if isinstance(value, dict) and isinstance(value.get("text"), str):
            yield str(value["text"])
            return
