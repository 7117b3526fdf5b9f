"""`sosik demo`: the whole of it, offline."""

import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sosik.app.cli.output import Json, console, print_json, progress_bars

if TYPE_CHECKING:
    from datetime import datetime

    from sosik.app.flows.demo import DemoReport
    from sosik.app.wiring import Wiring

_SERIES = "모두의 AI 광주"
_STORIES = 5  # printed, those of most articles
SEARCHES = ("인공지능집적단지", "실증사업 -교통", '"모두의 AI" outlet:IT라이프 from:2026-01-01')


def demo(
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Open the dashboard afterwards.")] = True,
    at: Annotated[str, typer.Option(help="Visit at this moment of the demonstration: 2026-03-23T21:00.")] = "",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the dashboard answers; 0: any free one.")] = 8000,
    as_json: Json = False,
) -> None:
    """Crawl seven made-up Korean newspapers served on this machine, tag and search them. Needs no network.

    Data goes to SOSIK_DATA (default var/). A second run asks every page whether it has changed, and adds nothing. Every
    command reads that folder as of the demonstration's last day, until anything else is crawled or imported into it.

    Examples: `sosik demo --no-serve` · `SOSIK_DATA=/srv/try sosik demo --no-serve --json`
    """
    from sosik.app.cli.spans import read_moment
    from sosik.app.flows.demo import run_demo
    from sosik.app.wiring import wire

    wiring = wire()
    with progress_bars(shown=not as_json) as progress:
        report = run_demo(wiring, at=read_moment(at) if at else None, progress=progress)
    if as_json:
        print_json(
            {
                "articles": report.articles,
                "new": report.new,
                "revisions": report.revisions,
                "captures": report.captures,
                "stories": report.stories,
                "series": report.series,
                "briefs": report.briefs,
                "alerts": len(report.alerts),
                "data": str(wiring.settings.data.absolute()),
                "kept": report.kept,
                "unchanged": report.unchanged,
                "refused": report.refused,
                "by_source": report.by_source,
            }
        )
        return
    _print(wiring, report)
    if serve:
        _serve(wiring, at=read_moment(at) if at else None, port=port)
    else:
        console().print("Dashboard: sosik serve, then http://127.0.0.1:8000", markup=False)


def _serve(wiring: "Wiring", *, at: "datetime | None", port: int) -> None:
    """Serve what was collected, on the demonstration's time: its today is the day that the newspapers stop at."""
    from sosik.app.cli.commands.serve import tell_address
    from sosik.app.flows.serve import serve
    from sosik.demo.clock import DEMO_NOW, DemoClock

    on_its_time = replace(wiring, clock=DemoClock(at or DEMO_NOW))
    serve(on_its_time, host="127.0.0.1", port=port, to_network=False, ready=tell_address)


def _print(wiring: "Wiring", report: "DemoReport") -> None:
    from rich.table import Table

    from sosik.app.cli.commands.search import show_hit
    from sosik.app.flows.ask import living_index
    from sosik.model.query import parse
    from sosik.model.search import FacetField, Interval, Query

    out = console()
    out.print(
        f"{report.kept} pages kept now ({report.captures} in all), {report.unchanged} had not changed, "
        f"{report.refused} gave no article",
        style="bold",
    )
    out.print(f"{report.articles} articles: {report.new} new, {report.revisions} revised\n")
    with living_index(wiring) as index:
        facets = (FacetField.OUTLET, FacetField.TOPIC)
        counts = index.search(Query(limit=1, facets=facets, facet_size=30, histogram=Interval.MONTH, highlight=False))
        for facet, title in zip(counts.facets, ("Articles by outlet", "Topics"), strict=True):
            table = Table(title=title, title_justify="left", show_header=False, box=None)
            for value, count in facet.values:
                table.add_row(value, str(count), "█" * count, style=None)
            out.print(table, "")
        for query in SEARCHES:
            result = index.search(Query(where=parse(query), limit=3))
            out.print(f"Search: {query}", f"— {result.total} found\n", style="bold", markup=False)
            for hit in result.hits:
                show_hit(hit)
        table = Table(title="Articles by month", title_justify="left", show_header=False, box=None)
        for bucket in counts.histogram:
            table.add_row(bucket.key, str(bucket.count), "█" * bucket.count)
        out.print(table, "")
    _print_stories(wiring)
    _print_brief(wiring)
    for file in report.alerts:
        out.print(f"Alert: {file.absolute()}", markup=False)
    tries = "Try: sosik search 자율주행 · sosik trends --by topic"
    out.print(f"Data: {wiring.settings.data.absolute()}   {tries}", markup=False)
    if shutil.which("sosik") is None:  # as after `make demo`, in an environment that nobody activated
        out.print(f"`sosik` is {Path(sys.executable).with_name('sosik')}", markup=False)


def _print_stories(wiring: "Wiring") -> None:
    from sosik.app.cli.commands.story import told
    from sosik.app.flows.story import list_stories

    out = console()
    out.print("Stories (sosik story ID shows one)")
    largest, _ = list_stories(wiring, _STORIES)
    for each in largest:
        out.print(f" {told(each)}", markup=False)
        out.print(f"   {each.story.reason}", style="dim", markup=False)
    out.print("")


def _print_brief(wiring: "Wiring") -> None:
    """Print the brief of the series' last part, where that part has been published."""
    from sosik.app.briefs import brief_markdown
    from sosik.app.flows.briefs import brief_of
    from sosik.app.flows.series import list_series

    parts = (part for each in list_series(wiring).series if each.name == _SERIES for part in each.installments)
    last = next((part.article for part in parts if part.final), None)
    if last is None:
        return
    found, brief = brief_of(wiring, last)
    source = next((each for each in wiring.catalogue.sources() if each.id == found.article.source), None)
    typer.echo(brief_markdown(brief, found.article, source))
    console().print(f"Brief: sosik brief {last}", markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(demo)
