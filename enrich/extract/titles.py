"""Which of a page's many titles is the headline, and what outlets hang on it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set

from lxml import etree
from lxml.html import HtmlElement

from enrich.extract.embedded import Embedded
from enrich.extract.page import Page, found_by
from enrich.extract.wording import hangul, letters, one_line

_META_TITLES = (
    "og:title",
    "dd:title",
    "twitter:title",
    "dable:title",
    "title",
    "nextweb:artsubject",
    "headline",
    "dc.title",
)
_SITE_METAS = (
    "og:site_name",
    "dd:publisher",
    "application-name",
    "twitter:site",
    "article:publisher",
    "publisher",
    "dc.publisher",
)
_SEPARATOR = re.compile(r"\s+[|<>ㅣ│«»‹›:–—/\-]\s+|\s*(?:::+|[|│])\s*|\s+&lt;\s+")
_SECTION_WORD = (
    r"(?:정치|경제|사회|국제|세계|문화|스포츠|연예|지역|전국|생활|산업|증권|금융|부동산|과학|기술|IT|테크|오피니언|사설|칼럼|사람|"
    r"인물|교육|환경|건강|의료|종합|뉴스|기사|기사본문|본문|포토|영상|브리핑|알림|알림마당|소식|소통|보도자료|보도자료상세|언론보도|"
    r"보도|공지사항|새소식|정책뉴스|군정소식|시정소식|도정소식|행정정보|홈|메인|전체기사|최신기사|기사보기|상세보기|상세|뉴스홈|뉴스룸)"
    r"(?:일반)?"
)
_SECTION_AFTER = re.compile(rf"(?<=\S)(?:\s{_SECTION_WORD})+$")
_SECTION = re.compile(rf"{_SECTION_WORD}(?:\s{_SECTION_WORD})*")
_OUTLET_WORD = re.compile(
    r"(?:뉴스|신문|일보|신보|매일|방송|타임스|타임즈|투데이|데일리|미디어|저널|경제|닷컴|TV|KBS|MBC|SBS|YTN|JTBC|MBN|"
    r"CBS|KBC|군청|시청|구청|도청|광역시|특별시|특별자치[도시]|"
    r"진흥원|연구원|과학기술원|통신|누리집|홈페이지|포털|헤럴드|프레스|비즈|IT|news|times|today|daily|"
    r"press|\.com|\.kr|\.net)$",
    re.IGNORECASE,
)
# One word that ends like this is the name of an office, and no headline.
_OFFICE = re.compile(r"[가-힣]{2,16}(?:[부처청원]|위원회|공사|공단|재단|협회|대학교|대학|교육청|센터|테크노파크)")
_HEADING_CLASS = re.compile(
    r"(?:^|[\s_\-])(?:title|tit|subject|headline|heading|hd|sbj|article_?tit(?:le)?|view_?tit(?:le)?|"
    r"news_?tit(?:le)?|art_?tit(?:le)?|bbs_?tit(?:le)?)(?:$|[\s_\-\d])",
    re.IGNORECASE,
)
_HEADING_TAGS = ("h1", "h2", "h3", "h4")
_HEADING_PLACES = etree.XPath(
    "//h1|//h2|//h3|//h4|//th|//dt|//*[contains(@class,'it') or contains(@class,'ubj') or contains(@class,'ead')"
    " or contains(@class,'hd')][not(self::body or self::html or self::meta or self::a or self::li)]"
)
_ROWS = re.compile(r"(?:작성|등록|게시|입력)일|조회|담당\s?부서")
_LARGE = etree.XPath("//font[@size >= 4][not(ancestor::a)]")  # where tables and fonts are all the markup there is
_BRACKET = re.compile(r"^\[([^\[\]]{1,12})\]\s*")
_ELLIPSIS = re.compile(r"\s*(?:…|\.{2,3})$")
_MAX = 200
_MIN = 4
_LEAST_HEADING = 8  # letters: a shorter heading is more often that of a board or a box


def site_names(page: Page, embedded: Embedded) -> frozenset[str]:
    """The letters of what the outlet calls itself."""
    names = {letters(name) for name in (*page.meta(*_SITE_METAS), embedded.site)}
    return frozenset(name for name in names if name)


def read_title(page: Page, embedded: Embedded, *, chosen: str = "", hint: str = "") -> str:
    """Return the headline; "" where the page has none. `chosen` is what the layout's selector found.

    The outlet's own metadata are believed, once the site's name is off, unless they name only the site or the board
    (old CMS give every page one og:title): then a heading is, best one that the window's title repeats.
    """
    sites = site_names(page, embedded)
    if chosen:
        return chosen
    stated = [strip_affixes(title, sites) for title in (*page.meta(*_META_TITLES), embedded.title)]
    stated = [title for title in stated if _is_headline(title, sites)]
    found = dict.fromkeys(_headings(page.tree))
    shown = (strip_affixes(text, sites) if _SEPARATOR.search(text) else text for text in found)
    headings = [text for text in shown if _is_headline(text, sites)]
    window = page.window_title
    best = _agreed([*stated, window], headings)
    if not best and stated and letters(stated[0]) in letters(window):
        best = stated[0]
    best = best or _repeated(headings, window) or next(iter(stated), "")
    best = best or _of_window(window, headings, sites, page) or one_line(hint) or _large(page, sites)
    return _whole(
        _without_section(best, [*stated, *headings], page), [*headings, *stated, strip_affixes(window, sites)]
    )


def strip_affixes(title: str, sites: Iterable[str]) -> str:
    """Take the names of the outlet, its sections and its boards off both ends of a title.

    Brackets of the headline itself ([단독], [기획]) stay.
    """
    sites = frozenset(sites)
    title = re.sub(r"\s*::\s*[^:]{2,20}\s*::\s*$", "", one_line(title)).strip()
    bracket = _BRACKET.match(title)
    if bracket is not None and letters(bracket.group(1)) in sites and title[bracket.end() :]:
        title = title[bracket.end() :]
    named, comma, rest = title.partition(", ")
    if comma and letters(named) in sites:
        title = rest
    parts = _split(title)
    while len(parts) > 1 and _is_affix(parts[-1][1], sites):
        parts.pop()
    while len(parts) > 1 and _is_affix(parts[0][1], sites):
        parts.pop(0)
        parts[0] = ("", parts[0][1])
    return "".join(separator + text for separator, text in parts).strip()


def _of_window(window: str, headings: Sequence[str], sites: frozenset[str], page: Page) -> str:
    """Return what the window's title shares with the words of the page, else the first heading, else the window's.

    The board of an office names its windows all alike, and shows the headline in a heading only.
    """
    plain = strip_affixes(window, sites)
    shown = letters(page.text)
    parts = [part for _, part in _split(plain)]
    own = frozenset(bare for bare, count in Counter(map(letters, parts)).items() if count > 1)  # the site, twice
    sites |= own
    parts = [part for part in parts if letters(part) not in own]
    if (own or len(parts) > 1) and letters(plain) not in shown:
        held = [part.strip() for part in parts if _is_headline(part.strip(), sites) and letters(part) in shown]
        plain = max(held, key=len, default="")
    if _is_headline(plain, sites) and len(letters(plain)) >= _LEAST_HEADING:
        return plain
    boards = {letters(part) for _, part in _split(window)}
    longer = [text for text in headings if len(letters(text)) >= _LEAST_HEADING and letters(text) not in boards]
    if not longer:
        return plain if _is_headline(plain, sites) else next(iter(headings), "")
    return _without_board(longer[0], longer, boards)


def _large(page: Page, sites: frozenset[str]) -> str:
    texts = map(_bounded_text, found_by(_LARGE, page.tree))
    return next((text for text in texts if len(letters(text)) >= _LEAST_HEADING and _is_headline(text, sites)), "")


def _without_board(heading: str, others: Sequence[str], boards: Set[str]) -> str:
    """Take the board's name off a heading where another heading goes without."""
    bare = letters(heading)
    return next(
        (each for each in others if bare.endswith(letters(each)) and bare[: -len(letters(each))] in boards), heading
    )


def _split(title: str) -> list[tuple[str, str]]:
    """Cut at separators: (separator before, part)."""
    parts: list[tuple[str, str]] = []
    separator, start = "", 0
    for found in _SEPARATOR.finditer(title):
        parts.append((separator, title[start : found.start()]))
        separator, start = found.group(), found.end()
    parts.append((separator, title[start:]))
    return [part for part in parts if part[1].strip()] or [("", title)]


def _is_affix(part: str, sites: frozenset[str]) -> bool:
    bare = letters(part)
    if not bare or bare in sites or _SECTION.fullmatch(part.strip()):
        return True
    if _BRACKET.match(part):  # [인사] 무등시청
        return False
    if _OFFICE.fullmatch(part.strip()):
        return True
    part = _SECTION_AFTER.sub("", part)
    if any(bare == site or (len(site) >= 3 and site in bare and len(bare) <= len(site) + 8) for site in sites):
        return True
    return len(bare) <= 14 and len(part.split()) <= 3 and _OUTLET_WORD.search(part.strip()) is not None


def _is_headline(text: str, sites: frozenset[str]) -> bool:
    bare = letters(text)
    return _MIN <= len(text) <= _MAX and len(bare) >= _MIN - 1 and not _is_affix(text, sites)


def _headings(tree: HtmlElement) -> Iterator[str]:
    """Yield the texts of headings, of elements whose class says title, and of cells that follow 제목."""
    for element in found_by(_HEADING_PLACES, tree):
        if element.tag in ("th", "dt"):
            if _bounded_text(element).replace(" ", "").rstrip(":") == "제목":
                value = element.getnext()
                if value is not None:
                    yield _bounded_text(value)
            continue
        if element.tag in _HEADING_TAGS or (
            _HEADING_CLASS.search(element.get("class") or "") and next(element.iter(*_HEADING_TAGS), None) is None
        ):
            text = _bounded_text(element)
            if text and _ROWS.search(text) and len(element):  # headline and rows in one box
                text = _bounded_text(element[0])
            if text:
                yield text


def _bounded_text(element: HtmlElement) -> str:
    """The text of an element, "" where it is too long for a headline."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece.strip())
        if length > _MAX:
            return ""
    return one_line((" " if next(element.iter("br"), None) is not None else "").join(pieces))


def _agreed(raw: Iterable[str], headings: Sequence[str]) -> str:
    """Return the first stated title, or the longest beginning of one, that a heading of the page shows too."""
    shown = {letters(heading) for heading in headings}
    for title in raw:
        parts = _split(title)
        for count in range(len(parts), 0, -1):
            beginning = "".join(separator + text for separator, text in parts[:count]).strip()
            if letters(beginning) in shown:
                return beginning
    return ""


def _repeated(headings: list[str], window: str) -> str:
    """Return the longest heading that the window's title holds: menus and sidebars are not there."""
    bare = letters(window)
    held = [heading for heading in headings if hangul(heading) >= _MIN and letters(heading) in bare]
    return max(held, key=len, default="")


def _without_section(title: str, others: list[str], page: Page) -> str:
    """Take [사회] off where it is the page's section, or where another of its titles goes without."""
    found = _BRACKET.match(title)
    if found is None:
        return title
    rest = title[found.end() :]
    name = found.group(1).strip()
    sections = set(page.meta("article:section", "article:section2", "dd:category"))
    if rest and (
        (name in sections and _SECTION.fullmatch(name))
        or (_SECTION.fullmatch(name) and any(letters(rest) == letters(each) for each in others))
    ):
        return rest
    return title


def _whole(title: str, others: list[str]) -> str:
    """Where the title was cut short with dots, take the one that goes on."""
    if not _ELLIPSIS.search(title):
        return title
    begun = letters(title)
    longer = [each for each in others if len(letters(each)) > len(begun) and letters(each).startswith(begun)]
    return min(longer, key=len, default=title)
