"""BigKinds exports (.xlsx): one article a row, under the Korean column names of that service."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from sosik.app.importers.items import Item, Outlets, Refusal, Row, article_of
from sosik.model.errors import Refused

SUFFIX = ".xlsx"
_COLUMNS = {
    "뉴스 식별자": "id",
    "일자": "published",
    "언론사": "outlet",
    "기고자": "author",
    "제목": "title",
    "본문": "text",
    "URL": "url",
}
_NEEDED = ("제목", "본문", "언론사")


def read_bigkinds(file: Path, outlets: Outlets) -> Iterator[Item]:
    """Give the articles of a spreadsheet, row by row, without holding it in memory."""
    from openpyxl import load_workbook  # half a second, for spreadsheets only
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError) as error:
        yield Refusal(file=file, item="file", reason=f"not an .xlsx spreadsheet: {error}")
        return
    try:
        rows = book.worksheets[0].iter_rows(values_only=True)
        heading = [str(each or "").replace("\n", " ").strip() for each in next(rows, ())]
        missing = [each for each in _NEEDED if each not in heading]
        if missing:
            yield Refusal(file=file, item="row 1", reason=f"no column {', '.join(missing)}; is it a BigKinds export?")
            return
        for number, values in enumerate(rows, start=2):
            if any(each is not None for each in values):
                yield _row(file, f"row {number}", heading, values, outlets)
    finally:
        book.close()


def _row(file: Path, item: str, heading: list[str], values: tuple[object, ...], outlets: Outlets) -> Item:
    named = {
        _COLUMNS[name]: str(value).strip()
        for name, value in zip(heading, values, strict=False)
        if name in _COLUMNS and value is not None
    }
    author = named.pop("author", "")
    try:
        return Row(file=file, item=item, article=article_of(named, outlets, (author,) if author else ()))
    except Refused as error:
        return Refusal(file=file, item=item, reason=str(error))
