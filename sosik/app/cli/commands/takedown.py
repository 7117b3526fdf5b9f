"""`sosik takedown`: an article is removed by law or request."""

from typing import Annotated

import typer

from sosik.app.cli.output import Json, console, print_json, progress_bars, tell_what_waits


def takedown(
    article: Annotated[str, typer.Argument(help="The id of an article, as search prints it; its first digits do.")],
    reason: Annotated[str, typer.Option(help="Why, in words that say nothing of what is removed: it stays.")],
    as_json: Json = False,
) -> None:
    """Remove an article from ledger, archive, index and outbox, and leave a mark so that it does not come back.

    Killed at any moment, the same command goes on where it stopped. Copies made by others, snapshots and backups among
    them, are not reached.

    Example: `sosik takedown 3f9c2a7be41d0c55 --reason "court order 2026-112"`
    """
    from sosik.app.flows.takedown import take_down
    from sosik.app.formats import takedown_object
    from sosik.app.wiring import wire

    if not reason.strip():
        raise typer.BadParameter("say why: the reason is all that stays")
    with progress_bars(shown=not as_json) as progress:
        report = take_down(wire(), article, reason.strip(), progress=progress)
    tell_what_waits(report.index, as_json=as_json)
    if as_json:
        print_json({**takedown_object(report.mark), "captures": report.captures})
        return
    console().print(f"{report.mark.article} is taken down; {report.captures} captures removed", markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(takedown)
