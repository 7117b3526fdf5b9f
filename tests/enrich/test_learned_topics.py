"""What words say of topics, as examples teach it."""

import pickle
from dataclasses import replace
from unicodedata import normalize

import pytest

from enrich.pipeline import Draft
from enrich.steps.topics import TopicStep
from enrich.tokenizers.mecab import MecabTokenizer
from enrich.topics.learned import LearnedOpinion, WordsOfArticle, features_of
from enrich.topics.learning import learn
from enrich.zones import zones_of
from sosik.catalogue.learned import Example, LearnedWords
from sosik.catalogue.readers.topics import read_topics
from sosik.model.analysis import TopicTag
from sosik.model.article import Article

TOKENIZER = MecabTokenizer()
TOPICS = read_topics()
ROBOTS = [
    ("순찰 로봇 시장 골목 누빈다", "밤이면 순찰 로봇이 시장 골목을 돈다."),
    ("배달 로봇 아파트 단지 달린다", "배달 로봇이 아파트 단지에서 밥을 나른다."),
    ("수중 로봇 저수지 바닥 살핀다", "수중 로봇이 저수지 바닥을 찍어 온다."),
    ("청소 로봇 박물관 복도 닦는다", "청소 로봇이 박물관 복도를 닦고 있다."),
]
FARMS = [
    ("온실 딸기 센서로 키운다", "온실의 딸기는 센서가 물을 준다."),
    ("온실 토마토 한 해 내내 딴다", "온실에서 토마토를 한 해 내내 딴다."),
    ("축사 온실 열로 데운다", "축사를 온실에서 나온 열로 데운다."),
    ("온실 상추 도시에서 자란다", "온실 상추가 도시 한복판에서 자란다."),
]
EXAMPLES = [Example(topics=("robotics-drones",), title=title, text=text) for title, text in ROBOTS] + [
    Example(topics=("agriculture-food",), title=title, text=text) for title, text in FARMS
]
NAMES = ("agriculture-food", "robotics-drones")


@pytest.fixture(scope="module")
def learned() -> LearnedWords:
    return learn(EXAMPLES * 8, NAMES, TOKENIZER, "taught")


def _draft(title: str, text: str) -> Draft:
    article = Article(id="a", source="a", url="", title=title, text=text)
    return Draft(article=article, whole=article.whole, morphemes=tuple(TOKENIZER.tokenize(article.whole)))


def _tag(learned: LearnedWords | None, draft: Draft, topic: str) -> TopicTag:
    return next(each for each in TopicStep(TOPICS, None, learned).scored(draft) if each.topic == topic)


def test_words_of_a_topic_speak_for_it_and_against_the_others(learned: LearnedWords) -> None:
    draft = _draft("해변에 로봇 뜬다", "해변을 로봇이 지킨다.")
    zones = zones_of(draft.article.title, draft.article.text)
    words, opinion = WordsOfArticle(draft.whole, draft.morphemes, zones), LearnedOpinion(learned)
    robots, farms = opinion.odds("robotics-drones", words), opinion.odds("agriculture-food", words)
    assert robots is not None
    assert farms is not None
    assert robots > farms
    assert [draft.whole[start:end] for start, end in opinion.speaking("robotics-drones", words)] == ["로봇"]
    assert opinion.odds("partnership-mou", words) is None
    assert opinion.speaking("partnership-mou", words) == []


def test_a_name_is_no_reason() -> None:
    zones = zones_of("광주 로봇", "")
    values = features_of("광주 로봇", TOKENIZER.tokenize("광주 로봇"), zones)
    assert values.keys() == {"로봇"}


def test_decomposed_text_says_the_same(learned: LearnedWords) -> None:
    title, text = "해변에 로봇 뜬다", "해변을 로봇이 지킨다. 배달 로봇도 온다."
    composed, decomposed = (
        _tag(learned, _draft(normalize(form, title), normalize(form, text)), "robotics-drones")
        for form in ("NFC", "NFD")
    )
    assert decomposed.score == composed.score
    learnt = [each for each in decomposed.evidence if each.rule.endswith("learned")]
    assert len(learnt) == sum(each.rule.endswith("learned") for each in composed.evidence)


def test_the_same_examples_teach_the_same(learned: LearnedWords) -> None:
    assert learn(EXAMPLES * 8, NAMES, TOKENIZER, "taught") == learned


def test_what_was_learnt_moves_the_score_of_the_rules_and_is_shown_as_evidence(learned: LearnedWords) -> None:
    draft = _draft("해변에 순찰 로봇 뜬다", "바닷가 골목을 자율주행 로봇이 지킨다.")
    by_rules, with_words = (_tag(each, draft, "robotics-drones") for each in (None, learned))
    assert with_words.score != by_rules.score
    shown = [each for each in with_words.evidence if each.rule == "robotics-drones/learned"]
    assert "골목" in [each.text for each in shown]
    assert "로봇" not in [each.text for each in shown], "a rule shows it already"
    assert all(draft.whole[each.start : each.end] == each.text for each in with_words.evidence)


def test_words_alone_tag_nothing(learned: LearnedWords) -> None:
    draft = _draft("시장 골목 복도를 누비다", "밤이면 골목과 복도를 돌며 시장 바닥을 닦는다.")
    words = WordsOfArticle(draft.whole, draft.morphemes, zones_of(draft.article.title, draft.article.text))
    odds = {topic: LearnedOpinion(learned).odds(topic, words) for topic in NAMES}
    assert (odds["robotics-drones"] or 0) > (odds["agriculture-food"] or 0), "the words speak for robots"
    assert TopicStep(TOPICS, None, learned)(draft).topics == ()


def test_a_topic_that_was_not_learnt_keeps_its_score(learned: LearnedWords) -> None:
    draft = _draft("시청과 대학, 반도체 업무협약", "시청과 대학은 업무협약을 맺고 반도체 인재를 기른다.")
    by_rules, with_words = (_tag(each, draft, "partnership-mou") for each in (None, learned))
    assert with_words == by_rules


def test_a_step_with_weights_is_another_version_and_can_be_sent_to_a_worker(learned: LearnedWords) -> None:
    step = TopicStep(TOPICS, None, learned)
    assert step.version != TopicStep(TOPICS).version
    weights: dict[str, dict[str, float]] = {topic: {} for topic in learned.weights}  # as if fitted otherwise
    assert step.version != TopicStep(TOPICS, None, replace(learned, weights=weights)).version
    draft = _draft("해변에 순찰 로봇 뜬다", "바닷가를 로봇이 지킨다.")
    assert pickle.loads(pickle.dumps(step)).scored(draft) == step.scored(draft)


@pytest.mark.parametrize("text", ["", "한", "12 34 56", "😀😀", "가" * 200_000, "no Hangul here"])
def test_any_text_has_features_of_one_length(text: str) -> None:
    draft = _draft("", text)
    features = features_of(draft.whole, draft.morphemes, zones_of("", text))
    assert not features or sum(value * value for value in features.values()) == pytest.approx(1.0)


def test_words_are_counted_in_small_letters_and_keep_their_places() -> None:
    draft = _draft("İ ROBOT", "Robot 로봇 robot")
    words = WordsOfArticle(draft.whole, draft.morphemes, zones_of(draft.article.title, draft.article.text))
    assert "robot" in words.values
    assert not any(word != word.lower() for word in words.values)
    (start, end), (first, last) = words.places(["robot", "로봇"])
    assert draft.whole[start:end] == "ROBOT"
    assert draft.whole[first:last] == "로봇"
