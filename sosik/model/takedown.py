"""Articles removed by law or request, and the mark that stays."""

import hashlib
from dataclasses import dataclass
from datetime import datetime


def url_mark(url: str) -> str:
    """Return what is kept of the canonical address of an article taken down: 32 hexadecimal digits."""
    return hashlib.blake2b(f"takedown\n{url}".encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Takedown:
    """That an article was taken down, when and why. The article itself and its address are not in it.

    `done` is when the last of it had left the archive; None: there is work left.
    """

    article: str
    source: str
    at: datetime
    reason: str
    done: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """Where an article taken down is still to be found: addresses in clear, and places in the archive (file:offset)."""

    urls: tuple[str, ...]
    refs: tuple[str, ...]
