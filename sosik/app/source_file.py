"""Writes an outlet as the TOML file that the catalogue's reader reads."""

import json
from collections.abc import Iterator, Sequence

from sosik.model.source import ListPages, Source


def written(source: Source) -> str:
    """Return the text of an outlet's file. Layouts of its family are not repeated, own ones are left to editors."""
    return "\n".join(_lines(source)) + "\n"


def _lines(source: Source) -> Iterator[str]:
    yield f"name = {_text(source.name)}"
    yield f"name_en = {_text(source.name_en)}"
    if source.romanized:
        yield "romanized = true"
    yield f"region = {_text(source.region)}"
    yield f"kind = {_text(source.kind.value)}"
    yield f"home = {_text(source.home)}"
    for key, values in (("feeds", source.feeds), ("sitemaps", source.sitemaps)):
        if values:
            yield f"{key} = {_list(values)}"
    if source.family:
        yield f"family = {_text(source.family)}"
    yield f"delay = {float(source.delay)}"
    if source.local:
        yield "local = true"
    yield f"rights = {_text(source.rights)}"
    yield f"checked = {source.checked.isoformat() if source.checked else _text('never')}"
    yield f"provenance = {_list(source.provenance)}"
    for pages in source.lists:
        yield from _list_table(pages)


def _list_table(pages: ListPages) -> Iterator[str]:
    yield ""
    yield "[[lists]]"
    yield f"url = {_text(pages.url)}"
    if pages.page:
        yield f"page = {_text(pages.page)}"
    if pages.article:
        yield f"article = {_text(pages.article)}"


def _list(values: Sequence[str]) -> str:
    if not values:
        return "[]"
    return "[\n" + "".join(f"    {_text(each)},\n" for each in values) + "]"


def _text(text: str) -> str:
    """Quote a text: TOML's basic strings are JSON's, but for DEL, which TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
