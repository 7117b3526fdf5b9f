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

    Killed at any moment, the same command goes on where it stopped. It prints what it does not reach: messages that
    have left, snapshots and backups among them.

    Example: `sosik takedown 3f9c2a7be41d0c55 --reason "court order 2026-112"`
    """
    from sosik.app.flows.takedown import NOT_REACHED, take_down
    from sosik.app.formats import takedown_object
    from sosik.app.wiring import wire

    if not reason.strip():
        raise typer.BadParameter("say why: the reason is all that stays")
    with progress_bars(shown=not as_json) as progress:
        report = take_down(wire(), article, reason.strip(), progress=progress)
    tell_what_waits(report.index, as_json=as_json)
    if as_json:
        done = {"captures": report.cleaned.captures, "mails": report.cleaned.mails}
        print_json({**takedown_object(report.mark), **done, "not_reached": NOT_REACHED})
        return
    removed = f"removed: captures {report.cleaned.captures}, mails in outbox/ {report.cleaned.mails}"
    console().print(f"{report.mark.article} is taken down; {removed}", markup=False)
    console().print("Not reached:", *(f"- {each}" for each in NOT_REACHED), sep="\n", markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(takedown)
