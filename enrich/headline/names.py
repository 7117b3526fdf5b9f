"""The names of features: what is none (a genre, a count, an age), what is a writer's column, what is left out of it."""

import re

from enrich.headline.marks import Part
from sosik.model.analysis import HeadlineKind, SeriesMarker
from sosik.model.series import letters

COUNTED_SO = re.compile(r"야구|축구|배구|농구|리그|KBO|MLB|WBC|올림픽|월드컵|대회|의회|국회|추경|시장배|경기\b")
# 中 is China after another country, and after a verb that describes it: [미국 中], [깐깐해지는 中].
BEFORE_CHINA = re.compile(
    r"(?:[한미일북러영독韓美日北]|한국|미국|일본|북한|러시아|대만|유럽|인도|호주|베트남|EU|[는던])$"
)
# 강 counts strong nations and a cup's last teams, [AI 3강]; it counts lectures where the name is of lessons.
STRONG = re.compile(r"(?<!\d)(?<!제)(?<!제\s)\d+\s?강$")
LECTURE = re.compile(r"강의|강좌|특강|강연|수업|교실|학교|교양|공부|배우|아카데미|클래스|인문학|스쿨|레슨|입문")
COUNTDOWN = re.compile(r"(?:^|[\s(])[DGM]\s?[-+]\s?\d+$")
RANKED = re.compile(r"(?:탑|톱|top|베스트|best|왕좌|대|위)\s*$", re.IGNORECASE)
EDITION = re.compile(r"^(?:제\s?)?\d+\s?회\s")
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
PERSON = re.compile(
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
COLUMNS = re.compile(
    r"칼럼|수첩|데스크|시론|시평|논단|기자의|여적|만물상|씨줄날줄|횡설수설|오늘의 |시선|만평|에세이"
    r"|특파원\s?(?:리포트|통신|편지|현장)"
    r"|(?:광장|세상|이야기|산책|단상)$"
)
# A genre of several parts: [연재], [신년기획], [기획특집].
FEATURE = re.compile(r"(?:기획|연재|특집|시리즈)$")
# Words that say that a feature of several parts follows: 창간 기획-…, 창간 35주년 특별기획/…, 연중기획 ‘…’.
GENRE_PREFIX = re.compile(
    r"^(?:[가-힣\d]{1,5}\s){0,2}[가-힣A-Z]{0,4}(?:기획|특집|연재)(?:기획|연재|특집|취재|시리즈)?"
    r"(?:\s?[-–—:│|/_·]\s?(?=\S)|\s(?=['‘“\"].+['’”\"]$))"
)
_RUNNING = re.compile(r"^(?:(?:연속|연중|특별|신년|창간)\s?)?기획\s(?=[^\s‘'“\"]+\s)")
# Genres that say nothing of parts: they are left out of a name, and make no feature by themselves.
_OTHER_PREFIX = re.compile(
    r"^(?:르포|현장르포|탐사보도|탐사|심층취재|집중취재|커버스토리|스페셜\s?리포트|인터뷰)\s?[-–—:│|]\s?(?=\S)"
)
# What a listing leaves of a bracket that it cut off: 제목[대리점의 봄.
_UNCLOSED = re.compile(r"^[^\[\]]*\[(?=[^\[\]]*$)")


def is_name_without_bracket(name: str, part: Part, *, led: bool, at_end: bool) -> bool:
    """Is a bracketed number after plain words a part of something that they name, rather than an age or a count?"""
    if part.bracket == "(" and _AGED.search(name) and (part.number or 0) >= 10:
        return False
    if part.number is not None and part.number > 500:
        return False
    if at_end:
        return part.number is None or part.number < 30 or led
    return led or len(name) <= 30


def marker_of(name: str, part: Part, *, inside: bool = False) -> SeriesMarker:
    """Judge a name and its part, which may stand inside the name's bracket."""
    name = without_genre(_UNCLOSED.sub("", name).strip()).rstrip(" -–—·:|│/")
    if not letters(name):
        return SeriesMarker(kind=HeadlineKind.NONE)
    if is_label(name):
        return SeriesMarker(kind=HeadlineKind.LABEL, installment=part.number, label=part.label, final=part.final)
    # A person's standing column counts on for years; a feature about one has its number in its bracket: [△△△의 꿈①].
    column = (_BYLINE if part.circled and inside else PERSON).search(name) is not None
    column = column or (part.bracket == "[" and not part.circled and (part.number or 0) >= 100)
    return SeriesMarker(
        kind=HeadlineKind.COLUMN if column else HeadlineKind.SERIES,
        series=name,
        installment=part.number,
        label=part.label,
        final=part.final,
    )


def without_genre(name: str) -> str:
    """Leave out the words before a feature's name that say what it is, and the quotation marks that then hold it."""
    bare = _OTHER_PREFIX.sub("", GENRE_PREFIX.sub("", _RUNNING.sub("", name)))
    quoted = re.fullmatch(r"['‘“\"](.+)['’”\"]", bare) if bare != name else None
    return bare if quoted is None else quoted[1]


def is_label(name: str) -> bool:
    """Is it a genre, not a name?"""
    plain = re.sub(r"[\s·.!+]", "", name).lower()
    return plain in _LABELS or COUNTDOWN.search(name) is not None or EDITION.match(name) is not None
