"""`sosik group`: rows in, stories out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sosik.app.cli.output import Json, complain, print_json, progress_bars

if TYPE_CHECKING:
    from sosik.app.flows.analyse import Fault


def group(
    file: Annotated[Path, typer.Argument(help="JSON Lines of {id, title, text, published, outlet, url}; - is stdin.")],
    as_json: Json = False,
) -> None:
    """Find which article rows report one event: copies, rewrites of one press release, independent reports.

    Prints a line for each group of two articles or more, as JSON Lines: {story, kind, articles, reason, first, fullest,
    copies}, where kind is verbatim, press-release-rewrite or same-event-different-text. A row that cannot be read,
    or has the id of one before it from the same outlet, is named on standard error, the others go on, and the exit
    status is 1.

    Examples: `sosik group rows.jsonl` · `sosik group - < rows.jsonl | jq -c .articles`
    """
    from sosik.app.cli.files import opened
    from sosik.app.flows.group import group_rows
    from sosik.app.formats import story_object
    from sosik.app.wiring import wire

    faults: list[Fault] = []
    with opened(file) as stream, progress_bars(shown=not as_json) as progress:
        grouped = group_rows(wire(), stream, faults, progress=progress)
    for fault in faults:
        complain(f"line {fault.line}: {fault.reason}", as_json=as_json, line=fault.line)
    for story in grouped.stories:
        shown = story_object(story)
        for key in ("articles", "copies"):
            shown[key] = [grouped.ids[each] for each in shown[key]]
        print_json({**shown, "first": grouped.ids[story.first], "fullest": grouped.ids[story.fullest]})
    if any(fault.fatal for fault in faults):
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(group)
