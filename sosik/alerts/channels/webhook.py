"""Alerts as JSON to a subscriber's own web address, signed as the Standard Webhooks specification says.

webhook-id          the same however often the alert is sent: what it was told once, a receiver can pass over
webhook-timestamp   when it was sent, in seconds since 1970
webhook-signature   v1,BASE64 of HMAC-SHA256(secret, "{id}.{timestamp}.{body}")
"""

import base64
import binascii
import hmac
import json

from sosik.alerts.channels import Settings
from sosik.alerts.web_post import WebPoster
from sosik.model.alert import Alert, Delivery
from sosik.model.errors import SettingsMistake
from sosik.model.ports.channel import Channel
from sosik.model.ports.clock import Clock

_PREFIX = "whsec_"


class WebhookChannel:
    """Posts alerts, signed with one secret."""

    name = "webhook"

    def __init__(self, poster: WebPoster, *, secret: bytes, clock: Clock) -> None:
        self._poster = poster
        self._secret = secret
        self._clock = clock

    def read_address(self, text: str) -> str:
        """Return a web address that may be posted to; raises Refused."""
        return self._poster.read_address(text)

    def send(self, alert: Alert) -> Delivery:
        """Post one alert: sent is 2xx, refused is 4xx; see WebPoster.post."""
        body = json.dumps(payload(alert), ensure_ascii=True).encode("ascii")
        name, at = stable_id(alert), str(int(self._clock.now().timestamp()))
        signed = {"webhook-id": name, "webhook-timestamp": at, "webhook-signature": sign(self._secret, name, at, body)}
        return self._poster.post(alert.subscriber, body, signed)


def stable_id(alert: Alert) -> str:
    """Return what an alert is called however often it is sent: letters, digits and -._@ only."""
    name = alert.message_id.strip("<>")
    return "".join(each if each.isascii() and (each.isalnum() or each in "-._@") else "_" for each in name)


def payload(alert: Alert) -> dict[str, object]:
    """Return what is posted."""
    return {
        "id": stable_id(alert),
        "rule": alert.rule,
        "subject": alert.subject,
        "text": alert.text,
        "stop": alert.stop,
        **alert.about,
    }


def sign(secret: bytes, name: str, at: str, body: bytes) -> str:
    """Return the signature of what is sent at an instant, given in seconds since 1970."""
    made = hmac.new(secret, f"{name}.{at}.".encode("ascii") + body, "sha256").digest()
    return f"v1,{base64.b64encode(made).decode('ascii')}"


def read_secret(text: str) -> bytes:
    """Return the key that a secret stands for: whsec_ and base64, or any text; raises SettingsMistake."""
    if not text:
        raise SettingsMistake(
            "SOSIK_WEBHOOK_SECRET is not set: it signs what webhooks are sent. Set it in the environment to a long "
            "random text, and tell it to those who run the receivers"
        )
    if not text.startswith(_PREFIX):
        return text.encode()
    try:
        return base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except binascii.Error as error:
        raise SettingsMistake(f"SOSIK_WEBHOOK_SECRET begins with {_PREFIX}, but no base64 follows") from error


def open_channel(settings: Settings, clock: Clock) -> Channel:
    """Return the channel as settings say; raises SettingsMistake without a secret."""
    poster = WebPoster(clock=clock, timeout=settings["webhook_timeout"], private=settings["webhook_private"])
    return WebhookChannel(poster, secret=read_secret(settings["webhook_secret"]), clock=clock)
