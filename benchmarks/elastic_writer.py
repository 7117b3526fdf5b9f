"""Writes many documents to Elasticsearch in a process of its own: `python -m benchmarks.elastic_writer URL FILE COUNT`.

FILE holds some pickled documents, which are written again and again under other ids, so that nothing but the writer is
in this process.
"""

import pickle
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from sosik.model.search import Document
from sosik.storage.index.elastic_connection import Address, connect
from sosik.storage.index.elastic_index import ElasticIndex


def main() -> None:
    """Write them in one call, through the aliases `articles` and `articles-write`."""
    url, file, count = sys.argv[1:]
    ready: Sequence[Document] = pickle.loads(Path(file).read_bytes())
    client = connect(Address(urls=(url,), timeout=120))
    index = ElasticIndex(client, cutter=_None(), reads="articles", writes="articles-write", place=url)
    written = index.upsert(_many(ready, int(count)))
    client.close()
    if len(written.done) != int(count):
        raise SystemExit(f"{len(written.done)} of {count} were written")


def _many(ready: Sequence[Document], count: int) -> Iterator[Document]:
    for number in range(count):
        yield replace(ready[number % len(ready)], article=f"{number:016x}")


class _None:
    """A cutter that is not needed for writing."""

    @property
    def name(self) -> str:
        return "none"

    def cut(self, text: str, offset: int = 0) -> NoReturn:
        raise NotImplementedError


if __name__ == "__main__":
    main()
