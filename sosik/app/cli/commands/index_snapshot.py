"""`sosik index snapshot`: a copy of the index."""

from typing import Annotated

import typer

from sosik.app.cli.output import Json, console, print_json
from sosik.app.cli.registry import group

Name = Annotated[str | None, typer.Argument(help="What the copy is to be called; by default the time.")]
Listed = Annotated[bool, typer.Option("--list", help="Show the copies that there are, oldest first.")]


def snapshot(name: Name = None, listed: Listed = False, as_json: Json = False) -> None:
    """Keep a copy of the search index where SOSIK_INDEX_SNAPSHOTS says; searches go on meanwhile.

    Example: `sosik index snapshot before-upgrade`
    """
    from sosik.app.flows.snapshots import list_snapshots, take_snapshot
    from sosik.app.wiring import wire

    names = list_snapshots(wire()) if listed else (take_snapshot(wire(), name),)
    for each in names:
        if as_json:
            print_json({"snapshot": each})
        else:
            console().print(each, markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    group(app, "index", "The search index: see how it stands, keep copies.").command("snapshot")(snapshot)
