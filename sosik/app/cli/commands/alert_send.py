"""`sosik alert send`: what happened goes to those who asked."""

from dataclasses import asdict

import typer

from sosik.app.cli.commands.alert_add import HELP
from sosik.app.cli.output import Json, complain, console, print_json, progress_bars
from sosik.app.cli.registry import group


def send(as_json: Json = False) -> None:
    """Match what happened with the rules, and send what is due, each message by the channel of its rule.

    Mails go by SMTP if SOSIK_SMTP_HOST is set, else to outbox/. Running it again sends nothing twice.
    The daily schedule does this by itself.

    Example: `SOSIK_SMTP_HOST=mail.example.org SOSIK_SMTP_USER=sosik sosik alert send`
    """
    from sosik.app.flows.alerts import match_alerts, send_alerts
    from sosik.app.flows.digest_mails import note_digests
    from sosik.app.wiring import wire

    wiring = wire()
    with progress_bars(shown=not as_json) as progress:
        note_digests(wiring, progress=progress)
        matched = match_alerts(wiring, progress=progress)
        sent = send_alerts(wiring, progress=progress)
    counts = asdict(matched) | asdict(sent)
    if as_json:
        print_json(counts)
        return
    numbers = {name: count for name, count in counts.items() if isinstance(count, int)}
    words = [f"{count} {name.replace('_', ' ')}" for name, count in numbers.items() if count or name in ("sent",)]
    console().print(", ".join(words), markup=False)
    for article in matched.unanalysed:
        reason = f"article {article} has no analysis yet; its alerts wait (`sosik replay --topics` makes one)"
        complain(reason, as_json=False)
    for reason in sent.unready:
        complain(reason, as_json=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    group(app, "alert", HELP).command("send")(send)
