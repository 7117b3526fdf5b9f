"""`sosik trends`: how often, when."""

from typing import Annotated

import typer

from sosik.app.cli.output import Json, console, print_json
from sosik.model.search import FacetField, Interval


def trends(
    query: Annotated[list[str] | None, typer.Argument(help="Count only what this query finds; empty: all.")] = None,
    by: Annotated[FacetField | None, typer.Option(help="Split each bucket by this.")] = None,
    interval: Annotated[Interval, typer.Option(help="The width of a bucket, in Korean days.")] = Interval.MONTH,
    as_json: Json = False,
) -> None:
    """Count articles over time, with and without copies of one press release.

    Examples: `sosik trends --by topic` · `sosik trends '인공지능 region:광주' --interval week --json`
    """
    from sosik.app.cli.queries import read_query
    from sosik.app.flows.trends import trend
    from sosik.app.wiring import wire

    rows = trend(wire(), read_query(query), interval=interval, by=by)
    if as_json:
        for row in rows:
            print_json(
                {
                    "bucket": row.bucket,
                    "key": row.key,
                    "count": row.count,
                    "count_without_copies": row.count_without_copies,
                }
            )
        return
    out = console()
    longest = max((row.count for row in rows), default=1)
    for row in rows:
        bar = "█" * max(1, round(30 * row.count / longest))
        key = f"  {row.key:<28}" if row.key is not None else ""
        copies = f" ({row.count_without_copies} without copies)" if row.count_without_copies != row.count else ""
        out.print(f"{row.bucket:<10}{key}  {row.count:>5}  {bar}{copies}", markup=False)
    if not rows:
        out.print("no articles", style="dim")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(context_settings={"ignore_unknown_options": True})(trends)
