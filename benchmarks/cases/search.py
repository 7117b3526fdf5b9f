"""One search over 100,000 articles, beside the same request made to tantivy directly on the same folder."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import tantivy

from benchmarks.corpus import documents
from benchmarks.measure import Scale, alternate, milliseconds_each
from benchmarks.rows import Goal, Row
from enrich.tokenizers.mecab import MecabTokenizer
from enrich.tokenizers.terms import MorphemeTermCutter
from sosik.model.query import parse
from sosik.model.search import FacetField, Interval, Query
from sosik.storage.index.tantivy_index import TantivyIndex
from sosik.storage.index.tantivy_schema import MONTH, TEXT, TITLE, register_tokenizers

_FACETS = (FacetField.TOPIC, FacetField.REGION, FacetField.OUTLET, FacetField.ORGANISATION)
_QUERIES = ("인공지능", "자율주행 실증", "데이터센터", '"인공지능 반도체"', "광주 예산")
_LIMIT = 10


def measure(scale: Scale) -> Iterator[Row]:
    """Milliseconds a search: ten hits, four facets, a monthly histogram."""
    cutter = MorphemeTermCutter(MecabTokenizer())
    count = scale.of(100_000, least=200)
    with tempfile.TemporaryDirectory(prefix="sosik-bench-") as folder:
        index = TantivyIndex(Path(folder), cutter=cutter)
        index.upsert(documents(count, cutter))
        queries = [
            Query(where=parse(text), limit=_LIMIT, facets=_FACETS, histogram=Interval.MONTH) for text in _QUERIES
        ]
        direct = _Direct(next(Path(folder).rglob("meta.json")).parent)
        written = [_as_text(text, cutter) for text in _QUERIES]
        totals = [index.search(each).total for each in queries]
        if [direct.search(each) for each in written] != totals:
            raise AssertionError(f"both must answer the same request: {totals}")
        times = scale.of(10)

        def ours() -> None:
            for _ in range(times):
                for query in queries:
                    index.search(query)

        def baseline() -> None:
            for _ in range(times):
                for text in written:
                    direct.search(text)

        asked = times * len(queries)
        duel = alternate(milliseconds_each(ours, asked), milliseconds_each(baseline, asked), rounds=scale.rounds(7))
        index.close()
    yield Row(
        name="search",
        unit="ms/search",
        ours=duel.ours,
        baseline=duel.baseline,
        ratio=duel.ratio,
        goal=Goal(at_most=1.5),
        note=f"{count:,} articles, {len(queries)} queries with {', '.join(map(str, totals))} hits, highlights included",
    )


class _Direct:
    """What somebody who knows tantivy would write for the same request."""

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        register_tokenizers(self._index)
        self._searcher = self._index.searcher()
        self._counts = {
            **{each.value: {"terms": {"field": each.value, "size": 10}} for each in _FACETS},
            "months": {"terms": {"field": MONTH, "size": 1000}},
        }

    def search(self, text: str) -> int:
        """Ask, read the ten hits, count, and return how many there are."""
        query = self._index.parse_query(text, [TITLE, TEXT], field_boosts={TITLE: 2.0}, conjunction_by_default=True)
        found = self._searcher.search(query, _LIMIT)
        for _, address in found.hits:
            json.loads(self._searcher.doc(address).get_first("row") or b"[]")
        self._searcher.aggregate(query, self._counts)
        return int(found.count)  # type: ignore[attr-defined]  # the stub forgot it


def _as_text(query: str, cutter: MorphemeTermCutter) -> str:
    """Return the query in tantivy's own language, cut into the same terms; a word of several is a phrase."""
    if query.startswith('"'):
        return f'"{cutter.cut(query).joined}"'
    words = (cutter.cut(word).joined for word in query.split())
    return " ".join(f'"{word}"' if " " in word else word for word in words)
