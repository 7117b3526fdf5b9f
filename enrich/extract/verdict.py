"""Why a page gives no article, in one line."""

import re
from urllib.parse import urlsplit

from enrich.extract.embedded import Embedded
from enrich.extract.lines import Body
from enrich.extract.page import Page
from enrich.extract.wording import hangul, letters

_MISSING = re.compile(
    r"페이지를 찾을 수 없|존재하지 않는 (?:기사|페이지|게시물|뉴스|글|자료)|없는 (?:기사|페이지|"
    r"게시물)(?:입니다|이거나)|삭제(?:되었거나|된 (?:기사|게시물|페이지|글))|"
    r"기사가 (?:존재하지 않|삭제)|요청하신 (?:페이지|기사|문서|게시물|자료)[가-힣 ]{0,12}(?:없|찾을)|"
    r"(?:잘못된|올바르지 않은) (?:접근|경로|주소|요청)|\b404\b|page not found|not found",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"로그인(?: 후|을 하셔야| ?하셔야|이 필요|하시면|해 ?주세요)|(?:구독자|회원|유료\s?회원|"
    r"프리미엄\s?회원) ?(?:전용|만)|유료\s?(?:기사|구독|콘텐츠|서비스)|구독(?:하시면|하고 계속|신청 후|"
    r" 후 (?:이용|열람|전문))|"
    r"(?:전문|나머지|계속|이어서)[가-힣 ]{0,14}(?:보시려면|보려면|읽으시려면|읽으려면)|남은 글자|"
    r"무료로 볼 수 있는|결제 후"
)
_SHORT_PAGE = 400
_STUB = 250
_FLASH = 120
_LOOKED_AT = 10_000  # characters, and links, that tell a list from an article
_LOOKED_AT_LINKS = 500
_LEAST = 12
_FRONT_PATHS = re.compile(r"^/?(?:index\.\w+|main(?:\.\w+)?|home(?:\.\w+)?)?$")


def why_nothing(page: Page, body: Body, title: str, embedded: Embedded) -> str | None:
    """Return why this is no article, or None where it is one."""
    text = body.text
    size = hangul(text)
    around = page.text
    titles = f"{page.window_title} {title}"
    doubtful = titles if size >= _FLASH else f"{titles} {text}"
    if size < _SHORT_PAGE and (found := _MISSING.search(doubtful)) is not None:
        return f"the page says that there is no such article ({found.group()!r})"
    if size < _STUB and (found := _CLOSED.search(f"{text} {' '.join(cut.text for cut in body.cuts)}")) is not None:
        return f"only the stub of a page behind a login or a payment ({found.group()!r})"
    if size < _STUB and not embedded.free:
        return "only the stub of a page that must be paid for"
    if len(letters(text)) < _LEAST:
        if (found := _MISSING.search(around[:2000])) is not None:
            return f"the page says that there is no such article ({found.group()!r})"
        if (found := _CLOSED.search(around)) is not None:
            return f"only the stub of a page behind a login or a payment ({found.group()!r})"
        return "no text of an article was found"
    if not title:
        return "no title was found"
    return _why_list(page, body)


def _why_list(page: Page, body: Body) -> str | None:
    """A page of links is a list; a front page too, whatever teasers it shows."""
    text = letters(body.text[:_LOOKED_AT])
    linked = sum(len(anchor) for anchor in list(page.anchors)[:_LOOKED_AT_LINKS] if len(anchor) > 7 and anchor in text)
    if linked > 0.5 * min(len(text), _LOOKED_AT):
        return "the page lists links and holds no article"
    parts = urlsplit(page.url) if page.url.startswith("http") else None
    front = parts is not None and not parts.query and _FRONT_PATHS.match(parts.path) is not None
    if front and "article" not in next(page.meta("og:type"), ""):
        return "the front page of a site, no article"
    return None
