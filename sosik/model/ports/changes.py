"""What changed, in order: for everybody who follows articles."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Articles whose document changed, oldest change first; `last` is the cursor after them."""

    articles: tuple[str, ...]
    last: int


class Changes(Protocol):
    """A feed of changed articles. A consumer keeps the last number it has seen as its cursor, in `unit.cursors`.

    Promises:
    - an article appears whenever anything that its document shows has changed since: new, revised, analysed, gone;
    - it appears once, at its newest change; a removed one no longer appears;
    - numbers rise in the order in which transactions commit, so that a cursor passes nothing over.
    """

    def after(self, cursor: int, limit: int = 500) -> Changed | None:
        """Return about `limit` articles that changed after the cursor, or None where there are none."""
        ...
