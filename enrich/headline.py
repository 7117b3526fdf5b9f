"""The grammar of Korean headlines: which series a headline belongs to, and which part of it it is.

Outlets mark a part by a number in many shapes and many places:

    [젊은 두뇌가 뛴다]⑳ 제목            a bracket, then the number
    제목 [환자 곁에 의료AI②]             the number inside the bracket, before or after the headline
    [ITRC 인재양성대전 2026] 〈3〉 제목   the number in a bracket of its own
    [정비의 시간中], (하), <상>           one of three or of two, the last of which ends the series
    <5·끝>, ⑩끝, (마지막회)              the end
    규제 리포트 ⑥ 제목                  no bracket at all

and much looks like a part that is none: lists (①… ②… ③…), countdowns ([평창 G-30]), editions (제17회 …), ages
(홍길동(52)), the stock market's 上. The headline is read on a copy with brackets unified one for one; no compatibility
normalisation is done, for it would turn ① into 1 before it is read.
"""

import re
import unicodedata
from dataclasses import dataclass

from sosik.model.analysis import HeadlineKind, SeriesMarker

_BRACKETS = str.maketrans("［］【】〔〕「」『』＜＞〈〉⟨⟩《》（）", "[][][][][]<><><><>()")

# Runs of enclosed numbers in Unicode: first character, first value, length.
_ENCLOSED_RUNS = (
    ("①", 1, 20), ("㉑", 21, 15), ("㊱", 36, 15), ("❶", 1, 10), ("➀", 1, 10), ("➊", 1, 10),
    ("⑴", 1, 20), ("⒈", 1, 20), ("⓵", 1, 10), ("⓫", 11, 10),
)  # fmt: skip
_ENCLOSED = {chr(ord(first) + step): value + step for first, value, length in _ENCLOSED_RUNS for step in range(length)}
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_HANJA_PARTS = {"上": "상", "中": "중", "下": "하"}

# No headline is longer (characters): what is, is a text, and bad input may not cost time.
_LONGEST = 400

_END = r"(?:끝|완결?|마지막\s?회|최종\s?회|연재\s?끝|終|完)"
_CIRCLED = f"[{''.join(_ENCLOSED)}]"
_COUNTER = r"(?:회|편|부|화|강|탄)"
_DASH = r"[-–—·・/:,\s]"
_EPISODE = r"(?:[Ee][Pp]\.?|DAY|Day|[Vv]ol\.?|VOL\.?|#)"

# What may stand inside a bracket of its own: 3, 3회, 제3화, 5·끝, 상, 끝, 프롤로그.
_OWN = re.compile(
    rf"\s*(?:제?\s?(?P<number>\d{{1,3}})\s?{_COUNTER}?|(?P<circled>{_CIRCLED})"
    rf"|(?P<part>[상중하上中下])편?|(?P<label>프롤로그|에필로그|번외편?))?"
    rf"{_DASH}*(?P<end>{_END})?\s*"
)
# A number that follows something, without a bracket of its own: ⑩끝, 제3화, 8부: …, EP.2, 프롤로그.
_OPEN = re.compile(
    rf"(?:(?P<circled>{_CIRCLED})|제\s?(?P<number>\d{{1,3}})\s?[화편강부]"
    rf"|{_EPISODE}\s?(?P<episode>\d{{1,3}})(?!\d)|(?P<counted>\d{{1,3}})\s?(?:{_COUNTER}(?=[.:])|[화편](?=\s))"
    rf"|(?P<label>프롤로그|에필로그)(?![가-힣]))\s?{_DASH}?(?P<end>(?:{_END})(?![가-힣]))?"
)
# The end of a bracket's content: 승부수②, 시리즈1, 인사이트 8부, 캠페인-216, 노림수下, 가다(중), 마켓 40.
_TAIL = re.compile(
    rf"^(?P<name>.*?)"
    rf"(?:\s*[│|]?\s*(?P<circled>{_CIRCLED})"
    rf"|\s*[(<\[]\s*(?P<boxed>[^()<>\[\]]{{1,8}})\s*[)>\]]"
    rf"|[-–—·\s]?(?:제\s?)?(?P<counted>\d{{1,3}})\s?{_COUNTER}"
    rf"|\s{_EPISODE}\s?(?P<episode>\d{{1,3}})|\s(?P<roman>[{_ROMAN}])"
    rf"|(?P<hyphen>[-–—])\s?(?P<hyphened>\d{{1,3}})"
    rf"|\s(?P<spaced>\d{{1,2}})|(?<=[가-힣])·(?P<dotted>\d{{1,2}})"
    rf"|(?<=시리즈)\s?(?P<numbered>\d{{1,3}})"
    rf"|(?P<hanja>\s?[上中下])"
    rf"|[-–—·/](?P<hangul>[상중하])"
    rf")(?:\s?{_DASH}?(?P<end>{_END}))?\s*$"
)
# A number in the middle of a bracket's content, the part's own name after it: 멋을 찾아│① 남대문시장, 전쟁①-전력.
_MIDDLE = re.compile(rf"^(?P<name>.*?\w.*?)[\s│|/:·–—-]*(?P<circled>{_CIRCLED})")
# A part written as in a list, right after a name's bracket: 5. 도서관, 4)열, 5·끝) 유산, 上. 후적지, 중-규제.
_LISTED = re.compile(
    rf"(?P<roman>[{_ROMAN}])(?=[.\s])|(?P<counted>\d{{1,2}})부\s(?!리그|투어|승격|강등|.*{_CIRCLED})"
    rf"|(?:(?P<number>\d{{1,3}})(?!\d|\s?[-–—:](?!\s?{_END}))|(?P<part>[상중하上中下])(?=[.)]|\s?[-–—:]\s?[가-힣]{{2}}))"
    rf"(?:\s?[·,-]?\s?(?P<end>{_END}))?(?:[.)](?!\d)|\s?[-–—:])(?:\s?\((?P<closed>{_END})\))?"
)
# A part between dashes, or after the last one: 이름 - 下 - 제목, 이름-상.
_DASHED = re.compile(r"[-–—]\s?(?P<part>[상중하上中下])(?:\s?[-–—](?=\s)|$)")
# A counted part that says it is the last needs no bracket: 이름 12회·끝 - 제목.
_ENDED = re.compile(rf"(?<=\s)제?\s?(?P<counted>\d{{1,3}})\s?{_COUNTER}\s?[·,(/-]\s?(?P<end>{_END})(?![가-힣])\)?")

# A count right after a bracket of several words, if nothing follows that is counted so: [이름 몇 마디] 3회 제목.
_ROUND = re.compile(
    r"\s*(?P<counted>\d{1,2})회\s+(?!연속|연임|추경|만에|이상|이하|정기|임시|본회의|공연|졸업|대회|수상|우승|선발|출전|등판|[초말]\s)"
)
_COUNTED_SO = re.compile(r"야구|축구|배구|농구|리그|KBO|MLB|WBC|올림픽|월드컵|대회|의회|국회|추경|시장배|경기\b")
# A plain name of several words before a hyphen: 이름 몇 마디-4 제목; no score, virus or line of a railway.
_HYPHENED = re.compile(
    r"^(?P<name>[가-힣][가-힣A-Za-z·\s]{3,24}[가-힣])(?<!코로나)-(?P<hyphened>\d{1,2})\s(?!호선|구역|지구|단지|공구|블록|차전|번지|로\s)"
)
# 中 is China after another country, and after a verb that describes it: [미국 中], [깐깐해지는 中].
_BEFORE_CHINA = re.compile(
    r"(?:[한미일북러영독韓美日北]|한국|미국|일본|북한|러시아|대만|유럽|인도|호주|베트남|EU|[는던])$"
)

_COUNTDOWN = re.compile(r"(?:^|[\s(])[DGM]\s?[-+]\s?\d+$")
_RANKED = re.compile(r"(?:탑|톱|top|베스트|best|왕좌|대|위)\s*$", re.IGNORECASE)
_EDITION = re.compile(r"^(?:제\s?)?\d+\s?회\s")
_SURNAME = (
    "강고곽구권기김나남노류마문민박방배백변서선성손송신심안양엄여오우원유육윤"
    "은이임장전정조주지진차채천최추탁편하한함허현홍황"
)
# Three syllables that begin like a name, and are none.
_NO_NAMES = (
    "한반도|이공계|전기차|조선업|조선소|전남도|전북도|강원도|경기도|제주도|경상도|지방대|전남대|전북대|강원대|서울대"
    "|우리.|원자력|정치권|정치인|유권자|이주민|전문가|연구자|신도시|원도심|구도심|신공항|신세대|신재생|신입생"
    "|민주당|노동자|노숙인|여행자|장애인|유학생|전세난|주택난|지자체|지역민|지식인|지하철|조합원|최저임|하도급|한국인"
    "|우크라|은행원|이방인|임대인|임차인|전통주|구직자|기업인|기술자|남해안|문화재|민간인|박물관|백화점|변호사|양식장"
    "|우체국|소상공|송전탑|안전망|이민자|주민들|서민들|선비들|고령화|고령자|고교생|공무원|공장장|남도인|연금술|오디션"
    "|구조대|권력자|기자들|방송국|방위산|배달원|유통가|윤리학|정비소|조종사|주유소|지구촌|지도자|차세대|하청업|현대인"
)
# Two syllables that begin like a name of two, and are none.
_NO_SHORT_NAMES = (
    "김치|김장|김밥|김포|김해|김천|김제|박람|박스|박수|박해|최고|최초|최근|최대|최소|최선|최악|최후|최전|최종|최강|최저"
    "|윤리|윤곽|황금|황사|황토|황제|황혼|황해|허위|허구|허브"
)
_WRITER = "교수|시인|작가|기자|변호사|셰프|박사|신부|스님|목사|논설위원|평론가|선생님?"
_BYLINE = re.compile(rf"^[{_SURNAME}][가-힣]{{1,3}}\s(?:[가-힣]{{2,4}}\s?)?(?:{_WRITER})의\s")
_PERSON = re.compile(
    rf"^(?:(?!{_NO_NAMES})[{_SURNAME}][가-힣]{{2}}|(?!{_NO_SHORT_NAMES})[김박최윤황허][가-힣])의\s|{_BYLINE.pattern}"
)
_AGED = re.compile(
    rf"(?:^|[\s·,'\"‘“])(?:[가-힣A-Z]{{1,4}}\s?(?:씨|군|양|옹)|[{_SURNAME}][가-힣]{{2}})$|^[{_SURNAME}][가-힣]$"
)

_LABELS = frozenset(
    [
        "속보",
        "단독",
        "종합",
        "포토",
        "포토뉴스",
        "사진",
        "화보",
        "인사",
        "부고",
        "동정",
        "사설",
        "기고",
        "특별기고",
        "기획",
        "특집",
        "심층",
        "심층취재",
        "영상",
        "동영상",
        "쇼츠",
        "자막뉴스",
        "그래픽",
        "표",
        "인터뷰",
        "현장",
        "현장르포",
        "르포",
        "게시판",
        "알림",
        "알립니다",
        "사고",
        "공고",
        "날씨",
        "특징주",
        "전문",
        "1보",
        "2보",
        "3보",
        "긴급",
        "팩트체크",
        "이슈",
        "이슈분석",
        "분석",
        "신년기획",
        "창간기획",
        "기획특집",
        "기획연재",
        "연재",
        "신년사",
        "축사",
        "여론조사",
        "브리핑",
        "오늘의날씨",
        "카드뉴스",
        "공식",
        "공식입장",
        "리뷰",
        "현장영상",
        "라이브",
        "생중계",
        "스케치",
        "헤드라인",
        "정정보도",
        "반론보도",
        "보도자료",
        "해설",
        "일문일답",
        "집중취재",
        "뉴스",
        "이슈체크",
        "gam",
        "신간",
        "운세",
        "오늘의운세",
    ]
)
_COLUMNS = re.compile(
    r"칼럼|수첩|데스크|시론|시평|논단|기자의|여적|만물상|씨줄날줄|횡설수설|오늘의 |시선|만평|에세이"
    r"|(?:광장|세상|이야기|산책|단상)$"
)
# Words that say that a feature of several parts follows: 창간 기획-…, 창간 35주년 특별기획/…, 연중기획 ‘…’.
_GENRE_PREFIX = re.compile(
    r"^(?:[가-힣\d]{1,5}\s){0,2}[가-힣]{0,4}(?:기획|특집|연재)(?:기획|연재|특집|취재|시리즈)?"
    r"(?:\s?[-–—:│|/]\s?(?=\S)|\s(?=['‘“\"].+['’”\"]$))"
)
_RUNNING = re.compile(r"^(?:연속|연중|특별|신년|창간)\s?기획\s(?=[^\s‘'“\"]+\s)")
# Genres that say nothing of parts: they are left out of a name, and make no feature by themselves.
_OTHER_PREFIX = re.compile(
    r"^(?:르포|현장르포|탐사보도|탐사|심층취재|집중취재|커버스토리|스페셜\s?리포트|인터뷰)\s?[-–—:│|]\s?(?=\S)"
)
# A season or a book of a series counts its own parts: [이름] 시즌2 ③, [이름] 2부 그 밤 ③.
_LEVEL = re.compile(r"(?:시즌|season)\s?\d{1,2}$|제?\s?\d{1,2}부(?:\s|$)", re.IGNORECASE)
_IN_ROUND = re.compile(r"\(([\d상하])\)")
_SITE = re.compile(r"\s+-\s+(?::: )?[^\[\]()<>]{2,20}(?: ::)?$")


@dataclass(frozen=True, slots=True)
class _Group:
    """A bracketed piece: where it stands and what it holds."""

    start: int
    end: int
    open: str
    content: str


@dataclass(frozen=True, slots=True)
class _Part:
    """Which part: a number, or a label, and whether it is the last."""

    number: int | None = None
    label: str | None = None
    final: bool = False
    circled: bool = False
    bracket: str = ""


def read_headline(headline: str) -> SeriesMarker:
    """Return what a headline says of the series it belongs to.

    Kind NONE or LABEL has no series; COLUMN is a standing title, SERIES a numbered feature (or one whose bracket
    says that it is a feature: [창간 기획-…]). 하 and 下 end a series by themselves.
    """
    if len(headline) > 3 * _LONGEST:  # Three letters a syllable, where they are not composed.
        return SeriesMarker(kind=HeadlineKind.NONE)
    text = _with_its_last_bracket(unicodedata.normalize("NFC", headline).translate(_BRACKETS).strip())
    if len(text) > _LONGEST or _is_list(text):
        return SeriesMarker(kind=HeadlineKind.NONE)
    groups = _groups(text)
    found = (
        _inside_a_group(text, groups)
        or _beside_a_group(text, groups)
        or _number_first(text, groups)
        or _after_a_name(text, groups)
        or _before_a_hyphen(text)
        or _feature_without_number(groups)
    )
    if found is not None:
        return found
    return _without_part(text, groups)


def _with_its_last_bracket(text: str) -> str:
    """Close the bracket in which a listing cut a headline off: 제목[운명의 2주①..."""
    opened = text.rfind("[")
    cut = re.search(r"\s*(?:\.{2,}|…)$", text)
    if opened <= 0 or cut is None or "]" in text[opened:]:
        return text
    return text[: cut.start()] + "]"


def _is_list(text: str) -> bool:
    """Is it a list of points (①… ②…, (1)… (2)…), rather than a part of something?"""
    circled = {_ENCLOSED[character] for character in text if character in _ENCLOSED}
    lettered = set(_IN_ROUND.findall(text))
    return len(circled) > 1 or {"1", "2"} <= lettered or {"상", "하"} <= lettered


def _groups(text: str) -> list[_Group]:
    """Return the outermost bracketed pieces, left to right; an unclosed bracket is text."""
    closing = {"[": "]", "<": ">", "(": ")"}
    groups: list[_Group] = []
    position = 0
    while position < len(text):
        end = _closing(text, position, closing) if text[position] in closing else -1
        if end < 0:
            position += 1
            continue
        groups.append(_Group(position, end + 1, text[position], text[position + 1 : end].strip()))
        position = end + 1
    return groups


def _closing(text: str, start: int, closing: dict[str, str]) -> int:
    depth = 0
    for position in range(start, len(text)):
        if text[position] == text[start]:
            depth += 1
        elif text[position] == closing[text[start]]:
            depth -= 1
            if depth == 0:
                return position
    return -1


def _own_part(group: _Group) -> _Part | None:
    """Read a bracket that holds nothing but a part: <3>, (하), [5·끝]."""
    match = _OWN.fullmatch(group.content)
    if match is None or not any(match.groups()):
        return None
    return _part_of(match, bracket=group.open)


def _part_of(match: re.Match[str], *, bracket: str = "") -> _Part:
    fields = match.groupdict()
    circled = fields.get("circled")
    roman = fields.get("roman")
    names = ("number", "counted", "hyphened", "spaced", "dotted", "numbered", "episode")
    digits = next((fields[name] for name in names if fields.get(name)), None)
    part = (fields.get("part") or fields.get("hanja") or fields.get("hangul") or "").strip()
    label = _HANJA_PARTS.get(part, part) or fields.get("label")
    return _Part(
        number=_ENCLOSED[circled] if circled else int(digits) if digits else _ROMAN.index(roman) + 1 if roman else None,
        label=label,
        final=bool(fields.get("end") or fields.get("closed")) or label == "하",
        circled=bool(circled),
        bracket=bracket,
    )


def _at_an_edge(text: str, groups: list[_Group], group: _Group) -> bool:
    """Do only other brackets stand before it, or nothing but brackets, a part and the site's name after it?"""
    before, after = text[: group.start], text[group.end :]
    for other in groups:
        before = before.replace(text[other.start : other.end], " ", 1) if other.end <= group.start else before
        after = after.replace(text[other.start : other.end], " ", 1) if other.start >= group.end else after
    after = _SITE.sub("", after).strip()
    return not before.strip() or not after or _OPEN.fullmatch(after) is not None


def _inside_a_group(text: str, groups: list[_Group]) -> SeriesMarker | None:
    """[환자 곁에 의료AI②], [메디컬 인사이트 8부], <외국인고용제 전면개편①>."""
    for group in groups:
        if not _at_an_edge(text, groups, group) or _own_part(group) is not None:
            continue
        found = _name_and_part(group.content)
        if found is not None and not (group.open == "(" and not found[1].circled):
            return _marker(*found, inside=True)
    return None


def _name_and_part(content: str) -> tuple[str, _Part] | None:
    if _COUNTDOWN.search(content) or _EDITION.match(content):
        return None
    tail = _name_and_tail(content)
    if tail is not None:
        return tail
    middle = _MIDDLE.match(content)
    return None if middle is None else (middle["name"], _part_of(middle))


def _name_and_tail(content: str) -> tuple[str, _Part] | None:
    """Read a name that its part ends: 승부수②, 인사이트 8부, 노림수下."""
    tail = _TAIL.match(content)
    if tail is None or not tail["name"].strip():
        return None
    name = tail["name"].strip()
    if tail["boxed"]:
        own = _OWN.fullmatch(tail["boxed"])
        if own is None or not any(own.groups()):
            return None
        return name, _part_of(own)
    if tail["spaced"] and (_RANKED.search(name) or len(name) < 6):
        return None
    if tail["hanja"] == " 中" and (len(name) < 4 or _BEFORE_CHINA.search(name)):
        return None
    if tail["hyphened"] and not re.search(r"[가-힣]", name[-1:]):
        return None
    return name, _part_of(tail)


def _beside_a_group(text: str, groups: list[_Group]) -> SeriesMarker | None:
    """[젊은 두뇌가 뛴다]⑳, [탈북人](18), [위기의 노인돌봄] (상), 제목[집값 변수는]②."""
    for index, group in enumerate(groups):
        if group.open == "(" or _own_part(group) is not None or not _at_an_edge(text, groups, group):
            continue
        part = _part_at(text, group.end, groups[index + 1 :]) or _round_at(text, group)
        if part is not None:
            return _marker(group.content, part)
    return None


def _round_at(text: str, group: _Group) -> _Part | None:
    """Read a count that may be one of anything, unless the bracket before it is a name of several words."""
    if group.start or " " not in group.content or _COUNTED_SO.search(group.content) or _is_label(group.content):
        return None
    match = _ROUND.match(text, group.end)
    return None if match is None else _part_of(match)


def _part_at(text: str, position: int, following: list[_Group]) -> _Part | None:
    """Read the part that stands right at a position, white space passed over."""
    while position < len(text) and text[position].isspace():
        position += 1
    if following and following[0].start == position:
        return _own_part(following[0])
    match = _OPEN.match(text, position) or _LISTED.match(text, position)
    return None if match is None else _part_of(match)


def _number_first(text: str, groups: list[_Group]) -> SeriesMarker | None:
    """② 제목 [2막 열린 K-뷰티]: the number leads, the name is the bracket at the end."""
    match = _OPEN.match(text)
    if match is None or not match["circled"]:
        return None
    last = groups[-1] if groups else None
    if last is not None and last.open == "[" and last.end == len(text) and not _is_label(last.content):
        return _marker(last.content, _part_of(match))
    return SeriesMarker(kind=HeadlineKind.LABEL, installment=_part_of(match).number)


def _after_a_name(text: str, groups: list[_Group]) -> SeriesMarker | None:
    """[특집] 무늬오징어가 온다! ② 제목, X파일(157) 제목, [기획] 긴 이름 (하)."""
    start = _end_of_leading_groups(groups, text)
    led = start > 0
    for position, part in _open_parts(text, groups, start):
        if led and part.final and part.number is None and part.label is None:
            return _marker(groups[0].content, part)
        name = text[start:position].strip(" -–—:·,")
        if not name:
            continue
        if led and _LEVEL.match(name):
            return _marker(f"{groups[0].content} {name}", part)
        if part.circled or _is_name_without_bracket(name, part, led=led, at_end=_ends_at(text, position)):
            return _marker(name, part)
    return None


def _before_a_hyphen(text: str) -> SeriesMarker | None:
    """골목의 온도-4 제목."""
    match = _HYPHENED.match(text)
    if match is None or " " not in match["name"]:
        return None
    return _marker(match["name"], _part_of(match))


def _end_of_leading_groups(groups: list[_Group], text: str) -> int:
    end = 0
    for group in groups:
        if text[end : group.start].strip() or group.open == "(":
            break
        end = group.end
    return end


def _open_parts(text: str, groups: list[_Group], start: int) -> list[tuple[int, _Part]]:
    """Return parts outside any name's bracket, with where they begin, left to right."""
    found = [
        (position, _part_of(match))
        for position in range(start, len(text))
        if text[position] in _ENCLOSED
        and not any(group.start < position < group.end for group in groups)
        and (match := _OPEN.match(text, position)) is not None
    ]
    found += [(match.start(), _part_of(match)) for form in (_DASHED, _ENDED) for match in form.finditer(text, start)]
    for group in groups:
        own = _own_part(group) if group.start >= start else None
        if own is not None:
            found.append((group.start, own))
    return sorted(found, key=lambda each: each[0])


def _ends_at(text: str, position: int) -> bool:
    """Does nothing but a closed bracket stand from there to the end?"""
    return re.fullmatch(r"[\[<(][^\[\]<>()]*[\])>]\s*", text[position:]) is not None


def _is_name_without_bracket(name: str, part: _Part, *, led: bool, at_end: bool) -> bool:
    """Is a bracketed number after plain words a part of something that they name, rather than an age or a count?"""
    if part.bracket == "(" and _AGED.search(name) and (part.number or 0) >= 10:
        return False
    if part.number is not None and part.number > 500:
        return False
    if at_end:
        return part.number is None or part.number < 30 or led
    return led or len(name) <= 30


def _feature_without_number(groups: list[_Group]) -> SeriesMarker | None:
    """[창간 기획-콘텐츠가 미래다] 제목: the bracket itself says that it is a feature of several parts."""
    for group in groups:
        if group.open == "[" and _GENRE_PREFIX.match(group.content):
            return SeriesMarker(kind=HeadlineKind.SERIES, series=_without_genre(group.content))
    return None


def _marker(name: str, part: _Part, *, inside: bool = False) -> SeriesMarker:
    """Judge a name and its part, which may stand inside the name's bracket."""
    name = _without_genre(name.strip())
    if _is_label(name):
        return SeriesMarker(kind=HeadlineKind.LABEL, installment=part.number, label=part.label, final=part.final)
    # A person's standing column counts on for years; a feature about one has its number in its bracket: [△△△의 꿈①].
    column = (_BYLINE if part.circled and inside else _PERSON).search(name) is not None
    column = column or (part.bracket == "[" and not part.circled and (part.number or 0) >= 100)
    return SeriesMarker(
        kind=HeadlineKind.COLUMN if column else HeadlineKind.SERIES,
        series=name,
        installment=part.number,
        label=part.label,
        final=part.final,
    )


def _without_genre(name: str) -> str:
    """Leave out the words before a feature's name that say what it is, and the quotation marks that then hold it."""
    bare = _OTHER_PREFIX.sub("", _GENRE_PREFIX.sub("", _RUNNING.sub("", name)))
    quoted = re.fullmatch(r"['‘“\"](.+)['’”\"]", bare) if bare != name else None
    return bare if quoted is None else quoted[1]


def _is_label(name: str) -> bool:
    """Is it a genre, not a name?"""
    plain = re.sub(r"[\s·.!+]", "", name).lower()
    return plain in _LABELS or _COUNTDOWN.search(name) is not None or _EDITION.match(name) is not None


def _without_part(text: str, groups: list[_Group]) -> SeriesMarker:
    """Tell a standing title from a genre where there is no number."""
    for group in groups:
        if group.open == "(" or not _at_an_edge(text, groups, group):
            continue
        if _is_label(group.content):
            return SeriesMarker(kind=HeadlineKind.LABEL)
        if _COLUMNS.search(group.content) or _PERSON.search(group.content):
            return SeriesMarker(kind=HeadlineKind.COLUMN, series=group.content)
        if group.open == "[":
            return SeriesMarker(kind=HeadlineKind.LABEL)
    return SeriesMarker(kind=HeadlineKind.NONE)
