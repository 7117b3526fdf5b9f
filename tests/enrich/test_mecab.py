import pickle

import pytest

from enrich.tokenizers.mecab import MecabTokenizer

TOKENIZER = MecabTokenizer()


def cut(text: str) -> list[tuple[str, str]]:
    return [(each.surface, each.tag) for each in TOKENIZER.tokenize(text)]


def test_a_compound_of_the_dictionary_is_cut_into_its_parts() -> None:
    assert cut("인공지능") == [("인공", "NNG"), ("지능", "NNG")]
    spans = [(each.start, each.end) for each in TOKENIZER.tokenize("새 인공지능")]
    assert spans[1:] == [(2, 4), (4, 6)]


def test_a_fused_stem_is_given_as_the_dictionary_writes_it() -> None:
    assert cut("밝혔다") == [("밝히", "VV+EP"), ("다", "EC")]
    first = TOKENIZER.tokenize("밝혔다")[0]
    assert (first.start, first.end) == (0, 2)


def test_lines_do_not_change_each_other() -> None:
    title, text = "광주 로봇 시장", "이 크다"
    apart = cut(title) + cut(text)
    assert cut(f"{title}\n{text}") == apart


def test_a_pickled_tokenizer_opens_again() -> None:
    again = pickle.loads(pickle.dumps(TOKENIZER))
    assert again.tokenize("광주 인공지능") == TOKENIZER.tokenize("광주 인공지능")
    assert again.name == TOKENIZER.name


@pytest.mark.parametrize("sign", ["…", "ㆍ", "“", "ㅋ", "😀", "A"])
def test_what_follows_a_long_run_is_read_where_it_stands(sign: str) -> None:
    text = f"{sign * 2_500} 광주 로봇\n{sign * 1_000}\n시장"
    found = [each for each in TOKENIZER.tokenize(text) if sign not in each.surface]
    assert [each.surface for each in found] == ["광주", "로봇", "시장"]
    assert all(text[each.start : each.end] == each.surface for each in found)
