"""`sosik sources health`: which outlets are fine, quiet, silent, broken, blocked or away."""

from typing import Annotated

import typer

from sosik.app.cli.output import Json, console, print_json
from sosik.app.cli.registry import group


def health(
    sources: Annotated[list[str] | None, typer.Argument(help="Ids of outlets; none: all that were visited.")] = None,
    ill: Annotated[bool, typer.Option("--ill", help="Only those that need somebody.")] = False,
    as_json: Json = False,
) -> None:
    """Say how the outlets are, since when, and what shows it; judged by all visits so far.

    Examples: `sosik sources health` · `sosik sources health --ill` · `sosik sources health it-life --json`
    """
    from sosik.app.flows.crawl import chosen
    from sosik.app.flows.health import health_of
    from sosik.app.formats import health_object
    from sosik.app.wiring import wire
    from sosik.model.health import ILL
    from sosik.model.instants import KST
    from sosik.model.signs import HealthState

    wiring = wire()
    known = wiring.catalogue.sources()
    outlets = {each.id: each for each in (chosen(known, sources) if sources else known)}
    found = health_of(wiring, outlets.values())
    shown = [each for each in found if sources or each.state is not HealthState.UNKNOWN]
    for each in sorted(shown, key=lambda one: (one.state not in ILL, one.state, one.source)):
        if ill and each.state not in ILL:
            continue
        if as_json:
            print_json(health_object(each, outlets.get(each.source)))
            continue
        since = f"since {each.since.astimezone(KST):%Y-%m-%d %H:%M}" if each.since else ""
        notes = "".join(f"; {note}" for note in each.notes)
        console().print(f"{each.source:<28}{each.state.value:<19}{since:<24}{each.evidence}{notes}", markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    group(app, "sources", "The outlets: list them.").command("health")(health)
