"""`sosik learn`: what examples teach of topics."""

from pathlib import Path
from typing import Annotated

import typer

from sosik.app.cli.output import Json, console, print_json, progress_bars


def learn(
    folder: Annotated[Path, typer.Argument(help="Folder of topics with _examples.tsv; it gets _learned.tsv.")],
    as_json: Json = False,
) -> None:
    """Learn from labelled examples what words say of topics.

    A line of _examples.tsv is an example: topics with commas between (or - for none), headline, opening, with tabs
    between. The weights raise and lower the scores of the rules from then on; `sosik replay --topics` tags the past.

    Example: `sosik learn our-catalogue/topics`
    """
    from sosik.app.flows.learn import learn_topics
    from sosik.app.wiring import wire

    with progress_bars(shown=not as_json) as progress:
        learnt = learn_topics(wire(), folder, progress)
    if as_json:
        print_json({"examples": learnt.examples, "words": learnt.words, "file": str(learnt.file)})
    else:
        console().print(f"{learnt.examples} examples taught {learnt.words} words: {learnt.file}", markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(learn)
