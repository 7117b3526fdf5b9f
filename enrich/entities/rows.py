"""Finds firms named in a row that says what they are: 참여 기업은 …, …·… 등 5개사, 기업 3곳(…), … 컨소시엄."""

import re
from collections.abc import Iterator, Sequence

from enrich.entities.firms import is_coined, is_common, is_no_word
from enrich.entities.form import Form
from sosik.model.analysis import Morpheme

_NAME = r"(?:㈜|\(주\))?[가-힣A-Za-z0-9&]{2,15}(?: [A-Z][A-Za-z&]{1,10})?(?:㈜|\(주\))?(?:\((?!주\))[^()\n]{1,15}\))?"
_BETWEEN = r"(?:, ?|·|ㆍ|‧| ?[▲△▷] ?|[와과] )"
_ROW = rf"{_NAME}(?:{_BETWEEN}{_NAME}){{1,30}}"
_KIND = r"(?:기업|업체|기관|회사|개사|대학|스타트업)"
_WHICH = r"(?: \d+(?:여 ?)?개| 국내| 글로벌| 주요| 관련| 참여| 지역| 국내외| 민간| 도내| 관내| 현지)*"
_COUNTED = r"\d(?:여 ?)?(?:개 ?사|곳|개 ?(?:기업|업체|회사))"
_COUNT = rf"(?: ?\d*{_COUNTED})"
_AND_OTHERS = rf" 등(?:(?P<count>{_COUNT})|{_WHICH}(?: ?[가-힣A-Za-z]+)? ?(?:{_KIND}|\d+(?:여 ?)?개 ?사))"
# Rows that end in what they are of, and the signs that they end in; a row is counted where a number says of how many.
_ENDED = (
    (  # 가람·나래 등 5개사, 가람, 나래 등 국내 기업이
        re.compile(rf"(?<![가-힣A-Za-z0-9])(?P<row>{_ROW}){_AND_OTHERS}"),
        re.compile(rf"(?<=[가-힣A-Za-z0-9&)㈜]){_AND_OTHERS}"),
    ),
    (  # 가람, 나래, 다솔 4곳
        re.compile(rf"(?<![가-힣A-Za-z0-9])(?P<row>{_NAME}(?:(?:, ?|·){_NAME}){{2,30}})(?P<count>{_COUNT})"),
        re.compile(_COUNTED),
    ),
)
_LONGEST = 1700  # characters; 31 names with what stands between them and in brackets behind them are no longer
_BEGUN = (
    # 참여 기업은 ▲가람 ▲나래 등이다, 협약기업: 가람·나래
    re.compile(
        r"(?:참여|협약|선정|입주|수혜|지원|참가|투자|유치|우수)(?:한|된)? ?(?:기업|업체|회사)"
        rf"(?:들?[은는]|에는|으로는| ?:)? ?[▲△▷]? ?(?P<row>{_ROW})(?= 등|이다|다\.|[이가은는]|으로|로|\n|\.|$)"
    ),
    # 기업 5개사(가람·나래), 드론 기업(가람, 나래 등)
    re.compile(rf"(?:기업|업체|회사|스타트업|개사|곳)(?: \d+(?:개사|곳))?\((?P<row>{_ROW})(?: 등)?\)"),
    # 컨소시엄에는 가람과 나래가 참여했다
    re.compile(rf"컨소시엄(?:에는|은|\()? ?(?P<row>{_ROW})(?= 등|[이가] |\)|으로|로 )"),
)
_SIGN = re.compile(rf"{_KIND}|컨소시엄|\d(?:여 ?)?(?:개 ?사|곳)")
_ALONE = re.compile(r"(?<![가-힣A-Za-z0-9&])(?P<name>[가-힣A-Za-z0-9&]{2,15}) 컨소시엄(?=[이은과에]| )")
_SPLIT = re.compile(rf"{_BETWEEN}(?![^()]*\))")  # not inside brackets
_MARKS = re.compile(r"^(?:㈜|\(주\))|\([^()\n]*\)$|㈜$|\(주\)$|(?<=[가-힣A-Z]{2})이다$")
_CITY = re.compile(r"[가-힣]{2,3}[시군구도]")
_CLAUSE = re.compile(
    r"(?:[하되했됐였있]고|[하되으]며|하여|해서|면서|지만|동안|이중|이번|최근|현재|올해|모두|각각|또한)$"
)
# A row of one of these tells of fields, places or kinds, not of firms.
_FIELD = re.compile(
    r"(?:인공지능|AI|빅데이터|데이터|로봇|드론|바이오|반도체|[이2]차전지|배터리|수소|에너지|태양광|풍력|원전|모빌리티|자동차|미래차|전기차"
    r"|우주|항공|방산|국방|소프트웨어|SW|IT|ICT|IoT|게임|콘텐츠|웹툰|헬스케어|의료|의료기기|제약|식품|농업|축산|수산|농식품|제조업?"
    r"|물류|유통|금융|보험|교육|관광|문화|예술|환경|정보통신|디스플레이|전자|철강|조선|화학|기계|섬유|화장품|뷰티|패션|클라우드"
    r"|메타버스|블록체인|핀테크|푸드테크|에듀테크|스마트팜|스마트공장|자율주행|양자|플랫폼|보안|통신|건설|건축|토목|부품|소재|장비"
    r"|대학교?|연구소|연구원|기업|기관|지자체|협회|단체|병원|은행|학교|공단|공사|투자사|정부|국내|해외|창업|시민|주민|전문가|산업|분야"
    r"|사업|기술|서비스|제품|시설|센터|미국|중국|일본|유럽|독일|베트남|인도|영국|프랑스|서울|부산|대구|인천|광주|대전|울산|세종|경기"
    r"|강원|충북|충남|전북|전남|경북|경남|제주)"
    r"|.*(?:기업|기관|단체|산업|분야|사업|기술|서비스|제품|시설|개|명|곳|건)"
)


def find_rows(text: str, morphemes: Sequence[Morpheme]) -> Iterator[Form]:
    """Give the names of the rows that are said to be of firms or bodies."""
    if _SIGN.search(text) is None:
        return
    starts = [each.start for each in morphemes]
    given: set[Form] = set()
    for match, counted in _rows(text):
        row = _names(match)
        if counted or any(is_coined(each.name, each.start, starts, morphemes) for each in row):
            yield from (each for each in row if each not in given)
            given.update(row)
    for match in _ALONE.finditer(text):
        form = Form(match["name"], match.start("name"), match.end("name"))
        if not _FIELD.fullmatch(form.name) and is_no_word(form.name, form.start, starts, morphemes):
            yield form


def _rows(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Give what may be a row of firms, and whether it is said to be one so plainly that its names may be any words."""
    for pattern, sign in _ENDED:
        for begin, end in _before(sign, text):
            for match in pattern.finditer(text, begin, end):
                yield match, match["count"] is not None
    for pattern in _BEGUN:
        for match in pattern.finditer(text):
            yield match, True


def _before(sign: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Give the stretches in which rows that end in a sign may stand: long lists without one are not read."""
    begin = end = 0
    for match in sign.finditer(text):
        first = max(match.start() - _LONGEST, 0)
        if first > end:
            yield begin, end
            begin = first
        end = match.end()
    yield begin, end


def _names(match: re.Match[str]) -> list[Form]:
    """Return the names of a row, or none where one of them is a field, a place or a kind."""
    found = []
    place = match.start("row")
    for part in _SPLIT.split(match["row"]):
        start = match.string.index(part, place)
        place = start + len(part)
        name = _MARKS.sub("", _MARKS.sub("", part))
        start = match.string.index(name, start)
        if len(name) < 2 or _FIELD.fullmatch(name) or _CLAUSE.search(name) or not re.search(r"[가-힣A-Za-z]", name):
            return []
        if not is_common(name) and _CITY.fullmatch(name) is None:
            found.append(Form(name, start, start + len(name)))
    return found
