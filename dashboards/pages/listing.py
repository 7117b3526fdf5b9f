"""How hits are shown in a list: title and snippet with the matched words, the line in English."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards.marks import Piece, matches, pieces, snippet
from dashboards.reading import Reader
from sosik.model.search import Document, FacetField, Highlight, Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An article in a list. `topics` are id and English name; `snippet` may be empty."""

    document: Document
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    outlet: str
    topics: tuple[tuple[str, str], ...]


def rows(reader: Reader, hits: Iterable[Hit], *, with_text: bool = True) -> list[Row]:
    """Return the rows of hits."""
    return [_row(reader, each.document, each.highlights, with_text=with_text) for each in hits]


def plain_rows(reader: Reader, documents: Iterable[Document]) -> list[Row]:
    """Return the rows of documents, without a snippet."""
    return [_row(reader, each, (), with_text=False) for each in documents]


def _row(reader: Reader, document: Document, found: Sequence[Highlight], *, with_text: bool) -> Row:
    whole = f"{document.title}\n{document.text}"
    length = len(document.title)
    return Row(
        document=document,
        title=pieces(whole, 0, length, matches([each for each in found if each.end <= length])),
        snippet=snippet(whole, length, found) if with_text else (),
        outlet=reader.english(FacetField.OUTLET, document.outlet),
        topics=tuple((each, reader.english(FacetField.TOPIC, each)) for each in document.topics),
    )
