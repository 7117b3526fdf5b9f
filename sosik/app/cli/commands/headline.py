"""`sosik headline`: what headlines say of the series they belong to."""

from pathlib import Path
from typing import Annotated

import typer

from sosik.app.cli.output import Json, print_json


def headline(
    file: Annotated[Path, typer.Argument(help="One headline a line, UTF-8 or CP949; - is stdin.")],
    as_json: Json = False,
) -> None:
    """Read series, installment and end from headlines.

    A headline in, a row out, as JSON Lines: {headline, series, installment, label, final, kind}, where kind is series,
    column, label or none. Blank lines are passed over.

    Examples: `sosik headline headlines.txt` · `echo '확산 체계 구축[모두의 AI 광주⑩끝]' | sosik headline -`
    """
    from enrich.headline import read_headline
    from sosik.app.cli.files import opened

    del as_json  # the rows are JSON with and without it
    with opened(file) as stream:
        for line in stream:
            text = _decoded(line).strip()
            if not text:
                continue
            marker = read_headline(text)
            print_json(
                {
                    "headline": text,
                    "series": marker.series,
                    "installment": marker.installment,
                    "label": marker.label,
                    "final": marker.final,
                    "kind": marker.kind.value,
                }
            )


def _decoded(line: bytes) -> str:
    """Return a line as text; Korean spreadsheets and editors still write CP949."""
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode("cp949", errors="replace")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(headline)
