import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.measure import Scale, alternate
from benchmarks.rows import Goal, Row
from benchmarks.runner import names, run

ROOT = Path(__file__).parents[2]


def test_every_file_of_cases_is_a_benchmark_and_has_its_line_in_the_readme() -> None:
    assert names() == ("analyse", "crawl", "elastic", "extract", "index", "line", "memory", "search", "stories")
    readme = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    for name in names():
        assert f"\n| `{name}" in readme


def test_a_benchmark_gives_rows_with_both_figures_and_their_ratio() -> None:
    (row,) = run("index", Scale(0.001))
    assert row.name == "index"
    assert row.ours is not None
    assert row.baseline is not None
    assert row.ratio is not None
    assert row.ours > 0
    assert row.baseline > 0
    assert row.reached is not None


def test_the_command_prints_a_json_object_for_each_row() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "extract", "--scale", "0.001", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["name"] for each in rows] == ["extract", "extract, body alone"]
    assert set(rows[0]) == {"name", "ours", "baseline", "ratio", "goal", "reached", "unit", "note"}
    assert rows[0]["goal"] == "≤ 1.3"


def test_an_unknown_name_is_answered_with_those_that_there_are() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "serach"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "search" in done.stderr


def test_the_two_take_turns_and_the_ratio_is_that_of_neighbours() -> None:
    order: list[str] = []
    figures = {"ours": iter([1.0, 20.0, 3.0]), "baseline": iter([2.0, 10.0, 6.0])}

    def take(name: str) -> float:
        order.append(name)
        return next(figures[name])

    duel = alternate(lambda: take("ours"), lambda: take("baseline"), rounds=3)

    assert order == ["ours", "baseline", "baseline", "ours", "ours", "baseline"]
    assert (duel.ours, duel.baseline, duel.ratio) == (3.0, 6.0, 0.5)


@pytest.mark.parametrize(
    ("row", "reached"),
    [
        (Row(name="x", unit="s", ours=9.0, baseline=10.0, ratio=0.9, goal=Goal(at_least=0.8)), True),
        (Row(name="x", unit="s", ours=9.0, baseline=10.0, ratio=0.9, goal=Goal(at_most=0.8)), False),
        (Row(name="x", unit="MB", ours=600.0, goal=Goal(at_most=500)), False),
        (Row(name="x", unit="MB", ours=400.0, goal=Goal(at_most=500)), True),
        (Row(name="x", unit="s", ours=9.0), None),
        (Row(name="x", unit="s", goal=Goal(at_least=1)), None),
    ],
)
def test_a_goal_bounds_the_ratio_or_our_figure_where_there_is_no_baseline(row: Row, reached: bool | None) -> None:
    assert row.reached is reached
