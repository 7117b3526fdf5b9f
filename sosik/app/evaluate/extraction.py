"""Extraction: shares of wanted and unwanted snippets, titles, times and authors of saved pages."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sosik.app.evaluate import Evaluation
from sosik.app.evaluate.gold import read_gold
from sosik.app.evaluate.scores import share
from sosik.app.flows.progress import Progress
from sosik.model.article import Extraction
from sosik.model.instants import KST, Provenance, Published

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

NAME = "extraction"
HELP = "rows {file, url, title, published, author, must, must_not}; the pages lie beside the gold file"
_SINGLE = re.compile("[‘’‛′`´＇]")
_DOUBLE = re.compile("[“”„‟″＂]|''")


@dataclass(frozen=True, slots=True)
class _Marks:
    must: list[bool]
    must_not: list[bool]
    title: bool
    published: bool
    author: bool


def evaluate(wiring: "Wiring", file: Path, progress: Progress) -> Evaluation:
    """Extract every page that the gold names and compare."""
    rows = read_gold(file, ("file", "url", "title", "must"))
    extractor = wiring.extractor()
    marks: list[_Marks] = []
    faults: list[str] = []
    for number, row in enumerate(rows, start=1):
        page = file.parent / row["file"]
        found = extractor.extract(page.read_bytes(), url=row["url"])
        mark = _judge(row, found)
        marks.append(mark)
        faults += [f"{row['file']}: {each}" for each in _faults(row, found, mark)]
        progress("pages", number, len(rows))
    return Evaluation(
        kind=NAME,
        rows=len(rows),
        figures=(
            share("must", [each for mark in marks for each in mark.must]),
            share("must_not", [each for mark in marks for each in mark.must_not]),
            share("title", [mark.title for mark in marks]),
            share("minute", [mark.published for mark in marks]),
            share("author", [mark.author for mark in marks]),
        ),
        faults=tuple(faults),
    )


def squeezed(text: str) -> str:
    """The text without white space and with one kind of quotation mark: snippets are looked for in this form."""
    text = _DOUBLE.sub('"', _SINGLE.sub("'", text))
    return "".join(_DOUBLE.sub('"', text).split())


def _judge(row: dict[str, Any], found: Extraction) -> _Marks:
    text = squeezed(found.text)
    return _Marks(
        must=[squeezed(each) in text for each in row["must"]],
        must_not=[squeezed(each) not in text for each in row.get("must_not", [])],
        title=squeezed(found.title) == squeezed(row["title"] or ""),
        published=_same_time(row.get("published"), found.published),
        author=set(found.authors) == _names(row.get("author")),
    )


def _names(author: str | list[str] | None) -> set[str]:
    if not author:
        return set()
    return set(author) if isinstance(author, list) else {each.strip() for each in re.split("[,·]", author)}


def _same_time(gold: str | None, found: Published | None) -> bool:
    if gold is None or found is None:
        return gold is None and found is None
    wanted = Published.from_iso(gold, Provenance.IMPORTED)
    if wanted.instant is None or found.instant is None:
        return wanted.instant is None and found.instant is None and wanted.day == found.day
    minutes = [each.astimezone(KST).replace(second=0, microsecond=0) for each in (wanted.instant, found.instant)]
    return minutes[0] == minutes[1]


def _faults(row: dict[str, Any], found: Extraction, mark: _Marks) -> list[str]:
    faults = [found.error] if found.error else []
    faults += [f"missing: {each}" for each, good in zip(row["must"], mark.must, strict=True) if not good]
    faults += [
        f"unwanted: {each}" for each, good in zip(row.get("must_not", []), mark.must_not, strict=True) if not good
    ]
    if not mark.title:
        faults.append(f"title: {found.title!r}, not {row['title']!r}")
    if not mark.published:
        faults.append(f"published: {found.published.iso() if found.published else None}, not {row.get('published')}")
    if not mark.author:
        faults.append(f"authors: {list(found.authors)}, not {row.get('author')}")
    return faults
