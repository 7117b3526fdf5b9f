"""Another tokenizer: the same demonstration, and an index that refuses foreign words."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.clock import DemoClock
from sosik.model.analysis import Analysis
from sosik.model.article import Article
from sosik.model.series import Series
from tests.app.conftest import Call, wiring_on
from tests.conftest import COMMAND, environment


def read(data: Path) -> tuple[dict[str, Article], dict[str, Analysis], tuple[Series, ...]]:
    with wiring_on(data).ledger() as ledger, ledger.read() as unit:
        articles = {each.id: each for each in unit.articles.walk(limit=1000)}
        analyses = {name: found for name in articles if (found := unit.analyses.get(name)) is not None}
        return articles, analyses, unit.series.of_source()


def without_capture(article: Article) -> Article:
    """Leave out where in the archive it came from, which two crawls do not share."""
    return replace(article, capture=None, captured=None)


@pytest.mark.skipif(shutil.which("java") is None, reason="Okt needs a Java runtime; `make test` installs one")
def test_the_demonstration_is_the_same_with_okt(finished_demo: Path, data: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "demo", "--no-serve", "--json"],
        env=environment(data, SOSIK_TOKENIZER="konlpy.okt", SOSIK_WORKERS="1"),
        cwd=data.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (articles, analyses, series), (others, other_analyses, other_series) = read(finished_demo), read(data)
    assert {name: without_capture(each) for name, each in others.items()} == {
        name: without_capture(each) for name, each in articles.items()
    }
    assert other_series == series
    assert other_analyses.keys() == analyses.keys()
    different = [articles[name].title for name, each in analyses.items() if each.topics != other_analyses[name].topics]
    assert not different
    assert all("okt" in each.tokenizer for each in other_analyses.values())


def test_an_index_refuses_the_words_of_another_tokenizer(
    call: Call, demo_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = call("search", "자율주행", "--json").lines
    assert before
    monkeypatch.setenv("SOSIK_TOKENIZER", "konlpy.mecab")
    refused = call("search", "자율주행")
    assert refused.status == 1
    assert "'terms-1/mecab-ko-" in refused.err
    assert "this is 'terms-1/konlpy-" in refused.err
    monkeypatch.setenv("SOSIK_TOKENIZER", "mecab")
    assert call("search", "자율주행", "--json").lines == before


def test_after_reindex_articles_and_index_are_of_the_other_tokenizer(
    call: Call, demo_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {each["id"] for each in call("search", "자율주행", "--limit", "50", "--json").lines}
    monkeypatch.setenv("SOSIK_TOKENIZER", "konlpy.mecab")
    assert call("reindex").status == 0
    _, analyses, _ = read(demo_data)
    assert all("konlpy-" in each.tokenizer for each in analyses.values())
    assert {each["id"] for each in call("search", "자율주행", "--limit", "50", "--json").lines} == before
    assert before


def test_an_unknown_tokenizer_is_told_with_those_that_there_are(data: Path) -> None:
    from sosik.model.errors import SettingsMistake

    for name, known in (("kiwi", "known: mecab, konlpy.okt"), ("konlpy.kiwi", "konlpy.okt")):
        wiring = Wiring(Settings(data=data, tokenizer=name), DemoClock())
        with pytest.raises(SettingsMistake, match=known):
            wiring.tokenizer()
