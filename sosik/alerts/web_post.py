"""A POST to an address that a subscriber gave: to public addresses only, within a time, and no further.

The name is resolved here, once, and the connection goes to the very address that was judged: a name that resolves
otherwise a moment later gains nothing. No proxy is asked and no redirect followed.
"""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, urlsplit

from sosik.model.address import is_public, private_by_sight
from sosik.model.alert import Delivery, DeliveryOutcome
from sosik.model.errors import Refused
from sosik.model.ports.clock import Clock

LONGEST_ADDRESS = 320  # characters: what the ledger keeps of any address
_LONGEST_WAIT = timedelta(days=2)  # that another side may ask for
_WORDS = 300  # bytes of an answer that are kept
_LATER = frozenset({408, 425, 429})
_AGENT = "Sosik-Alerts/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPoster:
    """Posts. `timeout`, in seconds, is for all of one attempt but the name server's part.

    `private` permits addresses of private networks, and http: beside https:.
    """

    clock: Clock
    timeout: float = 10.0
    private: bool = False
    trust: ssl.SSLContext | None = None

    def read_address(self, text: str) -> str:
        """Return an address that may be posted to, as far as can be seen without a name server; raises Refused."""
        try:
            parts = urlsplit(text)
            plain = bool(_host(parts).encode("idna")) and parts.port != 0
        except ValueError as error:  # UnicodeError, too: a label that no name server could be asked for
            raise Refused(f"{text!r} is not a web address") from error
        if not plain or not text.isascii() or not text.isprintable() or set(' "<>\\') & set(text):
            raise Refused(f"{text!r} is not a web address")
        if parts.scheme not in ("https", "http") or parts.username is not None:
            raise Refused("a webhook's address begins with https:// and names no user")
        if len(text) > LONGEST_ADDRESS:
            raise Refused(f"a webhook's address has at most {LONGEST_ADDRESS} characters")
        if not self.private and (parts.scheme == "http" or private_by_sight(_host(parts))):
            raise Refused(
                "a webhook's address begins with https:// and is on no private network; "
                "SOSIK_WEBHOOK_PRIVATE=true permits both"
            )
        return parts._replace(fragment="").geturl()

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Delivery:
        """Post once.

        Sent: 2xx. Refused: an address that may not be asked, and 4xx but 408, 425 and 429. Doubtful: no answer after
        the request had begun to leave. Deferred: anything else, not before the time that the other side asks for.
        """
        end = time.monotonic() + self.timeout
        try:
            parts = urlsplit(self.read_address(address))
            connection = self._connect(parts, end)
        except Refused as error:
            return self._delivery(DeliveryOutcome.REFUSED, str(error))
        except OSError as error:
            return self._delivery(DeliveryOutcome.DEFERRED, f"not reached: {_words(error)}")
        try:
            with closing(connection):
                connection.settimeout(_left(end))
                connection.sendall(_request(parts, body, headers))
                return self._judge(*_answer(connection, end))
        except (OSError, http.client.HTTPException) as error:
            return self._delivery(DeliveryOutcome.DOUBTFUL, f"no answer after the request had left: {_words(error)}")

    def _connect(self, parts: SplitResult, end: float) -> socket.socket:
        host, port = _host(parts), parts.port or (443 if parts.scheme == "https" else 80)
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        if not self.private and not all(map(is_public, addresses)):
            raise Refused(f"{host} is on a private network; SOSIK_WEBHOOK_PRIVATE=true permits that")
        connection = _first(addresses, port, end)
        if parts.scheme == "http":
            return connection
        try:
            connection.settimeout(_left(end))
            return (self.trust or ssl.create_default_context()).wrap_socket(connection, server_hostname=host)
        except OSError:
            connection.close()
            raise

    def _judge(self, status: int, said: str, retry_after: str) -> Delivery:
        words = f"{status} {said}".strip()
        if 200 <= status < 300:
            return self._delivery(DeliveryOutcome.SENT, words)
        if 400 <= status < 500 and status not in _LATER:
            return self._delivery(DeliveryOutcome.REFUSED, words)
        if 300 <= status < 400:
            words = f"{status}: redirects are not followed"
        return self._delivery(DeliveryOutcome.DEFERRED, words, self._not_before(retry_after))

    def _not_before(self, retry_after: str) -> datetime | None:
        """Read Retry-After: seconds, or a date of HTTP; nonsense is no wish, and nobody is waited for beyond reason."""
        now = self.clock.now()
        if retry_after.isascii() and retry_after.isdigit():
            return now + min(timedelta(seconds=int(retry_after[:9])), _LONGEST_WAIT)
        try:
            at = parsedate_to_datetime(retry_after)
        except ValueError:
            return None
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return min(max(at, now), now + _LONGEST_WAIT)

    def _delivery(self, outcome: DeliveryOutcome, detail: str, not_before: datetime | None = None) -> Delivery:
        return Delivery(outcome=outcome, detail=detail[:500], at=self.clock.now(), not_before=not_before)


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").rstrip(".")


def _first(addresses: list[str], port: int, end: float) -> socket.socket:
    """Connect to the first address that takes us; the error of the last one otherwise."""
    for place, address in enumerate(addresses, start=1):
        try:
            return socket.create_connection((address, port), timeout=_left(end))
        except OSError:
            if place == len(addresses):
                raise
    raise OSError("the name has no address")


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError("timed out")
    return left


def _request(parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> bytes:
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    all_headers = {
        "Host": parts.netloc,
        "User-Agent": _AGENT,
        "Content-Type": "application/json; charset=utf-8",
        "Content-Length": str(len(body)),
        "Connection": "close",
        **headers,
    }
    lines = [f"POST {target} HTTP/1.1", *(f"{name}: {value}" for name, value in all_headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


class _Reading(io.RawIOBase):
    """What a socket gives until the time is up, however slowly it comes. http.client asks for no more than this."""

    def __init__(self, connection: socket.socket, end: float) -> None:
        self._connection = connection
        self._end = end

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]", /) -> int:  # type: ignore[override]  # a buffer has no name in 3.11
        self._connection.settimeout(_left(self._end))
        return self._connection.recv_into(buffer)


def _answer(connection: socket.socket, end: float) -> tuple[int, str, str]:
    """Return status, the first words, and Retry-After; raises OSError or HTTPException where there is no answer."""
    response = http.client.HTTPResponse(_Source(connection, end), method="POST")  # type: ignore[arg-type]  # it reads only
    response.begin()
    try:
        said = response.read(_WORDS).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        said = ""  # the status is the answer; what it says beside that is lost
    words = " ".join(said.split()) or response.reason
    return response.status, words, response.headers.get("Retry-After", "").strip()


class _Source:
    """A socket as HTTPResponse wants it: something that a file is made of."""

    def __init__(self, connection: socket.socket, end: float) -> None:
        self._reading = _Reading(connection, end)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._reading)


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
