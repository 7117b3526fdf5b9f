"""The demonstration's subscriber: she waits for the next part of one series, and her mail goes to a folder."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sosik.app.flows.alert_rules import Wish, add_rule, list_rules
from sosik.app.flows.alerts import match_alerts, send_alerts
from sosik.app.flows.progress import Progress, silent

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

READER = "reader@demo.test"
SERIES = "모두의 AI 광주"


def subscribe_reader(wiring: "Wiring") -> None:
    """Keep her wish, unless it is kept already."""
    if all(each.subscriber != READER for each in list_rules(wiring)):
        add_rule(wiring, Wish(to=READER, series=SERIES))


def tell_reader(wiring: "Wiring", *, progress: Progress = silent) -> None:
    """Match and send; never to a real mail server, whatever the settings say: her address is no real one."""
    folder_only = replace(wiring, settings=wiring.settings.model_copy(update={"smtp_host": ""}))
    match_alerts(folder_only, progress=progress)
    send_alerts(folder_only, progress=progress)


def messages(wiring: "Wiring") -> tuple[Path, ...]:
    """Return the files of the outbox folder, in order of their names."""
    return tuple(sorted((wiring.settings.data / "outbox").glob("*.eml")))
