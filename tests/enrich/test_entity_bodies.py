"""Which words name a body of the story, and which regions it is about."""

import re
from datetime import date

import pytest

from enrich.entities.abroad import find_abroad
from enrich.entities.firms import find_firms, firms_called
from enrich.entities.forms import find_forms
from enrich.entities.names import NameFinder
from enrich.entities.rows import find_rows
from enrich.pipeline import Pipeline
from enrich.steps.entities import EntityStep
from enrich.steps.morphemes import MorphemeStep
from enrich.steps.regions import RegionStep
from enrich.tokenizers.mecab import MecabTokenizer
from enrich.tokenizers.terms import MorphemeTermCutter
from sosik.catalogue.entry import Entry
from sosik.catalogue.readers.gazetteer import read_gazetteer
from sosik.model.analysis import Analysis, MentionKind, Morpheme
from sosik.model.article import Article
from sosik.model.instants import Provenance, Published

TOKENIZER = MecabTokenizer()
ENTRIES = read_gazetteer()
PIPELINE = Pipeline(
    [MorphemeStep(TOKENIZER, MorphemeTermCutter(TOKENIZER)), EntityStep(ENTRIES, {}), RegionStep(ENTRIES, {})]
)
DAY = Published.on_day(date(2026, 3, 2), Provenance.IMPORTED)


def analyse(text: str, title: str = "새 소식") -> Analysis:
    return PIPELINE.analyse(Article(id="a", source="", url="", title=title, text=text, published=DAY))


def organisations(text: str, title: str = "새 소식") -> set[str]:
    return set(analyse(text, title).named(MentionKind.ORGANISATION))


def forms(text: str) -> set[str]:
    return {each.name for each in find_forms(text)}


@pytest.mark.parametrize(
    "name",
    ["도로정책심의위원회", "기술협력위원회", "어촌정책협의회", "보행학회", "국제학회", "실감미디어", "지하과세관"],
)
def test_committees_by_their_task_and_kinds_are_no_bodies(name: str) -> None:
    assert organisations(f"조달청은 11일 {name}에서 새 계획을 다뤘다고 밝혔다.") == {"조달청"}


@pytest.mark.parametrize(
    "name", ["한국보행학회", "대한보행학회", "남도사회복지협의회", "군산세관", "인천공항본부세관", "게임물관리위원회"]
)
def test_named_societies_committees_and_customs_houses_are_bodies(name: str) -> None:
    assert name in organisations(f"{name}은 11일 새 계획을 내놓았다고 밝혔다.")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("칠레 농림환경부는 온실을 짓는다.", "칠레 농림환경부"),
        ("카타르 수산청과 손을 잡았다.", "카타르 수산청"),
        ("페루 해군이 쓴다.", "페루 해군"),
        ("미 국방부 관계자는 웃었다.", "미 국방부"),
        ("일본 경제산업성이 돕는다.", "일본 경제산업성"),
        ("베트남 과학기술부 장관을 만났다.", "베트남 과학기술부"),
    ],
)
def test_a_body_of_another_state_is_called_by_its_country(text: str, name: str) -> None:
    assert [each.name for each in find_abroad(text)] == [name]
    assert name in organisations(text)


@pytest.mark.parametrize(
    "text", ["중국 정부는 웃었다.", "일본 동부에 비가 왔다.", "미국 시청 앞", "독일 일부 도시", "한국 국방부"]
)
def test_what_stands_behind_a_country_without_being_its_body(text: str) -> None:
    assert list(find_abroad(text)) == []


def test_houses_that_share_an_ending_are_each_a_body() -> None:
    text = "영상관은 국립청주·대구·가람박물관에도 열린다."
    assert {"국립청주박물관", "국립대구박물관", "국립가람박물관"} <= organisations(text)
    assert forms("국립국어원, 국립가람박물관이 연다.") == {"국립가람박물관"}


def test_a_second_word_of_capitals_belongs_to_the_name() -> None:
    assert {"가람 DTS", "KQ ITM", "PZ ICT"} <= forms("행사에는 한빛전자, 가람 DTS, KQ ITM, PZ ICT, 새솔전자 등이 왔다.")
    assert forms("수업은 로봇, 생활 AI, 농업 DX 등을 다룬다.") == set()
    assert forms("전시회(가람 ADEX)를 찾았다.") == set()


def test_a_word_that_goes_on_with_a_sign_is_another_name() -> None:
    assert "KT" not in organisations("KT&Q는 김장을 나눴다.")
    assert organisations("KT&G는 김장을 나눴다.") == {"KT&G"}


def test_after_two_bodies_of_a_list_a_word_is_a_body_too() -> None:
    assert "소나무" in organisations("한국재료연구원, 삼성전자, 소나무 등이 힘을 모았다.")
    assert organisations("한국재료연구원, 삼성전자, 시민 단체 등이 힘을 모았다.") == {"한국재료연구원", "삼성전자"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("11일 퀼텍R77과 한빛전자에 따르면 값이 올랐다.", "퀼텍R77"),
        ("퀼텍이 협력기관으로 참여한 과정이 열린다.", "퀼텍"),
        ("미국 퀼텍을 비롯한 해외 경쟁사가 앞섰다.", "퀼텍"),
        ("벤처캐피털 퀼텍스와 손을 잡았다.", "퀼텍스"),
        ("김서준 퀼텍 개발팀장은 “빠르다”고 말했다.", "퀼텍"),
        ("로봇을 만드는 퀼텍스는 칩을 냈다.", "퀼텍스"),
    ],
)
def test_a_firm_is_known_by_the_part_it_takes(text: str, name: str) -> None:
    assert name in organisations(text)


def test_what_is_made_is_no_firm() -> None:
    assert organisations("장기와 비슷하게 만든 퀼노이드는 약을 시험하는 데 쓰인다.") == set()


def test_what_is_built_is_no_body_anywhere_in_the_article() -> None:
    text = "한화시스템은 11일 나주우주센터를 완공했다. 직원은 “나주우주센터는 크다”고 말했다."
    assert organisations(text) == {"한화시스템"}


def test_a_hall_of_a_body_is_a_venue() -> None:
    found = analyse("사업단은 11일 광주과학기술원 가람관에서 협약을 맺었다.")
    assert "광주과학기술원" in found.named(MentionKind.PLACE)


def test_an_office_of_the_only_county_that_acts_is_that_countys() -> None:
    text = "임실군이 딸기를 거뒀다. 군 농업기술센터가 기른 딸기다. 김서준 농업기술센터 소장은 웃었다."
    assert organisations(text) == {"임실군", "임실군농업기술센터"}


@pytest.mark.parametrize("text", ["김서준 강진군의원이 챗봇을 냈다.", "김서준 지사가 11일 강진군을 찾았다."])
def test_a_county_of_a_councillor_and_one_that_is_visited_are_bodies(text: str) -> None:
    assert "강진군" in organisations(text)


ROW = {"퀼텍스", "달나루", "메디풍"}


@pytest.mark.parametrize(
    "text",
    [
        "참여 기업은 퀼텍스, 달나루, 메디풍 3곳이다.",
        "협약기업은 퀼텍스·달나루·메디풍이다.",
        "선정된 기업은 ▲퀼텍스 ▲달나루 ▲메디풍 등이다.",
        "선정 기업은 △퀼텍스(안전) △달나루(지도) △메디풍(의료) 등 3개사다.",
        "도내 기업 3개사(퀼텍스·달나루·메디풍)가 나왔다.",
        "드론 기업(퀼텍스, 달나루, 메디풍 등)이 나왔다.",
        "행사에는 퀼텍스, 달나루, 메디풍 등 10개사가 나왔다.",
        "컨소시엄에는 퀼텍스와 달나루, 메디풍이 참여했다.",
        "㈜퀼텍스, 달나루, 메디풍㈜ 등 스마트팜 기업 12곳이 나왔다.",
    ],
)
def test_the_firms_of_a_row_that_is_said_to_be_one(text: str) -> None:
    assert organisations(text) == ROW


@pytest.mark.parametrize(
    "text",
    [
        "반도체, 로봇, 바이오 등 첨단 기업 12곳이 나왔다.",
        "서류와 발표 평가로 15개사를 뽑는다.",
        "여러 기업에 상담을 제공하였고, 이중 82개 기업이 웃었다.",
        "서울, 부산, 제주 등 12개 기관이 나왔다.",
        "청년, 여성, 장애인 기업 3곳을 뽑는다.",
    ],
)
def test_rows_of_fields_and_clauses_name_no_firm(text: str) -> None:
    assert organisations(text) == set()


def test_who_speaks_first_and_who_agrees_is_a_body_if_named_again() -> None:
    assert organisations("퀼나루텍은 11일 새 칩을 내놓았다고 밝혔다.", "퀼나루텍, 새 칩 공개") == {"퀼나루텍"}
    text = "도는 11일 퀼나루텍과 업무협약을 맺었다. 퀼나루텍은 공장을 짓는다."
    assert "퀼나루텍" in organisations(text)
    assert organisations("도는 11일 지역 주민과 업무협약을 맺었다. 주민은 반겼다.") == set()


# A pattern that tries every way to read these would not come to the end within the time of any test.
@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece", ["가나다, ", "가나·", "㈜가와 ", "가나다(라), ", "가나(주), ", "국립가나·", "퀼텍과 협약 "]
)
def test_after_a_long_row_the_rest_is_read(piece: str) -> None:
    assert "퀼나루텍" in organisations(f"{piece * 3000}끝.\n드론 기업 3곳(퀼나루텍, 달마루텍, 메디풍솔루션)이 왔다.")


def test_brackets_within_a_row_are_no_names_of_it() -> None:
    found = organisations("퀼텍스(안전·지도), 달나루(교통, 물류), 메디풍 등 3개사가 시청에 왔다.")
    assert {"퀼텍스", "메디풍"} <= found
    assert not any("(" in each or ")" in each or each == "물류" for each in found)


def test_an_academy_abroad_is_a_body() -> None:
    assert "중국과학원" in organisations("중국과학원은 11일 새 전지를 내놓았다고 밝혔다.")


# Regions of focus


def test_an_address_and_a_desk_are_no_region_of_focus() -> None:
    assert analyse("과기부는 11일 자문회의 회의실(서울 종로구)에서 협약을 맺는다고 밝혔다.").regions == ()
    assert analyse("[서울=가람통신] 김서준 기자 = 기업 퀼텍은 11일 칩을 공개했다고 밝혔다.").regions == ()
    assert analyse("(강진=가람통신) 김서준 기자 = 강진군은 11일 칩을 공개했다고 밝혔다.").regions == ("전남",)


def test_one_of_many_provinces_in_a_sentence_is_none_of_focus() -> None:
    text = "산림청은 11일 밝혔다. 서울과 강원, 부산·울산·경북·경남에 건조특보가 내려졌다."
    assert analyse(text, "산림청, 헬기 띄운다").regions == ()


def test_the_places_that_a_ministry_selects_are_of_focus() -> None:
    text = (
        "농식품부는 11일 새 사업을 시작한다고 밝혔다. 사업은 3년 동안 이어진다. 신청은 열두 곳이 했다. "
        "공모 결과 경북 상주, 전남 고흥, 경남 밀양, 전북 김제를 대상지로 선정했다. 내년에 더 뽑는다."
    )
    assert set(analyse(text, "농식품부, 스마트팜 넓힌다").regions) == {"경북", "전남", "경남", "전북"}
    assert analyse(text.replace("대상지로 선정했다", "들렀다"), "농식품부, 스마트팜 넓힌다").regions == ()


def test_an_island_county_is_no_province_that_acts() -> None:
    assert organisations("해수부는 전남 완도, 경남 통영을 돌았다.") == {"해양수산부"}


def test_where_a_firm_has_its_site_counts_more() -> None:
    lead = "퀼텍은 11일 상자를 나르는 로봇을 들였다고 밝혔다. 로봇은 값이 싸고 조용하다. 로봇은 밤에도 일한다."
    assert analyse(f"{lead} 로봇은 군포 물류센터에서 일한다. 군포센터에서 상자를 나른다.").regions == ("경기",)
    assert analyse(f"{lead} 로봇은 군포 골목에서 일한다. 군포에서 상자를 나른다.").regions == ()


def test_of_many_who_speak_those_that_are_named_again_are_firms() -> None:
    lines = [f"퀼텍{number}은 11일 새 칩을 내놓았다고 밝혔다." for number in range(2_000)]
    text = "\n".join(["새 소식", *lines, "퀼텍1999은 크다."])
    morphemes = [Morpheme("퀼텍", "UNKNOWN", match.start(), match.end()) for match in re.finditer("퀼텍", text)]
    called = firms_called(text, morphemes)
    assert "퀼텍1999" in called
    assert "퀼텍1998" not in called


# Of many names each was looked for by itself, and these texts took minutes


@pytest.mark.timeout(60)
def test_of_many_firms_each_is_found_everywhere() -> None:
    firms = {f"퀼텍{number}" for number in range(40_000)}
    text = "은 왔다. ".join(sorted(firms))
    assert {each.name for each in find_firms(text, [], [], firms)} == firms


@pytest.mark.timeout(60)
def test_the_word_that_a_name_wants_is_looked_for_once() -> None:
    fair = Entry(id="fair", kind=MentionKind.PROGRAMME, name="가람나래전", english="Fair", wanted=("달마루",))
    text = "가람나래전 " * 150_000
    finder = NameFinder([fair])
    assert finder.find(text) == []
    assert len(finder.find(f"{text}달마루")) == 150_000


def test_a_name_of_a_row_is_given_once() -> None:
    text = "참여 기업은 퀼텍스, 달나루, 메디풍 등 3개사다. 도내 기업 3곳(퀼텍스·달나루·메디풍)이 왔다."
    found = list(find_rows(text, TOKENIZER.tokenize(text)))
    assert len(found) == len(set(found)) == 6
    assert all(text[each.start : each.end] == each.name for each in found)


@pytest.mark.parametrize("between", [", ", "·", " ▲", "과 "])
def test_of_a_row_the_last_names_before_the_number_are_read(between: str) -> None:
    names = [f"퀼텍{chr(ord('가') + number)}" for number in range(600)]
    text = f"행사에는 {between.join(names)} 등 60개사가 왔다."
    found = [each.name for each in find_rows(text, TOKENIZER.tokenize(text))]
    assert found == names[-31:]


@pytest.mark.parametrize("kind", ["등 3개사", "등 드론 기업"])
def test_the_longest_row_is_read_from_its_first_name(kind: str) -> None:
    names = [f"퀼텍달나루메디풍솔루션랩{chr(ord('가') + number)}" for number in range(31)]
    row = ", ".join(f"㈜{each} ABCDEFGHIJK(가나다라마바사아자차카타)" for each in names)
    text = f"{'가 나 다. ' * 1000}행사에는 {row} {kind}이 왔다."
    found = [each.name for each in find_rows(text, TOKENIZER.tokenize(text))]
    assert [each.split(" ")[0] for each in found] == names
