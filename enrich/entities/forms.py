"""Finds organisations that the gazetteer does not know by the form of their names."""

import re
from collections.abc import Iterator

from ahocorasick_rs import AhoCorasick, MatchKind

from enrich.entities.abroad import find_abroad
from enrich.entities.form import Form
from enrich.entities.names import WORD_END
from sosik.catalogue.entry import PROVINCES

_LETTER = r"[가-힣A-Za-z0-9&]"
_ENDING_TEXT = """
    산업진흥원 진흥원 연구원 연구소 연구재단 기술원 평가원 과학원 정보원 개발원 교육원 의료원 대학교 대학원
    사관학교 고등학교 중학교 초등학교 공사 공단 협회 연합회 협의회 중앙회 진흥회 학회 재단 위원회 교육지원청
    교육청 경찰서 경찰청 소방서 노동청 박물관 미술관 과학관 도서관 문화원 상공회의소 테크노파크 혁신센터
    병원 은행 대사관 총연맹 노동조합 협동조합 사업조합 조합 공제회 마을회 향우회 동문회 농민회 노동자회
    이노베이션스퀘어 그룹 홀딩스 테크 전자 중공업 정밀 제약 화학 텔레콤 소프트 로보틱스 인베스트먼트 벤처스
    파트너스 모빌리티 네트웍스 네트워크스 일렉트릭 엔지니어링 인더스트리 시스템즈 코리아 랩스 바이오텍
    바이오로직스 미디어 엔터테인먼트 자산운용 캐피탈 증권
"""
_ENDINGS = tuple(_ENDING_TEXT.split())
_SUFFIXES = rf"(?:{'|'.join(_ENDINGS)})"
_ENDING_WORDS = AhoCorasick(_ENDINGS, matchkind=MatchKind.Standard)
_SUFFIXED = re.compile(rf"(?<![가-힣A-Za-z0-9]){_LETTER}{{1,18}}?{_SUFFIXES}(?![가-힣]*{_SUFFIXES})")
_WORD = r"(?:[가-힣A-Za-z0-9&]|(?<=[A-Za-z0-9])-){2,18}"  # no hyphen between Korean names: 부산시-한빛소프트㈜ are two
_FIRM = re.compile(
    rf"(?:㈜|\(주\)|주식회사|\(재\)|\(사\)|재단법인|사단법인)\s?({_WORD})|({_WORD}?)(?:㈜|\(주\)"
    r"|(?<!법인)주식회사(?=[은는이가과와의을를]?[ ,.()\n]))"
)
_CHIEF = re.compile(
    r"(?<![가-힣A-Za-z0-9])([가-힣A-Za-z0-9&]{2,18})"
    r"\((?:대표이사|대표|원장|회장|이사장|총장|단장|센터장|청장|소장|사장|위원장)[ :]"
)
# Signs without which a form need not be looked for.
_FIRM_SIGN = re.compile(r"㈜|\((?:주|재|사)\)|주식회사|[재사]단법인")
_CHIEF_SIGN = re.compile(r"\((?:대표|원장|회장|이사장|총장|단장|센터장|청장|소장|사장|위원장)")
_OFFICE_SIGN = re.compile(
    r"보건|센터|공단|공사|의회|세관|사령부|사단|비행단|함대|전단|(?:기술|과기|이공|외국어)대|지방|유역|주최|주관|후원"
)
# What stands before the suffix in words that name no organisation.
_COMMON = re.compile(
    r"^(?:각|전국|해당|지역|공공|관련|국내|해외|국내외|주요|참여|유관|산하|정부|민간|전문|국책|출연|특별|실무|자문|추진|준비|운영|심의|선정|평가|"
    r"대책|조직|시범운행지구|상임|소|본|이번|동|양|타|우수|첨단|종합|대형|신규|기업|대학|부설|부속|국립|공립|사립|시립|도립|일반|특성화|유치추진|"
    r"거점|지방|시중|인공지능|AI|하이|에듀|푸드|핀|애그|어그|딥|바이오|빅|클린|리걸|프롭|재|법학전문|의학전문|전략|역량|통합|그린|해양|과학기술|공과|여자|사이버|거점국립|중심|특화개발|예산정책|[A-Z]|○+|가전|자동|반도체|소비자|"
    r"스마트|미래|글로벌|뉴|멀티|소셜|매스|유치|시민|주민|도민|학부모|노사|청년|여성|인사|징계|청문|대통령직속|국무총리소속|보건|"
    r"컨소시엄|석유|전|농업|산학|산학연|산·학·연|초·중|공동|현장|민관|법정|기술|연구|교육|유럽|미국|중국|일본|전력|풍력|신|친환경|"
    r"수소|태양광|열병합|양수|원자력|생활|대중|의료|대학|국가|모바일|인터넷|디지털|온라인|퍼스널|공유|자율|"
    r"개인|전기|차세대|도시|공유|고정밀|초정밀|발전|워킹|사내|조정|투자|양자|책임|선임|수석|전임|위촉|객원|학생|박사후|기후|뷰티|어반|"
    r"실감|융합|크로스|1인|벤처|사모|국제|시니어|슬립|웰니스|스포츠|이|컨설팅|포럼|연석|상생|갈등|인수|비상|긴급|임시|범|여야|당정|공정|제조|선도|도|시|시도|(?:시험|안전|음주|초보|대리)운|가칭|지자체|시군|자치|생산자|판매자)$"
)
# A committee by its task is one of another body, and so is a society by its field: 조달정책심의위원회, 로봇학회.
_BY_TASK = re.compile(
    r"(?:심의|심사|선정|평가|자문|조정|정책|협력|운영|실무|집행|감사|인사|추천|징계|검증|점검|추진)(?:위원회|협의회)$"
    r"|^(?!한국|대한|국제[가-힣]|아시아|세계|[A-Z])[가-힣]{2,8}학회$"
)
_NOT_NAMES = re.compile(
    r"^(?:\d|제\d|주식회사$|"
    r"(?:사업단|센터|본부|지부|연구소|연구단|추진단|지원단|사무국|위원회)$)"
    r"|(?:하는|되는|있는|위한|통한|같은|(?<=.)대한|\d+개|여개)"
)
_CHIEF_OF = re.compile(r"장(?=[^가-힣]|[은이과의도을](?![가-힣]))")
_LOCAL = re.compile(
    rf"(?<![가-힣A-Za-z0-9])(?:{'|'.join(PROVINCES)}|호남|영남|북구|남구|동구|서구|광산구)(?:광역시|특별시|시|도)?[가-힣·]{{2,12}}?"
    r"(?:센터|허브|핀테크랩|체험관|복지관|학습관|보건소|사업단|추진단|지원단|본부|지방[가-힣]{2,6}청|새마을회)(?![가-힣]*(?:센터|본부|단)(?![가-힣]{2}))"
)
_OFFICE = re.compile(
    r"(?<![가-힣A-Za-z0-9])(?:[가-힣]{1,3}[시군구도] ?(?:보건소|보건의료원|농업기술센터|자원봉사센터"
    r"|시설관리공단|도시공사|의회)"
    r"|[가-힣]{2,6}지방(?:국토관리|해양수산|환경|기상|고용노동|중소벤처기업|조달|국세|병무|우정|산림|식품의약품안전|보훈|검찰|경찰)청"
    r"|[가-힣]{1,3}강유역환경청"
    r"|(?:육군|해군|공군|해병대) ?(?:제\d+)?[가-힣]{2,8}(?:사령부|사단|비행단|함대|전단)"
    r"|(?:인천|서울|부산|대구|광주|대전|김포|평택|여수|광양|목포|군산|전주|제주|청주|천안|안양|수원|안산|울산|포항|구미|창원|마산"
    r"|양산|김해|용당|거제|사천|진주|속초|동해|원주|고성|파주|완도|온산|통영)(?:공항|직할|본부){0,2}세관"
    r"|(?!국립|전국|지역|거점)[가-힣]{2,6}(?:과학기술|과기|보건|이공|외국어)대"
    r"|[가-힣]{2,6}(?:일보|신문|방송)(?=[이가와과]? ?(?:공동 ?)?(?:주최|주관|후원)))"
)
_PRESS = ("일보", "신문", "방송")
_NOT_LOCAL = re.compile(r"(?:데이터|컴퓨팅|주민|콜|행정복지|컨벤션|물류|쇼핑)센터$")
# What ends the name of a kind of organisation, not of one.
GENERIC = re.compile(
    r"(?:기업|업체|기관|대학|대학교|병원|학교|협회|단체|지자체|연구소|스타트업|분야|사업|제품|산업|시군|시·군)$"
)
_NATIONAL = re.compile(
    r"국립(?P<towns>(?:[가-힣]{1,3}[가-힣](?<![원관])(?:·|, ?|‧|ㆍ)){1,8}(?!국립)[가-힣]{2,4})"
    r"(?P<house>박물관|과학관|미술관|국악원|수목원|생태원|병원)"
)
_NATIONAL_SIGN = re.compile(r"국립[가-힣]{2,4}[·,‧ㆍ]")
_BETWEEN = re.compile(r"·|, ?|‧|ㆍ")
_TWO_WORDS = re.compile(
    r"(?<![가-힣A-Za-z0-9])(?:(?<=, )|(?<=[·△])|(?<=\()(?![^(),·]*\)))([가-힣A-Z]{2,6} [A-Z][A-Z&]{1,4})"
    r"(?=, ?|·| 등[이의과은 ]|\))"
)
_TECHNICAL = frozenset({
    "AI", "AX", "DX", "IT", "ICT", "SW", "HW", "PC", "TV", "VR", "AR", "MR", "XR", "ESG", "IR", "PR", "UI", "UX", "CEO",
    "ESS", "EV", "GPU", "NPU", "CPU", "CCTV", "IOT", "API", "DB", "GPS", "QR", "NFT", "OTT", "SNS", "MOU", "MICE",
    "PBV", "UAM", "SMR", "LNG", "LLM", "SAR", "CDMO", "OLED", "BIO", "LED", "R&D", "B2B", "B2C",
})  # fmt: skip
_HANGUL_OR_CAPITAL = re.compile(r"[가-힣A-Z]")
_SYLLABLES = 3


def find_forms(text: str) -> Iterator[Form]:
    """Give what looks like the name of an organisation; forms may overlap."""
    for match in _suffixed(text):
        if _ends(text, match.end()) and _is_name(match.group()):
            yield Form(match.group(), match.start(), match.end())
    for match in _LOCAL.finditer(text):
        if _ends(text, match.end()) and not _NOT_LOCAL.search(match.group()):
            yield Form(match.group(), match.start(), match.end())
    for match in _finditer(_OFFICE, _OFFICE_SIGN, text):
        if _ends(text, match.end()) or match.group().endswith(_PRESS):
            yield Form(match.group(), match.start(), match.end())
    yield from find_abroad(text)
    yield from _joined(text)
    yield from _two_words(text)
    for match in _finditer(_FIRM, _FIRM_SIGN, text):
        group = 1 if match[1] else 2
        name = _without_particles(match[group])
        if len(name) > 1:
            yield Form(name, match.start(group), match.start(group) + len(name))
    for match in _finditer(_CHIEF, _CHIEF_SIGN, text):
        if not _NOT_NAMES.search(match[1]):
            yield Form(match[1], match.start(1), match.end(1))


def _joined(text: str) -> Iterator[Form]:
    """Give each of the houses that share an ending: 국립가람·나래박물관."""
    for match in _finditer(_NATIONAL, _NATIONAL_SIGN, text):
        place = match.start("towns")
        for town in _BETWEEN.split(match["towns"]):
            start = text.index(town, place)
            place = start + len(town)
            yield Form(f"국립{town}{match['house']}", start, match.end() if place == match.end("towns") else place)


def _two_words(text: str) -> Iterator[Form]:
    """Give the names in a list whose second word is of capital letters: 가람 DTS, 나래전자, KQ ITM 등."""
    for match in _TWO_WORDS.finditer(text):
        first, second = match[1].split(" ")
        if first not in _TECHNICAL and (second not in _TECHNICAL or (first.isascii() and second == "ICT")):
            yield Form(match[1], match.start(1), match.end(1))


def _finditer(form: re.Pattern[str], sign: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    if sign.search(text) is not None:
        yield from form.finditer(text)


def _suffixed(text: str) -> Iterator[re.Match[str]]:
    """Look only into the words that hold one of the endings."""
    done = 0
    for _, first, after in _ENDING_WORDS.find_matches_as_indexes(text):
        if first < done:
            continue
        begin = first
        while begin > done and (text[begin - 1].isalnum() or text[begin - 1] == "&"):
            begin -= 1
        done = after
        while done < len(text) and (text[done].isalnum() or text[done] == "&"):
            done += 1
        yield from _SUFFIXED.finditer(text, begin, done)


def _ends(text: str, place: int) -> bool:
    return WORD_END.match(text, place) is not None or _CHIEF_OF.match(text, place) is not None


def _is_name(word: str) -> bool:
    suffix = re.search(rf"{_SUFFIXES}$", word)
    head = word[: suffix.start()] if suffix else word
    if _BY_TASK.search(word) or _COMMON.match(head) or _NOT_NAMES.search(head) or not _HANGUL_OR_CAPITAL.search(head):
        return False
    return len(word) > _SYLLABLES


_ENDING = re.compile(r"(?:에서는|에서|에게|으로|[은는을를과와])$|(?<=[가-힣]{2})의$|(?<=[가-힣]{3})[이가도로에]$")


def _without_particles(word: str) -> str:
    """A firm's name is open at its end: a particle goes, where a name is left."""
    shorter = _ENDING.sub("", word)
    return shorter if len(shorter) > 1 else word
