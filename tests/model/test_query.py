"""The query language: what is read, what is refused and where, and that any text is one or the other."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sosik.model.errors import QueryMistake
from sosik.model.query import (
    MAX_DEPTH,
    MAX_PARTS,
    And,
    Days,
    Everything,
    Field,
    Node,
    Not,
    Or,
    Phrase,
    Word,
    parse,
    refuse_too_large,
    text_of,
)

광주, AI, 실증 = Word("광주"), Word("AI"), Word("실증")


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", Everything()),
        (" \u3000\t\n\u200b", Everything()),
        ("광주", 광주),
        ("광주 AI", And((광주, AI))),
        ("광주\u3000AI", And((광주, AI))),
        ("광주 AND AI", And((광주, AI))),
        ("광주 OR AI", Or((광주, AI))),
        ("광주 or AI", And((광주, Word("or"), AI))),
        ("광주 AI OR 실증", Or((And((광주, AI)), 실증))),
        ("광주 (AI OR 실증)", And((광주, Or((AI, 실증))))),
        ("광주 （AI OR 실증）", And((광주, Or((AI, 실증))))),
        ("(광주 AI) 실증", And((광주, AI, 실증))),
        ("광주 OR (AI OR 실증)", Or((광주, AI, 실증))),
        ("-교통", Not(Word("교통"))),
        ("광주 -(AI OR 실증)", And((광주, Not(Or((AI, 실증)))))),
        ("--AI", Not(Not(AI))),
        ("광주 - AI", And((광주, Word("-"), AI))),
        ("AI-광주", Word("AI-광주")),
        ('"인공지능 집적단지"', Phrase("인공지능 집적단지")),
        ("“인공지능 집적단지”", Phrase("인공지능 집적단지")),
        ('-"인공지능 집적단지"', Not(Phrase("인공지능 집적단지"))),
        ('광주"AI 도시"', And((광주, Phrase("AI 도시")))),
        ("AI(실증)", And((AI, 실증))),
        ("topic:ai-cluster", Field("topic", "ai-cluster")),
        ("Topic：ai-cluster", Field("topic", "ai-cluster")),
        ('region:"광주 북구"', Field("region", "광주 북구")),
        ("-person:강기정", Not(Field("person", "강기정"))),
        ("series:a:b", Field("series", "a:b")),
        ("12:30 1:1", And((Word("12:30"), Word("1:1")))),
        ("from:2026-03-31", Days(date(2026, 3, 31), None)),
        ("from:2026-03", Days(date(2026, 3, 1), None)),
        ("to:2026-02", Days(None, date(2026, 2, 28))),
        ("to:2028-02", Days(None, date(2028, 2, 29))),
        ("to:2026", Days(None, date(2026, 12, 31))),
        ("from:2026 광주 to:2026", And((Days(date(2026, 1, 1), date(2026, 12, 31)), 광주))),
        (unicodedata.normalize("NFD", "광주"), 광주),
    ],
)
def test_is_read(text: str, node: Node) -> None:
    assert parse(text) == node
    assert parse(text_of(node)) == node


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("광주 tpoic:ai", 3, "no field tpoic:"),
        ("광주 topic:", 9, "needs a value"),
        ("topic: ai", 6, "needs a value"),
        ('topic:""', 6, "nothing between"),
        ("from:2026-13", 5, "is not a date"),
        ("to:2026-02-29", 3, "is not a date"),
        ("from:어제", 5, "is not a date"),
        ("from:0000", 5, "is not a date"),
        ("to:٢٠٢٦", 3, "is not a date"),
        ("from:2026-03 to:2026-02", 0, "later than"),
        ('광주 "AI', 3, "never closed"),
        ("광주 “AI", 3, "never closed"),
        ('"  "', 0, "nothing between"),
        ("광주 (AI", 3, "never closed"),
        ("광주) AI", 2, "never opened"),
        ("()", 0, "nothing in"),
        ("(광주 OR)", 6, "missing before"),
        ("OR 광주", 0, "both sides"),
        ("광주 OR", 5, "at the end"),
        ("광주 OR OR AI", 6, "both sides"),
        ("-OR", 1, "both sides"),
        ("광주 \ud800", 3, "half of a character"),
        ("(" * 200 + "광주" + ")" * 200, MAX_DEPTH + 1, "nested deeper"),
        ("-" * 200 + "광주", MAX_DEPTH + 1, "nested deeper"),
        ("광 " * 1_000, 0, f"at most {MAX_PARTS}"),
        ("광주 " * 10_000, 8_000, "at most 8,000"),
    ],
)
def test_is_refused_and_says_where(text: str, position: int, words: str) -> None:
    with pytest.raises(QueryMistake, match=words) as mistake:
        parse(text)
    assert mistake.value.position == position


def test_pointing_shows_where() -> None:
    with pytest.raises(QueryMistake) as mistake:
        parse("AI topik:x")
    assert mistake.value.pointing() == "AI topik:x\n   ^"


pieces = st.sampled_from(
    [
        "광주",
        "AI",
        "OR",
        "AND",
        "-",
        "(",
        ")",
        '"',
        "“",
        "”",
        "＂",
        " ",
        "topic:",
        "from:",
        "to：",
        "2026-03",
        "2026",
        ":",
        "（",
    ]
)


@given(st.one_of(st.text(), st.lists(pieces, max_size=25).map("".join), st.lists(pieces, max_size=25).map(" ".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        node = parse(text)
    except QueryMistake as mistake:
        if not 0 <= mistake.position <= len(mistake.query):
            pytest.fail(f"{mistake} points outside of the query")
        return
    refuse_too_large(node)
    assert parse(text_of(node)) == node


plain = st.text(st.characters(codec="utf-8"), min_size=1, max_size=6).map(lambda t: unicodedata.normalize("NFC", t))


@given(plain)
def test_a_word_made_by_hand_is_written_so_that_it_can_be_read(text: str) -> None:
    written = text_of(Word(text))
    try:
        node = parse(written)
    except QueryMistake as mistake:
        if "nothing between" not in mistake.reason:  # only blank words cannot be asked for
            pytest.fail(str(mistake))
        return
    assert isinstance(node, Word | Phrase)


def test_a_tree_made_by_hand_is_bounded() -> None:
    deep: Node = 광주
    for _ in range(MAX_DEPTH + 2):
        deep = Not(deep)
    with pytest.raises(QueryMistake, match="nested deeper"):
        refuse_too_large(deep)
    with pytest.raises(QueryMistake, match="at most"):
        refuse_too_large(And((광주,) * 10_000))
