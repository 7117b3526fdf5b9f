"""What became of a look at an outlet by an operator."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCheck:
    """One run of `sosik sources check` on one outlet.

    `reachable` says that any of its addresses gave a page. `announced` counts the articles that its feeds, sitemaps and
    lists name, `dated` those of them with a date; `fetched` counts the articles that came, `complete` those that
    gave title, text and day of publication. `robots` is "allowed", "refused" (some address is closed) or "no
    answer". `addresses` says of each address in the file what it came to. `problems` are lines for the operator.
    """

    source: str
    at: datetime
    reachable: bool
    robots: str
    announced: int = 0
    dated: int = 0
    fetched: int = 0
    complete: int = 0
    charsets: tuple[str, ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """May the outlet be followed: are articles announced, and are those that were tried complete?"""
        return self.announced > 0 and self.fetched > 0 and self.complete == self.fetched
