"""`sosik index restore`: the index, from a copy."""

from typing import Annotated

import typer

from sosik.app.cli.output import Json, console, print_json, progress_bars
from sosik.app.cli.registry import group

Name = Annotated[str, typer.Argument(help="The copy, as `sosik index snapshot --list` shows it.")]


def restore(name: Name, as_json: Json = False) -> None:
    """Bring a copy of the search index back, with all that changed since; what the ledger removed stays removed.

    The index that was alive is kept for a day (`sosik reindex --back`).

    Example: `sosik index restore before-upgrade`
    """
    from sosik.app.flows.snapshots import restore as bring_back
    from sosik.app.wiring import wire

    with progress_bars(shown=not as_json) as progress:
        report = bring_back(wire(), name, progress=progress)
    if as_json:
        print_json({"generation": report.generation, "documents": report.documents, "removed": report.removed})
    else:
        console().print(f"{report.documents} articles in {report.generation}", markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    group(app, "index", "The search index: see how it stands, keep copies.").command("restore")(restore)
