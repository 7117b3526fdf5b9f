"""`sosik alert remove`: a rule is forgotten."""

from typing import Annotated

import typer

from sosik.app.cli.commands.alert_add import HELP
from sosik.app.cli.output import Json, console, print_json
from sosik.app.cli.registry import group


def remove(
    rule: Annotated[str, typer.Argument(help="The id of a rule, as `sosik alert list` prints it.")],
    as_json: Json = False,
) -> None:
    """Forget a rule and its messages, and the mail address with it if that was its last rule.

    Example: `sosik alert remove 3f9c2a7be41d`
    """
    from sosik.app.flows.alert_rules import remove_rule
    from sosik.app.wiring import wire

    remove_rule(wire(), rule)
    if as_json:
        print_json({"removed": rule})
    else:
        console().print(f"{rule} removed", markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    group(app, "alert", HELP).command("remove")(remove)
