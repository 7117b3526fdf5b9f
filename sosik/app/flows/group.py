"""Groups rows that are nobody's articles into stories: read, answered, forgotten."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from enrich.stories.grouper import Grouper
from enrich.stories.profile import Profile, profile_of
from sosik.app.flows.analyse import Fault, ReadRow, row_batches
from sosik.app.flows.pages import analyse_batch, prepare
from sosik.app.flows.processes import mapped
from sosik.app.flows.progress import Progress, silent
from sosik.model.story import Story

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring


@dataclass(frozen=True, slots=True)
class Grouped:
    """The stories among rows, and how the rows name their articles: id within → id as given."""

    stories: tuple[Story, ...]
    ids: dict[str, object]


def group_rows(
    wiring: "Wiring", lines: Iterable[bytes], faults: list[Fault], *, progress: Progress = silent
) -> Grouped:
    """Return the stories of two rows or more; what is wrong with lines is added to `faults`."""
    grouper, ids = Grouper(), dict[str, object]()
    batches = _once(row_batches(lines, faults), faults)
    for batch, profiles in mapped(
        _profiles, batches, prepare=partial(prepare, wiring), workers=wiring.settings.workers
    ):
        for row, profile in zip(batch, profiles, strict=True):
            name = _unused(profile.article, ids)
            ids[name] = row.id
            grouper.add(replace(profile, article=name))
        progress("articles grouped", len(ids))
    faults.sort(key=lambda each: each.line)
    return Grouped(grouper.stories(), ids)


def _once(batches: Iterable[tuple[ReadRow, ...]], faults: list[Fault]) -> Iterator[tuple[ReadRow, ...]]:
    """Leave out rows of an id that their outlet gave before: an article is no copy of itself."""
    lines: dict[tuple[str, str], int] = {}
    for batch in batches:
        kept = []
        for row in batch:
            first = lines.setdefault((row.article.id, row.article.source), row.line)
            if first == row.line:
                kept.append(row)
            else:
                faults.append(Fault(row.line, f"id {row.id!r} is that of line {first} already; left out"))
        yield tuple(kept)


def _profiles(batch: tuple[ReadRow, ...]) -> list[Profile]:
    articles = [each.article for each in batch]
    return [profile_of(article, analysis) for article, analysis in zip(articles, analyse_batch(articles), strict=True)]


def _unused(name: str, ids: dict[str, object]) -> str:
    """Two rows of one id, from two outlets, stay two articles."""
    return next(each for each in _numbered(name) if each not in ids)


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name} ({number})"
        number += 1
