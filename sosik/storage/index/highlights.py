"""Where the matched words stand in the original, from the offsets kept with the terms. The same for every engine."""

from collections.abc import Iterator, Sequence

from sosik.model.analysis import Terms
from sosik.model.search import Document, Highlight
from sosik.model.wanted import Run


def highlights(document: Document, runs: Sequence[Run]) -> tuple[Highlight, ...]:
    """Return the places of all runs, in order; places that touch or overlap in one word become one."""
    needles = [(f" {' '.join(run.terms)} ", len(run.terms)) for run in runs]
    places = [place for terms in (document.title_terms, document.text_terms) for place in _places(terms, needles)]
    places.sort()
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(Highlight(start=start, end=end) for start, end in joined)


def _places(terms: Terms, needles: Sequence[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    haystack = f" {terms.joined} "
    spans = memoryview(terms.spans).cast("I") if terms.spans else memoryview(b"").cast("I")
    for needle, length in needles:
        at, ordinal, counted = haystack.find(needle), 0, 0
        while at >= 0:
            ordinal += haystack.count(" ", counted, at)
            counted = at
            yield spans[2 * ordinal], spans[2 * (ordinal + length - 1) + 1]
            at = haystack.find(needle, at + 1)
