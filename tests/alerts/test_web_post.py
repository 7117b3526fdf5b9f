"""A POST to where a subscriber says: what becomes of it, and where it does not go."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from sosik.alerts.web_post import LONGEST_ADDRESS, WebPoster
from sosik.model.alert import Delivery, DeliveryOutcome
from sosik.model.errors import Refused
from tests.alerts.mail_server import free_port, make_certificate
from tests.alerts.web_server import Receiver, receiving
from tests.storage.samples import START, HandClock

SENT, REFUSED = DeliveryOutcome.SENT, DeliveryOutcome.REFUSED
DEFERRED, DOUBTFUL = DeliveryOutcome.DEFERRED, DeliveryOutcome.DOUBTFUL


def poster(timeout: float = 20.0, **more: bool) -> WebPoster:
    return WebPoster(clock=HandClock(), timeout=timeout, private=more.get("private", True))


def post(receiver: Receiver, path: str = "/hook") -> Delivery:
    with receiving(receiver) as port:
        return poster().post(f"http://127.0.0.1:{port}{path}", b'{"a": 1}', {"webhook-id": "m1"})


def test_what_is_posted() -> None:
    receiver = Receiver(status=204, body=b"")
    assert post(receiver, "/hook?key=a%20b#part").outcome is SENT
    (request,) = receiver.taken
    assert request.path == "/hook?key=a%20b"
    assert request.body == b'{"a": 1}'
    assert request.headers["Content-Type"] == "application/json; charset=utf-8"
    assert request.headers["webhook-id"] == "m1"
    assert request.headers["Host"].startswith("127.0.0.1:")


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, SENT), (202, SENT), (299, SENT)]
    + [(each, REFUSED) for each in (400, 401, 404, 410, 413, 422)]
    + [(each, DEFERRED) for each in (301, 302, 307, 308, 408, 425, 429, 500, 502, 503, 504)],
)
def test_the_answer_decides(status: int, outcome: DeliveryOutcome) -> None:
    delivery = post(Receiver(status=status, body=b"no such\n hook <b>"))
    assert delivery.outcome is outcome
    assert delivery.detail.startswith(str(status))
    assert ("no such hook <b>" in delivery.detail) is (status not in (301, 302, 307, 308))
    assert delivery.not_before is None


def test_a_redirect_is_not_followed() -> None:
    there = Receiver()
    with receiving(there) as port:
        here = Receiver(status=307, headers={"Location": f"http://127.0.0.1:{port}/"})
        assert post(here).outcome is DEFERRED
    assert (len(here.taken), there.taken) == (1, [])


@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (format_datetime(START.astimezone(UTC) + timedelta(hours=3), usegmt=True), timedelta(hours=3)),
        ("99999999999999999999", timedelta(days=2)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(days=2)),
        (format_datetime(datetime(2001, 1, 1, tzinfo=UTC), usegmt=True), timedelta(0)),
        ("-5", None),
        ("soon", None),
        ("", None),
    ],
)
def test_it_waits_as_long_as_it_is_asked_to_within_reason(asked: str, wait: timedelta | None) -> None:
    delivery = post(Receiver(status=429, headers={"Retry-After": asked}))
    assert delivery.outcome is DEFERRED
    expected = None if wait is None else START + wait
    if expected is None:
        assert delivery.not_before is None
    else:
        assert delivery.not_before is not None
        assert abs(delivery.not_before - expected) < timedelta(seconds=1)


def test_a_connection_cut_after_the_request_is_a_doubt() -> None:
    receiver = Receiver(cut=True)
    assert post(receiver).outcome is DOUBTFUL
    assert len(receiver.taken) == 1


def test_nobody_listens() -> None:
    delivery = poster().post(f"http://127.0.0.1:{free_port()}/", b"{}", {})
    assert delivery.outcome is DEFERRED
    assert "not reached" in delivery.detail


def test_a_name_that_nobody_knows_is_put_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: object, **more: object) -> object:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert poster().post("https://hooks.example/", b"{}", {}).outcome is DEFERRED


@contextmanager
def dripping(first: bytes) -> Iterator[int]:
    """Answer with a byte, and then another, for as long as anybody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        stop = threading.Event()

        def drip() -> None:
            connection, _ = server.accept()
            with closing(connection):
                connection.recv(65536)
                connection.sendall(first)
                while not stop.wait(0.05):
                    try:
                        connection.sendall(b"x")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            yield int(server.getsockname()[1])
        finally:
            stop.set()
            thread.join()


@pytest.mark.parametrize("first", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b""])
def test_an_answer_that_drips_is_not_waited_for_for_ever(first: bytes) -> None:
    """Every byte comes in time, and the whole never does: the time is for all of it."""
    with dripping(first) as port:
        assert poster(timeout=0.5).post(f"http://127.0.0.1:{port}/", b"{}", {}).outcome is DOUBTFUL


def test_a_status_is_an_answer_even_if_the_rest_does_not_come() -> None:
    with dripping(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n") as port:
        assert poster(timeout=0.5).post(f"http://127.0.0.1:{port}/", b"{}", {}).outcome is SENT


@pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 banana\r\n\r\n", b"\x00\xff" * 40 + b"\r\n"])
def test_what_is_no_answer_is_a_doubt(answer: bytes) -> None:
    with dripping(answer) as port:
        assert poster(timeout=0.5).post(f"http://127.0.0.1:{port}/", b"{}", {}).outcome is DOUBTFUL


def test_tls_is_asked_for_its_certificate(tmp_path: Path) -> None:
    certificate = make_certificate(tmp_path)
    trust = ssl.create_default_context(cafile=str(certificate[0]))
    receiver = Receiver()
    with receiving(receiver, certificate) as port:
        address = f"https://127.0.0.1:{port}/"
        unknown = poster().post(address, b"{}", {})
        known = WebPoster(clock=HandClock(), timeout=20, private=True, trust=trust).post(address, b"{}", {})
    assert unknown.outcome is DEFERRED
    assert "CERTIFICATE_VERIFY_FAILED" in unknown.detail
    assert known.outcome is SENT
    assert len(receiver.taken) == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://hooks.example/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data",
        "https://168.63.129.16/",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[fe80::1%25eth0]/",
        "https://localhost/",
        "https://localhost./",
        "https://printer.local/",
        "https://vault.internal:8200/",
    ],
)
def test_a_private_address_is_refused_by_sight(address: str) -> None:
    with pytest.raises(Refused):
        poster(private=False).read_address(address)
    assert poster(private=False).post(address, b"{}", {}).outcome is REFUSED


@pytest.mark.parametrize("private", ["127.0.0.1", "10.0.0.8", "::1", "fd00::1", "192.168.1.1"])
def test_a_name_that_resolves_to_a_private_address_is_refused(private: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One private address among public ones is enough: whoever runs the name chooses which is taken."""

    def resolve(host: str, port: int, **more: object) -> list[tuple[object, ...]]:
        return [(0, 0, 0, "", (each, port)) for each in ("203.0.113.1", "8.8.8.8", private)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    delivery = poster(private=False).post("https://hooks.example/", b"{}", {})
    assert delivery.outcome is REFUSED
    assert "private network" in delivery.detail


@pytest.mark.parametrize(
    "address",
    [
        "",
        "hooks.example",
        "ftp://hooks.example/",
        "javascript:alert(1)",
        "https://",
        "https:///hook",
        "https://user@hooks.example/",
        "https://user:word@hooks.example/",
        "https://hooks.example:0/",
        "https://hooks.example:99999/",
        "https://hooks.example:x/",
        "https://hooks.example/a b",
        "https://hooks.example/\r\nX-Header: 1",
        "https://hooks.example/\x00",
        "https://훅.example/",
        "https://a..example/",
        "https://[::1/",
        f"https://{'a' * 64}.example/",
        "https://hooks.example/" + "a" * LONGEST_ADDRESS,
    ],
)
def test_what_is_no_web_address(address: str) -> None:
    with pytest.raises(Refused):
        poster(private=True).read_address(address)


def test_an_address_is_kept_without_its_fragment() -> None:
    assert poster(private=False).read_address("https://hooks.example/x?y=z#part") == "https://hooks.example/x?y=z"
