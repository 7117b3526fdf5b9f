"""`sosik index status`: does the index show what the ledger holds?"""

import typer

from sosik.app.cli.output import Json, console, print_json
from sosik.app.cli.registry import group


def status(as_json: Json = False) -> None:
    """Compare the index with the ledger: articles in each, and the work that is left.

    Example: `sosik index status --json`
    """
    from sosik.app.flows.status import index_status
    from sosik.app.wiring import wire

    answer = index_status(wire())
    if as_json:
        print_json(answer)
        return
    for key, value in answer.items():
        console().print(f"{key.replace('_', ' '):<20}{'—' if value is None else value}", markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    group(app, "index", "The search index: see how it stands, keep copies.").command("status")(status)
