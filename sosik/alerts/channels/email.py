"""Mail by SMTP; without a mail server, to a folder."""

import re
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sosik.alerts.channels import Settings
from sosik.alerts.channels.outbox import OutboxChannel
from sosik.alerts.mail import read_address, write_mail
from sosik.model.alert import Alert, Delivery, DeliveryOutcome
from sosik.model.errors import Refused
from sosik.model.ports.channel import Channel
from sosik.model.ports.clock import Clock

_LINE_OF_DOT = re.compile(rb"(?m)^\.")
_OK, _GO_ON = 250, 354


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where mail is handed over. `timeout` is in seconds; `ca_file` holds certificates to trust beside the system's.

    With `starttls` and `tls` nothing is sent over a connection that is not encrypted or whose certificate is wrong.
    """

    host: str
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: str = ""
    timeout: float = 30.0
    ca_file: Path | None = None


class _Stop(Exception):
    """What became of a message, found out on the way."""

    def __init__(self, outcome: DeliveryOutcome, detail: str) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.detail = detail


class EmailChannel:
    """Hands messages to one SMTP server, a connection each."""

    name = "email"

    def __init__(self, server: SmtpServer, *, sender: str, clock: Clock) -> None:
        self._server = server
        self._sender = sender
        self._clock = clock

    def read_address(self, text: str) -> str:
        """Return a mail address; raises Refused for anything that is not exactly one."""
        return read_address(text).addr_spec

    def send(self, alert: Alert) -> Delivery:
        """Hand one message over.

        Refused: the server will not have this recipient or this message (5xx), or it cannot be written. Doubtful: the
        connection was lost after the message had begun to leave. Deferred: anything else.
        """
        try:
            body = write_mail(alert, sender=self._sender, at=self._clock.now()).as_bytes()
            recipient = self.read_address(alert.subscriber)
        except Refused as error:
            return self._delivery(DeliveryOutcome.REFUSED, str(error))
        try:
            connection = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            return self._delivery(DeliveryOutcome.DEFERRED, f"{self._server.host}: {_words(error)}")
        try:
            detail = self._hand_over(connection, recipient, body)
        except _Stop as stop:
            return self._delivery(stop.outcome, stop.detail)
        finally:
            # Whatever the server says to a good-bye changes nothing any more.
            with suppress(OSError, smtplib.SMTPException):
                connection.quit()
            connection.close()
        return self._delivery(DeliveryOutcome.SENT, detail)

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=server.timeout, context=self._tls()
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=server.timeout)
        try:
            connection.ehlo_or_helo_if_needed()
            if server.security == "starttls":
                connection.starttls(context=self._tls())
                connection.ehlo()
            if server.user:
                connection.login(server.user, server.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._server.ca_file is not None:
            context.load_verify_locations(self._server.ca_file)
        return context

    def _hand_over(self, connection: smtplib.SMTP, recipient: str, body: bytes) -> str:
        """Return what the server said when it took the message; raises _Stop."""
        try:
            _expect(connection.mail(self._sender), _OK, refusal=DeliveryOutcome.DEFERRED)
            _expect(connection.rcpt(recipient), _OK, refusal=DeliveryOutcome.REFUSED)
            _expect(connection.docmd("DATA"), _GO_ON, refusal=DeliveryOutcome.REFUSED)
        except (OSError, smtplib.SMTPException) as error:
            raise _Stop(DeliveryOutcome.DEFERRED, _words(error)) from error
        try:
            connection.send(_LINE_OF_DOT.sub(b"..", body) + b".\r\n")
            answer = connection.getreply()
        except (OSError, smtplib.SMTPException) as error:
            raise _Stop(DeliveryOutcome.DOUBTFUL, f"lost after the message had left: {_words(error)}") from error
        return _expect(answer, _OK, refusal=DeliveryOutcome.REFUSED)

    def _delivery(self, outcome: DeliveryOutcome, detail: str) -> Delivery:
        return Delivery(outcome=outcome, detail=detail[:500], at=self._clock.now())


def open_channel(settings: Settings, clock: Clock) -> Channel:
    """Return SMTP where a server is set, else the folder outbox/ of the data folder."""
    sender = settings["mail_from"]
    if not settings["smtp_host"]:
        return OutboxChannel(settings["data"] / "outbox", sender=sender, clock=clock)
    server = SmtpServer(
        host=settings["smtp_host"],
        port=settings["smtp_port"],
        security=settings["smtp_security"],
        user=settings["smtp_user"],
        password=settings["smtp_password"],
        timeout=settings["smtp_timeout"],
        ca_file=settings["smtp_ca_file"],
    )
    return EmailChannel(server, sender=sender, clock=clock)


def _expect(answer: tuple[int, bytes], code: int, *, refusal: DeliveryOutcome) -> str:
    """Return the server's words if its code is of the wanted hundred; 5xx is the refusal, all else puts it off."""
    said = f"{answer[0]} {answer[1].decode('utf-8', 'replace')}"
    if answer[0] // 100 == code // 100:
        return said
    raise _Stop(refusal if answer[0] // 100 == 5 else DeliveryOutcome.DEFERRED, said)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        return f"{error.smtp_code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
    return f"{type(error).__name__}: {error}"
