"""KoNLPy's taggers: places of tokens, tags, and a process that is stuck, dead or cannot start."""

import importlib.util
import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from enrich.tokenizers.konlpy.align import align
from enrich.tokenizers.konlpy.process import TaggerProcess
from enrich.tokenizers.konlpy.tags import MAPS, pieces, sejong
from enrich.tokenizers.konlpy.tokenizer import KonlpyTokenizer, tagger_process
from enrich.tokenizers.terms import MorphemeTermCutter
from sosik.model.errors import SettingsMistake


def cut(text: str, *tokens: tuple[str, str]) -> list[tuple[str, str, str]]:
    return [(each.surface, each.tag, text[each.start : each.end]) for each in align(text, tokens)]


def test_tokens_as_written_stand_where_they_are_written() -> None:
    text = "광주 시가  로봇을"
    found = cut(text, ("광주시", "NNP"), ("가", "JKS"), ("로봇", "NNG"), ("을", "JKO"))
    assert found == [("광주시", "NNP", "광주 시"), ("가", "JKS", "가"), ("로봇", "NNG", "로봇"), ("을", "JKO", "을")]


def test_fused_tokens_share_what_is_written() -> None:
    found = cut("갔다고 밝혔다", ("가", "VV"), ("았", "EP"), ("다고", "EC"), ("밝히", "VV"), ("었", "EP"), ("다", "EF"))
    assert found == [("가", "VV+EP", "갔"), ("다고", "EC", "다고"), ("밝히", "VV+EP", "밝혔"), ("다", "EF", "다")]


def test_fused_at_the_end() -> None:
    assert cut("중요함", ("중요", "NNG"), ("하", "XSA"), ("ㅁ", "ETN")) == [
        ("중요", "NNG", "중요"),
        ("하", "XSA+ETN", "함"),
    ]


def test_what_the_tagger_left_out_comes_as_unknown_words_and_signs() -> None:
    found = cut("광주 㐂㐂 … 로봇", ("광주", "NNP"), ("로봇", "NNG"))
    assert found == [("광주", "NNP", "광주"), ("㐂㐂", "UNKNOWN", "㐂㐂"), ("…", "SY", "…"), ("로봇", "NNG", "로봇")]
    assert cut("아무것도 없다") == [("아무것도", "UNKNOWN", "아무것도"), ("없다", "UNKNOWN", "없다")]


def test_tokens_that_are_nowhere_in_the_text_are_left_out() -> None:
    found = cut("광주 로봇", ("서울", "NNP"), ("부산항만공사", "NNP"), ("로봇", "NNG"))
    assert [written for _, _, written in found] == ["광주", "로봇"]


def test_a_word_is_cut_where_digits_and_signs_begin() -> None:
    assert list(pieces("3,000억원", "NNG")) == [("3", "SN", 0), (",", "SY", 1), ("000", "SN", 2), ("억원", "NNG", 5)]
    assert list(pieces("“따옴표”", "NNP")) == [("“", "SY", 0), ("따옴표", "NNP", 1), ("”", "SY", 4)]
    assert list(pieces("AI반도체", "NNG")) == [("AI반도체", "NNG", 0)]
    assert list(pieces("漢字", "NNG")) == [("漢字", "SH", 0)]
    assert list(pieces("2025", "NR")) == [("2025", "SN", 0)]
    assert list(pieces("다.", "EF")) == [("다.", "EF", 0)]


def test_tags_are_sejongs() -> None:
    assert sejong("okt", "Noun") == "NNG"
    assert sejong("kkma", "OL") == "SL"
    assert sejong("kkma", "VV+EPT") == "VV+EPT"
    assert sejong("hannanum", "NC") == "NNG"
    assert all(tag.isupper() for each in MAPS.values() for tag in each.values())


def test_there_is_no_other_tagger() -> None:
    with pytest.raises(SettingsMistake, match=r"konlpy\.twitter.*known: mecab, konlpy\.hannanum"):
        KonlpyTokenizer("twitter")


def test_a_missing_package_is_said_with_its_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SettingsMistake, match=r"pip install 'sosik\[konlpy\]'"):
        KonlpyTokenizer("mecab")


def test_a_missing_java_is_said_with_its_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    jpype = pytest.importorskip("jpype")

    def nowhere() -> str:
        raise jpype.JVMNotFoundException("none here")

    monkeypatch.setattr(jpype, "getDefaultJVMPath", nowhere)
    with pytest.raises(SettingsMistake, match="default-jre-headless, or set JAVA_HOME"):
        KonlpyTokenizer("okt")


def test_copies_share_one_process_and_carry_none() -> None:
    tokenizer = KonlpyTokenizer("mecab")
    copy = pickle.loads(pickle.dumps(tokenizer))
    assert copy.name == tokenizer.name
    assert tagger_process("mecab") is tagger_process("mecab")


def test_compounds_give_the_same_terms_with_and_without_spaces() -> None:
    cutter = MorphemeTermCutter(KonlpyTokenizer("mecab"))
    assert "terms-" in cutter.name
    assert "konlpy-" in cutter.name
    spaced, unspaced = cutter.cut("반도체 공장 3,000곳"), cutter.cut("반도체공장 3,000곳")
    assert spaced.words() == unspaced.words()
    assert {"반도체", "공장", "3000"} <= set(spaced.words())


def test_a_process_that_dies_is_replaced() -> None:
    process = TaggerProcess("mecab", megabytes=0, seconds=30)
    assert process.ask("로봇") == [("로봇", "NNG")]
    child = process._child
    assert child is not None
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    assert process.ask("로봇") == [("로봇", "NNG")]
    process.close()
    process.close()


def test_a_process_that_is_stuck_is_killed_and_the_next_question_is_answered() -> None:
    process = TaggerProcess("mecab", megabytes=0, seconds=30)
    process.ask("로봇")
    stuck = process._child
    assert stuck is not None
    process._seconds = 0.2
    os.kill(stuck.pid, signal.SIGSTOP)
    assert process.ask("로봇") is None
    assert stuck.returncode == -signal.SIGKILL
    process._seconds = 30
    assert process.ask("로봇") == [("로봇", "NNG")]
    process.close()


def test_what_cannot_start_says_why() -> None:
    process = TaggerProcess("nothing", megabytes=64, seconds=30)
    with pytest.raises(SettingsMistake, match="KoNLPy's nothing does not start: "):
        process.ask("로봇")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for the process in /proc")
def test_it_ends_with_its_parent_even_a_killed_one() -> None:
    code = (
        "import time; from enrich.tokenizers.konlpy.process import TaggerProcess\n"
        "p = TaggerProcess('mecab', megabytes=0, seconds=30); p.ask('로봇')\n"
        "print(p._child.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=Path.cwd()) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    until = time.monotonic() + 30
    while _lives(child):
        assert time.monotonic() < until
        time.sleep(0.05)


def _lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
