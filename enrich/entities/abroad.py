"""Finds bodies of other states, which are called by their country: 브라질 농업부, 미국 국방부, 일본 경제산업성."""

import re
from collections.abc import Iterator

from enrich.entities.form import Form
from enrich.entities.names import WORD_END

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
