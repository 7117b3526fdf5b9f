"""What one transaction already knows of articles, so that it need not ask again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """The newest revision of an article, and the digest of its analysis where there is one."""

    revision: int
    analysis: bytes | None


class Heads(dict[str, Head]):
    """Heads by article id, as this transaction has read or left them."""
