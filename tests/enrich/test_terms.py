import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.tokenizers.mecab import MecabTokenizer
from enrich.tokenizers.terms import MorphemeTermCutter

CUTTER = MorphemeTermCutter(MecabTokenizer())


def terms(text: str) -> list[str]:
    return CUTTER.cut(text).words()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("인공지능집적단지", "인공지능 집적단지"),
        ("실증사업을", "실증 사업"),
        ("데이터센터를", "데이터 센터"),
        ("규제자유특구로", "규제 자유 특구"),
        ("스마트팜", "스마트 팜"),
        ("반도체특화단지에서", "반도체 특화 단지"),
        ("국가AI컴퓨팅센터는", "국가 AI 컴퓨팅 센터"),
        ("창업지원금", "창업 지원금"),
        ("3,000억원", "3000억 원"),
        ("밝혔다", "밝히고"),
    ],
)
def test_two_spellings_give_the_same_terms(one: str, other: str) -> None:
    assert terms(one) == terms(other)
    assert terms(one)


def test_particles_endings_and_punctuation_give_none() -> None:
    assert terms("에서는, 그리고!") == []
    assert terms("") == []
    assert terms("로봇을 실증하는 것이다.") == ["로봇", "실증"]


def test_english_is_stemmed_and_lower_case() -> None:
    assert terms("Developing AI Clusters") == ["develop", "ai", "cluster"]


def test_hanja_and_numbers_are_kept() -> None:
    assert terms("光州 2026년") == ["光州", "2026", "년"]
    assert terms("1,234,567명과 88.5PF") == ["1234567", "명", "88", "5", "pf"]
    assert terms("10,20") == ["10", "20"]


def test_offsets_count_from_the_offset_given() -> None:
    text = "국비 3,000억원"
    cut = CUTTER.cut(text, offset=100)
    assert [(term, text[start - 100 : end - 100]) for term, start, end in cut] == [
        ("국비", "국비"),
        ("3000", "3,000"),
        ("억", "억"),
        ("원", "원"),
    ]


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=80))
def test_any_text_gives_terms_in_order_without_white_space(text: str) -> None:
    cut = list(CUTTER.cut(text))
    assert all(term and not any(each.isspace() for each in term) for term, _, _ in cut)
    spans = [(start, end) for _, start, end in cut]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


def test_the_name_names_the_tokenizer() -> None:
    assert MecabTokenizer().name in CUTTER.name
