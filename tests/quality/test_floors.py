"""No figure of the repository's own sets falls unnoticed, and no set is changed unnoticed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sosik.app.evaluate import Evaluation, entities, figures, series, topics
from sosik.app.flows.progress import silent
from sosik.app.wiring import Wiring
from tests.quality.floors import digest_of, faults

HERE = Path(__file__).parent
HEADLINES = HERE / "headlines.jsonl"


def _values(evaluation: Evaluation, *names: str) -> dict[str, float]:
    return {each.name: each.value for each in evaluation.figures if each.name in names and each.value is not None}


@pytest.mark.parametrize(
    ("name", "measure", "figures_of_it"),
    [
        ("topics", topics.evaluate, ("micro-F1", "precision", "recall", "on-topic")),
        ("entities", entities.evaluate, ("regions, F1", "organisations, F1", "people, F1")),
        ("figures", figures.evaluate, ("won, F1", "dates, F1")),
    ],
)
def test_articles(
    name: str,
    measure: Callable[..., Evaluation],
    figures_of_it: tuple[str, ...],
    wiring: Wiring,
    article_files: tuple[Path, ...],
    article_gold: Path,
) -> None:
    found = measure(wiring, article_gold, silent)
    assert found.rows == len(article_files) >= 120
    assert faults(name, _values(found, *figures_of_it), digest_of(article_files)) == []


def test_headlines(wiring: Wiring) -> None:
    found = series.evaluate(wiring, HEADLINES, silent)
    assert found.rows >= 300
    measured = _values(found, "precision", "recall", "name", "number or label", "name and number")
    assert faults("headlines", measured, digest_of([HEADLINES])) == []


def test_a_figure_that_falls_is_named_and_lowered_only_on_purpose(tmp_path: Path) -> None:
    file = tmp_path / "floors.toml"
    assert faults("topics", {"micro-F1": 0.8}, "a", file=file, flag="raise") == []
    assert faults("topics", {"micro-F1": 0.8}, "a", file=file, flag="look") == []
    assert "under its floor of 0.8" in faults("topics", {"micro-F1": 0.79}, "a", file=file, flag="look")[0]
    assert "under its floor of 0.8" in faults("topics", {"micro-F1": 0.79}, "a", file=file, flag="raise")[0]
    assert faults("topics", {"micro-F1": 0.79}, "a", file=file, flag="lower") == []
    assert faults("topics", {"micro-F1": 0.79}, "a", file=file, flag="look") == []


def test_a_set_that_changed_is_not_compared_unnoticed(tmp_path: Path) -> None:
    file = tmp_path / "floors.toml"
    faults("topics", {"micro-F1": 0.8}, "a", file=file, flag="raise")
    assert "not the one that was measured" in faults("topics", {"micro-F1": 0.9}, "b", file=file, flag="look")[0]
    assert faults("topics", {"micro-F1": 0.9}, "b", file=file, flag="raise") == []
    assert "0.9" in faults("topics", {"micro-F1": 0.8}, "b", file=file, flag="look")[0]
