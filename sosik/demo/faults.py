"""Faults to order: what a test or a drill tells the demonstration server to do wrong."""

import gzip
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache

from sosik.demo.reply import NOTHING, Delivery, Reply, notice

Fault = Callable[[Reply, str], Reply]
"""Turns the proper answer to a target (path and query) into a wrong one."""

_HOP = re.compile(r"[?&]hop=(\d+)")
_XML_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "소식소식소식소식소식소식">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + ']><rss version="2.0"><channel><title>&i;</title><item><title>&i;</title>'
    "<link>http://it-life.test/bomb</link></item></channel></rss>"
)


@dataclass(slots=True)
class _Order:
    outlet: str
    path: str
    fault: Fault
    left: int | None


class Faults:
    """The faults in force. May be changed from any thread while the server runs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._orders: list[_Order] = []

    def add(self, outlet: str, path: str, fault: Fault, *, times: int | None = None) -> None:
        """Order a fault for an outlet's path with its query (`*` and `?` as in file names; `[?]` for a question mark).

        A path given exactly also matches; `outlet` "*" means all. After `times` answers it is over; None is for ever.
        The newest order that fits wins.
        """
        with self._lock:
            self._orders.insert(0, _Order(outlet, path, fault, times))

    def clear(self) -> None:
        """Withdraw every order."""
        with self._lock:
            self._orders.clear()

    def apply(self, outlet: str, target: str, reply: Reply) -> Reply:
        """Return the answer that goes out instead of `reply`, or `reply` itself."""
        if not self._orders:
            return reply
        asked = _HOP.sub("", target)
        with self._lock:
            order = next((each for each in self._orders if _fits(each, outlet, asked)), None)
            if order is None:
                return reply
            if order.left is not None:
                order.left -= 1
        return order.fault(reply, target)


def _fits(order: _Order, outlet: str, target: str) -> bool:
    if order.left == 0 or order.outlet not in ("*", outlet):
        return False
    return order.path == target or fnmatchcase(target, order.path)


def status(code: int, *, retry_after: int | None = None) -> Fault:
    """Answer with that status, with Retry-After in seconds if given."""
    headers = () if retry_after is None else (("Retry-After", str(retry_after)),)
    return lambda _reply, _target: notice(code, "요청을 처리하지 못했습니다.", *headers)


def slow(seconds: float) -> Fault:
    """Wait that long before the first byte."""
    return lambda reply, _target: replace(reply, delivery=Delivery(wait=seconds))


def drip(seconds: float, *, chunk: int = 64) -> Fault:
    """Send the body in chunks of so many bytes with so many seconds between them."""
    return lambda reply, _target: replace(reply, packed=None, delivery=Delivery(drip=seconds, chunk=chunk))


def hang_up(after: int = 0) -> Fault:
    """Close the connection after so many bytes of the body, whatever Content-Length promised."""
    return lambda reply, _target: replace(reply, packed=None, delivery=Delivery(cut=after))


def no_answer() -> Fault:
    """Close the connection without a word, as a dead outlet does behind a proxy."""
    return lambda reply, _target: replace(reply, delivery=Delivery(cut=NOTHING))


def truncated_gzip(share: float = 0.5) -> Fault:
    """Send gzip that ends too early, with a Content-Length that agrees with it."""

    def alter(reply: Reply, _target: str) -> Reply:
        whole = gzip.compress(reply.body, mtime=0)
        return _gzipped(reply, whole[: int(len(whole) * share)])

    return alter


def gzip_bomb(unpacked: int = 200 * 1024 * 1024) -> Fault:
    """Send a small gzip body that unpacks to so many bytes."""
    return lambda reply, _target: _gzipped(reply, _packed_zeros(unpacked))


def huge(size: int = 50 * 1024 * 1024) -> Fault:
    """Send a page of so many bytes."""
    return lambda reply, _target: replace(reply, body=_long_page(size), packed=None, etag=None)


def endless_redirect() -> Fault:
    """Redirect to the same page with a counter, for ever."""

    def alter(_reply: Reply, target: str) -> Reply:
        hop = _HOP.search(target)
        bare = _HOP.sub("", target)
        mark = "&" if "?" in bare else "?"
        return notice(302, "옮겨졌습니다.", ("Location", f"{bare}{mark}hop={int(hop[1]) + 1 if hop else 1}"))

    return alter


def redirect_to(location: str) -> Fault:
    """Redirect to any address: another host, a private one, another scheme."""
    return lambda _reply, _target: notice(302, "옮겨졌습니다.", ("Location", location))


def answer_with(body: bytes, content_type: str = "text/html; charset=utf-8") -> Fault:
    """Answer 200 with any page: the last list page for every later number, a challenge, another outlet's text."""
    return lambda _reply, _target: Reply(status=200, headers=(("Content-Type", content_type),), body=body)


def html_instead() -> Fault:
    """Answer 200 with an HTML page where a feed or sitemap should be, as a site under repair does."""
    return lambda _reply, _target: notice(200, "시스템 점검 중입니다. 이용에 불편을 드려 죄송합니다.")


def xml_bomb() -> Fault:
    """Answer with a feed whose entities unfold to billions of characters."""
    headers = (("Content-Type", "application/rss+xml; charset=utf-8"),)
    return lambda _reply, _target: Reply(status=200, headers=headers, body=_XML_BOMB.encode())


def wrong_charset(name: str = "euc-kr") -> Fault:
    """Name an encoding in the header that the body is not in."""

    def alter(reply: Reply, _target: str) -> Reply:
        kept = tuple(each for each in reply.headers if each[0] != "Content-Type")
        return replace(reply, headers=(*kept, ("Content-Type", f"text/html; charset={name}")))

    return alter


def no_text() -> Fault:
    """Answer with a page that has a frame and nothing in it."""
    body = '<!doctype html><html lang="ko"><head><title></title></head><body><div id="app"></div></body></html>'
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return lambda _reply, _target: Reply(status=200, headers=headers, body=body.encode())


def _gzipped(reply: Reply, packed: bytes) -> Reply:
    headers = (*reply.headers, ("Content-Encoding", "gzip"))
    return replace(reply, headers=headers, body=packed, packed=None, etag=None)


@cache
def _packed_zeros(unpacked: int) -> bytes:
    return gzip.compress(b"<p>" + bytes(unpacked), compresslevel=9, mtime=0)


@cache
def _long_page(size: int) -> bytes:
    line = "<p>같은 문장이 끝없이 되풀이됩니다.</p>\n".encode()
    return (b"<!doctype html><html><body>" + line * (size // len(line) + 1))[:size]
