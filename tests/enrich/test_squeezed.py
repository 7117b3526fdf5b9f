import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.readable import readable
from enrich.squeezed import Hit, Squeezed, WordFinder, inside, longest
from enrich.tokenizers.mecab import MecabTokenizer

TOKENIZER = MecabTokenizer()


def found(text: str, *words: str) -> list[str]:
    hits = WordFinder(words).find(text, TOKENIZER.tokenize(text))
    return [text[hit.start : hit.end] for hit in longest(hits)]


@pytest.mark.parametrize("text", ["실증단지", "실증 단지를", "새 실증\u00a0단지", "인공지능(AI) 실증 단지에서"])
def test_a_word_is_found_with_and_without_spaces(text: str) -> None:
    (word,) = found(text, "실증단지")
    assert word.split() in (["실증단지"], ["실증", "단지"])


def test_an_abbreviation_in_brackets_does_not_part_a_compound() -> None:
    assert found("인공지능(AI) 집적단지", "인공지능집적단지") == ["인공지능(AI) 집적단지"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("SK하이닉스", "ai"),
        ("MAINTAIN", "ai"),
        ("실증\n단지", "실증단지"),
        ("실증. 단지", "실증단지"),
        ("드론", "론"),
    ],
)
def test_a_word_is_not_found_inside_another_or_across_a_break(text: str, word: str) -> None:
    assert found(text, word) == []


def test_capitals_do_not_matter() -> None:
    assert found("AI와 Gpu", "ai", "gpu") == ["AI", "Gpu"]


def test_the_longest_of_overlapping_words_is_kept() -> None:
    assert found("반도체 특화단지", "반도체", "반도체특화단지", "특화단지") == ["반도체 특화단지"]
    assert longest([Hit(0, 0, 2), Hit(1, 0, 4), Hit(2, 5, 6)]) == [Hit(1, 0, 4), Hit(2, 5, 6)]


def test_inside_looks_at_every_span_that_could_hold_it() -> None:
    spans = [(0, 5), (4, 9), (12, 14)]
    assert inside(Hit(0, 1, 4), spans)
    assert inside(Hit(0, 5, 8), spans)
    assert inside(Hit(0, 4, 5), spans)
    assert not inside(Hit(0, 8, 10), spans)
    assert not inside(Hit(0, 11, 13), spans)


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_any_text_is_made_readable_with_the_way_back(text: str) -> None:
    clean, origin = readable(text)
    assert "\0" not in clean
    assert clean.encode().decode() == clean
    assert unicodedata.is_normalized("NFC", clean)
    if origin is None:
        assert len(clean) == len(text)
    else:
        assert len(origin) == len(clean) + 1
        assert origin == sorted(origin)
        assert origin[-1] == len(text)


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="인공 지능(AI)\n\0\u1100\u1161\u11a8é각İ\ud800", min_size=1, max_size=40))
def test_every_stretch_of_squeezed_text_has_a_place_in_the_original(text: str) -> None:
    squeezed = Squeezed(text)
    places = [squeezed.original(start, start + 1) for start in range(len(squeezed.text))]
    assert places == sorted(places)
    assert all(0 <= start <= end <= len(text) for start, end in places)
