"""`sosik crawl`: visit the outlets."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sosik.app.cli.output import Json, console, print_json, progress_bars, tell_what_waits

if TYPE_CHECKING:
    from sosik.app.flows.crawl import GatherReport
    from sosik.app.flows.due import Due


def crawl(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Ids of outlets; none: those due, of all that were checked and your own.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Without ids: all of them, due or not.")] = False,
    since: Annotated[str, typer.Option(help="Only articles of the last 7d, 24h, 2w, or since 2026-03-01.")] = "",
    backfill: Annotated[str, typer.Option(help="Articles of a span of days: 2026-01-01..2026-03-31.")] = "",
    as_json: Json = False,
) -> None:
    """Visit outlets politely, keep every page, then extract, tag and index what is new.

    robots.txt is obeyed, pages that have not changed are not fetched again. Killed at any moment, the same command
    goes on where it stopped. How often an outlet is due follows how often it publishes.

    Examples: `sosik crawl` · `sosik crawl it-life --since 7d` · `sosik crawl it-life --backfill 2026-01-01..2026-03-31`
    """
    from sosik.app.cli.spans import read_backfill, read_since
    from sosik.app.flows.backfill import reached
    from sosik.app.flows.crawl import chosen, followed, gather
    from sosik.app.flows.due import due
    from sosik.app.wiring import wire

    wiring = wire(collecting=True)
    if since and backfill:
        raise typer.BadParameter("give --since or --backfill, not both")
    first, last = read_backfill(backfill) if backfill else (read_since(since, wiring.clock.now()), None)
    outlets = chosen(wiring.catalogue.sources(), sources) if sources else followed(wiring)
    if not outlets:
        raise typer.BadParameter("none of the outlets was checked yet: name some, or run `sosik sources check`")
    if not (sources or every or backfill):
        standing = due(wiring, outlets)
        outlets = standing.now
        if not outlets:
            _tell_next(standing, as_json=as_json)
            return
    with progress_bars(shown=not as_json) as progress:
        report = gather(wiring, outlets, since=first, until=last, progress=progress)
    tell_what_waits(report.index, as_json=as_json)
    spans = None
    if first is not None and last is not None:
        spans = {name: reached(each, first) for name, each in report.crawl.sources.items()}
    if as_json:
        print_json(_as_object(report, spans))
    else:
        _print(report, spans or {})


def _as_object(report: "GatherReport", spans: dict[str, str] | None) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "kept": report.kept,
        "pages": report.read.pages,
        "refused": report.read.refused,
        "changes": {change.value: count for change, count in report.read.changes.items()},
        "indexed": report.index.written,
        "crawl": report.crawl.as_json(),
    }
    return answer if spans is None else answer | {"reached": spans}


def _print(report: "GatherReport", spans: dict[str, str]) -> None:
    for name, each in report.crawl.sources.items():
        counts = {**each.failed, **each.refused}
        trouble = ", ".join(f"{count} {what}" for what, count in counts.items())
        line = f"{name:<28}{each.new:>5} new {each.changed:>5} changed {each.unchanged:>5} unchanged  {trouble}"
        console().print(line.rstrip(), markup=False)
        if name in spans:
            console().print(f"{'':<28}{spans[name]}", markup=False)
    console().print(f"{report.kept} pages kept, {report.index.written} articles indexed, {report.read.refused} refused")


def _tell_next(standing: "Due", *, as_json: bool) -> None:
    """Say that nothing is due, and what will be."""
    from sosik.model.instants import KST

    source, at = standing.next if standing.next is not None else (None, None)
    when = at.astimezone(KST).isoformat(timespec="minutes") if at else None
    if as_json:
        print_json({"kept": 0, "due": [], "next": {"source": source.id if source else None, "at": when}})
    else:
        told = f"nothing is due; next is {source.id if source else ''} at {when}. `sosik crawl --all` visits all now"
        console().print(told, markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(crawl)
