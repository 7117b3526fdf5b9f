"""Writing documents to the index, beside tantivy fed the same ready-made fields."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tantivy

from benchmarks.corpus import documents
from benchmarks.measure import Scale, alternate, per_second
from benchmarks.rows import Goal, Row
from enrich.tokenizers.mecab import MecabTokenizer
from enrich.tokenizers.terms import MorphemeTermCutter
from sosik.model.search import Document
from sosik.storage.index.documents import article_number
from sosik.storage.index.tantivy_index import TantivyIndex
from sosik.storage.index.tantivy_schema import register_tokenizers, schema, to_tantivy

_HEAP, _THREADS = 96_000_000, 2  # as ours: what is compared is what is done around tantivy
_Fields = list[tuple[str, Any]]


def measure(scale: Scale) -> Iterator[Row]:
    """Documents a second into an empty folder, commit and merges included."""
    cutter = MorphemeTermCutter(MecabTokenizer())
    ready = list(documents(scale.of(20_000, least=100), cutter))
    fields = [_fields(each) for each in ready]

    def ours() -> None:
        with tempfile.TemporaryDirectory(prefix="sosik-bench-") as folder:
            index = TantivyIndex(Path(folder), cutter=cutter)
            index.upsert(ready)
            index.close()

    def baseline() -> None:
        with tempfile.TemporaryDirectory(prefix="sosik-bench-") as folder:
            _feed(folder, fields)

    duel = alternate(per_second(ours, len(ready)), per_second(baseline, len(ready)), rounds=scale.rounds(5))
    yield Row(
        name="index",
        unit="documents/s",
        ours=duel.ours,
        baseline=duel.baseline,
        ratio=duel.ratio,
        goal=Goal(at_least=0.8),
        note=f"{len(ready):,} documents into an empty index; the baseline looks up no versions and makes no row",
    )


def _fields(document: Document) -> _Fields:
    made: dict[str, list[Any]] = to_tantivy(document, article_number(document.article) or 0).to_dict()
    return [(name, value) for name, values in made.items() for value in values]


def _feed(folder: str, ready: list[_Fields]) -> None:
    index = tantivy.Index(schema(), path=folder)
    register_tokenizers(index)
    writer = index.writer(_HEAP, _THREADS)
    for fields in ready:
        document = tantivy.Document()
        for name, value in fields:
            if isinstance(value, int):
                document.add_unsigned(name, value)
            elif isinstance(value, str):
                document.add_text(name, value)
            else:
                document.add_bytes(name, value)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
