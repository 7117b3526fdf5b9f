"""A folder of .eml files: what is sent where no mail server is set."""

import os
from pathlib import Path

from sosik.alerts.mail import read_address, write_mail
from sosik.model.alert import Alert, Delivery, DeliveryOutcome
from sosik.model.errors import Refused
from sosik.model.ports.clock import Clock


class OutboxChannel:
    """Writes each message to a file named by its Message-ID, so that sending twice leaves one."""

    name = "outbox"

    def __init__(self, folder: Path, *, sender: str, clock: Clock) -> None:
        self._folder = folder
        self._sender = sender
        self._clock = clock

    def read_address(self, text: str) -> str:
        """Return a mail address; raises Refused for anything that is not exactly one."""
        return read_address(text).addr_spec

    def send(self, alert: Alert) -> Delivery:
        """Write one message; a full disk or a folder that cannot be written puts it off."""
        now = self._clock.now()
        try:
            body = write_mail(alert, sender=self._sender, at=now).as_bytes()
        except Refused as error:
            return Delivery(outcome=DeliveryOutcome.REFUSED, detail=str(error), at=now)
        file = self._folder / f"{_safe(alert.message_id)}.eml"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _write(file, body)
        except OSError as error:
            return Delivery(outcome=DeliveryOutcome.DEFERRED, detail=f"{file}: {error.strerror}", at=now)
        return Delivery(outcome=DeliveryOutcome.SENT, detail=str(file), at=now)


def _write(file: Path, body: bytes) -> None:
    """Put the whole file there or nothing."""
    new = file.with_suffix(".new")
    with new.open("wb") as stream:
        stream.write(body)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(file)


def _safe(message_id: str) -> str:
    name = message_id.strip("<>").rpartition("@")[0]
    return "".join(each if each.isascii() and (each.isalnum() or each in ".-") else "_" for each in name)[:120]
