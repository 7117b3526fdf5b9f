"""What the Channel seam promises, on every implementation: .eml files, a real SMTP server, and a real web server."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from sosik.alerts import channels
from sosik.alerts.channels.chat import ChatChannel
from sosik.alerts.channels.email import EmailChannel, SmtpServer
from sosik.alerts.channels.outbox import OutboxChannel
from sosik.alerts.channels.webhook import WebhookChannel
from sosik.alerts.web_post import WebPoster
from sosik.model.alert import Alert, DeliveryOutcome
from sosik.model.errors import NotFound, Refused
from sosik.model.ports.channel import Channel
from tests.alerts.mail_server import LATER, NO_SUCH, PASSWORD, USER, Post, free_port, serving
from tests.alerts.web_server import Receiver, receiving
from tests.storage.samples import START, HandClock

SENDER = "sosik@news.example"
LONG = "https://news.example/alerts/stop?rule=0123456789ab&token=" + "0123456789abcdef" * 8


def alert(**changed: str) -> Alert:
    made = Alert(
        rule="0123456789ab",
        event=7,
        subscriber="reader@example.org",
        message_id="<0123456789ab.7@news.example>",
        subject="Final part ⑩ of 모두의 AI 광주 (IT Life)",
        text="본문\n.\n.. 점으로 시작하는 줄\nhttp://it-life.test/1\n",
        html="<p>본문 &lt;script&gt;</p>\n",
        stop=LONG,
    )
    return replace(made, **changed)  # type: ignore[arg-type]  # the strings of an Alert


# Every channel


@dataclass
class Road:
    """Any channel: an address of somebody behind it, and what arrived there, as one text each."""

    channel: Channel
    address: str
    bad: tuple[str, ...]
    arrived: Callable[[], list[str]]


_WEB = (
    "reader@example.org",
    "ftp://127.0.0.1/",
    "https://user:word@127.0.0.1/",
    "http:///x",
    "http://a b/",
    "http://x\r\ny/",
)
_MAIL = ("a@", "", "https://127.0.0.1/", "reader@example.org, everybody@example.org", "a@b.example\r\nBcc: c@d.example")


@contextmanager
def mail_road(security: str, tmp_path: Path) -> Iterator[Road]:
    with way_of(security, tmp_path) as way:
        yield Road(way.channel, "reader@example.org", _MAIL, lambda: [str(each["Subject"]) for each in way.arrived()])


@contextmanager
def web_road(kind: str) -> Iterator[Road]:
    receiver = Receiver()
    poster = WebPoster(clock=HandClock(), private=True)
    channel = ChatChannel(poster) if kind == "chat" else WebhookChannel(poster, secret=b"s", clock=HandClock())
    with receiving(receiver) as port:
        address = f"http://127.0.0.1:{port}/hook?a=b"
        yield Road(channel, address, _WEB, lambda: [str(json.loads(each.body)) for each in receiver.taken])


@pytest.fixture(params=["outbox", "starttls", "tls", "none", "webhook", "chat"])
def road(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Road]:
    made = web_road(request.param) if request.param in ("webhook", "chat") else mail_road(request.param, tmp_path)
    with made as road:
        yield road


def test_what_is_sent_arrives(road: Road) -> None:
    delivery = road.channel.send(alert(subscriber=road.address))
    assert (delivery.outcome, delivery.at) == (DeliveryOutcome.SENT, START)
    (arrived,) = road.arrived()
    assert "Final part ⑩ of 모두의 AI 광주 (IT Life)" in arrived


def test_an_address_is_kept_as_it_was_given(road: Road) -> None:
    assert road.channel.read_address(road.address) == road.address


def test_what_is_no_address_is_refused_and_reaches_nobody(road: Road) -> None:
    for bad in road.bad:
        with pytest.raises(Refused):
            road.channel.read_address(bad)
        delivery = road.channel.send(alert(subscriber=bad))
        assert delivery.outcome is DeliveryOutcome.REFUSED
        assert delivery.detail
    assert road.arrived() == []


def test_every_channel_is_found_by_the_name_of_its_file() -> None:
    assert channels.names() == ("chat", "email", "webhook")
    with pytest.raises(NotFound, match="chat, email, webhook"):
        channels.open_channel("outbox", {}, HandClock())


def test_a_new_channel_is_a_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "slate.py").write_text(SLATE, encoding="utf-8")
    monkeypatch.setattr(channels, "__path__", [*channels.__path__, str(tmp_path)])
    assert "slate" in channels.names()
    opened = channels.open_channel("slate", {"data": tmp_path}, HandClock())
    assert opened.send(alert(subscriber="wall")).outcome is DeliveryOutcome.SENT
    assert (tmp_path / "wall").read_text(encoding="utf-8") == alert().subject


SLATE = """
from sosik.model.alert import Delivery, DeliveryOutcome

class Slate:
    name = "slate"

    def __init__(self, folder, clock):
        self.folder, self.clock = folder, clock

    def read_address(self, text):
        return text

    def send(self, alert):
        (self.folder / alert.subscriber).write_text(alert.subject, encoding="utf-8")
        return Delivery(outcome=DeliveryOutcome.SENT, detail="", at=self.clock.now())

def open_channel(settings, clock):
    return Slate(settings["data"], clock)
"""


# Mail


@dataclass
class Way:
    """A channel, and what arrived by it."""

    channel: Channel
    post: Post | None
    folder: Path

    def arrived(self) -> list[EmailMessage]:
        if self.post is not None:
            return self.post.taken
        return [message_from_bytes(each.read_bytes(), policy=default) for each in sorted(self.folder.glob("*"))]


@pytest.fixture(params=["outbox", "starttls", "tls", "none"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    with way_of(request.param, tmp_path) as way:
        yield way


@contextmanager
def way_of(security: Any, tmp_path: Path) -> Iterator[Way]:
    folder = tmp_path / "outbox"
    if security == "outbox":
        yield Way(OutboxChannel(folder, sender=SENDER, clock=HandClock()), None, folder)
        return
    post = Post()
    with serving(post, tmp_path, security=security) as (port, certificate):
        server = SmtpServer(
            host="127.0.0.1",
            port=port,
            security=security,
            user=USER,
            password=PASSWORD,
            timeout=20,
            ca_file=None if security == "none" else certificate,
        )
        yield Way(EmailChannel(server, sender=SENDER, clock=HandClock()), post, folder)


def test_a_message_arrives_as_it_was_written(way: Way) -> None:
    sent = alert()
    delivery = way.channel.send(sent)
    assert delivery.outcome is DeliveryOutcome.SENT
    assert delivery.at == START
    (message,) = way.arrived()
    assert message["Subject"] == sent.subject
    assert message["To"] == sent.subscriber
    assert message["From"].addresses[0].addr_spec == SENDER
    assert message["Message-ID"] == sent.message_id
    assert message["List-Unsubscribe"] == f"<{LONG}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"].datetime == START.replace(microsecond=0)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == sent.text
    assert html.get_content().replace("\r\n", "\n") == sent.html


def test_a_stop_by_mail_is_no_one_click(way: Way) -> None:
    way.channel.send(alert(stop="mailto:sosik@news.example?subject=stop%200123456789ab"))
    (message,) = way.arrived()
    assert message["List-Unsubscribe"] == "<mailto:sosik@news.example?subject=stop%200123456789ab>"
    assert message["List-Unsubscribe-Post"] is None


@pytest.mark.parametrize(
    "changed",
    [
        {"subject": "제목\r\nBcc: everybody@example.org"},
        {"subject": "제목\nBcc: everybody@example.org"},
        {"subscriber": "reader@example.org\r\nBcc: everybody@example.org"},
        {"subscriber": "reader@example.org, everybody@example.org"},
        {"subscriber": "a@"},
        {"subscriber": "reader@example.org> SIZE=1\r\nRCPT TO:<everybody@example.org"},
        {"stop": "https://news.example/\r\nBcc: everybody@example.org"},
        {"message_id": "<1@x>\r\nBcc: everybody@example.org"},
    ],
)
def test_nobody_can_add_a_header_or_a_recipient(way: Way, changed: dict[str, str]) -> None:
    delivery = way.channel.send(alert(**changed))
    assert delivery.outcome is DeliveryOutcome.REFUSED
    assert delivery.detail
    assert way.arrived() == []


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def mail(post: Post, tmp_path: Path) -> Iterator[EmailChannel]:
    with serving(post, tmp_path) as (port, certificate):
        server = SmtpServer(host="127.0.0.1", port=port, user=USER, password=PASSWORD, timeout=20, ca_file=certificate)
        yield EmailChannel(server, sender=SENDER, clock=HandClock())


def test_mail_goes_encrypted_and_logged_in(mail: EmailChannel, post: Post) -> None:
    mail.send(alert())
    assert post.encrypted == [True]
    assert post.users == [USER]


def test_a_refused_recipient_is_refused_for_good(mail: EmailChannel, post: Post) -> None:
    delivery = mail.send(alert(subscriber=NO_SUCH))
    assert delivery.outcome is DeliveryOutcome.REFUSED
    assert "no such mailbox" in delivery.detail
    assert post.taken == []


def test_a_recipient_put_off_is_deferred(mail: EmailChannel, post: Post) -> None:
    delivery = mail.send(alert(subscriber=LATER))
    assert delivery.outcome is DeliveryOutcome.DEFERRED
    assert "greylisted" in delivery.detail
    assert post.taken == []


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("452 4.3.1 the disk is full", DeliveryOutcome.DEFERRED),
        ("554 5.7.1 looks like spam", DeliveryOutcome.REFUSED),
    ],
)
def test_the_answer_to_the_message_decides(
    mail: EmailChannel, post: Post, answer: str, outcome: DeliveryOutcome
) -> None:
    post.on_data = lambda message: answer
    delivery = mail.send(alert())
    assert delivery.outcome is outcome
    assert delivery.detail == answer


def test_a_connection_lost_after_the_message_is_a_doubt(mail: EmailChannel, post: Post) -> None:
    post.cut_after_data = True
    delivery = mail.send(alert())
    assert delivery.outcome is DeliveryOutcome.DOUBTFUL
    assert len(post.taken) == 1


def test_nobody_answers(tmp_path: Path) -> None:
    server = SmtpServer(host="127.0.0.1", port=free_port(), timeout=5)
    assert EmailChannel(server, sender=SENDER, clock=HandClock()).send(alert()).outcome is DeliveryOutcome.DEFERRED


def test_a_wrong_password_is_deferred(post: Post, tmp_path: Path) -> None:
    with serving(post, tmp_path) as (port, certificate):
        server = SmtpServer(host="127.0.0.1", port=port, user=USER, password="wrong", timeout=20, ca_file=certificate)
        delivery = EmailChannel(server, sender=SENDER, clock=HandClock()).send(alert())
    assert delivery.outcome is DeliveryOutcome.DEFERRED
    assert delivery.detail.startswith("127.0.0.1: 535")
    assert "wrong" not in delivery.detail


def test_a_certificate_that_nobody_vouches_for_gets_no_password(post: Post, tmp_path: Path) -> None:
    with serving(post, tmp_path) as (port, _):
        server = SmtpServer(host="127.0.0.1", port=port, user=USER, password=PASSWORD, timeout=20)
        delivery = EmailChannel(server, sender=SENDER, clock=HandClock()).send(alert())
    assert delivery.outcome is DeliveryOutcome.DEFERRED
    assert "CERTIFICATE_VERIFY_FAILED" in delivery.detail
    assert (post.users, post.taken) == ([], [])


def test_a_server_without_starttls_gets_no_mail(post: Post, tmp_path: Path) -> None:
    with serving(post, tmp_path, security="none", auth=False) as (port, _):
        server = SmtpServer(host="127.0.0.1", port=port, timeout=20)
        delivery = EmailChannel(server, sender=SENDER, clock=HandClock()).send(alert())
    assert delivery.outcome is DeliveryOutcome.DEFERRED
    assert post.taken == []


def test_sending_again_leaves_one_file(tmp_path: Path) -> None:
    channel = OutboxChannel(tmp_path, sender=SENDER, clock=HandClock())
    first, second = channel.send(alert()), channel.send(alert())
    assert first == second
    assert [str(each) for each in tmp_path.iterdir()] == [first.detail]


def test_a_folder_that_cannot_be_written_puts_it_off(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file is in the way", encoding="utf-8")
    channel = OutboxChannel(tmp_path / "outbox", sender=SENDER, clock=HandClock())
    assert channel.send(alert()).outcome is DeliveryOutcome.DEFERRED
