import pickle
import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.pipeline import Pipeline
from enrich.steps.entities import EntityStep
from enrich.steps.morphemes import MorphemeStep
from enrich.steps.regions import RegionStep
from enrich.tokenizers.mecab import MecabTokenizer
from enrich.tokenizers.terms import MorphemeTermCutter
from sosik.catalogue.readers.gazetteer import read_gazetteer
from sosik.model.analysis import Analysis, Mention, MentionKind
from sosik.model.article import Article
from sosik.model.instants import Provenance, Published

TOKENIZER = MecabTokenizer()
ENTRIES = read_gazetteer()
OUTLETS = {"buk-news": "광주", "busan-news": "부산", "whole-country": "전국"}
PIPELINE = Pipeline(
    [
        MorphemeStep(TOKENIZER, MorphemeTermCutter(TOKENIZER)),
        EntityStep(ENTRIES, OUTLETS),
        RegionStep(ENTRIES, OUTLETS),
    ]
)
BODY = "이번 사업은 내년까지 이어진다. 참여를 바라는 곳은 누리집에서 신청할 수 있다."


def article(title: str, text: str = BODY, source: str = "", day: str = "2026-03-02") -> Article:
    published = Published.on_day(date.fromisoformat(day), Provenance.IMPORTED)
    return Article(id="a", source=source, url="", title=title, text=text, published=published)


def analyse(title: str, text: str = BODY, source: str = "", day: str = "2026-03-02") -> Analysis:
    return PIPELINE.analyse(article(title, text, source, day))


def names(found: Analysis, kind: MentionKind) -> set[str]:
    return set(found.named(kind))


def organisations(title: str, text: str = BODY, source: str = "", day: str = "2026-03-02") -> set[str]:
    return names(analyse(title, text, source, day), MentionKind.ORGANISATION)


def people(text: str, day: str = "2026-03-02") -> dict[str, str]:
    found = analyse("새 연구소 문 열어", text, day=day)
    return {each.name: each.role for each in found.mentions if each.kind is MentionKind.PERSON}


# Names and their borders


def test_a_mention_points_at_its_words() -> None:
    found = analyse("광주과학기술원, 새 칩 공개", "광주 과학기술원은 나주시와 함께 새 칩을 만들었다고 밝혔다.")
    whole = article("광주과학기술원, 새 칩 공개", "광주 과학기술원은 나주시와 함께 새 칩을 만들었다고 밝혔다.").whole
    assert [whole[each.start : each.end] for each in found.mentions] == ["광주과학기술원", "광주 과학기술원", "나주시"]
    assert {each.entry for each in found.mentions} == {"gwangju-institute-of-science-and-technology", "jeonnam-naju"}


def test_a_shorter_name_is_not_found_inside_another_word() -> None:
    found = analyse("강원대구 교류전 열려")
    assert names(found, MentionKind.ORGANISATION) == set()
    assert names(found, MentionKind.REGION) == {"강원특별자치도", "대구광역시"}
    assert analyse("전광주 동문 모여").mentions == ()
    assert organisations("강원대는 오늘 밝혔다") == {"강원대학교"}


@pytest.mark.parametrize(
    "title", ["목표를 달성하고 역량을 강화", "음성 인식 제품을 양산", "자격을 부여", "사상자 없어", "가정의 화성 탐사"]
)
def test_common_words_are_no_places(title: str) -> None:
    assert analyse(title).mentions == ()


def test_an_abbreviation_in_brackets_belongs_to_the_name_before_it() -> None:
    found = analyse("새 칩 공개", "한국전자기술연구원(KETI)은 새 칩을 만들었다. KETI는 내년에 판다.")
    assert names(found, MentionKind.ORGANISATION) == {"한국전자기술연구원"}
    assert len(found.mentions) == 2
    assert "Arm" in organisations("새 칩 공개", "정부는 설계 기업 암(Arm)과 손을 잡기로 했다고 밝혔다.")


def test_a_short_latin_name_is_written_in_its_own_letters() -> None:
    assert organisations("KT, 새 칩 공개") == {"KT"}
    assert organisations("kt, 새 칩 공개") == set()


# Which of several namesakes


def test_gwangju_in_gyeonggi_is_told_by_its_province() -> None:
    text = "경기도 광주시는 곤지암에 센터를 짓는다고 밝혔다. 광주시는 내년에 문을 연다."
    found = analyse("경기 광주시, 데이터센터 유치", text)
    assert names(found, MentionKind.ORGANISATION) == {"경기도 광주시"}
    assert found.regions == ("경기",)
    assert analyse("광주시, 데이터센터 유치", "광주시는 11일 밝혔다.").regions == ("광주",)


def test_a_district_is_told_by_the_city_before_it() -> None:
    assert organisations("AI 돌봄 시작", "대구 서구는 11일 밝혔다. 서구는 내년에도 한다.") == {"대구광역시 서구"}


def test_a_district_is_told_by_the_outlet() -> None:
    assert organisations("북구, AI 돌봄 시작", source="buk-news") == {"광주광역시 북구"}
    assert organisations("북구, AI 돌봄 시작", source="busan-news") == {"부산광역시 북구"}


def test_a_district_in_doubt_is_not_given() -> None:
    assert analyse("동구, AI 돌봄 시작", source="whole-country").mentions == ()


def test_two_counties_of_one_name() -> None:
    assert organisations("드론 실증", "경남 고성군은 11일 밝혔다.") == {"경상남도 고성군"}
    assert organisations("드론 실증", "강원 고성군은 11일 밝혔다.") == {"강원특별자치도 고성군"}
    assert analyse("고성군, 드론 실증").mentions == ()


def test_an_alias_means_the_body_of_its_day() -> None:
    assert organisations("산업부, 공장 지원", day="2025-03-02") == {"산업통상자원부"}
    assert organisations("산업부, 공장 지원", day="2025-11-02") == {"산업통상부"}


def test_a_city_that_acts_is_an_organisation_and_one_that_is_a_place_is_not() -> None:
    assert organisations("나주시, 새 연구소 유치") == {"나주시"}
    found = analyse("새 연구소 문 열어", "나주시 한복판에 새 연구소가 들어선다고 한다.")
    assert names(found, MentionKind.ORGANISATION) == set()
    assert names(found, MentionKind.REGION) == {"나주시"}
    assert organisations("새 연구소 문 열어", "윤병태 나주시장은 “기쁘다”고 말했다.") == {"나주시"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("나주시·무안군·목포시는 11일 손을 잡았다.", {"나주시", "무안군", "목포시"}),
        ("전남도·나주시·동신대는 11일 손을 잡았다.", {"전라남도", "나주시", "동신대학교"}),
        ("여수시·순천시, 드론으로 손잡는다", {"여수시", "순천시"}),
        ("나주시·무안군·목포시에 비가 내린다.", set()),
    ],
)
def test_those_that_dots_join_act_if_the_last_of_them_does(text: str, expected: set[str]) -> None:
    assert organisations(text, day="2026-03-02") == expected


def test_places_and_programmes_have_kinds_of_their_own() -> None:
    found = analyse("첨단 3지구에 국가 인공지능 컴퓨팅센터")
    assert names(found, MentionKind.PLACE) == {"첨단3지구"}
    assert names(found, MentionKind.PROGRAMME) == {"국가AI컴퓨팅센터"}


# Organisations by form


@pytest.mark.parametrize(
    "name",
    [
        "한빛로봇산업진흥원",
        "새솔전자",
        "무등기술연구원",
        "한누리대학교",
        "가람문화재단",
        "호남정보보호지원센터",
        "무안경찰서",
    ],
)
def test_an_organisation_is_known_by_its_form(name: str) -> None:
    found = analyse("새 사업 시작", f"{name}은 11일 새 사업을 시작한다고 밝혔다.")
    assert [(each.name, each.entry) for each in found.mentions] == [(name, None)]


@pytest.mark.parametrize("words", ["각 위원회는", "연구센터는", "참여기관은", "빅테크가", "데이터센터는", "협의회는"])
def test_a_kind_of_organisation_is_none(words: str) -> None:
    assert organisations("새 사업 시작", f"{words} 11일 새 사업을 시작한다고 밝혔다.") == set()


@pytest.mark.parametrize("written", ["㈜한빛솔", "주식회사 한빛솔", "(주)한빛솔", "한빛솔(대표 김서준)"])
def test_a_firm_is_known_by_its_mark(written: str) -> None:
    assert organisations("새 사업 시작", f"{written}과 11일 협약을 맺었다고 밝혔다.") == {"한빛솔"}


def test_firms_of_a_list_and_of_a_head_are_found_everywhere() -> None:
    assert organisations("행사 열려", "행사에는 달무리, 별무리, 해무리 등 12개 기업이 참여했다고 밝혔다.") >= {
        "달무리",
        "별무리",
        "해무리",
    }
    found = organisations("달누리, 새 칩 공개", "새 칩이 나왔다. 김서준 달누리 대표는 “빠르다”고 말했다.")
    assert found == {"달누리"}


def test_a_firm_is_known_by_what_it_is_called() -> None:
    assert organisations("새 칩 공개", "광주 스타트업 퓨처그라픽은 11일 새 칩을 공개했다고 밝혔다.") == {"퓨처그라픽"}
    assert organisations("새 칩 공개", "광주 스타트업 지원은 11일 시작한다고 밝혔다.") == set()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("로봇 부품 기업 크레아웨이브는 11일 새 칩을 공개했다.", "크레아웨이브"),
        ("스타트업 '무브온'은 11일 새 칩을 공개했다.", "무브온"),
        ("코스닥 상장사 피코엠에스는 11일 공시했다.", "피코엠에스"),
        ("나주에 본사를 둔 가람파워는 11일 공장을 지었다.", "가람파워"),
        ("새 칩은 가온주식회사가 만든다.", "가온"),
    ],
)
def test_a_coined_name_behind_what_it_is_is_a_firm(text: str, name: str) -> None:
    assert organisations("새 칩 공개", text) == {name}


@pytest.mark.parametrize(
    "text",
    [
        "코스닥 상장사 절반이 적자를 냈다.",
        "스타트업 네트워크는 내년에 커진다.",
        "스타트업 ‘성장’은 내년에도 이어진다.",
        "대기업 스마트폰이 잘 팔린다.",
        "나주에 본사를 둔 방산업체는 셋이다.",
        "농업회사법인주식회사가 늘었다.",
    ],
)
def test_what_a_firm_does_or_sells_is_none(text: str) -> None:
    assert organisations("새 소식", text) == set()


def test_a_number_behind_a_body_of_standards_is_a_standard() -> None:
    assert organisations("새 소식", "이 공장은 ISO 9001과 ISO/IEC 27001, IEC 62443 인증을 받았다.") == set()
    assert organisations("새 소식", "ISO는 2026년에 표준을 낸다. ISO 2026년 총회가 열렸다.") == {"국제표준화기구"}


def test_two_words_are_not_the_short_form_that_they_would_make() -> None:
    assert "한국도로공사" in organisations("통행료 조정", "도로공사는 11일 통행료를 낮춘다고 밝혔다.")
    assert organisations("통행 제한", "도로 공사는 11일 시작한다고 밝혔다.") == set()


# People


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("강기정 광주시장은 “기쁘다”고 말했다.", {"강기정": "광주시장"}),
        ("나주시(시장 윤병태)는 11일 밝혔다.", {"윤병태": "시장"}),
        ("행사에는 김서준 무등대 교수와 시장 박하윤이 왔다.", {"김서준": "무등대 교수", "박하윤": "시장"}),
        ("박도윤·이서아·최은찬 의원이 법안을 냈다.", dict.fromkeys(["박도윤", "이서아", "최은찬"], "의원")),
        ("주민 우막례(77) 씨는 “춥다”고 말했다.", {"우막례": "씨"}),
        ("남궁민수 센터장은 “빠르다”고 말했다.", {"남궁민수": "센터장"}),
        ("서지현(45) 새솔테크 대표는 “빠르다”고 말했다.", {"서지현": "새솔테크 대표"}),
        ("김대호(52·새솔테크 대표)씨는 “빠르다”고 말했다.", {"김대호": "새솔테크 대표"}),
        ("박준(무등대 교수) 씨가 강연했다.", {"박준": "무등대 교수"}),
        ("이서준(더불어민주당·나주화순무안목포) 의원이 법안을 냈다.", {"이서준": "의원"}),
        ("이도현 박사과정생이 막을 만들었다.", {"이도현": "박사과정생"}),
        ("왕리밍(王黎明)(베이징대 교수)이 강연했다.", {"왕리밍": "베이징대 교수"}),
        ("제인 도우(Jane Doe) 한빛대 교수가 강연했다.", {"제인 도우": "한빛대 교수"}),
        ("데이비드 하퍼슨 누리AI CEO는 “빠르다”고 말했다.", {"데이비드 하퍼슨": "누리AI CEO"}),
        ("토머스 그린필 주한 영국대사와 만났다.", {"토머스 그린필": "주한 영국대사"}),
        ("서예가 3인(고도윤, 김원진, 이서아)이 모였다.", dict.fromkeys(["고도윤", "김원진", "이서아"], "서예가")),
    ],
)
def test_a_person_is_known_by_name_and_title(text: str, expected: dict[str, str]) -> None:
    assert people(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "박서준 기자가 현장에서 전한다고 했다.",
        "반도체 시장 진출을 위해 정책 과장들이 모였다.",
        "이번 대표 선출은 전남대 교수 회의에서 정했다.",
        "국내 시장 규모는 민간위원 구성에 달렸다.",
        "강 시장은 고맙다고 했다.",
        "데이비드 행정부 장관은 말했다.",
        "팀 프로젝트 담당 교수는 말했다.",
        "존 설치 담당 사장은 말했다.",
        "주민 박모(62) 씨는 “춥다”고 말했다.",
        "교사 이모(45)와 최모 씨가 다쳤다.",
        "문의는 담당 과장 홍서준 062-123-4567",
    ],
)
def test_what_is_no_person_of_the_story(text: str) -> None:
    assert people(text) == {}


def person(text: str, day: str) -> Mention:
    (found,) = (each for each in analyse("소식", text, day=day).mentions if each.kind is MentionKind.PERSON)
    return found


def test_a_person_of_the_gazetteer_is_known_in_office_only() -> None:
    assert person("강기정 광주시장은 “기쁘다”고 말했다.", "2025-03-02").entry == "person-gang-gi-jeong"
    assert person("강기정 교수는 “기쁘다”고 말했다.", "2025-03-02").entry is None
    assert person("강기정 광주시장은 “기쁘다”고 말했다.", "2015-03-02").entry is None
    assert person("강기정 전 광주시장은 “기쁘다”고 말했다.", "2026-09-02").entry == "person-gang-gi-jeong"


# Regions of focus


def test_a_region_in_passing_is_none_of_focus() -> None:
    text = "나주시는 11일 새 연구소를 짓는다고 밝혔다. 나주시는 부산의 연구소를 본받았다. 나주에는 연구소가 셋 있다."
    found = analyse("나주시, 새 연구소 유치", text)
    assert "부산광역시" in names(found, MentionKind.REGION)
    assert found.regions == ("전남",)


def test_a_national_story_has_no_region() -> None:
    assert analyse("중기부, 새 사업 공고", "중소벤처기업부는 11일 새 사업을 알렸다.").regions == ()


def test_a_story_of_two_regions_has_both() -> None:
    assert set(analyse("광주·전남 함께 뛴다", "광주시와 전남도는 11일 손을 잡았다.").regions) == {"광주", "전남"}


def test_the_merged_body_is_of_both_unless_the_text_says_which() -> None:
    day = "2026-07-02"
    both = analyse("전남광주통합특별시 출범", "전남광주통합특별시는 1일 문을 열었다.", day=day)
    assert set(both.regions) == {"광주", "전남"}
    text = "전남광주통합특별시는 나주시에 연구소를 짓는다고 밝혔다. 나주시는 반겼다."
    assert analyse("전남광주통합특별시, 나주에 연구소", text, day=day).regions == ("전남",)


def test_what_has_gone_into_the_merged_body_does_not_say_which_of_both() -> None:
    text = "전남광주통합특별시의회는 옛 광주광역시 조례를 고쳤다고 밝혔다."
    found = analyse("전남광주통합특별시의회, 조례 정비", text, day="2026-08-02")
    assert set(found.regions) == {"광주", "전남"}
    assert analyse("옛 광주광역시 청사 활용", "옛 광주광역시 청사를 고쳐 쓴다.").regions == ("광주",)


# Any text


def test_decomposed_text_gives_the_same_names() -> None:
    title, text = "광주시, 새 칩 공개", "강기정 광주시장은 “빠르다”고 말했다."
    plain = analyse(title, text)
    apart = analyse(unicodedata.normalize("NFD", title), unicodedata.normalize("NFD", text))
    assert [each.name for each in apart.mentions] == [each.name for each in plain.mentions]
    whole = unicodedata.normalize("NFD", f"{title}\n{text}")
    assert unicodedata.normalize("NFC", whole[apart.mentions[0].start : apart.mentions[0].end]) == "광주시"


@pytest.mark.parametrize("text", ["", "😀", "김철수 " * 3000, "가·" * 5000, "김철수(" * 3000, "x\0y", "\ud800 광주시"])
def test_any_text_gives_mentions_in_order_that_do_not_overlap(text: str) -> None:
    check_order(analyse("제목", text), f"제목\n{text}")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="광주전남시도군 김철수대표장은는(),·“”\n㈜AI한국연구원\u1100\u1161", max_size=80))
def test_mentions_never_overlap(text: str) -> None:
    check_order(analyse("제목", text), f"제목\n{text}")


def check_order(found: Analysis, whole: str) -> None:
    end = 0
    for each in found.mentions:
        assert end <= each.start < each.end <= len(whole)
        end = each.end


def test_the_steps_survive_pickling() -> None:
    text = "강기정 광주시장은 “빠르다”고 말했다."
    assert pickle.loads(pickle.dumps(PIPELINE)).analyse(article("소식", text)) == analyse("소식", text)


def test_another_gazetteer_is_another_version() -> None:
    assert EntityStep(ENTRIES).version != EntityStep(ENTRIES[1:]).version
    assert RegionStep(ENTRIES).version != RegionStep(ENTRIES, OUTLETS).version


# How a name stands in the text


def test_a_province_bears_the_name_of_its_day() -> None:
    assert "강원도" in organisations("강원도, 수소 산업 키운다", day="2022-05-02")
    assert "강원특별자치도" in organisations("강원도, 수소 산업 키운다", day="2025-05-02")
    assert analyse("전북도, 로봇 실증 시작", "전라북도는 로봇을 실증한다.", day="2021-05-02").regions == ("전북",)


def test_a_region_abroad_is_a_body_where_it_does_something() -> None:
    assert "교토부" in organisations("나주시, 교토부와 공동성명")
    assert "교토부" not in organisations("나주시, 유학생 모집", "나주시는 교토부에서 온 학생을 만났다.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("나주시는 한국은행 대회의실에서 설명회를 열었다.", "한국은행"),
        ("예산은 국회 심의를 거친다.", "국회"),
        ("시장 규모가 커졌다(한국은행, 2024년).", "한국은행"),
        ("설명회가 남도체험교육원에서 열렸다.", "남도체험교육원"),
        ("도는 한빛우주진흥원 유치에 나선다.", "한빛우주진흥원"),
        ("한빛전자는 새 플랫폼 ‘누리랩스’를 내놓았다.", "누리랩스"),
        ("전남테크노파크 부설 남도융합센터가 시험을 맡는다.", "남도융합센터"),
    ],
)
def test_venues_sources_plans_brands_and_units_are_no_bodies(text: str, name: str) -> None:
    assert name not in organisations("새 소식", text)


def test_a_venue_is_a_place() -> None:
    found = analyse("새 소식", "나주시는 한국은행 대회의실에서 설명회를 열었다.")
    assert "한국은행" in names(found, MentionKind.PLACE)


def test_a_body_under_a_ministry_is_one_of_its_own() -> None:
    text = "과학기술정보통신부 산하 남도보안연구소가 새 암호를 내놓았다."
    assert "남도보안연구소" in organisations("새 소식", text)


def test_a_shortened_name_means_the_longer_one_in_the_article() -> None:
    assert organisations("한화, 발사체 단지 짓는다", "한화에어로스페이스가 발사체를 만든다.") == {"한화에어로스페이스"}
    assert "롯데그룹" in organisations("새 소식", "롯데그룹은 롯데바이오로직스를 키운다. 롯데는 공장을 짓는다.")
    assert organisations("새 소식", "한국로봇산업진흥원이 로봇을 시험한다. 로봇산업진흥원은 내년에도 시험한다.") == {
        "한국로봇산업진흥원"
    }


def test_a_council_is_that_of_the_body_that_acts() -> None:
    assert "광주광역시의회" in organisations(
        "광주시, 조례 고친다", "광주시는 조례안을 시의회에 낸다. 시의회는 4월에 연다."
    )
    both = organisations("나주시와 목포시, 조례 고친다", "나주시와 목포시는 조례안을 시의회에 낸다.")
    assert not [each for each in both if each.endswith("의회")]


def test_names_that_are_no_words_in_a_list_of_bodies_are_bodies() -> None:
    text = "한국재료연구원, 온담아이티, 삼성전자의 전시관을 둘러보고 한국재료연구원의 설명을 들었다."
    assert "온담아이티" in organisations("새 소식", text)
    assert organisations("새 소식", "한국재료연구원, 시민, 삼성전자의 전시관을 둘러보았다.") == {
        "한국재료연구원",
        "삼성전자",
    }


def test_a_headline_that_begins_with_a_firm_names_it_even_if_it_is_a_word() -> None:
    assert "소리결" in organisations("소리결, 음성 비서 내놓았다", "음성 인식 기업 소리결은 비서를 내놓았다.")


def test_offices_of_cities_and_of_ministries_are_known_by_their_form() -> None:
    found = organisations("새 소식", "목포시보건소와 대구지방환경청은 물을 조사했다. 연구지원센터는 없다.")
    assert {"목포시보건소", "대구지방환경청"} <= found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("민세라 구례군 주민복지과장은 “어르신을 모신다”고 말했다.", "민세라"),
        ("고향을 떠난 옥대한(45) 씨는 일찍 돌아왔다.", "옥대한"),
        ("한빛대 신소재공학부 옥태린 교수팀이 막을 만들었다.", "옥태린"),
        ("이날 김유원 한빛클라우드㈜ 대표이사와 만났다.", "김유원"),
        ("칼텍의 오스카 페인터 교수가 실험을 맡았다.", "오스카 페인터"),
    ],
)
def test_people_are_known_by_what_stands_around_them(text: str, name: str) -> None:
    assert name in people(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("용접공 김 반장은 “쉽다”고 말했다.", "용접공"),
        ("김하용 도의회 의장과 만났다.", "도의회"),
        ("국내외 스타트업 대표 80여 명이 왔다.", "국내외 스타트업"),
        ("국내외 시장을 두드린다.", "국내외"),
        ("전남의 한 업체 대표는 “어렵다”고 말했다.", "전남의"),
    ],
)
def test_words_before_a_title_are_no_people(text: str, name: str) -> None:
    assert name not in people(text)


@pytest.mark.parametrize("piece", ["홍길동(", "교수 홍길동 ", "연구원", "한빛전자, ", "교수: 김", "기업 뷁솹은 "])
def test_a_page_of_one_thing_is_read_to_its_end(piece: str) -> None:
    found = analyse("새 소식", piece * 2000)
    assert all(each.end <= len("새 소식\n") + len(piece) * 2000 for each in found.mentions)
