"""Outlets and how their pages are built."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class SourceKind(StrEnum):
    """What sort of outlet it is; decides what `kind:` in a query finds."""

    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    AGENCY = "agency"  # a news agency
    TECH_PRESS = "tech-press"
    PRESS_BOARD = "press-board"  # a city hall, ministry or institute that publishes press releases


UNKNOWN_KIND = "other"
"""The kind of outlets that no file of the catalogue describes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the pages of an outlet or of a CMS family are built, where the general rules do not do.

    Every selector is a CSS selector. `valid_until` is the last day on which pages looked like this: a capture is read
    with the layout of its day, so that old captures parse as they did.
    """

    name: str
    body: str = ""
    title: str = ""
    published: str = ""
    authors: str = ""
    remove: tuple[str, ...] = ()
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPages:
    """Pages that list articles, newest first.

    `page` is the address of page n with `{page}` for its number, or empty where there is one page only; `article` is
    a regular expression that an article's address matches, or empty where it is not known: then the links that look
    like headlines are followed. `post` says that the page answers to POST only.
    """

    url: str
    article: str = ""
    page: str = ""
    first_page: int = 1
    max_pages: int = 20
    post: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed that wants more than its address.

    `post` says that it answers to POST only; `cookie_from` is the page that must be asked first for its cookies; `key`
    is the environment variable that holds the key of an API, whose place in `url` is `{key}`. `names` are pairs: how
    the API calls an element, and what RSS calls it (item, link, title, pubDate).
    """

    url: str
    post: bool = False
    cookie_from: str = ""
    key: str = ""
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An outlet: who it is, where its articles are announced, and how politely it is visited.

    `delay` is in seconds between two requests to one host; `concurrency` counts requests under way on that host.
    `local` lets its address be on a private network (a demonstration, an intranet); nothing else does.
    `checked` is the day an operator last ran `sosik sources check` on it, or None for never.
    `min_interval` and `max_interval` are minutes: how soon and how late after a visit the next one is due.
    `render` says that its article pages show nothing without a browser.
    `romanized` says that `name_en` is no confirmed English name. `family` is the CMS family that its pages belong to;
    the family's layouts stand behind its own in `layouts`. An outlet that is not `enabled` is visited by name only.
    `shares_host` says that its home page stands on another outlet's host on purpose.
    """

    id: str
    name: str  # Korean
    name_en: str
    region: str  # a province in short form: 광주, 전남 …, or 전국
    kind: SourceKind
    home: str
    feeds: tuple[str, ...] = ()
    special_feeds: tuple[Feed, ...] = ()
    sitemaps: tuple[str, ...] = ()
    lists: tuple[ListPages, ...] = ()
    delay: float = 2.0
    concurrency: int = 1
    min_interval: float = 30.0
    max_interval: float = 1440.0
    render: bool = False
    local: bool = False
    rights: str = ""
    full_text: bool = False  # may briefs reproduce more than a summary?
    family: str = ""
    layouts: tuple[Layout, ...] = ()
    romanized: bool = False
    enabled: bool = True
    shares_host: bool = False
    checked: date | None = None
    provenance: tuple[str, ...] = field(default=())

    @property
    def feed_urls(self) -> tuple[str, ...]:
        """The addresses of all feeds, plain and special."""
        return (*self.feeds, *(each.url for each in self.special_feeds))

    def layout_on(self, day: date) -> Layout | None:
        """Return the layout of that day: the one that ends first among those not yet over, or None."""
        fitting = [each for each in self.layouts if each.valid_until is None or day <= each.valid_until]
        return min(fitting, key=lambda each: each.valid_until or date.max, default=None)
