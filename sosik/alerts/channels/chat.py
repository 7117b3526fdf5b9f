"""Alerts to a chat room by its incoming webhook: `{"text": …}`, as Slack and Mattermost take it, and Discord under
the address of the webhook with /slack behind it.
"""

import json
from collections.abc import Iterator, Mapping

from sosik.alerts.channels import Settings
from sosik.alerts.compose import one_line
from sosik.alerts.web_post import WebPoster
from sosik.model.alert import Alert, Delivery
from sosik.model.ports.channel import Channel
from sosik.model.ports.clock import Clock

_LONGEST = 1800  # characters: Discord takes 2,000
_AFTER = "\u200b"  # a space of no width: what follows it is no name that a room is called by
_PLAIN = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": f"@{_AFTER}"})
_MARKS = str.maketrans({each: f"{each}{_AFTER}" for each in "*_~`[]|"})


class ChatChannel:
    """Posts a few lines; whoever can post there needs no other secret than the address."""

    name = "chat"

    def __init__(self, poster: WebPoster) -> None:
        self._poster = poster

    def read_address(self, text: str) -> str:
        """Return a web address that may be posted to; raises Refused."""
        return self._poster.read_address(text)

    def send(self, alert: Alert) -> Delivery:
        """Post one alert: sent is 2xx, refused is 4xx; see WebPoster.post."""
        body = json.dumps({"text": "\n".join(_lines(alert))}, ensure_ascii=True).encode("ascii")
        return self._poster.post(alert.subscriber, body, {})


def _lines(alert: Alert) -> Iterator[str]:
    article = alert.about.get("article")
    yield plain(alert.subject)
    if isinstance(article, Mapping):
        for name in ("english", "title"):
            if article.get(name):
                yield plain(str(article[name]))
        yield from (link(str(article[name])) for name in ("url", "page") if article.get(name))
    else:
        yield from (_said(each) for each in _cut(alert.text).splitlines())
    yield f"Stop: {link(alert.stop)}"


def _cut(text: str) -> str:
    """Return as many whole lines as a room takes."""
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rpartition("\n")[0] + "\n…"


def _said(line: str) -> str:
    return line.translate(_PLAIN)


def plain(text: str) -> str:
    """Return text that calls nobody, links nowhere and formats nothing."""
    return one_line(text).translate(_PLAIN).translate(_MARKS)


def link(url: str) -> str:
    """Return an address as rooms show it by itself; what is none is left out."""
    whole = one_line(url)
    return whole.replace("<", "%3C").replace(">", "%3E").replace("&", "&amp;") if ":" in whole else ""


def open_channel(settings: Settings, clock: Clock) -> Channel:
    """Return the channel as settings say."""
    return ChatChannel(WebPoster(clock=clock, timeout=settings["webhook_timeout"], private=settings["webhook_private"]))
