"""Finds bodies of other states, which are called by their country (브라질 농업부), and people with foreign names."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from enrich.entities.form import Form
from enrich.entities.names import WORD_END
from enrich.entities.people import Person
from sosik.model.analysis import Morpheme

_COUNTRIES = """
    미국 중국 일본 영국 독일 프랑스 이탈리아 스페인 포르투갈 네덜란드 벨기에 스위스 오스트리아 스웨덴 노르웨이 핀란드
    덴마크 폴란드 체코 헝가리 루마니아 불가리아 우크라이나 러시아 튀르키예 터키 그리스 아일랜드 에스토니아 캐나다
    멕시코 브라질 칠레 페루 콜롬비아 아르헨티나 호주 뉴질랜드 인도 인도네시아 베트남 태국 필리핀 말레이시아 싱가포르
    캄보디아 라오스 미얀마 몽골 카자흐스탄 우즈베키스탄 키르기스스탄 아제르바이잔 파키스탄 방글라데시 스리랑카 네팔 대만
    홍콩 사우디아라비아 사우디 아랍에미리트 UAE 쿠웨이트 카타르 오만 바레인 요르단 이스라엘 이라크 이란 이집트
    모로코 알제리 케냐 에티오피아 가나 나이지리아 탄자니아 르완다 남아프리카공화국 남아공 룩셈부르크 크로아티아
    슬로바키아 슬로베니아
"""
_FIELDS = """
    농업 농림 농촌 농수산 수산 식품 식량 환경 기후 수자원 물 산업 상공 상무 통상 무역 투자 경제 재무 재정 기획
    예산 국방 방위 외교 외무 내무 법무 국무 교통 국토 건설 주택 도시 인프라 해양 항만 항공 우주 항공우주 과학
    기술 과학기술 정보 정보통신 통신 정보화 디지털 데이터 인공지능 에너지 전력 석유 자원 광물 광업 천연자원 원자력
    보건 의료 복지 노동 인력 교육 고등교육 문화 관광 체육 청년 여성 혁신 총무 안보 사이버 사이버안보 공업
    공업정보화 국가
"""
_OFFICES = """
    개발 투자 표준 통계 기상 특허 지식재산 국세 관세 세무 경찰 이민 산림 소방 식품 농수산 수산 환경 에너지 보건
    우주 항공우주 교통 도시 관광 항만 해양 통신 데이터 디지털 과학기술 기술 혁신 안전 재난 경제 무역 산업
"""
_JAPANESE = "경제산업|총무|문부과학|후생노동|국토교통|농림수산|방위|환경|재무|외무|법무"


def _any(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


_BODY = re.compile(
    rf"(?<![가-힣A-Za-z])(?:(?:{_any(_COUNTRIES)}) ?(?:(?:{_any(_FIELDS)}){{1,4}}부"
    rf"|(?:{_any(_OFFICES)}){{1,2}}(?:청|처)"
    rf"|(?:{_JAPANESE})성|육군|해군|공군|우주군|중앙은행|국부펀드|국가연구혁신청|[가-힣]{{0,4}}과학원)"
    rf"|(?:미|美|英|獨|佛|中|日) ?(?:국방|국무|상무|재무|법무|노동|교통|에너지|농무|보건복지)부|日 ?(?:{_JAPANESE})성)"
)
_SIGN = re.compile(r"[부청처성군](?![가-힣]{3})|중앙은행|국부펀드|과학원")
_CHIEF = re.compile(r" ?(?:부?장관|차관|청장|처장|총장|관계자|장(?![가-힣]{2}))")


def find_abroad(text: str) -> Iterator[Form]:
    """Give the ministries, agencies and forces that stand behind the name of their country."""
    if _SIGN.search(text) is None:
        return
    for match in _BODY.finditer(text):
        if WORD_END.match(text, match.end()) or _CHIEF.match(text, match.end()):
            yield Form(match.group(), match.start(), match.end())


# Given names of other languages that are neither words nor names of Korean.
_GIVEN = """
    젠슨 필립 일론 사티아 순다르 리사 제프 스티브 스티븐 제임스 피터 데이비드 마이클 로버트 리처드 윌리엄
    토머스 토마스 찰스 크리스 크리스토퍼 대니얼 다니엘 매슈 매튜 앤서니 앤드루 앤드류 조지프 조셉 조슈아
    브라이언 조지 에드워드 로널드 도널드 케네스 티모시 제이슨 제프리 라이언 제이컵 제이콥 니콜라스 에릭
    조너선 조나단 래리 저스틴 스콧 브랜던 벤저민 새뮤얼 사무엘 그레고리 프랭크 알렉산더 알렉스 알렉산드르
    패트릭 레이먼드 데니스 제리 타일러 호세 애덤 네이선 헨리 더글러스 재커리 월터 제러미 해럴드 카를
    로저 로런스 딜런 브루스 빌리 메리 퍼트리샤 제니퍼 린다 엘리자베스 바버라 제시카 낸시 베티 마거릿
    샌드라 애슐리 킴벌리 에밀리 미셸 캐럴 어맨다 멜리사 데버라 스테퍼니 레베카 샤론 신시아 캐슬린 에이미
    앤절라 셜리 브렌다 니콜 앙겔라 카멀라 우르줄라 크리스틴 크리스티나 마르코 카를로스 후안 안토니오
    프란체스코 조반니 엠마누엘 에마뉘엘 프랑수아 장뤼크 올라프 프리드리히 클라우스 슈테판 볼프강 블라디미르
    볼로디미르 드미트리 세르게이 안드레이 무함마드 모하메드 아흐메드 압둘 나렌드라 라훌 아르빈드 데미스
    다리오 요슈아 앨런 앨버트 휴고 오스카
"""
# Given names that may be words or brands too: what follows must be a name.
_GIVEN_OR_WORD = """
    샘 마크 팀 빌 잭 론 짐 댄 톰 벤 릭 밥
    존 폴 칼 한스 레오 키스 얀 팻 이반 마리아 조던 루이스 빅터 로라 아서 게리 케빈 도나 세라 캐런 카일 에런 수전
"""
_NO_SURNAME = re.compile(
    r"(?:장|대표|교수|이사|박사|총리|장관|대사|씨|감독|선수|작가|변호사|정부|플랫폼|모델|시스템|프로젝트"
    r"|재단|대학|바이오|행정부|[은는을를의와과])$"
)
_OFFICES_OF_MEN = (
    r"(?:CEO|CTO|CFO|COO|최고(?:경영자|기술책임자|재무책임자|운영책임자|과학자)|부?회장|부?사장|창업자|부?대통령|총리|장관|대사"
    r"|국가주석|교수|(?:상|하)원의원)"
)
_GUEST = re.compile(
    rf"(?<![가-힣A-Za-z0-9])(?:(?P<given>{_any(_GIVEN)})|{_any(_GIVEN_OR_WORD)}) (?P<surname>[가-힣]{{1,6}}) "
    r"(?P<role>(?:[가-힣A-Za-z0-9&]{1,12}(?<![은는을를의와과며]) ){0,2}?"
    rf"[가-힣A-Za-z0-9&]{{0,10}}?{_OFFICES_OF_MEN})"
    r"(?=[^가-힣A-Za-z0-9]|$|[은는이가을를과와의도](?![가-힣])|에게|에서|께서)"
)


def find_guests(text: str, morphemes: Sequence[Morpheme], others: Collection[str]) -> Iterator[Person]:
    """Give the people whose names are two words from abroad before a title that only people have.

    `others` are names that no person bears.
    """
    starts = [each.start for each in morphemes]
    for match in _GUEST.finditer(text):
        surname, start, end = match["surname"], match.start("surname"), match.end("surname")
        inside = morphemes[bisect_left(starts, start) : bisect_left(starts, end)]
        known = len(inside) == 1 and inside[0].tag == "NNP"
        if surname not in others and _NO_SURNAME.search(surname) is None and (known or match["given"] is not None):
            yield Person(text[match.start() : end], match["role"], match.start(), end)
