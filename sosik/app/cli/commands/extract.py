"""`sosik extract`: one page, read."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from sosik.app.cli.output import Json, print_json


def extract(
    file: Annotated[Path, typer.Argument(help="A saved page, in whatever encoding; - reads standard input.")],
    url: Annotated[str, typer.Option("--url", help="The address it was saved from.")],
    as_json: Json = False,
) -> None:
    """Read one saved page: title, text, authors, dates.

    The answer is a JSON object (on one line with --json). Where nothing is found, its `error` says why, and the exit
    status is 1.

    Example: `sosik extract page.html --url https://it-life.test/news/articleView.html?idxno=1001`
    """
    from sosik.app.cli.files import read_whole
    from sosik.app.formats import extraction_object
    from sosik.app.wiring import wire

    found = wire().extractor().extract(read_whole(file), url=url)
    answer = extraction_object(found, url)
    if as_json:
        print_json(answer)
    else:
        sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2) + "\n")
    if found.error is not None:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(extract)
