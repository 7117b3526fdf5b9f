"""How a Document lies in tantivy: which fields there are and why, and the way there and back."""

import json
from datetime import date, datetime

import tantivy

from sosik.model.analysis import Terms
from sosik.model.instants import Provenance, Published
from sosik.model.search import Document, FacetField
from sosik.model.wanted import facet_values
from sosik.storage.index.buckets import SECOND_BITS, numbers, second_number
from sosik.storage.index.documents import refuse_crooked

SCHEMA_VERSION = 1
_WHITE_SPACE = "white-space"

# Article ids are 64-bit numbers written in hexadecimal, so a number orders, finds and breaks ties as the id does.
ARTICLE = "article"
VERSION = "version"
LIVE = "live"  # 1 for a document, 0 for the mark that a removed article leaves
ORIGINAL = "original"  # 1 for what is counted where copies are not
NEWEST = "newest"  # see newest_key
DAY, WEEK, MONTH = "day", "week", "month"  # Korean, as sosik.storage.index.buckets numbers them
SOURCE = "source"  # `outlet:` finds an outlet by its id as well
TITLE, TEXT = "title_terms", "text_terms"
_SPANS = "spans"
_ROW = "row"
_JSON = json.JSONEncoder(ensure_ascii=False, check_circular=False)  # made once: dumps makes one a call

_ID_BITS = 64 - SECOND_BITS


def schema() -> tantivy.Schema:
    """Make the schema; text is cut into terms before it comes here, so it is split on white space only."""
    builder = tantivy.SchemaBuilder()
    for name in (ARTICLE, LIVE, DAY):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in (VERSION, NEWEST, WEEK, MONTH):
        builder.add_unsigned_field(name, fast=True)
    builder.add_unsigned_field(ORIGINAL, indexed=True)
    for field in FacetField:
        builder.add_text_field(field.value, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(SOURCE, tokenizer_name="raw", index_option="basic")
    for name in (TITLE, TEXT):
        builder.add_text_field(name, stored=True, tokenizer_name=_WHITE_SPACE, index_option="position")
    builder.add_bytes_field(_SPANS, stored=True)
    builder.add_bytes_field(_ROW, stored=True)
    return builder.build()


def register_tokenizers(index: tantivy.Index) -> None:
    """Teach an index how its text is split; has to come before its first writer."""
    index.register_tokenizer(_WHITE_SPACE, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())


def newest_key(published: Published | None, number: int) -> int:
    """A number by which articles are ordered newest first: the second of publication, then the smaller id.

    Undated articles come last. Of an id it holds 30 bits, so two articles may share a key; those are told apart by
    their whole number. Times before 1900 and after 2444 are taken as those.
    """
    return second_number(published) << _ID_BITS | (~number >> (64 - _ID_BITS) & (1 << _ID_BITS) - 1)


def to_tantivy(document: Document, number: int) -> tantivy.Document:
    """Write a document; raises ValueError for what cannot be stored (half a character, terms without offsets)."""
    made = tantivy.Document()
    made.add_unsigned(ARTICLE, number)
    made.add_unsigned(VERSION, document.version)
    made.add_unsigned(LIVE, 1)
    if not document.copy:
        made.add_unsigned(ORIGINAL, 1)
    made.add_unsigned(NEWEST, newest_key(document.published, number))
    day, week, month = numbers(document.published)
    made.add_unsigned(DAY, day)
    made.add_unsigned(WEEK, week)
    made.add_unsigned(MONTH, month)
    for name, value in facet_values(document):
        made.add_text(name, value)
    made.add_text(SOURCE, document.source)
    for name, terms in ((TITLE, document.title_terms), (TEXT, document.text_terms)):
        refuse_crooked(name, terms)
        made.add_text(name, terms.joined)
    made.add_bytes(_SPANS, document.title_terms.spans)
    made.add_bytes(_SPANS, document.text_terms.spans)
    made.add_bytes(_ROW, _row(document))
    made.add_bytes(_ROW, document.text.encode())  # beside the row: JSON would look at each of its characters
    return made


def removed(number: int, version: int) -> tantivy.Document:
    """Make the mark that a removed article leaves: it keeps late writers out and is found by nobody."""
    made = tantivy.Document()
    made.add_unsigned(ARTICLE, number)
    made.add_unsigned(VERSION, version)
    made.add_unsigned(LIVE, 0)
    return made


def from_tantivy(stored: tantivy.Document) -> Document:
    """Read a document back."""
    title_spans, text_spans = stored.get_all(_SPANS)
    packed, text = stored.get_all(_ROW)
    row = json.loads(packed)
    article, version, source, outlet, kind, url, title, english = row[:8]
    published, topics, regions, organisations, people, series, story, copy, gone = row[8:]
    return Document(
        article=article,
        version=version,
        source=source,
        outlet=outlet,
        kind=kind,
        url=url,
        title=title,
        text=text.decode(),
        english=english,
        published=_when(*published) if published else None,
        title_terms=Terms(joined=stored.get_first(TITLE) or "", spans=title_spans),
        text_terms=Terms(joined=stored.get_first(TEXT) or "", spans=text_spans),
        topics=tuple(topics),
        regions=tuple(regions),
        organisations=tuple(organisations),
        people=tuple(people),
        series=series,
        story=story,
        copy=copy,
        gone=gone,
    )


def _when(day: str, instant: str | None, provenance: str) -> Published:
    return Published(
        day=date.fromisoformat(day),
        instant=datetime.fromisoformat(instant) if instant else None,
        provenance=Provenance(provenance),
    )


def _row(document: Document) -> bytes:
    when = document.published
    values = (
        document.article,
        document.version,
        document.source,
        document.outlet,
        document.kind,
        document.url,
        document.title,
        document.english,
        when and (when.day.isoformat(), when.instant and when.instant.isoformat(), when.provenance.value),
        document.topics,
        document.regions,
        document.organisations,
        document.people,
        document.series,
        document.story,
        document.copy,
        document.gone,
    )
    return _JSON.encode(values).encode()
