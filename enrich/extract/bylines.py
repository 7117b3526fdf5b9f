"""Who wrote it: names out of metadata and bylines, and nobody where a desk, a board or the outlet signs."""

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml.html import HtmlElement

from enrich.extract.embedded import Embedded
from enrich.extract.lines import Body, span_of
from enrich.extract.page import Page
from enrich.extract.phrases import EMAIL, NAMES, ROLE, SURNAMES
from enrich.extract.wording import letters, one_line
from sosik.model.article import Cut, CutKind

_META_AUTHORS = (
    "dd:author", "dable:author", "article:author", "author", "og:article:author", "nextweb:reporter", "twitter:creator",
    "byl", "dc.creator", "creator", "reporter", "writer",
)  # fmt: skip
_NAME = r"[가-힣]{2,4}"
_WITH_ROLE = re.compile(rf"(?<![가-힣])({NAMES})\s?(?:{ROLE})(?![가-힣]{{2}})")
_BEFORE_EMAIL = re.compile(rf"(?<![가-힣])({_NAME})\s*[\])]?\s*[/|(\[<=:]?\s*{EMAIL}")
_BY_CRAFT = re.compile(
    rf"(?<![가-힣])(?<!영상 )(?:취재|글)\s*[:：=]\s*({_NAME})(?![가-힣])|^\W*취재\s+({_NAME})(?![가-힣])"
)
_CREDITS = re.compile(
    r"(?<![글·,/])(?<![글·,/]\s)(?:(?:영상|화면)\s?(?:취재|편집|디자인|제공)|촬영(?:\s?기자)?|사진|편집|그래픽|디자인|CG|자막|VJ|리서처)\s*"
    rf"[:：=/]\s*{_NAME}(?:\s*[·,ㆍ]\s*{_NAME})*(?:\s?{ROLE})?"
)  # who filmed and cut, not who wrote
_WITH_ID = re.compile(rf"(?<![가-힣])({_NAME})\s?\([a-z][a-z0-9_]{{2,19}}\)")  # a citizen's: 홍길동(gildong)
_BY = re.compile(rf"(?<![a-z])by\s+({_NAME})(?![가-힣])", re.IGNORECASE)
_LABELLED = re.compile(rf"(?:기자명|글쓴이)\s*[:：]?\s*({_NAME})(?![가-힣])")
_PLAIN = re.compile(rf"^(?:{_NAME})(?:\s*[·,ㆍ/&;]\s*{_NAME})*$")
_LATIN = re.compile(r"^(?:by\s+)?([A-Z][A-Za-z.'’-]+(?:\s+[A-Z][A-Za-z.'’-]+){1,3})$")
_CUT_NAMES = re.compile(r"\s*[·,ㆍ/&;]\s*|\s+")
_NOT_A_NAME = re.compile(
    r"(?:뉴스|신문|일보|방송|편집|취재|디지털|온라인|미디어|통신|타임스|투데이|저널|경제|관리자|운영자|홍보|"
    r"대변인|담당|보도|공보|정책|행정|총무|기획|"
    r"사회|정치|문화|국제|스포츠|연예|지역|전국|교육|과학|산업|금융|증권|생활|종합|기자|특파|인턴|선임|수석|"
    r"사진|영상|그래픽|촬영|자료|제공|글|저작|입력|수정|"
    r"등록|승인|송고|광주|전남|전북|서울|부산|대구|인천|대전|울산|세종|경기|강원|충북|충남|경북|경남|제주|"
    r"이메일|메일|본지|본보|객원|시민|독자|전문|에디터|데스크|"
    r"구독|다른|기사|제보|앵커|라디오|네이버|카카오|페이스북|트위터|연합|뉴시스|공동|현장|리포터|작가|카메라|"
    r"논설|해설|위원|이데일리|머니|한국|매일|조선|중앙|동아|한겨레|경향|국민|세계|문의|구성|진행|출연|연출|"
    r"사진부|없음|익명|대표|이사|본부|지사|지국|주재|인터넷|로봇|본사|필자|자체)"
)
_ENDING = re.compile(r".*(?:팀|부|국|과|실|센터|단|청|원|처|사|시|군|도|회|소|룸|들|은|는|이|가|의|을|를|에)$")
_DESK = re.compile(
    r"(?:홍보|정책|정보|기획|정치|경제|국제|전국|지역|방송|편집|취재|보도|사회|문화|체육|산업|사진|교육|과학|"
    r"생활|공보|민원|관광|농업|안전|노인|복지|"
    r"환경|도시|주택|교통|회계|영상|통신|신문|연구|진흥|위원|구청|국회|인턴|조선|국민|한국|공동|현장|전문|"
    r"선임|기자|편성|제작|지면|탐사|기동)"
    r"[팀부국과실단청원처사소룸장관회일기의가]|[가-힣]{2}[팀과처룸]|이메일|기자[단명]|구독자|문의처|도지사|"
    r"이데일|제보자|강원도|전라도|전남도|전북도|제주도|경기도"
)
_SIGN_OFF = re.compile(rf"(?:뉴스|NEWS|[A-Z]{{2,4}}|방송)\s?,?\s({_NAME})(?:이?었습니다|입니다)\.?\s*$")
_REPORTS = re.compile(
    rf"(?:^|[\s,.])({_NAME})\s?(?:{ROLE})(?:가|이)\s?(?:[가-힣 ]{{0,14}})?(?:보도합니다|보도했습니다|"
    rf"취재했습니다|전합니다|전해드립니다|전해 드립니다|짚어봤습니다|알아봤습니다|입니다)"
)
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_\-])(?:byline|reporter|journalist|writer|author|name_mul|article_?writer|reporter_?name|"
    r"press_?name)(?:$|[\s_\-\d])|byline|reporter|journalist",
    re.IGNORECASE,
)
_AUTHOR_PAGE = re.compile(r"/(?:authors?|reporters?|journalists?|writers?)/[^/]")
_LONGEST_ELEMENT = 90
_LONG_SURNAMES = ("남궁", "황보", "제갈", "사공", "선우", "독고", "서문")
_USUAL = 3  # syllables of nearly every Korean name
_AROUND = 400
_AFTER = 80


def read_authors(
    page: Page, embedded: Embedded, body: Body, *, title: str, sites: Iterable[str], chosen: str = ""
) -> tuple[str, ...]:
    """Return the authors' names in the page's order, without their offices; empty where no person signs.

    Metadata are believed first, but a byline in the text that names them and others names all.
    """
    outlet = frozenset(sites)
    if chosen:
        return tuple(names_in(chosen, outlet, bare=True))
    printed = tuple(dict.fromkeys(_printed(body.cuts, outlet)))
    stated = _stated(page, embedded, outlet)
    if stated:
        return printed if len(printed) > len(stated) and set(stated) <= set(printed) else stated
    around = printed or _around(page.text, title, body.lines, outlet)
    return around or _by_class(page, outlet) or _signed_off(body.lines, outlet)


def names_in(text: str, sites: frozenset[str], *, bare: bool = False) -> list[str]:
    """Return the persons of a short text; `bare` takes a name without an office or an address too."""
    text = _CREDITS.sub(" ", re.sub(r"https?://\S+", " ", one_line(text))).strip(" []()<>/|=·,")
    found = [name for match in _WITH_ROLE.finditer(text) for name in _CUT_NAMES.split(match.group(1))]
    if not found:
        found = [match.group(1) for match in _BEFORE_EMAIL.finditer(text)]
    if not found:
        found = [match[match.lastindex or 0] for pattern in (_BY_CRAFT, _LABELLED) for match in pattern.finditer(text)]
    if not found and bare:
        plain = re.sub(EMAIL, "", text).strip(" []()<>/|=·,")
        if _PLAIN.match(plain):
            found = _CUT_NAMES.split(plain)
        elif (latin := _LATIN.match(plain)) is not None and letters(latin.group(1)) not in sites:
            return [latin.group(1)]
    return list(dict.fromkeys(name for name in found if is_person(name, sites)))


def is_person(name: str, sites: frozenset[str]) -> bool:
    """Can this be a Korean person's name, and is it no desk, department, place or outlet?"""
    if not re.fullmatch(_NAME, name) or letters(name) in sites:
        return False
    surnamed = name[0] in SURNAMES
    if len(name) == _USUAL and surnamed:  # 이수정 and 조선희 are names, though 수정 and 조선 stand in them
        return _DESK.fullmatch(name) is None
    if _NOT_A_NAME.search(name):
        return False
    if len(name) < _USUAL:
        return surnamed
    if name.startswith(_LONG_SURNAMES):
        return True
    return (surnamed or len(name) == _USUAL) and _ENDING.match(name) is None


def _stated(page: Page, embedded: Embedded, sites: frozenset[str]) -> tuple[str, ...]:
    groups: list[Iterable[str]] = [embedded.authors, *([value] for value in page.meta(*_META_AUTHORS))]
    for group in groups:
        names = [name for value in group for name in names_in(value, sites, bare=True)]
        if names:
            return tuple(dict.fromkeys(names))
    return ()


def _printed(cuts: Sequence[Cut], sites: frozenset[str]) -> Iterator[str]:
    for cut in cuts:
        if cut.kind is CutKind.BYLINE and not re.match(
            r"^\W*(?:영상|촬영|그래픽|사진|CG|자막|VJ|리서처|화면|디자인)", cut.text
        ):
            found = _SIGN_OFF.search(cut.text)
            yield from [found.group(1)] if found and is_person(found.group(1), sites) else names_in(cut.text, sites)


def _around(text: str, title: str, lines: Sequence[str], sites: frozenset[str]) -> tuple[str, ...]:
    """Read who is named with an office between the title and the body, or right after the body."""
    start, end = span_of(text, title, lines)
    before = (
        text[max(text.rfind(title, 0, start) + len(title), start - _AROUND) : start] if title in text[:start] else ""
    )
    citizens = (match.group(1) for pattern in (_WITH_ID, _BY) for match in pattern.finditer(before))
    return (
        tuple(names_in(before, sites))
        or tuple(names_in(text[end : end + _AFTER], sites))
        or tuple(name for name in dict.fromkeys(citizens) if is_person(name, sites))
    )


def _by_class(page: Page, sites: frozenset[str]) -> tuple[str, ...]:
    """Read the first short element whose class says reporter and that names a person."""
    bare = ".go.kr" not in page.url  # on a government's board the writer is the official who posted it
    for element in page.tree.iter("span", "p", "div", "a", "em", "strong", "li", "dd", "td", "address", "b"):
        label = element.get("class") or element.get("itemprop") or element.get("id") or ""
        if not _BYLINE_CLASS.search(label) and not (element.tag == "a" and _leads_to_author(element)):
            continue
        text = one_line(" ".join(element.itertext()))
        names = names_in(text, sites, bare=bare) if len(text) <= _LONGEST_ELEMENT else []
        if names:
            return tuple(names)
    return ()


def _leads_to_author(anchor: HtmlElement) -> bool:
    return anchor.get("rel") == "author" or _AUTHOR_PAGE.search(anchor.get("href") or "") is not None


def _signed_off(lines: Sequence[str], sites: frozenset[str]) -> tuple[str, ...]:
    """Read who speaks at the end of a transcript, or whom its anchor announces."""
    for pattern, where in ((_SIGN_OFF, lines[-3:]), (_REPORTS, lines)):
        for line in where:
            found = pattern.search(line)
            if found is not None and is_person(found.group(1), sites):
                return (found.group(1),)
    return ()
