from pathlib import Path

import pytest

from sosik.app.settings import read_settings
from sosik.model.errors import SettingsMistake


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in list(os.environ):
        if name.startswith("SOSIK_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_defaults() -> None:
    settings = read_settings()
    assert settings.data == Path("var")
    assert settings.index == "tantivy"
    assert settings.workers >= 1
    assert settings.ledger_address.startswith("sqlite:///")


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("sosik.toml").write_text('data = "from-file"\nworkers = 7\n', encoding="utf-8")
    monkeypatch.setenv("SOSIK_DATA", "from-environment")
    settings = read_settings()
    assert (settings.data, settings.workers) == (Path("from-environment"), 7)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SOSIK_TOKENISER", "mecab", ("SOSIK_TOKENISER", "Did you mean SOSIK_TOKENIZER?")),
        ("SOSIK_INDEX", "lucene", ("SOSIK_INDEX", "tantivy", "elasticsearch")),
        ("SOSIK_WORKERS", "many", ("SOSIK_WORKERS", "'many'")),
        ("SOSIK_WORKERS", "0", ("SOSIK_WORKERS", "greater than or equal to 1")),
        ("SOSIK_QQQQQQ", "1", ("SOSIK_QQQQQQ", "Known: SOSIK_DATA")),
    ],
)
def test_a_wrong_variable_is_named_with_its_fix(
    name: str, value: str, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsMistake) as caught:
        read_settings()
    assert all(word in str(caught.value) for word in words)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('dta = "x"', ("sosik.toml", "dta", "Did you mean data?")),
        ("workers = -1", ("sosik.toml", "workers", "-1")),
        ("workers = ", ("sosik.toml", "not TOML")),
    ],
)
def test_a_wrong_file_is_named_with_its_fix(text: str, words: tuple[str, ...]) -> None:
    Path("sosik.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsMistake) as caught:
        read_settings()
    assert all(word in str(caught.value) for word in words)
