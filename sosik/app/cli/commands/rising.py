"""`sosik rising`: what is more frequent than its own past."""

from enum import StrEnum
from typing import Annotated

import typer

from sosik.app.cli.output import Json, console, print_json


class By(StrEnum):
    """What may rise."""

    TOPIC = "topic"
    ORGANISATION = "org"
    PERSON = "person"
    REGION = "region"
    OUTLET = "outlet"
    TERM = "term"


def rising(
    days: Annotated[int, typer.Option(min=1, max=366, help="The last so many Korean days.")] = 7,
    past: Annotated[int, typer.Option(min=1, max=3660, help="The days before them that they are held against.")] = 28,
    until: Annotated[str, typer.Option(help="The last of the days; empty: today.")] = "",
    by: Annotated[By | None, typer.Option(help="Only this; empty: topics, organisations, people and words.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="So many of each at most.")] = 10,
    as_json: Json = False,
) -> None:
    """Show topics, names and words in a greater share of articles of late than before, with the articles behind.

    Copies of one press release count once. Words are read from at most 10,000 articles of each span.

    Examples: `sosik rising` · `sosik rising --days 30 --past 90 --by topic --json`
    """
    from sosik.app.cli.spans import read_day
    from sosik.app.flows.rising import find_rising
    from sosik.app.wiring import wire

    last = read_day(until, "--until takes a day such as 2026-03-23") if until else None
    report = find_rising(
        wire(), days=days, past_days=past, last=last, field=by.value if by is not None else "", size=limit
    )
    if not as_json:
        span = f"{report.period.first} to {report.period.last}, against {report.past.first} to {report.past.last}"
        console().print(span, style="bold", markup=False)
    for rise in report.rises:
        if as_json:
            print_json(
                {
                    "field": rise.field,
                    "value": rise.value,
                    "count": rise.now,
                    "expected": round(rise.expected, 2),
                    "articles": list(rise.articles),
                }
            )
        else:
            line = f"{rise.field:<7}{rise.value:<24}{rise.now:>4}  expected {rise.expected:.1f}"
            console().print(f"{line}  {' '.join(rise.articles[:3])}", markup=False)
    if not report.rises and not as_json:
        console().print("nothing rises", style="dim")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(rising)
