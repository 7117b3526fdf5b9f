"""The pages of one outlet at one instant: every path it answers, rendered once and kept."""

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sosik.demo import payloads
from sosik.demo.outlets import Outlet, PageKind, PageSpec, fill
from sosik.demo.reply import Reply, notice, page, redirect
from sosik.demo.texts import DemoArticle, Shown
from sosik.model.instants import KST

TEMPLATES = Path(__file__).parent / "templates"
CLOSED_NUMBER = 900001

_RELATED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article as templates see it: `shown` at that instant, `url` canonical, `link` as the feed writes it."""

    article: DemoArticle
    shown: Shown
    path: str
    url: str
    link: str

    @property
    def changed(self) -> datetime:
        """When it was last changed, or published."""
        return self.shown.modified or self.article.published


def make_environment() -> Environment:
    """Return the template environment of all outlets."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "kst": lambda instant, form: instant.astimezone(KST).strftime(form),
        "iso": lambda instant: instant.astimezone(KST).isoformat(),
        "rfc822": lambda instant: format_datetime(instant.astimezone(KST)),
        "js": lambda value: json.dumps(value, ensure_ascii=False).replace("</", "<\\/"),
        "fusion": payloads.fusion,
        "next_stream": payloads.next_stream,
    }
    return environment


class Site:
    """Answers for one outlet.

    What it shows changes only at publications, edits and withdrawals; between two of them every page is rendered at
    most once. Not made for use from several threads: the server asks it from its event loop.
    """

    def __init__(self, outlet: Outlet, articles: Sequence[DemoArticle], environment: Environment) -> None:
        self.outlet = outlet
        self._articles = sorted(articles, key=lambda each: (each.published, each.number))
        self._environment = environment
        self._instants = sorted({instant for each in articles for instant in each.instants()})
        self._epoch = -1
        self._routes: dict[str, Callable[[], Reply]] = {}
        self._rendered: dict[str, Reply] = {}
        self._busy = {outlet.path_of(each) for each in articles if "busy-once" in each.traits}

    def answer(self, target: str, now: datetime) -> Reply:
        """Return the answer to a path with its query, at an instant."""
        self._turn_to(now)
        key = self._essential(target)
        if key in self._busy and key in self._routes:
            self._busy.remove(key)
            return notice(503, "잠시 뒤에 다시 찾아 주십시오.", ("Retry-After", "1"))
        reply = self._rendered.get(key)
        if reply is None:
            make = self._routes.get(key) or self._list_after_last(key)
            if make is None:
                return notice(404, "요청하신 페이지를 찾을 수 없습니다.")
            reply = self._rendered[key] = make()
        return reply

    def _list_after_last(self, key: str) -> Callable[[], Reply] | None:
        """A CMS answers list pages of any number; those after the last are empty."""
        for spec in self.outlet.pages_of(PageKind.LIST):
            before, after = self._essential(spec.path.format(page=0)).split("=0")
            if re.fullmatch(rf"{re.escape(before)}=\d+{re.escape(after)}", key):
                return partial(self._listing, spec, [], 0, 0)
        return None

    def paths(self, now: datetime) -> tuple[str, ...]:
        """Return the canonical paths of the articles shown at that instant, newest first."""
        return tuple(entry.path for entry in self._entries(now))

    def _turn_to(self, now: datetime) -> None:
        epoch = bisect_right(self._instants, now)
        if epoch != self._epoch:
            self._epoch = epoch
            self._rendered.clear()
            self._routes = dict(self._all_routes(self._entries(now), now))

    def _essential(self, target: str) -> str:
        path, mark, query = target.partition("?")
        if not mark:
            return path
        known = [(key, value) for key, value in parse_qsl(query) if key in self.outlet.parameters]
        return f"{path}?{urlencode(sorted(known))}" if known else path

    def _entries(self, now: datetime) -> list[Entry]:
        entries = []
        for article in reversed(self._articles):
            shown = article.as_of(now)
            if shown is not None:
                path = self.outlet.path_of(article)
                entries.append(Entry(article=article, shown=shown, path=path, url=self.outlet.root + path, link=""))
        return [replace(entry, link=self._feed_link(place, entry)) for place, entry in enumerate(entries)]

    def _feed_link(self, place: int, entry: Entry) -> str:
        outlet = self.outlet
        if outlet.feed_alias and place % 3 == 2:
            return outlet.root + fill(outlet.feed_alias, entry.article)
        return entry.url + outlet.feed_tail

    def _all_routes(self, entries: list[Entry], now: datetime) -> Iterator[tuple[str, Callable[[], Reply]]]:
        outlet = self.outlet
        yield "/robots.txt", self._robots
        yield self.closed_path, self._closed
        for article in self._articles:
            if article.withdrawn is not None and article.withdrawn <= now:
                yield outlet.path_of(article), partial(notice, 410, "삭제된 기사입니다.")
        for place, entry in enumerate(entries):
            yield entry.path, partial(self._article, entry, entries[place + 1 : place + 1 + _RELATED])
            for alias in (*outlet.aliases, *((outlet.feed_alias,) if outlet.feed_alias else ())):
                yield fill(alias, entry.article), partial(redirect, entry.url)
            for name in payloads.attachments(entry.article):
                yield f"{payloads.DOWNLOAD}?{urlencode(sorted(name.items()))}", self._attachment
        for spec in outlet.pages:
            yield from self._listing_routes(spec, entries)

    def _listing_routes(self, spec: PageSpec, entries: list[Entry]) -> Iterator[tuple[str, Callable[[], Reply]]]:
        if spec.kind is PageKind.LIST:
            pages = -(-len(entries) // spec.size)
            for number in range(1, pages + 1):
                part = entries[(number - 1) * spec.size : number * spec.size]
                path = self._essential(spec.path.format(page=number))
                yield path, partial(self._listing, spec, part, number, pages)
            bare = spec.path.partition("?")[0]
            yield bare, partial(self._listing, spec, entries[: spec.size], 1, pages)
        elif spec.kind is PageKind.MONTH_SITEMAP:
            for month, part in _by_month(entries).items():
                yield spec.path.format(month=month), partial(self._listing, spec, part, 1, 1)
        elif spec.kind is PageKind.SITEMAP_INDEX:
            yield spec.path, partial(self._sitemap_index, spec, entries)
        else:
            yield spec.path, partial(self._listing, spec, entries[: spec.size], 1, 1)

    @property
    def closed_path(self) -> str:
        """A page under the path that robots.txt closes; list pages link to it."""
        return self.outlet.closed + fill(self.outlet.article, _closed_article()).rpartition("/")[2]

    def _robots(self) -> Reply:
        lines = ["User-agent: *", f"Disallow: {self.outlet.closed}"]
        lines += [f"Sitemap: {self.outlet.root}{each.path}" for each in self.outlet.pages_of(PageKind.SITEMAP_INDEX)]
        return page(("\n".join(lines) + "\n").encode(), "text/plain", etag=False)

    def _closed(self) -> Reply:
        article = _closed_article()
        shown = Shown(title=article.title, text=article.text, modified=None)
        path = self.closed_path
        entry = Entry(article=article, shown=shown, path=path, url=self.outlet.root + path, link="")
        return self._article(entry, [])

    def _attachment(self) -> Reply:
        return Reply(status=200, headers=(("Content-Type", "application/x-hwp"),), body=b"HWP Document File (demo)")

    def _article(self, entry: Entry, related: Sequence[Entry]) -> Reply:
        return self._render(
            f"{self.outlet.design or self.outlet.id}/article.html", entry.changed, entry=entry, related=related
        )

    def _listing(self, spec: PageSpec, part: Sequence[Entry], number: int, pages: int) -> Reply:
        changed = max((entry.changed for entry in part), default=None)
        return self._render(spec.template, changed, entries=part, number=number, pages=pages)

    def _sitemap_index(self, spec: PageSpec, entries: Sequence[Entry]) -> Reply:
        months = _by_month(entries)
        maps = [
            (self.outlet.root + each.path.format(month=month), max(entry.changed for entry in part))
            for each in self.outlet.pages_of(PageKind.MONTH_SITEMAP)
            for month, part in months.items()
        ]
        return self._render(spec.template, max((when for _, when in maps), default=None), maps=maps)

    def _render(self, template: str, changed: datetime | None, **values: object) -> Reply:
        outlet = self.outlet
        text = self._environment.get_template(template).render(
            outlet=outlet, closed=outlet.root + self.closed_path, **values
        )
        is_xml = template.endswith(".xml")
        charset = outlet.xml_charset if is_xml else outlet.charset
        kind = "application/xml" if is_xml else "text/html"
        return page(
            text.encode(charset, errors="xmlcharrefreplace"),
            f"{kind}; charset={charset}" if outlet.declares_charset else kind,
            etag=outlet.has_etag,
            weak=outlet.weak_etag,
            last_modified=changed if outlet.has_last_modified else None,
        )


def _closed_article() -> DemoArticle:
    return DemoArticle(
        outlet="",
        number=CLOSED_NUMBER,
        published=datetime(2026, 1, 1, 9, 0, tzinfo=KST),
        title="이 글은 수집하면 안 됩니다",
        text="로봇 배제 규약으로 닫아 둔 길에 있는 글입니다.\n\n이 글이 보관되었다면 수집기가 규약을 어긴 것입니다.",
    )


def _by_month(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    months: dict[str, list[Entry]] = {}
    for entry in entries:
        months.setdefault(f"{entry.article.published.astimezone(KST):%Y-%m}", []).append(entry)
    return months
