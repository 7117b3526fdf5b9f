"""`sosik analyse`: rows in, rows with what was found out."""

from pathlib import Path
from typing import Annotated

import typer

from sosik.app.cli.output import Json, complain, print_json


def analyse(
    file: Annotated[Path, typer.Argument(help="JSON Lines of {id, title, text, published, outlet, url}; - is stdin.")],
    as_json: Json = False,
) -> None:
    """Find topics with their evidence, places, organisations, people, amounts and dates in article rows.

    A row in, a row out, as JSON Lines: {id, topics, regions, organisations, people, amounts, dates, unresolved_dates}.
    Offsets count characters of the title, a newline and the text. A name has its entry in the gazetteer, null where it
    is unconfirmed. An amount says what it counts, if the text does; a range is two amounts, one for each end, and both
    name its low and high end. A date is known to the day, month or year; one that could not be resolved is in a list
    of its own and says why. A row that cannot be read is named on standard error, the others go on, and the exit
    status is 1.

    Examples: `sosik analyse rows.jsonl` · `jq -c . rows.json | sosik analyse -`
    """
    from sosik.app.cli.files import opened
    from sosik.app.flows.analyse import Fault, analyse_rows
    from sosik.app.formats import analysis_object
    from sosik.app.wiring import wire

    failed = False
    with opened(file) as stream:
        for answer in analyse_rows(wire(), stream):
            if isinstance(answer, Fault):
                failed = failed or answer.fatal
                complain(f"line {answer.line}: {answer.reason}", as_json=as_json, line=answer.line)
            else:
                print_json({"id": answer.id, **analysis_object(answer.analysis)})
    if failed:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(analyse)
