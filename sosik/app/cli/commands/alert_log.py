"""`sosik alert log`: what became of every message."""

from typing import Annotated

import typer

from sosik.app.cli.commands.alert_add import HELP
from sosik.app.cli.output import Json, console, print_json
from sosik.app.cli.registry import group


def log(
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="So many messages, newest first.")] = 20,
    as_json: Json = False,
) -> None:
    """Show the newest messages and what became of each: attempts, doubts, and the words of the mail server.

    Example: `sosik alert log --limit 100 --json`
    """
    from sosik.app.flows.alerts import newest_messages
    from sosik.app.formats import message_object
    from sosik.app.wiring import wire

    for row, deliveries in newest_messages(wire(), limit):
        if as_json:
            print_json(message_object(row, deliveries))
            continue
        doubts = f", {row.doubts} in doubt" if row.doubts else ""
        said = f"  {deliveries[-1].detail}" if deliveries else ""
        console().print(
            f"{row.message_id}  {row.subscriber}  {row.status.value} after {row.attempts}{doubts}{said}", markup=False
        )


def register(app: typer.Typer) -> None:
    """Add the command."""
    group(app, "alert", HELP).command("log")(log)
