"""What every Tokenizer promises (sosik/model/ports/tokenizer.py), asked of each one that there is."""

import threading
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enrich.tokenizers.konlpy.tokenizer import TAGGERS, KonlpyTokenizer, tagger_process
from enrich.tokenizers.mecab import MecabTokenizer
from sosik.model.errors import SettingsMistake
from sosik.model.ports.tokenizer import Tokenizer

# One line a tokenizer; each is made once for the module, since some take seconds to open.
TOKENIZERS: dict[str, Callable[[], Tokenizer]] = {
    "mecab": MecabTokenizer,
    **{f"konlpy.{each}": partial(KonlpyTokenizer, each) for each in TAGGERS},
}

STRANGE = (
    "",
    " \n\t ",
    "가\0나다라",
    "앞 \ud800 뒤",
    "\udc00\ud800",
    "이모지 😀👩‍👩‍👧 다음 낱말",
    unicodedata.normalize("NFD", "분해된 한글 자모로 적은 인공지능 기사"),
    "각\u11a8",
    "漢字와 ＡＩ 그리고 ㈜소식",
    "ㅋㅋㅋ ㅠㅠ",
    "1234567890 " * 20,
    "줄\r\n바꿈\u2028그리고\u00a0빈칸\u3000",
    "\u0301\u0301 결합 문자",
    "EOS\nEOS\tEOS",
)


@pytest.fixture(scope="module", params=sorted(TOKENIZERS))
def tokenizer(request: pytest.FixtureRequest) -> Tokenizer:
    name: str = request.param
    try:
        return TOKENIZERS[name]()
    except SettingsMistake as mistake:  # no Java here; `make test` installs it
        pytest.skip(str(mistake))


@pytest.fixture(scope="module", autouse=True)
def _no_jvm_is_left() -> Iterator[None]:
    yield
    for each in TAGGERS:
        tagger_process(each).close()


def check_promises(tokenizer: Tokenizer, text: str) -> None:
    morphemes = tokenizer.tokenize(text)
    end = 0
    for each in morphemes:
        assert end <= each.start < each.end <= len(text), (text, each)
        assert each.surface
        assert each.tag
        end = each.end
    assert morphemes == tokenizer.tokenize(text)
    if not text.strip():
        assert morphemes == []


@pytest.mark.parametrize("text", STRANGE, ids=ascii)
def test_strange_text_keeps_the_promises(tokenizer: Tokenizer, text: str) -> None:
    check_promises(tokenizer, text)


FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
MANY = settings(max_examples=150, deadline=None)
ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)
MIXED_TEXT = st.text(alphabet="인공지능집적단지를 실증했다3,000억.\n\0\ud800é\u1100\u1161\u11a8AI", max_size=60)


@FEW
@given(text=ANY_TEXT | MIXED_TEXT)
def test_any_text_keeps_the_promises(tokenizer: Tokenizer, text: str) -> None:
    check_promises(tokenizer, text)


@MANY
@given(text=ANY_TEXT | MIXED_TEXT)
def test_the_default_keeps_them_with_many_more(text: str) -> None:
    check_promises(_default, text)


_default = MecabTokenizer()


@pytest.mark.parametrize("strange", ["\0", "\ud800", "😀", "\u2028", "é", "\ufeff"], ids=ascii)
def test_nothing_after_a_strange_character_is_dropped(tokenizer: Tokenizer, strange: str) -> None:
    text = f"광주 {strange} 반도체 공장"
    ends = [each.end for each in tokenizer.tokenize(text)]
    assert ends[-1] == len(text)


def test_offsets_point_at_the_words(tokenizer: Tokenizer) -> None:
    text = "광주시가 로봇을 실증한다.\n둘째 줄의 반도체"
    read = {text[each.start : each.end] for each in tokenizer.tokenize(text)}
    assert {"로봇", "실증"} <= read


def test_decomposed_text_gives_the_same_morphemes_as_composed(tokenizer: Tokenizer) -> None:
    text = "광주 인공지능 사관학교가 문을 열었다"
    decomposed = unicodedata.normalize("NFD", text)
    morphemes = tokenizer.tokenize(decomposed)
    plain = tokenizer.tokenize(text)
    assert [(each.surface, each.tag) for each in morphemes] == [(each.surface, each.tag) for each in plain]
    slices = [unicodedata.normalize("NFC", decomposed[each.start : each.end]) for each in morphemes]
    assert slices == [text[each.start : each.end] for each in plain]


def test_long_text_is_read_to_its_end(tokenizer: Tokenizer) -> None:
    unit = "전남 나주시에서 에너지 기업이 새 기술을 시험한다. "  # one sentence again and again is asked about once
    text = unit * (200_000 // len(unit))
    morphemes = tokenizer.tokenize(text)
    assert morphemes[-1].end == len(text.rstrip())


def test_text_without_a_space_is_read_to_its_end(tokenizer: Tokenizer) -> None:
    text = "가" * 40_000
    assert tokenizer.tokenize(text)[-1].end == len(text)


def test_threads_share_one_tokenizer(tokenizer: Tokenizer) -> None:
    texts = [f"{number}번 기사는 인공지능 {number}호 실증을 다룬다" for number in range(40)]
    alone = [tokenizer.tokenize(text) for text in texts]
    gate = threading.Barrier(4)

    def together(_: int) -> list[object]:
        gate.wait()
        return [tokenizer.tokenize(text) for text in texts]

    with ThreadPoolExecutor(4) as pool:
        assert all(answer == alone for answer in pool.map(together, range(4)))


def test_the_name_says_which_tagger_and_version(tokenizer: Tokenizer) -> None:
    assert any(each.isdigit() for each in tokenizer.name)
    assert tokenizer.name == tokenizer.name.strip()
