"""`sosik check`: are the catalogue and the settings right?"""

import typer

from sosik.app.cli.output import Json, console, print_json


def check(as_json: Json = False) -> None:
    """Check catalogue and settings; every mistake is named with its file, its key and a fix.

    Example: `SOSIK_CATALOGUE=our-catalogue sosik check`
    """
    from sosik.app.flows.check import check as look
    from sosik.app.wiring import wire

    report = look(wire())
    if as_json:
        print_json({"checked": report.checked, "mistakes": list(report.mistakes)})
    else:
        for mistake in report.mistakes:
            console().print(mistake, style="red", markup=False)
        counts = ", ".join(f"{count} {what}" for what, count in report.checked.items())
        console().print(f"{counts}: {len(report.mistakes) or 'no'} mistake{'' if len(report.mistakes) == 1 else 's'}")
    if report.mistakes:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(check)
