"""What receivers are sent: signed JSON, and lines for a chat room."""

import base64
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from sosik.alerts.channels.chat import ChatChannel, link, plain
from sosik.alerts.channels.webhook import WebhookChannel, open_channel, read_secret, stable_id
from sosik.alerts.web_post import WebPoster
from sosik.model.alert import Alert
from sosik.model.errors import SettingsMistake
from tests.alerts.web_server import Receiver, Request, receiving
from tests.storage.samples import START, HandClock

SECRET = b"a long random text"
NASTY = 'AI <script>&"\r\nX: <!channel> <https://evil.example|여기> @everyone *굵게* [글](https://evil.example) \u202e'
ALERT = Alert(
    rule="0123456789ab",
    event=7,
    subscriber="",
    message_id="<0123456789ab.7@news.example>",
    subject="New article: 실증 (IT Life)",
    text="본문\n",
    html="<p>본문</p>",
    stop="https://news.example/alerts/stop?rule=1&token=2",
    about={
        "event": "new-article",
        "article": {
            "id": "a1",
            "title": NASTY,
            "english": "AI cluster · Gwangju",
            "url": "http://it-life.test/1?a=b&c=d",
            "page": None,
        },
        "series": None,
    },
)


def sent(channel: WebhookChannel | ChatChannel, *alerts: Alert) -> list[Request]:
    receiver = Receiver()
    with receiving(receiver) as port:
        for each in alerts:
            channel.send(replace(each, subscriber=f"http://127.0.0.1:{port}/"))
    return receiver.taken


def poster(clock: HandClock) -> WebPoster:
    return WebPoster(clock=clock, private=True, timeout=20)


def test_a_receiver_can_prove_who_sent_it_and_when() -> None:
    (request,) = sent(WebhookChannel(poster(HandClock()), secret=SECRET, clock=HandClock()), ALERT)
    name, at = request.headers["webhook-id"], request.headers["webhook-timestamp"]
    assert name == "0123456789ab.7@news.example"
    assert int(at) == int(START.timestamp())
    made = hmac.new(SECRET, f"{name}.{at}.".encode() + request.body, hashlib.sha256).digest()
    assert request.headers["webhook-signature"] == f"v1,{base64.b64encode(made).decode()}"


def test_it_is_the_same_message_under_the_same_id_however_often_it_is_sent() -> None:
    clock = HandClock()
    channel = WebhookChannel(poster(clock), secret=SECRET, clock=clock)
    (first,) = sent(channel, ALERT)
    clock.instant += timedelta(days=1)
    (again,) = sent(channel, ALERT)
    assert first.body == again.body
    assert first.headers["webhook-id"] == again.headers["webhook-id"]
    assert first.headers["webhook-signature"] != again.headers["webhook-signature"], "it is signed for its own time"


def test_what_outlets_write_stays_a_string() -> None:
    (request,) = sent(WebhookChannel(poster(HandClock()), secret=SECRET, clock=HandClock()), ALERT)
    told = json.loads(request.body)
    assert told["article"]["title"] == NASTY
    assert told["id"] == stable_id(ALERT)
    assert told["stop"] == ALERT.stop
    assert told["subject"] == ALERT.subject
    assert request.headers["X"] is None


def test_an_id_adds_no_header() -> None:
    (request,) = sent(
        WebhookChannel(poster(HandClock()), secret=SECRET, clock=HandClock()),
        replace(ALERT, message_id="<1@x>\r\nX-Header: 1"),
    )
    assert request.headers["X-Header"] is None


def test_a_secret_as_the_specification_writes_it() -> None:
    assert read_secret("whsec_" + base64.b64encode(SECRET).decode()) == SECRET
    assert read_secret("a long random text") == SECRET
    for wrong in ("", "whsec_???"):
        with pytest.raises(SettingsMistake, match="SOSIK_WEBHOOK_SECRET"):
            read_secret(wrong)
    settings = {"webhook_secret": "", "webhook_timeout": 1.0, "webhook_private": False}
    with pytest.raises(SettingsMistake, match="SOSIK_WEBHOOK_SECRET"):
        open_channel(settings, HandClock())


def test_a_room_is_told_in_lines_that_call_nobody_and_link_nowhere_else() -> None:
    (request,) = sent(ChatChannel(poster(HandClock())), ALERT)
    told = json.loads(request.body)
    assert told.keys() == {"text"}
    subject, english, title, url, stop = told["text"].split("\n")
    assert subject == "New article: 실증 (IT Life)"
    assert english == "AI cluster · Gwangju"
    assert url == "http://it-life.test/1?a=b&amp;c=d"
    assert stop == "Stop: https://news.example/alerts/stop?rule=1&amp;token=2"
    assert "<" not in title
    assert "@everyone" not in title
    assert "*굵게*" not in title
    assert "](" not in title
    assert "AI &lt;script&gt;&amp;" in title


def test_a_room_is_told_of_a_digest_within_its_bounds() -> None:
    stories = [{"title": f"글 <{number}>", "english": "", "url": f"http://x.test/{number}"} for number in range(200)]
    topic = {"name": "AI cluster", "stories": stories, "more_stories": 3}
    (request,) = sent(ChatChannel(poster(HandClock())), replace(ALERT, about={"digest": {"topics": [topic]}}))
    text = json.loads(request.body)["text"]
    assert len(text) < 2000
    lines = text.split("\n")
    assert lines[0] == "New article: 실증 (IT Life)"
    assert lines[1] == "AI cluster"
    assert lines[2] == "• 글 &lt;0&gt; http://x.test/0"
    assert lines[-2] == "…"
    assert lines[-1].startswith("Stop: ")


def test_links_of_a_room() -> None:
    assert link("http://x.test/<a>|b") == "http://x.test/%3Ca%3E%7Cb"
    assert plain("a\nb") == "a b"
