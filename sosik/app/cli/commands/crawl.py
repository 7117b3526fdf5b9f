"""`sosik crawl`: visit the outlets."""

from typing import Annotated

import typer

from sosik.app.cli.output import Json, console, print_json, progress_bars, tell_what_waits


def crawl(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Ids of outlets; none: all that were checked, and your own.")
    ] = None,
    since: Annotated[str, typer.Option(help="Only articles of the last 7d, 24h, 2w, or since 2026-03-01.")] = "",
    backfill: Annotated[str, typer.Option(help="Articles of a span of days: 2026-01-01..2026-03-31.")] = "",
    as_json: Json = False,
) -> None:
    """Visit outlets politely, keep every page, then extract, tag and index what is new.

    robots.txt is obeyed, pages that have not changed are not fetched again. Killed at any moment, the same command
    goes on where it stopped.

    Examples: `sosik crawl` · `sosik crawl it-life --since 7d` · `sosik crawl it-life --backfill 2026-01-01..2026-03-31`
    """
    from sosik.app.cli.spans import read_backfill, read_since
    from sosik.app.flows.crawl import chosen, followed, gather
    from sosik.app.wiring import wire

    wiring = wire()
    if since and backfill:
        raise typer.BadParameter("give --since or --backfill, not both")
    first, last = read_backfill(backfill) if backfill else (read_since(since, wiring.clock.now()), None)
    outlets = chosen(wiring.sources(), sources) if sources else followed(wiring)
    if not outlets:
        raise typer.BadParameter("none of the outlets was checked yet: name some, or run `sosik sources check`")
    with progress_bars(shown=not as_json) as progress:
        report = gather(wiring, outlets, since=first, until=last, progress=progress)
    tell_what_waits(report.index, as_json=as_json)
    if as_json:
        changes = {change.value: count for change, count in report.read.changes.items()}
        answer = {"kept": report.kept, "pages": report.read.pages, "refused": report.read.refused, "changes": changes}
        print_json({**answer, "indexed": report.index.written, "crawl": report.crawl.as_json()})
        return
    for name, each in report.crawl.sources.items():
        counts = {**each.failed, **each.refused}
        trouble = ", ".join(f"{count} {what}" for what, count in counts.items())
        line = f"{name:<28}{each.new:>5} new {each.changed:>5} changed {each.unchanged:>5} unchanged  {trouble}"
        console().print(line.rstrip(), markup=False)
    console().print(f"{report.kept} pages kept, {report.index.written} articles indexed, {report.read.refused} refused")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(crawl)
