"""Topics: micro-F1 over (article, topic) pairs, overall and by topic, and accuracy of "has at least one topic"."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sosik.app.evaluate import Evaluation, Figure
from sosik.app.evaluate.compared import Pair, analysed, f1, faults
from sosik.app.evaluate.scores import share, tally, total, with_interval
from sosik.app.flows.progress import Progress

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

NAME = "topics"
HELP = "article rows {id, title, text, published, outlet, url} with gold: {topics: [id]}"


def evaluate(wiring: "Wiring", file: Path, progress: Progress) -> Evaluation:
    """Analyse every article of the gold and compare its topics."""
    pairs: list[Pair] = []
    wrong: list[str] = []
    for name, gold, found in analysed(wiring, file, progress):
        pair = Pair(frozenset(gold.get("topics", ())), frozenset(each.topic for each in found.topics))
        pairs.append(pair)
        wrong += faults(name, "", pair)
    topics = sorted({each for pair in pairs for each in pair.wanted | pair.found})
    figures = (
        *f1("", pairs),
        share("on-topic", [bool(each.wanted) == bool(each.found) for each in pairs]),
        *(_of_topic(topic, pairs) for topic in topics),
    )
    return Evaluation(kind=NAME, rows=len(pairs), figures=figures, faults=tuple(wrong))


def _of_topic(topic: str, pairs: Sequence[Pair]) -> Figure:
    only = frozenset({topic})
    tallies = [tally(each.wanted & only, each.found & only) for each in pairs]
    whole = total(tallies)
    return with_interval(topic, tallies, lambda some: total(some).f1, of=whole.hit + whole.missed)
