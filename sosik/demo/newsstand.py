"""All made-up outlets at once: who answers an address, what goes wrong on order, and who asked for what."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from sosik.demo.faults import Faults
from sosik.demo.outlets import Outlet
from sosik.demo.reply import Reply, notice, page
from sosik.demo.site import Site, make_environment
from sosik.demo.texts import DemoArticle
from sosik.model.ports.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that was answered. `outlet` is empty where no outlet has that host; header names are lower case."""

    outlet: str
    method: str
    url: str
    target: str
    status: int
    headers: Mapping[str, str]


class Newsstand:
    """All outlets at once: finds who answers an address, keeps the request log."""

    def __init__(self, sites: Mapping[str, Site], *, clock: Clock, faults: Faults) -> None:
        self._sites = sites
        self._clock = clock
        self._faults = faults
        self.log: deque[Request] = deque()

    def answer(self, method: str, address: str, headers: Mapping[str, str]) -> Reply:
        """Answer a request in absolute form, or in origin form with a Host header; log it."""
        host, target = _split(address, headers)
        site = self._sites.get(host)
        if site is not None:
            reply = site.answer(target, self._clock.now()) if method in ("GET", "HEAD") else notice(405, "GET, HEAD")
            reply = self._faults.apply(site.outlet.id, target, reply)
        elif host in ("127.0.0.1", "localhost"):
            reply = self._front()
        else:
            reply = notice(502, "그런 신문은 없습니다.")
        self.log.append(
            Request(
                outlet="" if site is None else site.outlet.id,
                method=method,
                url=f"http://{host}{target}",
                target=target,
                status=304 if reply.unchanged_for(headers) else reply.status,
                headers=headers,
            )
        )
        return reply

    def render_all(self) -> int:
        """Render every article page now shown, so that a measurement does not pay for it; return how many."""
        now = self._clock.now()
        count = 0
        for site in self._sites.values():
            for path in site.paths(now):
                site.answer(path, now)
                count += 1
        return count

    def _front(self) -> Reply:
        items = "".join(f"<li>{site.outlet.name} {host}</li>" for host, site in self._sites.items())
        body = f"<!doctype html><html lang=ko><title>소식 시연 신문</title><ul>{items}</ul></html>"
        return page(body.encode(), "text/html; charset=utf-8")


def open_newsstand(
    articles: Iterable[DemoArticle], outlets: Iterable[Outlet], *, clock: Clock, faults: Faults
) -> Newsstand:
    """Join articles and outlets; raises ValueError for an article of an outlet that is not there."""
    environment = make_environment()
    outlets = tuple(outlets)
    by_outlet: dict[str, list[DemoArticle]] = {outlet.id: [] for outlet in outlets}
    for article in articles:
        if article.outlet not in by_outlet:
            raise ValueError(f"article {article.number} is of an outlet that is not there: {article.outlet!r}")
        by_outlet[article.outlet].append(article)
    sites = {outlet.host: Site(outlet, by_outlet[outlet.id], environment) for outlet in outlets}
    return Newsstand(sites, clock=clock, faults=faults)


def _split(address: str, headers: Mapping[str, str]) -> tuple[str, str]:
    if address.startswith("/"):
        return headers.get("host", "").partition(":")[0].lower(), address
    if address.startswith("http://"):
        host, slash, rest = address[len("http://") :].partition("/")
        return host.partition(":")[0].lower(), f"/{rest}" if slash else "/"
    parts = urlsplit(address)
    return (parts.hostname or "").lower(), parts.path or "/"
