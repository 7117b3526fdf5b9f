"""Which encoding a page is in, decided from its bytes: headers and <meta> are wrong too often to be asked first."""

import codecs
import re
from collections.abc import Sequence
from typing import NamedTuple

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,32})", re.IGNORECASE)
_HEAD_BYTES = 8192
_BAD = "\ufffd"
# Beyond this share of undecodable characters the page is in neither of the two encodings of Korea.
_TOLERATED = 0.02


class Decoded(NamedTuple):
    """A page as text, and the encoding that gave it."""

    text: str
    charset: str


def decode(body: bytes, headers: Sequence[tuple[str, str]] = ()) -> Decoded:
    """Decode a page; never raises. What cannot be decoded becomes U+FFFD.

    Valid UTF-8 is UTF-8 and valid CP949 is CP949 whatever was declared: Korean text in the one is practically never
    valid in the other. The declaration decides only where both fail.
    """
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return Decoded(body[len(bom) :].decode(charset, "replace"), charset)
    try:
        return Decoded(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    for charset in ("euc-kr", "cp949"):
        try:
            return Decoded(body.decode(charset), charset)
        except UnicodeDecodeError:
            continue
    return _damaged(body, declared_charset(body, headers))


def declared_charset(body: bytes, headers: Sequence[tuple[str, str]] = ()) -> str:
    """Return what <meta> or else Content-Type declares, in Python's name for it; "" where neither or unknown."""
    content_types = [value.encode("ascii", "ignore") for name, value in headers if name.lower() == "content-type"]
    for place in (body[:_HEAD_BYTES], *content_types):
        found = _DECLARED.search(place)
        if found is None:
            continue
        try:
            return codecs.lookup(found.group(1).decode("ascii")).name
        except LookupError:
            continue
    return ""


def _damaged(body: bytes, declared: str) -> Decoded:
    """Decode a page that holds some bytes of no encoding: cut in the middle, or put together from two sources."""
    best = min((Decoded(body.decode(name, "replace"), name) for name in ("utf-8", "cp949")), key=_damage)
    if _damage(best) <= _TOLERATED or not declared or declared in ("utf-8", "euc_kr", "cp949"):
        return best
    try:
        return Decoded(body.decode(declared), declared)
    except (UnicodeError, LookupError):  # LookupError: a codec that is not for text, such as base64
        return best


def _damage(decoded: Decoded) -> float:
    """The share of undecodable characters among those outside ASCII."""
    foreign = sum(1 for character in decoded.text if character > "\x7f")
    return decoded.text.count(_BAD) / foreign if foreign else 0.0
