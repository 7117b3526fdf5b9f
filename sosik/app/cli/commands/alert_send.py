"""`sosik alert send`: what happened goes to those who asked."""

from dataclasses import asdict

import typer

from sosik.app.cli.commands.alert_add import HELP
from sosik.app.cli.output import Json, console, print_json, progress_bars
from sosik.app.cli.registry import group


def send(as_json: Json = False) -> None:
    """Match what happened with the rules, and send what is due: by SMTP if SOSIK_SMTP_HOST is set, else to outbox/.

    Running it again sends nothing twice. The daily schedule does this by itself.

    Example: `SOSIK_SMTP_HOST=mail.example.org SOSIK_SMTP_USER=sosik sosik alert send`
    """
    from sosik.app.flows.alerts import match_alerts, send_alerts
    from sosik.app.wiring import wire

    wiring = wire()
    with progress_bars(shown=not as_json) as progress:
        matched = match_alerts(wiring, progress=progress)
        sent = send_alerts(wiring, progress=progress)
    counts = asdict(matched) | asdict(sent)
    if as_json:
        print_json(counts)
        return
    words = [f"{count} {name.replace('_', ' ')}" for name, count in counts.items() if count or name in ("sent",)]
    console().print(", ".join(words), markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    group(app, "alert", HELP).command("send")(send)
