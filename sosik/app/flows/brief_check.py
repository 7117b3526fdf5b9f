"""Checks the English statements of a file against the Korean that stands beside them."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from enrich.briefs.sentences import split_sentences
from sosik.app.importers.items import published_of
from sosik.model.brief import Sentence, Statement
from sosik.model.errors import Refused

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

_MANY = 2000  # statements of one file
_FORM = "{title, text, published, outlet, url, statements: [{text, cites: [n]}], sentences?: [text]}"


def check_brief(wiring: "Wiring", stream: BinaryIO) -> tuple[Statement, ...]:
    """Return the statements of the file, in order, with what the checks say of each.

    Sentences are numbered from 1: the title, then those of the text, or those that the file itself lists. A file that
    cites a sentence 0 counts from 0. Raises Refused for what is no such file.
    """
    values = _read(stream)
    sentences = _sentences(values)
    statements = [_statement(number, each) for number, each in enumerate(_list(values, "statements"))]
    if any(0 in cites for _, cites in statements):
        statements = [(text, tuple(number + 1 for number in cites)) for text, cites in statements]
    published = published_of(_text(values, "published"))
    outlet = _text(values, "outlet")
    by_name = {name: each for each in wiring.catalogue.sources() for name in (each.id, each.name)}
    granted = [outlet, by_name[outlet].name_en] if outlet in by_name else [outlet]
    return wiring.brief_checker().check(
        statements, sentences, published.day if published else None, granted=[each for each in granted if each]
    )


def _read(stream: BinaryIO) -> Mapping[str, Any]:
    try:
        values = json.loads(stream.read().decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Refused(f"not JSON in UTF-8 ({error}); expected {_FORM}") from error
    if not isinstance(values, dict):
        raise Refused(f"expected one object: {_FORM}")
    return values


def _sentences(values: Mapping[str, Any]) -> tuple[Sentence, ...]:
    title, text = _text(values, "title"), _text(values, "text")
    if values.get("sentences") is None:
        if not title.strip() and not text.strip():
            raise Refused("neither title, text nor sentences")
        return split_sentences(title, text)
    whole = f"{title}\n{text}"
    found = []
    for number, each in enumerate(_list(values, "sentences"), 1):
        written = each.get("text") if isinstance(each, dict) else each
        if not isinstance(written, str):
            raise Refused(f"sentences[{number - 1}] is no text")
        named = each.get("n") if isinstance(each, dict) else None
        start = max(whole.find(written), 0)
        found.append(
            Sentence(
                number=named if isinstance(named, int) else number, start=start, end=start + len(written), text=written
            )
        )
    return tuple(found)


def _statement(place: int, value: object) -> tuple[str, tuple[int, ...]]:
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise Refused(f"statements[{place}] has no text; expected {{text, cites: [n]}}")
    cites = value.get("cites", [])
    if not isinstance(cites, list) or not all(isinstance(each, int) and not isinstance(each, bool) for each in cites):
        raise Refused(f"statements[{place}].cites is no list of numbers")
    return value["text"], tuple(cites)


def _list(values: Mapping[str, Any], key: str) -> Sequence[object]:
    found = values.get(key)
    if not isinstance(found, list) or len(found) > _MANY:
        raise Refused(f"{key} is no list of at most {_MANY}; expected {_FORM}")
    return found


def _text(values: Mapping[str, Any], key: str) -> str:
    found = values.get(key) or ""
    if not isinstance(found, str):
        raise Refused(f"{key} is no text")
    return found
