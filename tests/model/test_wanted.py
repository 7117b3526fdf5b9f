"""A query with its words cut: what is left of it, and which documents answer it."""

import pytest

from sosik.model.errors import QueryMistake
from sosik.model.query import And, Days, Everything, Field, Not, Phrase, Word, parse
from sosik.model.search import FacetField
from sosik.model.wanted import AllOf, AnyOf, But, Nothing, Run, Wanted, matches, runs, values_of, want
from tests.contracts.index_corpus import CUTTER, document


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", Everything()),
        ("광주의", Run(("광주",))),
        ("인공지능집적단지를", Run(("인공지능", "집적", "단지"))),
        ('"광주의 인공지능"', Run(("광주", "인공지능"))),
        ("은", Nothing()),
        ("은 는", Nothing()),
        ("-은", Nothing()),
        ("은 - 광주", Run(("광주",))),
        ("은 OR 광주", Run(("광주",))),
        ("topic:ai 은", Field("topic", "ai")),
        ("광주 -은", Run(("광주",))),
        ("광주 AI", AllOf((Run(("광주",)), Run(("ai",))))),
        ("광주 OR -AI", AnyOf((Run(("광주",)), But(Run(("ai",)))))),
    ],
)
def test_words_are_cut_and_empty_ones_left_out(text: str, wanted: Wanted) -> None:
    assert want(parse(text), CUTTER) == wanted


def test_a_tree_that_is_too_large_is_refused() -> None:
    with pytest.raises(QueryMistake):
        want(And((Word("광주"),) * 5_000), CUTTER)


def test_runs_are_those_whose_presence_matches() -> None:
    assert runs(want(parse("광주 (AI OR 광주) -교통 topic:ai"), CUTTER)) == (Run(("광주",)), Run(("ai",)))
    assert runs(want(Not(Phrase("광주")), CUTTER)) == ()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", True),
        ("집적단지", True),
        ("집적 인공지능", True),
        ('"집적 인공지능"', False),
        ("단지 -센터", False),
        ("단지 -교통", True),
        ("교통 OR 센터", True),
        ("능", False),
        ("outlet:광주일보 outlet:gwangju-ilbo", True),
        ("outlet:광주", False),
        ("region:전남 org:AICA person:강기정 kind:newspaper series:s1 topic:ai", True),
        ("from:2026-03-02 to:2026-03-02", True),
        ("from:2026-03-03", False),
        ("to:2026-03-01", False),
        ("은", False),
    ],
)
def test_a_document_answers_a_saved_search(text: str, answer: bool) -> None:
    held = document(
        "a",
        "인공지능집적단지",
        "센터",
        published="2026-03-02T00:10:00+09:00",
        topics=["ai"],
        regions=["전남"],
        organisations=["AICA"],
        people=["강기정"],
        series="s1",
    )
    assert matches(want(parse(text), CUTTER), held) is answer


def test_an_undated_document_is_never_between_days() -> None:
    undated = document("a", published=None)
    assert not matches(Days(None, None), undated)
    assert matches(want(parse("-from:2026"), CUTTER), undated)


def test_values_are_counted_once_and_empty_ones_not_at_all() -> None:
    held = document("a", topics=["ai", "ai", "chips"])
    assert values_of(held, FacetField.TOPIC) == ("ai", "chips")
    assert values_of(held, FacetField.SERIES) == ()
    assert values_of(held, FacetField.OUTLET) == ("광주일보",)
