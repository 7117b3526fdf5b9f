"""Which links of a page are its articles, where nobody has said what an article's address looks like."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from crawler.guard import host_of, site_of

_LEAST_HANGUL = 8  # of a headline: menus and buttons have fewer
_LEAST_LINKS = 3
_HANGUL = re.compile(r"[가-힣]")
_NUMBERED = re.compile(r"([A-Za-z_-]{0,12})\d+((?:\.[A-Za-z0-9]{2,5})?)")
_DIGIT = re.compile(r"\d")


def headline_pattern(links: Iterable[tuple[str, str]], page: str) -> str | None:
    """Return a regular expression for the addresses of a page's headlines, or None where none stand out.

    `links` are texts and absolute addresses. Headlines are long, stay on the page's site, and their addresses differ in
    a number only; the shape that most of them share is taken, and must be shared by three.
    """
    site = site_of(host_of(page))
    shapes: defaultdict[str, set[str]] = defaultdict(set)
    for text, url in links:
        if len(_HANGUL.findall(text)) >= _LEAST_HANGUL and site_of(host_of(url)) == site:
            shapes[_shape(url)].add(url)
    # A link to a page of its own has one address, however often it stands there; an article's shape has many.
    counts = Counter({shape: len(urls) for shape, urls in shapes.items() if shape})
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] >= _LEAST_LINKS else None


def _shape(url: str) -> str:
    """Return the pattern of addresses that differ from this one in numbers only; empty where it has no number."""
    parts = urlsplit(url)
    path = "/".join(_segment(each) for each in parts.path.split("/"))
    numbers = [name for name, value in parse_qsl(parts.query) if _DIGIT.search(value)]
    if not numbers and path == re.escape(parts.path):
        return ""
    asked = "".join(rf"(?=.*[?&]{re.escape(name)}=[^&#]*\d)" for name in sorted(set(numbers)))
    return rf"^https?://[^/]+{path}{asked}(?:[?#]|$)"


def _segment(text: str) -> str:
    if not _DIGIT.search(text):
        return re.escape(text)
    numbered = _NUMBERED.fullmatch(text)
    if numbered:
        return rf"{re.escape(numbered[1])}\d+{re.escape(numbered[2])}"
    return r"[^/?#]*\d[^/?#]*"
