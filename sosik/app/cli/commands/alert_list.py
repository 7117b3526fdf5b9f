"""`sosik alert list`: every rule."""

import typer

from sosik.app.cli.commands.alert_add import HELP
from sosik.app.cli.output import Json, console, print_json
from sosik.app.cli.registry import group


def list_alerts(as_json: Json = False) -> None:
    """List the rules: who is told of what.

    Example: `sosik alert list --json`
    """
    from sosik.app.flows.alert_rules import list_rules
    from sosik.app.formats import rule_object
    from sosik.app.wiring import wire

    for rule in list_rules(wire()):
        if as_json:
            print_json(rule_object(rule))
            continue
        wanted = f"series {rule.series}" if rule.series else f"query {rule.query}" if rule.query else "new series"
        if rule.digest:
            wanted = f"{rule.digest} digest{rule.query and f' of {rule.query}'}"
        limits = " ".join((*rule.topics, *rule.regions, *rule.outlets))
        console().print(
            f"{rule.id}  {rule.subscriber}  {rule.channel}  {wanted}{limits and f' ({limits})'}", markup=False
        )


def register(app: typer.Typer) -> None:
    """Add the command."""
    group(app, "alert", HELP).command("list")(list_alerts)
