"""The made-up outlets: who they are, and the addresses under which their pages stand."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from sosik.demo.texts import DemoArticle
from sosik.model.instants import KST
from sosik.model.source import ListPages, Source, SourceKind


class PageKind(StrEnum):
    """What a page other than an article is."""

    HOME = "home"
    LIST = "list"  # path holds {page}
    FEED = "feed"
    NEWS_SITEMAP = "news-sitemap"  # the newest articles
    MONTH_SITEMAP = "month-sitemap"  # path holds {month}; all articles of a month
    SITEMAP_INDEX = "sitemap-index"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpec:
    """A page, or a row of pages, made from a template; `size` is how many articles one of them shows."""

    kind: PageKind
    path: str
    template: str
    size: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A made-up outlet.

    Paths may hold `{number}`, `{day}` (20260302), `{year}`, `{month}` and `{date}` of an article. `parameters` are
    those of the query that matter; others are ignored, as a real CMS does. `aliases` redirect to the article.
    `feed_tail` is what the feed hangs on its links; `feed_alias` is a redirect that every third link of it goes
    through. `dead` is an article that list pages link to and that is not there. `closed` is the path that robots.txt
    closes. Where `declares_charset` is False, neither header nor markup names the encoding. `design` is the
    outlet whose article template it shows its own with; empty: itself.
    """

    id: str
    name: str
    name_en: str
    region: str
    kind: SourceKind
    article: str
    article_pattern: str
    pages: tuple[PageSpec, ...]
    closed: str
    parameters: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    feed_tail: str = ""
    feed_alias: str = ""
    xml_charset: str = "utf-8"  # of feeds and sitemaps, which always name it
    dead: str = ""
    charset: str = "utf-8"
    declares_charset: bool = True
    has_etag: bool = True
    has_last_modified: bool = True
    weak_etag: bool = False
    design: str = ""

    @property
    def host(self) -> str:
        """The host name, which is no real one: .test is reserved for tests."""
        return f"{self.id}.test"

    @property
    def root(self) -> str:
        """The address without its path."""
        return f"http://{self.host}"

    def path_of(self, article: DemoArticle) -> str:
        """Return the canonical path of an article."""
        return fill(self.article, article)

    def url_of(self, article: DemoArticle) -> str:
        """Return the canonical address of an article."""
        return self.root + self.path_of(article)

    def pages_of(self, kind: PageKind) -> tuple[PageSpec, ...]:
        """Return the pages of that kind."""
        return tuple(each for each in self.pages if each.kind is kind)


def fill(pattern: str, article: DemoArticle) -> str:
    """Put an article's number and day into a path."""
    day = article.published.astimezone(KST)
    return pattern.format(
        number=article.number, day=f"{day:%Y%m%d}", year=f"{day:%Y}", month=f"{day:%m}", date=f"{day:%d}"
    )


IT_LIFE = Outlet(
    id="it-life",
    name="IT라이프",
    name_en="IT Life",
    region="전국",
    kind=SourceKind.TECH_PRESS,
    article="/article/{day}/{number}",
    article_pattern=r"/article/\d{8}/\d+",
    pages=(
        PageSpec(kind=PageKind.HOME, path="/", template="it-life/list.html"),
        PageSpec(kind=PageKind.LIST, path="/latest?page={page}", template="it-life/list.html", size=12),
        PageSpec(kind=PageKind.FEED, path="/feed/atom.xml", template="shared/atom.xml", size=15),
        PageSpec(kind=PageKind.NEWS_SITEMAP, path="/sitemap-news.xml", template="shared/news-sitemap.xml", size=50),
        PageSpec(kind=PageKind.MONTH_SITEMAP, path="/sitemaps/{month}.xml", template="shared/sitemap.xml"),
        PageSpec(kind=PageKind.SITEMAP_INDEX, path="/sitemap-index.xml", template="shared/sitemap-index.xml"),
    ),
    closed="/preview/article/20260101/",
    parameters=("page",),
    aliases=("/a/{number}", "/article/{number}"),
    feed_tail="?utm_source=atom&utm_medium=feed",
)

MUDEUNG_SINMUN = Outlet(
    id="mudeung-sinmun",
    name="무등신문",
    name_en="Mudeung Sinmun",
    region="광주",
    kind=SourceKind.NEWSPAPER,
    article="/news/articleView.html?idxno={number}",
    article_pattern=r"/articleView\.html\?(?:.*&)?idxno=\d+",
    pages=(
        PageSpec(kind=PageKind.HOME, path="/", template="mudeung-sinmun/list.html"),
        PageSpec(
            kind=PageKind.LIST, path="/news/articleList.html?page={page}", template="mudeung-sinmun/list.html", size=10
        ),
        PageSpec(kind=PageKind.FEED, path="/rss/allArticle.xml", template="mudeung-sinmun/rss.xml", size=20),
    ),
    closed="/news/closed/",
    parameters=("idxno", "page"),
    aliases=("/news/articlePrint.html?idxno={number}",),
    feed_tail="&utm_source=rss&utm_medium=allArticle",
    dead="/news/articleView.html?idxno=999999",
)

HANBIT_DAILY = Outlet(
    id="hanbit-daily",
    name="한빛데일리",
    name_en="Hanbit Daily",
    region="전남",
    kind=SourceKind.NEWSPAPER,
    article="/news/{year}/{month}/{date}/HB{number}",
    article_pattern=r"/(?:news/\d{4}/\d\d/\d\d|premium)/HB\d+",
    pages=(
        PageSpec(kind=PageKind.HOME, path="/", template="hanbit-daily/list.html"),
        PageSpec(kind=PageKind.FEED, path="/arc/outboundfeeds/rss/", template="shared/rss.xml"),
        PageSpec(
            kind=PageKind.NEWS_SITEMAP, path="/arc/outboundfeeds/news-sitemap/", template="shared/news-sitemap.xml"
        ),
        PageSpec(
            kind=PageKind.MONTH_SITEMAP, path="/arc/outboundfeeds/sitemap/{month}/", template="shared/sitemap.xml"
        ),
        PageSpec(
            kind=PageKind.SITEMAP_INDEX, path="/arc/outboundfeeds/sitemap-index/", template="shared/sitemap-index.xml"
        ),
    ),
    closed="/premium/",
    parameters=(),
    feed_tail="?utm_source=rss&fbclid=IwAR0demo",
    weak_etag=True,
)

SAEBYEOK_NEWS = Outlet(
    id="saebyeok-news",
    name="새벽뉴스",
    name_en="Saebyeok News",
    region="전국",
    kind=SourceKind.AGENCY,
    article="/articles/{number}",
    article_pattern=r"/articles/\d+",
    pages=(
        PageSpec(kind=PageKind.HOME, path="/", template="saebyeok-news/list.html"),
        PageSpec(kind=PageKind.FEED, path="/rss.xml", template="shared/rss.xml"),
        PageSpec(kind=PageKind.MONTH_SITEMAP, path="/sitemaps/news-{month}.xml", template="shared/news-sitemap.xml"),
        PageSpec(kind=PageKind.SITEMAP_INDEX, path="/sitemap.xml", template="shared/sitemap-index.xml"),
    ),
    closed="/members/articles/",
    feed_tail="?utm_source=saebyeok&utm_campaign=rss",
    feed_alias="/r/{number}",
    has_etag=False,
)

CITY_HALL = Outlet(
    id="city-hall",
    name="빛고을시청 보도자료",
    name_en="Bitgoeul City Hall press board",
    region="광주",
    kind=SourceKind.PRESS_BOARD,
    article="/board/view.do?boardId=press&seq={number}",
    article_pattern=r"/view\.do\?(?:.*&)?seq=\d+",
    pages=(
        PageSpec(kind=PageKind.HOME, path="/", template="city-hall/list.html"),
        PageSpec(
            kind=PageKind.LIST, path="/board/list.do?boardId=press&page={page}", template="city-hall/list.html", size=10
        ),
    ),
    closed="/intranet/board/",
    parameters=("boardId", "file", "page", "seq"),
    has_etag=False,
)

YEONGSAN_ILBO = Outlet(
    id="yeongsan-ilbo",
    name="영산일보",
    name_en="Yeongsan Ilbo",
    region="전남",
    kind=SourceKind.NEWSPAPER,
    article="/read.php3?aid={number}",
    article_pattern=r"/read\.php3\?(?:.*&)?aid=\d+",
    pages=(
        PageSpec(kind=PageKind.HOME, path="/", template="yeongsan-ilbo/list.html"),
        PageSpec(kind=PageKind.LIST, path="/list.php3?page={page}", template="yeongsan-ilbo/list.html", size=10),
        PageSpec(kind=PageKind.FEED, path="/rss.xml", template="shared/rss.xml", size=10),
    ),
    closed="/admin/",
    parameters=("aid", "page"),
    aliases=("/news/{number}.html",),
    feed_tail="&ref=rss",
    dead="/read.php3?aid=999999",
    charset="cp949",
    declares_charset=False,
    xml_charset="euc-kr",
    has_last_modified=False,
)

NAMDO_TV = Outlet(
    id="namdo-tv",
    name="남도방송",
    name_en="Namdo Broadcasting",
    region="전남",
    kind=SourceKind.BROADCASTER,
    article="/news/view/{number}",
    article_pattern=r"/view/\d+",
    pages=(
        PageSpec(kind=PageKind.HOME, path="/", template="namdo-tv/list.html"),
        PageSpec(kind=PageKind.LIST, path="/news/list?page={page}", template="namdo-tv/list.html", size=8),
        PageSpec(kind=PageKind.FEED, path="/rss/news.xml", template="shared/rss.xml", size=10),
    ),
    closed="/internal/view/",
    parameters=("page",),
    aliases=("/vod/{number}",),
    feed_tail="#player",
)

OUTLETS: tuple[Outlet, ...] = (
    IT_LIFE,
    MUDEUNG_SINMUN,
    HANBIT_DAILY,
    SAEBYEOK_NEWS,
    CITY_HALL,
    YEONGSAN_ILBO,
    NAMDO_TV,
)


def outlets_like(times: int) -> tuple[Outlet, ...]:
    """Return so many outlets of the like of each one, at hosts of their own: it-life-1, it-life-2 …"""
    return tuple(
        replace(each, id=f"{each.id}-{number + 1}", design=each.id) for number in range(times) for each in OUTLETS
    )


def demo_sources(outlets: Iterable[Outlet] = OUTLETS) -> tuple[Source, ...]:
    """Return the Source of every made-up outlet: local, and visited without delay."""
    return tuple(_source(each) for each in outlets)


def _source(outlet: Outlet) -> Source:
    by_kind = {each.kind: outlet.root + each.path for each in outlet.pages}
    listing = by_kind.get(PageKind.LIST)
    lists: tuple[ListPages, ...] = ()
    if listing is not None:
        first = listing.format(page=1)
        lists = (ListPages(url=first, page=listing, article=outlet.article_pattern, max_pages=400),)
    return Source(
        id=outlet.id,
        name=outlet.name,
        name_en=outlet.name_en,
        region=outlet.region,
        kind=outlet.kind,
        home=f"{outlet.root}/",
        feeds=tuple(by_kind[kind] for kind in (PageKind.FEED,) if kind in by_kind),
        sitemaps=tuple(by_kind[kind] for kind in (PageKind.NEWS_SITEMAP, PageKind.SITEMAP_INDEX) if kind in by_kind),
        lists=lists,
        delay=0.0,
        concurrency=8,
        local=True,
        rights="made up for Sosik; free to use",
        full_text=True,
        provenance=("demonstration",),
    )
