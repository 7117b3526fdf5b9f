"""Extraction of a page, beside trafilatura alone."""

from collections.abc import Iterator

import trafilatura

from benchmarks.corpus import captures
from benchmarks.measure import Scale, alternate, milliseconds_each
from benchmarks.rows import Goal, Row
from enrich.extract.extractor import Extractor


def measure(scale: Scale) -> Iterator[Row]:
    """Milliseconds a page of `Extractor.extract`, and of `trafilatura.bare_extraction` on the same bytes."""
    pages = list(captures(scale.of(200, least=5)))
    extractor = Extractor()

    def ours() -> None:
        for page in pages:
            extractor.extract(page.body, url=page.final_url, headers=page.headers, fetched=page.fetched)

    def bare(metadata: bool) -> None:
        for page in pages:
            trafilatura.bare_extraction(page.body, url=page.final_url, with_metadata=metadata)

    ours()
    bare(metadata=True)
    count, rounds = len(pages), scale.rounds(5)
    duel = alternate(
        milliseconds_each(ours, count), milliseconds_each(lambda: bare(metadata=True), count), rounds=rounds
    )
    yield Row(
        name="extract",
        unit="ms/page",
        ours=duel.ours,
        baseline=duel.baseline,
        ratio=duel.ratio,
        goal=Goal(at_most=1.3),
        note=f"{count} demo pages; bare trafilatura with its title, author and date",
    )
    duel = alternate(
        milliseconds_each(ours, count), milliseconds_each(lambda: bare(metadata=False), count), rounds=rounds
    )
    yield Row(
        name="extract, body alone",
        unit="ms/page",
        ours=duel.ours,
        baseline=duel.baseline,
        ratio=duel.ratio,
        note="for information: trafilatura gives the body alone, without title, author and date",
    )
