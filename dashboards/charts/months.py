"""Articles a month, as bars."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from dashboards.charts.look import FONT, Look

UNDATED = "undated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A bar. `key` is 2026-03; `link` is where a click leads; `copies` are press-release copies among `count`."""

    key: str
    count: int
    copies: int = 0
    link: str = ""

    @property
    def name(self) -> str:
        """March 2026."""
        return f"{date(int(self.key[:4]), int(self.key[5:7]), 1):%B %Y}"

    @property
    def label(self) -> str:
        """Mar 26."""
        return f"{date(int(self.key[:4]), int(self.key[5:7]), 1):%b %y}"


def without_holes(counts: Mapping[str, int], copies: Mapping[str, int] | None = None) -> list[Month]:
    """Return every month from the first to the last that has articles; undated ones are no month."""
    keys = sorted(key for key in counts if key != UNDATED)
    if not keys:
        return []
    found, year, number = [], int(keys[0][:4]), int(keys[0][5:7])
    while (key := f"{year:04d}-{number:02d}") <= keys[-1]:
        found.append(Month(key=key, count=counts.get(key, 0), copies=(copies or {}).get(key, 0)))
        year, number = (year, number + 1) if number < 12 else (year + 1, 1)
    return found


def months_chart(months: Sequence[Month], *, look: Look, width: int | str, height: int, title: str) -> dict[str, Any]:
    """Return the Vega-Lite specification; `width` is in pixels, or 'container'."""
    rows = [
        {"month": each.name, "label": each.label, "articles": each.count, "copies": each.copies, "link": each.link}
        for each in months
    ]
    bars = (
        alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call]  # generated code of Altair
        .mark_bar(cornerRadiusTopLeft=2, cornerRadiusTopRight=2, color=look.bar, cursor="pointer")
        .encode(
            x=alt.X(
                "label:N",
                sort=None,
                title=None,
                scale=alt.Scale(paddingInner=0.28, paddingOuter=0.1),
                axis=alt.Axis(labelAngle=0, labelOverlap="greedy", labelSeparation=6, ticks=False, domain=False),
            ),
            y=alt.Y(
                "articles:Q",
                title=None,
                axis=alt.Axis(tickCount=3, format="d", tickMinStep=1, ticks=False, domain=False, labelPadding=6),
            ),
            tooltip=[alt.Tooltip("month:N", title="Month"), alt.Tooltip("articles:Q", title="Articles")],
        )
    )
    chart = bars.properties(width=width, height=height, background="transparent", description=title)
    specification: dict[str, Any] = chart.configure(
        font=FONT,
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(labelColor=look.soft, gridColor=look.line, labelFontSize=11.5, labelFont=FONT),
    ).to_dict()
    return specification
