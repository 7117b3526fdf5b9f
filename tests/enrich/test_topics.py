import pickle
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.pipeline import Pipeline
from enrich.steps.morphemes import MorphemeStep
from enrich.steps.topics import TopicStep, check_topics
from enrich.tokenizers.mecab import MecabTokenizer
from enrich.tokenizers.terms import MorphemeTermCutter
from sosik.catalogue.readers.topics import SHIPPED, read_topics
from sosik.model.analysis import TopicTag
from sosik.model.article import Article

TOKENIZER = MecabTokenizer()
TOPICS = read_topics()
PIPELINE = Pipeline([MorphemeStep(TOKENIZER, MorphemeTermCutter(TOKENIZER)), TopicStep(TOPICS)])

TESTED = """\
[samples]
match = ["로봇"]
other = ["나무"]
"""


def article(title: str, text: str) -> Article:
    return Article(id="a", source="it-life", url="", title=title, text=text)


def tags(title: str, text: str) -> dict[str, TopicTag]:
    return {tag.topic: tag for tag in PIPELINE.analyse(article(title, text)).topics}


def test_there_are_24_topics_with_labels_and_samples() -> None:
    assert len(TOPICS) == 24
    assert all(topic.korean and topic.english and topic.description for topic in TOPICS)
    assert all(len(topic.matching_samples) >= 2 and len(topic.other_samples) >= 2 for topic in TOPICS)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.id)
def test_every_sample_is_answered_as_its_file_says(topic) -> None:  # type: ignore[no-untyped-def]  # ids= hides it
    assert check_topics([topic], TOKENIZER, SHIPPED) == ()


def test_evidence_points_at_the_words_and_names_the_rule() -> None:
    title = "첨단 반도체 공장 착공"
    text = "전남의 한 도시가 반도체 특화단지를 짓는다고 밝혔다. 팹리스 기업 열 곳이 들어선다."
    tag = tags(title, text)["semiconductors"]
    whole = f"{title}\n{text}"
    assert tag.score >= 1
    assert all(whole[each.start : each.end] == each.text for each in tag.evidence)
    assert {each.rule for each in tag.evidence} == {"semiconductors/chips"}
    assert "반도체 특화단지" in {each.text for each in tag.evidence}


@pytest.mark.parametrize("written", ["인공지능집적단지", "인공지능 집적단지", "인공지능(AI) 집적단지", "AI 집적 단지"])
def test_a_compound_is_found_however_it_is_spaced(written: str) -> None:
    found = tags(f"광주 {written} 2단계 착수", f"광주시는 {written}를 넓힌다고 밝혔다.")
    assert "ai-cluster" in found


def test_decomposed_text_is_tagged_alike() -> None:
    title, text = "첨단 반도체 공장 착공", "한 도시가 반도체 특화단지를 짓는다고 밝혔다."
    decomposed = [unicodedata.normalize("NFD", each) for each in (title, text)]
    plain, apart = tags(title, text), tags(*decomposed)
    assert list(apart) == list(plain) == ["semiconductors"]
    assert apart["semiconductors"].score == plain["semiconductors"].score
    seen = [unicodedata.normalize("NFC", each.text) for each in apart["semiconductors"].evidence]
    assert seen == [each.text for each in plain["semiconductors"].evidence]


def test_one_passing_mention_is_no_tag() -> None:
    text = (
        "군청은 새 도서관을 연다고 밝혔다. 어린이 책 만 권을 갖췄다. 개관식에는 주민 백 명이 왔다. "
        "군수는 앞서 반도체 공장을 둘러봤다. 도서관은 주말에도 문을 연다."
    )
    assert tags("새 도서관 문 연다", text) == {}


@pytest.mark.parametrize(
    "noise",
    [
        "홈 > 산업 > 반도체 > 로봇 > 드론",
        "담당 로봇산업팀 드론팀 반도체팀 ☎061-000-0000",
        "반도체 로봇 드론.hwp [107 kb] 다운로드",
        "관련기사\n반도체 공장 착공\n드론 배송 시작\n협동로봇 보급",
    ],
)
def test_what_is_not_the_story_is_no_evidence(noise: str) -> None:
    story = "군청은 새 도서관을 연다고 밝혔다.\n어린이 책 만 권을 갖췄다.\n"
    assert tags("새 도서관 문 연다", f"{story}{noise}") == {}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "고병원성 AI 확산 차단 총력",
            "조류인플루엔자(AI) 확산을 막으려 방역을 강화한다고 밝혔다. AI 항원이 나왔다.",
        ),
        ("요양병원 클러스터 감염 확산", "집단감염 클러스터가 확산하고 있다고 시가 밝혔다. 확진자가 늘었다."),
        ("집적 회로의 역사", "집적 회로는 오래전에 나왔다고 한다. 고집적 회로를 만드는 법을 적었다."),
        ("실증주의 철학 강연", "실증 없는 주장을 경계하는 실증주의 강연이 열렸다. 청중은 많았다."),
    ],
)
def test_the_traps_carry_no_tag(title: str, text: str) -> None:
    assert tags(title, text) == {}


def test_at_most_four_tags_the_strongest_first() -> None:
    title = "AI 반도체·로봇·드론·수소·위성·스마트팜·자율주행·웹툰 한자리에"
    found = PIPELINE.analyse(article(title, f"{title} 소식을 모았다.")).topics
    scores = [tag.score for tag in found]
    assert 2 <= len(scores) <= 4
    assert scores == sorted(scores, reverse=True)


def test_one_of_several_in_a_row_is_no_subject_where_its_topic_says_so() -> None:
    several = tags(
        "로봇·바이오·반도체 창업기업 모집", "진흥원은 로봇, 바이오, 반도체 분야 창업기업을 모집한다고 밝혔다."
    )
    alone = tags("반도체 창업기업 모집", "진흥원은 반도체 분야 창업기업을 모집한다고 밝혔다.")
    assert several.keys().isdisjoint({"robotics-drones", "healthcare-bio", "semiconductors"})
    assert "semiconductors" in alone


def test_a_pickled_step_answers_alike_and_has_the_same_version() -> None:
    again: Pipeline = pickle.loads(pickle.dumps(PIPELINE))
    given_article = article("AI 반도체 공장 착공", "반도체 공장이 선다고 밝혔다.")
    assert again.analyse(given_article) == PIPELINE.analyse(given_article)
    assert again.made_by == PIPELINE.made_by


def test_the_version_changes_with_the_topics() -> None:
    assert TopicStep(TOPICS).version == TopicStep(read_topics()).version
    assert TopicStep(TOPICS).version != TopicStep(TOPICS[1:]).version


def test_a_folder_of_ones_own_adds_and_overrides(tmp_path: Path) -> None:
    head = 'korean = "로봇"\nenglish = "Robots"\ndescription = "robots"\nthreshold = 1\n'
    rule = '[[for]]\nrule = "all"\nwords = ["로봇"]\n'
    for name in ("robotics-drones", "toys"):
        (tmp_path / f"{name}.toml").write_text(f'id = "{name}"\n{head}{rule}{TESTED}', encoding="utf-8")
    topics = {topic.id: topic for topic in read_topics([SHIPPED, tmp_path])}
    assert len(topics) == 25
    assert topics["robotics-drones"].english == "Robots"
    assert check_topics([topics["toys"]], TOKENIZER, tmp_path) == ()


def test_a_wrong_sample_is_named_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "toys.toml").write_text(
        'id = "toys"\nkorean = "완구"\nenglish = "Toys"\ndescription = "toys"\n'
        '[[for]]\nrule = "all"\nwords = ["완구"]\n' + TESTED,
        encoding="utf-8",
    )
    (mistake,) = check_topics(read_topics([tmp_path]), TOKENIZER, tmp_path)
    assert mistake.file == tmp_path / "toys.toml"
    assert mistake.key == "samples.match"


@settings(max_examples=100, deadline=None)
@given(text=st.text(alphabet="인공지능(AI)집적단지 반도체\n로봇.다>\0\ud800é", max_size=120))
def test_any_text_is_answered_with_evidence_inside_it(text: str) -> None:
    whole = f"로봇\n{text}"
    for tag in PIPELINE.analyse(article("로봇", text)).topics:
        assert all(whole[each.start : each.end] == each.text for each in tag.evidence)


def test_a_huge_text_is_answered() -> None:
    text = "인공지능 반도체 공장에서 로봇이 드론을 만든다. " * 8_000
    assert "semiconductors" in tags("인공지능 반도체 로봇", text)
