"""`sosik alert test`: what a rule would send."""

from typing import Annotated

import typer

from sosik.app.cli.commands.alert_add import HELP
from sosik.app.cli.output import Json, console, print_json
from sosik.app.cli.registry import group


def try_out(
    rule: Annotated[str, typer.Argument(help="The id of a rule, as `sosik alert list` prints it.")],
    as_json: Json = False,
) -> None:
    """Show the mail that a rule would send for the newest event it fits, however old. Sends nothing.

    Example: `sosik alert test 3f9c2a7be41d`
    """
    from sosik.app.flows.alert_rules import try_rule
    from sosik.app.wiring import wire

    alert = try_rule(wire(), rule)
    if as_json:
        print_json(
            {
                "rule": alert.rule,
                "event": alert.event,
                "to": alert.subscriber,
                "message_id": alert.message_id,
                "subject": alert.subject,
                "text": alert.text,
                "html": alert.html,
                "stop": alert.stop,
            }
        )
        return
    out = console()
    out.print(f"To: {alert.subscriber}\nSubject: {alert.subject}\n", style="dim", markup=False)
    out.print(alert.text, markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    group(app, "alert", HELP).command("test")(try_out)
