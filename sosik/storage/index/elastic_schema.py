"""How a Document lies in Elasticsearch: which fields there are and why, and the way there and back."""

import json
from binascii import a2b_base64, b2a_base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sosik.model.analysis import Terms
from sosik.model.instants import KST, Precision, Provenance, Published
from sosik.model.search import Document, FacetField
from sosik.model.wanted import facet_values
from sosik.storage.index.buckets import numbers, second_number
from sosik.storage.index.documents import refuse_crooked

SCHEMA_VERSION = 1

ARTICLE = "article"
LIVE = "live"
COPY = "copy"
NEWEST = "newest"
DAY, WEEK, MONTH = "day", "week", "month"
SOURCE = "source"
TITLE, TEXT = "title_terms", "text_terms"

_KEYWORD = {"type": "keyword"}
_NUMBER = {"type": "integer"}
_FLAG = {"type": "boolean"}
_SHOWN = {"type": "keyword", "index": False, "doc_values": False}  # given back, never looked for
# Text was cut into terms before it came here; the analyzer only splits on white space, as it does in every engine.
_TERMS = {"type": "text", "analyzer": "whitespace", "index_options": "positions"}

_FIELDS: dict[str, dict[str, Any]] = {
    ARTICLE: _KEYWORD,  # the id once more: ties and exports are ordered by it, and `_id` cannot be sorted by
    LIVE: _FLAG,  # false: the mark that a removed article leaves, so that no late writer brings it back
    COPY: _FLAG,  # true: left out where copies of a press release are not counted
    NEWEST: {"type": "long"},  # the second of publication as a number: undated articles have one too, and come last
    "published": {"type": "date"},  # the instant (UTC); of a day without an hour its start in Korea; for other tools
    DAY: _NUMBER,  # Korean days, weeks and months, numbered as sosik.storage.index.buckets does, 0 for the undated:
    WEEK: _NUMBER,  # a histogram is exact on any number of shards, and knows nothing of the zone of the server
    MONTH: _NUMBER,
    **{field.value: _KEYWORD for field in FacetField},  # counted by, and found by whole values
    SOURCE: _KEYWORD,  # `outlet:` finds an outlet by its id as well
    TITLE: _TERMS,  # what is looked for; counts twice
    TEXT: _TERMS,
    "title_spans": {"type": "binary"},  # where each term stands in the original: highlights are ours
    "text_spans": {"type": "binary"},
    "version": {"type": "long", "index": False},  # of the document; `_version` says removals too, see external_version
    "precision": _SHOWN,  # minute or day
    "provenance": _SHOWN,
    "url": _SHOWN,
    "title": _SHOWN,
    "text": _SHOWN,
    "english": _SHOWN,
    "story": _SHOWN,
    "lists": _SHOWN,  # JSON of the facets' values in their order, with what is there twice
    "gone": _FLAG,
}
_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


def mappings(cutter: str) -> dict[str, Any]:
    """Return the mapping of an index whose terms that cutter makes. Strict: a field that is not named is refused."""
    return {
        "dynamic": "strict",
        "_meta": {"sosik": {"schema": SCHEMA_VERSION, "cutter": cutter}},
        "properties": _FIELDS,
    }


def settings(shards: int, replicas: int) -> dict[str, Any]:
    """Return the settings of an index."""
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        # An answer to a write means that it is on the disk of every copy: what is called done survives a crash.
        "translog": {"durability": "request"},
        # Asked to forget what was removed, the server looks at every segment, not only at those of many removals.
        "merge": {"policy": {"expunge_deletes_allowed": 0}},
    }


def external_version(version: int, *, removal: bool = False) -> int:
    """The version that Elasticsearch compares; it takes only a higher one.

    A removal is above the document of its version and below that of the next.
    """
    return 2 * version + removal


def to_source(document: Document) -> bytes:
    """Write a document; raises ValueError for what cannot be stored (half a character, terms without offsets)."""
    for name, terms in ((TITLE, document.title_terms), (TEXT, document.text_terms)):
        refuse_crooked(name, terms)
    # What is long is put in as it is: an encoder would look at each character of the offsets, and all would be copied
    # twice more. That is a quarter of the time.
    return b"".join(
        (
            _JSON.encode(_short_fields(document))[:-1].encode(),
            *(b',"title_terms":', _quoted(document.title_terms.joined)),
            *(b',"text_terms":', _quoted(document.text_terms.joined)),
            *(b',"title_spans":"', b2a_base64(document.title_terms.spans, newline=False)),
            *(b'","text_spans":"', b2a_base64(document.text_terms.spans, newline=False)),
            *(b'","title":', _quoted(document.title)),
            *(b',"text":', _quoted(document.text)),
            b"}",
        )
    )


def _short_fields(document: Document) -> dict[str, Any]:
    day, week, month = numbers(document.published)
    lists = (document.topics, document.regions, document.organisations, document.people)
    fields: dict[str, Any] = {
        ARTICLE: document.article,
        LIVE: True,
        COPY: document.copy,
        NEWEST: second_number(document.published),
        DAY: day,
        WEEK: week,
        MONTH: month,
        SOURCE: document.source,
        "version": document.version,
        "url": document.url,
        "english": document.english,
        "story": document.story,
        "lists": _JSON.encode((*lists, document.series, document.outlet, document.kind)),
        "gone": document.gone,
    }
    if document.published is not None:
        fields["published"] = document.published.order.isoformat()
        fields["precision"] = document.published.precision.value
        fields["provenance"] = document.published.provenance.value
    for name, value in facet_values(document):
        fields.setdefault(name, []).append(value)
    return fields


def _quoted(text: str) -> bytes:
    return _JSON.encode(text).encode()


def removed(article: str) -> bytes:
    """Write the mark that a removed article leaves: found by nobody, and kept for good.

    Elasticsearch itself forgets the version of what was deleted after a minute (`index.gc_deletes`).
    """
    return _JSON.encode({ARTICLE: article, LIVE: False}).encode()


def from_source(source: Mapping[str, Any]) -> Document:
    """Read a document back."""
    topics, regions, organisations, people, series, outlet, kind = json.loads(source["lists"])
    return Document(
        article=source[ARTICLE],
        version=source["version"],
        source=source[SOURCE],
        outlet=outlet,
        kind=kind,
        url=source["url"],
        title=source["title"],
        text=source["text"],
        english=source["english"],
        published=_when(source),
        title_terms=Terms(joined=source[TITLE], spans=a2b_base64(source["title_spans"])),
        text_terms=Terms(joined=source[TEXT], spans=a2b_base64(source["text_spans"])),
        topics=tuple(topics),
        regions=tuple(regions),
        organisations=tuple(organisations),
        people=tuple(people),
        series=series,
        story=source["story"],
        copy=source[COPY],
        gone=source["gone"],
    )


def _when(source: Mapping[str, Any]) -> Published | None:
    if "published" not in source:
        return None
    instant = datetime.fromisoformat(source["published"])
    provenance = Provenance(source["provenance"])
    if source["precision"] == Precision.DAY:
        return Published.on_day(instant.astimezone(KST).date(), provenance)
    return Published.at_minute(instant, provenance)
