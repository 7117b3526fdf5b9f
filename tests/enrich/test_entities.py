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
        ("왕리밍(王黎明)(베이징대 교수)이 강연했다.", {"왕리밍": "베이징대 교수"}),
        ("제인 도우(Jane Doe) 한빛대 교수가 강연했다.", {"제인 도우": "한빛대 교수"}),
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
