"""How flows say how far they have come, without knowing who watches."""

from typing import Protocol


class Progress(Protocol):
    """Told how far long work has come."""

    def __call__(self, what: str, done: int, total: int | None = None) -> None:
        """Say that `done` of `total` (None: unknown) are done of `what`."""
        ...


def silent(what: str, done: int, total: int | None = None) -> None:
    """A Progress that shows nothing."""
