"""What a benchmark gives: rows, each a figure of ours beside a baseline and a goal."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What is to be reached: a bound of the ratio, or of our own figure where there is no baseline."""

    at_least: float | None = None
    at_most: float | None = None

    def reached_by(self, figure: float) -> bool:
        """Does the figure keep within both bounds?"""
        low = self.at_least is None or figure >= self.at_least
        return low and (self.at_most is None or figure <= self.at_most)

    def __str__(self) -> str:
        bounds = (("≥", self.at_least), ("≤", self.at_most))
        return " ".join(f"{sign} {bound:g}" for sign, bound in bounds if bound is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measured figure.

    `ours` and `baseline` are in `unit`, medians of several rounds; `ratio` is the median of the rounds' own ratios
    ours/baseline, so it need not be the quotient of the two. None stands for what was not measured; `note` says why.
    """

    name: str
    unit: str
    ours: float | None = None
    baseline: float | None = None
    ratio: float | None = None
    goal: Goal | None = None
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Is the goal reached? None where there is no goal or nothing was measured."""
        figure = self.ours if self.baseline is None else self.ratio
        return None if self.goal is None or figure is None else self.goal.reached_by(figure)

    def as_json(self) -> dict[str, Any]:
        """Return plain values; `goal` is text such as '≥ 0.8'."""
        return {
            "name": self.name,
            "ours": self.ours,
            "baseline": self.baseline,
            "ratio": self.ratio,
            "goal": None if self.goal is None else str(self.goal),
            "reached": self.reached,
            "unit": self.unit,
            "note": self.note,
        }
