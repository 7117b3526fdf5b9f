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
_IN_LINKS = {"<": "%3C", ">": "%3E", "|": "%7C", " ": "%20", "&": "&amp;"}
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
    """Give the lines of a message: as many as a room takes, and how to stop it in any case."""
    left = _LONGEST
    for line in _told(alert):
        left -= len(line) + 1
        if left < 0:
            yield "…"
            break
        yield line
    yield f"Stop: {link(alert.stop)}"


def _told(alert: Alert) -> Iterator[str]:
    article, digest = alert.about.get("article"), alert.about.get("digest")
    yield plain(alert.subject)
    if isinstance(article, Mapping):
        yield from (plain(str(article[name])) for name in ("english", "title") if article.get(name))
        yield from (link(str(article[name])) for name in ("url", "page") if article.get(name))
    if isinstance(digest, Mapping):
        for topic in digest["topics"]:
            yield plain(topic["name"])
            yield from (f"• {plain(each['english'] or each['title'])} {link(each['url'])}" for each in topic["stories"])


def plain(text: str) -> str:
    """Return text that calls nobody, links nowhere and formats nothing."""
    return one_line(text).translate(_PLAIN).translate(_MARKS)


def link(url: str) -> str:
    """Return an address as rooms show it by itself."""
    return "".join(_IN_LINKS.get(each, each) for each in one_line(url))


def open_channel(settings: Settings, clock: Clock) -> Channel:
    """Return the channel as settings say."""
    return ChatChannel(WebPoster(clock=clock, timeout=settings["webhook_timeout"], private=settings["webhook_private"]))
