"""Which addresses may be visited: nothing on a private network unless a source is local, nothing of other sites."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from sosik.model.address import is_public, literal, private_by_sight
from sosik.model.source import Source

_WEB = frozenset({80, 443})
# Second-level names under which others register: gwangju.go.kr is a site, go.kr is none.
_GENERIC = frozenset({"ac", "co", "com", "edu", "es", "go", "gov", "hs", "ms", "ne", "net", "or", "org", "pe", "re"})
_PROVINCES = frozenset(
    {"busan", "chungbuk", "chungnam", "daegu", "daejeon", "gangwon", "gwangju", "gyeongbuk", "gyeonggi"}
    | {"gyeongnam", "incheon", "jeju", "jeonbuk", "jeonnam", "seoul", "ulsan"}
)


def host_of(url: str) -> str:
    """Return the host of an address in small letters, or an empty string."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def site_of(host: str) -> str:
    """Return what was registered: it-life.co.kr for m.news.it-life.co.kr. An IP address is a site of its own."""
    if literal(host) is not None:
        return host
    labels = host.split(".")
    under = len(labels) >= 3 and len(labels[-1]) == 2 and labels[-2] in (_GENERIC | _PROVINCES)
    return ".".join(labels[-3:] if under else labels[-2:])


def _port(url: str) -> int:
    try:
        parts = urlsplit(url)
        return parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        return 0  # nobody listens there


def _ports_beside(port: int) -> frozenset[int]:
    return _WEB if port in _WEB else frozenset({port})


def addresses_of(source: Source) -> Iterator[str]:
    """Give every address that the catalogue names for a source."""
    yield source.home
    yield from source.feed_urls
    yield from (feed.cookie_from for feed in source.special_feeds if feed.cookie_from)
    yield from source.sitemaps
    yield from (pages.url for pages in source.lists)


class Guard:
    """Decides by source and host, before a name is resolved and again for every address that it resolves to."""

    def __init__(self, sources: Iterable[Source], proxy: str | None) -> None:
        self._sites: dict[str, frozenset[str]] = {}
        self._local: set[str] = set()
        self._open: set[str] = {host_of(proxy)} if proxy else set()
        self._refused: set[str] = set()
        for source in sources:
            hosts = {host_of(url) for url in addresses_of(source)} - {""}
            self._sites[source.id] = frozenset(site_of(host) for host in hosts)
            if source.local:
                self._local.add(source.id)
                self._open |= hosts

    def own_site(self, source: str, url: str) -> bool:
        """Does the address belong to the sites that the catalogue names for the source?"""
        return site_of(host_of(url)) in self._sites.get(source, frozenset())

    def verdict(self, source: str, url: str) -> str | None:
        """Return the outcome of an address that may not be asked for, or None. Names are not resolved here."""
        host = host_of(url)
        if not url.lower().startswith(("http://", "https://")) or not host:
            return "refused: not an http address"
        if not self.own_site(source, url):
            return "refused: private address" if private_by_sight(host) else "refused: other site"
        if source not in self._local and private_by_sight(host):
            return "refused: private address"
        return None

    def verdict_on_part(self, source: str, page: str, url: str) -> str | None:
        """Return the outcome of what a script on `page` asks for, or None: a script gets no other service of a host."""
        return self.verdict(source, url) or (
            None if _port(url) in _ports_beside(_port(page)) else "refused: other port"
        )

    def permits(self, host: str, address: str) -> bool:
        """May `host` be reached at the IP address that it resolved to? A refusal is remembered."""
        host = host.lower().rstrip(".")
        if host in self._open or is_public(address):
            return True
        if any(site_of(host) in self._sites[source] for source in self._local):
            return True
        self._refused.add(host)
        return False

    def was_refused(self, url: str) -> bool:
        """Did the host resolve to an address that was refused?"""
        return host_of(url) in self._refused
