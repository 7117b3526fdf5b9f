"""Analyses rows that are nobody's articles: read, answered, forgotten."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from sosik.app.flows.pages import analyse_batch, prepare
from sosik.app.flows.processes import mapped
from sosik.app.importers.items import published_of
from sosik.app.importers.rows import fields_of, parse_line
from sosik.model.analysis import Analysis
from sosik.model.article import Article
from sosik.model.errors import Refused

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

_BATCH = 32
_SPREAD = {b"[": ".[]", b"[{": ".[]", b"{": "."}
"""First lines of JSON spread over many lines, and what jq makes lines of it with."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line. `fatal`: it gives no answer."""

    line: int
    reason: str
    fatal: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found in a row, under the id that the row has."""

    id: object
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as read: its line, the id that it has, and what is to be analysed."""

    line: int
    id: object
    article: Article


def analyse_rows(wiring: "Wiring", lines: Iterable[bytes]) -> Iterator[Answer | Fault]:
    """Give the answer to each line, in order; what is wrong with lines comes before the batch they were read with."""
    faults: list[Fault] = []
    made = mapped(
        _analyse, row_batches(lines, faults), prepare=partial(prepare, wiring), workers=wiring.settings.workers
    )
    for batch, analyses in made:
        yield from faults
        faults.clear()
        for row, analysis in zip(batch, analyses, strict=True):
            yield Answer(row.id, analysis)
    yield from faults


def _analyse(batch: tuple[ReadRow, ...]) -> list[Analysis]:
    return analyse_batch([each.article for each in batch])


def row_batches(lines: Iterable[bytes], faults: list[Fault]) -> Iterator[tuple[ReadRow, ...]]:
    """Give the rows by the batch; what is wrong with lines is added to `faults`."""
    batch: list[ReadRow] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if number == 1 and line.strip() in _SPREAD:  # each of its lines would be a fault
            faults.append(Fault(1, f"not JSON Lines: a row is a line; `jq -c '{_SPREAD[line.strip()]}'` makes them"))
            return
        try:
            batch.append(_row(number, line, faults))
        except Refused as error:
            faults.append(Fault(number, str(error)))
        if len(batch) == _BATCH:
            yield tuple(batch)
            batch = []
    if batch:
        yield tuple(batch)


def _row(number: int, line: bytes, faults: list[Fault]) -> ReadRow:
    value = parse_line(line)
    if isinstance(value, Refused):
        raise value
    fields = fields_of(value)
    title, text = fields.get("title", ""), fields.get("text", "")
    if not title.strip() and not text.strip():
        raise Refused("neither title nor text")
    name = fields.get("id", f"line {number}")
    # Title and text stay as they are, to the last blank: the answer's offsets count their characters.
    article = Article(id=name, source=fields.get("outlet", ""), url=fields.get("url", ""), title=title, text=text)
    try:
        article = replace(article, published=published_of(fields.get("published", "")))
    except Refused as error:
        faults.append(Fault(number, f"{error}; read as undated", fatal=False))
    return ReadRow(number, value.get("id", name) if isinstance(value, dict) else name, article)
