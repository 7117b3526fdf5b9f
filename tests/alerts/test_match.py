"""Which rules want to hear of what."""

from dataclasses import replace

import pytest

from enrich.tokenizers.mecab import MecabTokenizer
from enrich.tokenizers.terms import MorphemeTermCutter
from sosik.alerts.match import Happening, Matcher, matched_words
from sosik.model.alert import AlertRule, Event, EventKind
from sosik.model.query import parse
from sosik.model.search import Document
from sosik.model.series import Series, series_id
from sosik.model.wanted import want
from tests.storage.samples import START

TITLE, TEXT = "첨단지구 인공지능 실증단지에 모인다", "광주시는 기업의 AI 실증을 돕는다."
SERIES = Series(id=series_id("it-life", "골목의 인공지능"), source="it-life", name="골목의 인공지능", installments=())
CUTTER = MorphemeTermCutter(MecabTokenizer())
DOCUMENT = Document(
    article="a1",
    version=1,
    source="it-life",
    outlet="IT라이프",
    kind="tech-press",
    url="http://it-life.test/1",
    title=TITLE,
    text=TEXT,
    english="",
    published=None,
    title_terms=CUTTER.cut(TITLE),
    text_terms=CUTTER.cut(TEXT, len(TITLE) + 1),
    topics=("ai-cluster", "demonstration-project"),
    regions=("광주",),
    series=SERIES.id,
)
PART = Happening(
    event=Event(kind=EventKind.NEW_INSTALLMENT, subject=SERIES.id, happened=START, article="a1"),
    document=DOCUMENT,
    series=SERIES,
)
ARTICLE = replace(PART, event=replace(PART.event, kind=EventKind.NEW_ARTICLE))
RULE = AlertRule(id="r1", subscriber="reader@example.org", kinds=(EventKind.NEW_INSTALLMENT,))
SEARCH = replace(RULE, kinds=(EventKind.NEW_ARTICLE,))


def wants(rule: AlertRule, happening: Happening = PART) -> bool:
    return Matcher([rule], cutter=CUTTER, resolve=lambda node: node).rules_for(happening) == (rule,)


def test_a_rule_hears_of_its_kinds_only() -> None:
    assert wants(RULE)
    assert not wants(RULE, ARTICLE)
    assert not wants(SEARCH)


@pytest.mark.parametrize("name", ["골목의 인공지능", "골목의인공지능", SERIES.id])
def test_a_series_by_name_and_by_id(name: str) -> None:
    assert wants(replace(RULE, series=name))
    assert not wants(replace(RULE, series=name), replace(PART, series=None))
    assert not wants(replace(RULE, series=name + " 2"))


@pytest.mark.parametrize(
    ("passes", "fails"),
    [
        ({"topics": ("ai-cluster", "x")}, {"topics": ("energy-climate",)}),
        ({"regions": ("전남", "광주")}, {"regions": ("전남",)}),
        ({"outlets": ("it-life",)}, {"outlets": ("namdo-tv",)}),
        ({"outlets": ("IT라이프",)}, {"outlets": ("남도방송",)}),
    ],
)
def test_filters_narrow(passes: dict[str, tuple[str, ...]], fails: dict[str, tuple[str, ...]]) -> None:
    assert wants(replace(RULE, **passes))  # type: ignore[arg-type]  # fields of the rule that hold tuples
    assert not wants(replace(RULE, **fails))  # type: ignore[arg-type]  # as above
    assert not wants(replace(RULE, **passes, series="딴 연재"))  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("실증", True),
        ("실증 단지", True),
        ("인공지능 -교통", True),
        ("인공지능 -기업", False),
        ('"인공지능 실증단지"', True),
        ('"실증단지 인공지능"', False),
        ("topic:ai-cluster region:광주 outlet:it-life", True),
        ("region:전남 OR 기업", True),
        (f"series:{SERIES.id}", True),
        ("from:2026-01-01", False),  # an undated article is never between days
    ],
)
def test_a_saved_search_finds_what_an_index_would(query: str, found: bool) -> None:
    assert wants(replace(SEARCH, query=query), ARTICLE) is found


def test_of_many_rules_each_is_told_once_in_their_order() -> None:
    queries = ["실증 실증", "교통", "-교통", "기업 OR 실증", "기업 실증", "topic:ai-cluster", "실증", "-(기업 실증)"]
    rules = [replace(SEARCH, id=str(number), query=query) for number, query in enumerate(queries)]
    found = Matcher(rules, cutter=CUTTER, resolve=lambda node: node).rules_for(ARTICLE)
    assert [each.id for each in found] == ["0", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("실증단지 AI", ("실증단지", "AI")),
        ('"인공지능 실증단지"', ("인공지능 실증단지",)),
        ("-교통 기업", ("기업",)),
        ("region:광주", ()),
        ("교통", ()),
    ],
)
def test_matched_words_are_those_of_the_article(query: str, words: tuple[str, ...]) -> None:
    assert matched_words(want(parse(query), CUTTER), DOCUMENT) == words
