"""A message as it travels: headers, text and HTML."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from sosik.model.alert import Alert
from sosik.model.errors import Refused
from sosik.model.instants import KST

_WHOLE = ("list-unsubscribe", "message-id")


class _Policy(EmailPolicy):
    """SMTP's policy, but for headers that a line break would ruin: an address of a link is never folded or encoded."""

    def fold(self, name: str, value: Any) -> str:
        """Return a header as lines."""
        return f"{name}: {value}{self.linesep}" if name.lower() in _WHOLE else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return a header as bytes."""
        if name.lower() in _WHOLE:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


POLICY = _Policy(linesep="\r\n", cte_type="7bit")


def read_address(text: str) -> Address:
    """Return a mail address; raises Refused for anything that is not exactly one."""
    try:
        address = Address(addr_spec=text)
    except (ValueError, IndexError) as error:  # IndexError: the parser's own, for "a@"
        raise Refused(f"{text!r} is not a mail address") from error
    if not (address.username and address.domain and text.isascii() and text.isprintable()) or " " in text:
        raise Refused(f"{text!r} is not a mail address")
    return address


def write_mail(alert: Alert, *, sender: str, at: datetime) -> EmailMessage:
    """Return the message of an alert.

    Nothing that an outlet wrote can add a header: the policy refuses line breaks in one. Raises Refused for such.
    """
    message = EmailMessage(policy=POLICY)
    try:
        message["From"] = Address("Sosik", addr_spec=sender)
        message["To"] = read_address(alert.subscriber)
        message["Subject"] = alert.subject
        message["Date"] = format_datetime(at.astimezone(KST))
        message["Message-ID"] = alert.message_id
        message["List-Unsubscribe"] = f"<{alert.stop}>"
        if alert.stop.startswith("http"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message["Auto-Submitted"] = "auto-generated"
    except ValueError as error:
        raise Refused(f"the message {alert.message_id} has a header that cannot be sent: {error}") from error
    message.set_content(alert.text, charset="utf-8", cte="base64")
    message.add_alternative(alert.html, subtype="html", charset="utf-8", cte="base64")
    return message
