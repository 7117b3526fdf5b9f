"""Stories: F1 over pairs of articles inside the labelled groups, and how many look-alikes were joined."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sosik.app.evaluate import Evaluation, Evaluator, Figure
from sosik.app.evaluate.gold import read_gold
from sosik.app.evaluate.scores import Tally, share, total, with_interval
from sosik.app.flows.group import group_rows
from sosik.app.flows.progress import Progress
from sosik.app.importers.rows import json_lines
from sosik.model.errors import NotFound, Refused

if TYPE_CHECKING:
    from sosik.app.flows.analyse import Fault
    from sosik.app.wiring import Wiring

NAME = "stories"
HELP = "rows {kind, articles: [id]}, kind not-duplicates for look-alikes; the articles in a file beside it, -articles"
_APART = "not-duplicates"
_Pair = frozenset[str]


def cases(files: Sequence[Path]) -> Iterator[tuple[Path, Evaluator]]:
    """Give each gold file with what measures it: on the file of articles that follows it, or on the one beside it.

    A file whose first row has a title is one of articles. Beside stories-dev.jsonl is stories-dev-articles.jsonl.
    """
    rest = list(files)
    while rest:
        gold = rest.pop(0)
        articles = rest.pop(0) if rest and _has_titles(rest[0]) else articles_beside(gold)
        yield gold, partial(_evaluate, articles)


def articles_beside(gold: Path) -> Path:
    """Return where the articles of a gold file are by default."""
    return gold.with_name(f"{gold.stem}-articles{gold.suffix}")


def evaluate(wiring: "Wiring", file: Path, progress: Progress) -> Evaluation:
    """Group the articles beside the gold and compare pairs; groups of excerpts are left out."""
    return _evaluate(articles_beside(file), wiring, file, progress)


def _has_titles(file: Path) -> bool:
    if not file.is_file():
        return False
    _, row = next(json_lines(file), (0, None))
    return isinstance(row, dict) and "title" in row


def _evaluate(beside: Path, wiring: "Wiring", file: Path, progress: Progress) -> Evaluation:
    rows = read_gold(file, ("kind", "articles"))
    if not beside.is_file():
        raise NotFound("file of articles", str(beside), hint=f"name it after {file.name}, or put it beside it")
    faults: list[Fault] = []
    with beside.open("rb") as lines:
        grouped = group_rows(wiring, lines, faults, progress=progress)
    for fault in faults:
        if fault.fatal:
            raise Refused(f"{beside}, line {fault.line}: {fault.reason}")
    story_of = {str(grouped.ids[each]): story.id for story in grouped.stories for each in story.articles}
    missing = {str(each) for row in rows for each in row["articles"]} - set(map(str, grouped.ids.values()))
    if missing:
        raise Refused(f"{beside} has no article {min(missing)}, which {file.name} names")
    return _compared(rows, story_of)


def _compared(rows: Sequence[dict[str, Any]], story_of: Mapping[str, str]) -> Evaluation:
    groups = [tuple(map(str, row["articles"])) for row in rows if row["kind"] != _APART and not row.get("excerpt_only")]
    look_alikes = [frozenset(map(str, row["articles"])) for row in rows if row["kind"] == _APART]
    joined = {pair: _joined(pair, story_of) for pair in look_alikes}
    units = [_of_group(place, groups, story_of) for place in range(len(groups))]
    # A look-alike between two labelled groups is counted among their pairs already.
    group_of = {article: place for place, group in enumerate(groups) for article in group}
    counted = {pair for pair in look_alikes if all(article in group_of for article in pair)}
    units += [Tally(wrong=int(joined[pair])) for pair in look_alikes if pair not in counted]
    whole = total(units)
    wanted = whole.hit + whole.missed
    figures = (
        with_interval("F1 over pairs", units, lambda some: total(some).f1, of=wanted),
        with_interval("precision", units, lambda some: total(some).precision, of=whole.hit + whole.wrong),
        with_interval("recall", units, lambda some: total(some).recall, of=wanted),
        share("look-alikes kept apart", [not joined[pair] for pair in look_alikes]),
        Figure(name="look-alikes joined (share)", value=_share(joined.values()), of=len(look_alikes)),
    )
    return Evaluation(kind=NAME, rows=len(rows), figures=figures, faults=tuple(_faults(groups, look_alikes, story_of)))


def _share(marks: Any) -> float | None:
    listed = list(marks)
    return sum(listed) / len(listed) if listed else None


def _joined(pair: _Pair, story_of: Mapping[str, str]) -> bool:
    stories = {story_of.get(article) for article in pair}
    return len(stories) == 1 and None not in stories


def _of_group(place: int, groups: Sequence[tuple[str, ...]], story_of: Mapping[str, str]) -> Tally:
    """Return the pairs within a group, and its wrong ones with the groups that follow."""
    inside = [_joined(frozenset(pair), story_of) for pair in combinations(groups[place], 2)]
    wrong = sum(
        _joined(frozenset((one, other)), story_of)
        for later in groups[place + 1 :]
        for one in groups[place]
        for other in later
    )
    return Tally(hit=sum(inside), wrong=wrong, missed=len(inside) - sum(inside))


def _faults(groups: Sequence[tuple[str, ...]], look_alikes: Sequence[_Pair], story_of: Mapping[str, str]) -> list[str]:
    missed = [
        f"missed {one} and {other}"
        for group in groups
        for one, other in combinations(group, 2)
        if not _joined(frozenset((one, other)), story_of)
    ]
    across = [
        f"wrongly {one} and {other}"
        for first, second in combinations(groups, 2)
        for one in first
        for other in second
        if _joined(frozenset((one, other)), story_of)
    ]
    alike = [f"look-alikes joined: {' and '.join(sorted(pair))}" for pair in look_alikes if _joined(pair, story_of)]
    return missed + across + alike
