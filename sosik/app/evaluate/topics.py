"""Topics: micro-F1 over (article, topic) pairs, overall and by topic, and accuracy of "has at least one topic"."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sosik.app.evaluate import Evaluation, Figure
from sosik.app.evaluate.gold import read_gold
from sosik.app.evaluate.scores import Tally, share, tally, total, with_interval
from sosik.app.flows.progress import Progress
from sosik.app.importers.items import article_of
from sosik.app.importers.rows import fields_of
from sosik.model.errors import Refused

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

NAME = "topics"
HELP = "article rows {id, title, text, published, outlet, url} with gold: {topics: [id]}"
_Pair = tuple[frozenset[str], frozenset[str]]  # gold and found topics of one article


def evaluate(wiring: "Wiring", file: Path, progress: Progress) -> Evaluation:
    """Analyse every article of the gold and compare its topics."""
    rows = read_gold(file, ("title", "text", "gold"))
    pipeline, outlets = wiring.pipeline(), wiring.outlets()
    pairs: list[_Pair] = []
    faults: list[str] = []
    for number, row in enumerate(rows, start=1):
        name = str(row.get("id") or f"line {number}")
        gold = frozenset(row["gold"].get("topics", ()))
        try:
            article = article_of({"id": name, **fields_of(row)}, outlets)
        except Refused as error:
            raise Refused(f"{file}: {name}: {error}") from error
        found = frozenset(each.topic for each in pipeline.analyse(article).topics)
        pairs.append((gold, found))
        faults += [f"{name}: missed {each}" for each in sorted(gold - found)]
        faults += [f"{name}: wrongly {each}" for each in sorted(found - gold)]
        progress("articles", number, len(rows))
    return Evaluation(kind=NAME, rows=len(rows), figures=_figures(pairs), faults=tuple(faults))


def _figures(pairs: Sequence[_Pair]) -> tuple[Figure, ...]:
    tallies = [tally(gold, found) for gold, found in pairs]
    whole = total(tallies)
    overall = with_interval("micro-F1", tallies, lambda some: total(some).f1, of=whole.hit + whole.missed)
    topics = sorted({each for gold, found in pairs for each in gold | found})
    return (
        overall,
        Figure(name="precision", value=whole.precision, of=whole.hit + whole.wrong),
        Figure(name="recall", value=whole.recall, of=whole.hit + whole.missed),
        share("on-topic", [bool(gold) == bool(found) for gold, found in pairs]),
        *(_of_topic(topic, pairs) for topic in topics),
    )


def _of_topic(topic: str, pairs: Sequence[_Pair]) -> Figure:
    only = frozenset({topic})
    tallies: list[Tally] = [tally(gold & only, found & only) for gold, found in pairs]
    whole = total(tallies)
    return with_interval(topic, tallies, lambda some: total(some).f1, of=whole.hit + whole.missed)
