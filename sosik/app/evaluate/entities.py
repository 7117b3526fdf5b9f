"""Who and where: F1 over the distinct regions of focus, organisations and people of an article."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sosik.app.evaluate import Evaluation
from sosik.app.evaluate.compared import Pair, analysed, f1, faults
from sosik.app.flows.progress import Progress
from sosik.model.analysis import MentionKind

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

NAME = "entities"
HELP = "article rows with gold: {regions: [province], orgs: [name], persons: [{name}]}"
_SYLLABLES = 3  # a name that contains another is the same organisation where both are at least so long


def evaluate(wiring: "Wiring", file: Path, progress: Progress) -> Evaluation:
    """Analyse every article of the gold and compare regions of focus, organisations and people."""
    pairs: dict[str, list[Pair]] = {"region": [], "organisation": [], "person": []}
    wrong: list[str] = []
    for name, gold, found in analysed(wiring, file, progress):
        bodies = _names(gold.get("orgs", ()))
        for what, pair in (
            ("region", Pair(frozenset(gold.get("regions", ())), frozenset(found.regions))),
            ("organisation", _unmatched(bodies, _names(found.named(MentionKind.ORGANISATION)))),
            ("person", Pair(_names(_people(gold)), _names(found.named(MentionKind.PERSON)))),
        ):
            pairs[what].append(pair)
            wrong += faults(name, what, pair)
    titles = {"region": "regions", "organisation": "organisations", "person": "people"}
    figures = tuple(figure for what, title in titles.items() for figure in f1(title, pairs[what]))
    return Evaluation(kind=NAME, rows=len(pairs["region"]), figures=figures, faults=tuple(wrong))


def _people(gold: dict[str, list[dict[str, str] | str]]) -> Iterable[str]:
    return (each if isinstance(each, str) else each["name"] for each in gold.get("persons", ()))


def _names(names: Iterable[str]) -> frozenset[str]:
    """White space does not count."""
    return frozenset("".join(each.split()) for each in names)


def _unmatched(wanted: frozenset[str], got: frozenset[str]) -> Pair:
    """Return both with each found name that is a form of a wanted one in that one's place."""
    same = wanted & got
    left = sorted(got - same, key=lambda each: (-len(each), each))
    renamed = dict.fromkeys(same, "")
    for name in sorted(wanted - same, key=lambda each: (-len(each), each)):
        form = next((each for each in left if _one_contains_the_other(name, each)), None)
        if form is not None:
            left.remove(form)
            renamed[name] = form
    return Pair(wanted, frozenset(renamed) | frozenset(left))


def _one_contains_the_other(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _SYLLABLES and (one in other or other in one)
