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
    r"(?:구독자|회원|유료\s?회원|프리미엄\s?회원) ?(?:전용|만 (?:볼|읽을|열람))|유료\s?(?:기사|구독|콘텐츠|"
    r"서비스)|구독(?:하고 계속|신청 후|"
    r" 후 (?:이용|열람|전문))|(?:전문|나머지|계속|이어서)[가-힣 ]{0,14}(?:보시려면|보려면|읽으시려면|"
    r"읽으려면)|남은 글자|결제 후"
)
_LOGIN = re.compile(r"로그인(?: 후|을 하셔야| ?하셔야|이 필요|하시면|해 ?주세요)|구독하시면|무료로 볼 수 있는")
_ABOUT_COMMENTS = re.compile("댓글|의견|제보|추천|알림")
_STUB = 250  # Hangul syllables: what is shown of an article that must be paid for
_FLASH = 120  # Hangul syllables: a page that says that it is not there, or a flash
_LOOKED_AT = 10_000  # characters that tell a list from an article
_LEAST = 12  # letters of the shortest flash
_FRONT_PATHS = re.compile(r"^/?(?:index\.\w+|main(?:\.\w+)?|home(?:\.\w+)?)?$")


def why_nothing(page: Page, body: Body, title: str, embedded: Embedded) -> str | None:
    """Return why this is no article, or None where it is one."""
    size = hangul(body.text)
    if len(letters(body.text)) < _LEAST:
        around = page.text[:_LOOKED_AT]
        return _missing(around[:2000]) or _closed(around, around) or "no text of an article was found"
    if size < _FLASH and (reason := _missing(f"{page.window_title} {title} {body.text}")):
        return reason
    said = "\n".join(
        line for line in (*body.lines, *(cut.text for cut in body.cuts)) if not _ABOUT_COMMENTS.search(line)
    )
    if size < _STUB and (reason := _closed(said, said if size < _FLASH else "")):
        return reason
    if size < _STUB and not embedded.free:
        return "only the stub of a page that must be paid for"
    if not title:
        return "no title was found"
    return _why_list(page, body, title)


def _missing(text: str) -> str | None:
    found = _MISSING.search(text)
    return None if found is None else f"the page says that there is no such article ({found.group()!r})"


def _closed(text: str, doubtful: str) -> str | None:
    """Look for the words of a wall; in `doubtful` also for those that stand beside many an article."""
    found = _CLOSED.search(text) or _LOGIN.search(doubtful)
    return None if found is None else f"only the stub of a page behind a login or a payment ({found.group()!r})"


def _why_list(page: Page, body: Body, title: str) -> str | None:
    """A page of links is a list; a front page too, whatever teasers it shows."""
    text = letters(body.text[:_LOOKED_AT])
    if sum(len(anchor) for anchor in page.anchors if len(anchor) >= _LONG_LINK and anchor in text) > 0.5 * len(text):
        return "the page lists links and holds no article"
    # An article may well live at the root of a site; then the window is named after it, and not after the site.
    if _is_front(page.url) and letters(title) not in letters(page.window_title):
        return "the front page of a site, no article"
    return None


_LONG_LINK = 8  # letters


def _is_front(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.netloc) and not parts.query and _FRONT_PATHS.match(parts.path) is not None
