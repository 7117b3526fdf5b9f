"""Who and where: F1 over the distinct regions of focus, organisations and people of an article."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sosik.app.evaluate import Evaluation, Figure
from sosik.app.evaluate.gold import read_gold
from sosik.app.evaluate.scores import Tally, tally, total, with_interval
from sosik.app.flows.progress import Progress
from sosik.app.importers.items import article_of
from sosik.app.importers.rows import fields_of
from sosik.model.analysis import MentionKind

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

NAME = "entities"
HELP = "article rows with gold: {regions: [province], orgs: [name], persons: [{name}]}"
_SYLLABLES = 3  # a name that contains another is the same organisation where both are at least so long


def evaluate(wiring: "Wiring", file: Path, progress: Progress) -> Evaluation:
    """Analyse every article of the gold and compare regions of focus, organisations and people."""
    rows = read_gold(file, ("title", "text", "gold"))
    pipeline, outlets = wiring.pipeline(), wiring.outlets()
    regions: list[Tally] = []
    organisations: list[Tally] = []
    people: list[Tally] = []
    faults: list[str] = []
    for number, row in enumerate(rows, start=1):
        name = str(row.get("id") or f"line {number}")
        found = pipeline.analyse(article_of({"id": name, **fields_of(row)}, outlets))
        gold = row["gold"]
        bodies = _names(gold.get("orgs", ()))
        for title, wanted, got, tallies in (
            ("region", frozenset(gold.get("regions", ())), frozenset(found.regions), regions),
            ("organisation", *_unmatched(bodies, _names(found.named(MentionKind.ORGANISATION))), organisations),
            ("person", _names(_people(gold)), _names(found.named(MentionKind.PERSON)), people),
        ):
            tallies.append(tally(wanted, got))
            faults += [f"{name}: missed {title} {each}" for each in sorted(wanted - got)]
            faults += [f"{name}: wrongly {title} {each}" for each in sorted(got - wanted)]
        progress("articles", number, len(rows))
    figures = (*_of("regions", regions), *_of("organisations", organisations), *_of("people", people))
    return Evaluation(kind=NAME, rows=len(rows), figures=figures, faults=tuple(faults))


def _people(gold: dict[str, list[dict[str, str] | str]]) -> Iterable[str]:
    return (each if isinstance(each, str) else each["name"] for each in gold.get("persons", ()))


def _names(names: Iterable[str]) -> frozenset[str]:
    """White space does not count."""
    return frozenset("".join(each.split()) for each in names)


def _unmatched(wanted: frozenset[str], got: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return both sets with each found name that is a form of a wanted one in that one's place."""
    same = wanted & got
    left = sorted(got - same, key=lambda each: (-len(each), each))
    renamed = dict.fromkeys(same, "")
    for name in sorted(wanted - same, key=lambda each: (-len(each), each)):
        form = next((each for each in left if _one_contains_the_other(name, each)), None)
        if form is not None:
            left.remove(form)
            renamed[name] = form
    return wanted, frozenset(renamed) | frozenset(left)


def _one_contains_the_other(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _SYLLABLES and (one in other or other in one)


def _of(name: str, tallies: list[Tally]) -> tuple[Figure, ...]:
    whole = total(tallies)
    return (
        with_interval(f"{name}, F1", tallies, lambda some: total(some).f1, of=whole.hit + whole.missed),
        Figure(name=f"{name}, precision", value=whole.precision, of=whole.hit + whole.wrong),
        Figure(name=f"{name}, recall", value=whole.recall, of=whole.hit + whole.missed),
    )
