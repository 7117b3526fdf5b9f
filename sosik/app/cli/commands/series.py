"""`sosik series`: numbered features and their parts, and what editors decide about them."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sosik.app.cli.output import Json, console, print_json
from sosik.app.cli.showing import SHOW, By, ShowingGroup

if TYPE_CHECKING:
    from datetime import datetime

    from sosik.app.flows.series import SeriesView
    from sosik.model.series import Series

Name = Annotated[str, typer.Argument(metavar="SERIES", help="The name or id of a series, however it is spaced.")]


def show(
    name: Annotated[str, typer.Argument(help="The name or id of a series, however it is spaced; empty: all.")] = "",
    outlet: Annotated[str, typer.Option(help="Only this outlet's, by its id.")] = "",
    as_json: Json = False,
) -> None:
    """List the numbered features, or show the parts of one: which are there, which are missing, is it finished.

    Examples: `sosik series` · `sosik series '모두의 AI 광주'` · `sosik series --outlet it-life --json`
    """
    from sosik.app.flows.series import list_series, view_series
    from sosik.app.formats import rename_object, series_object, series_view_object
    from sosik.app.wiring import wire

    wiring = wire()
    now = wiring.clock.now()
    if name:
        for view in view_series(wiring, name):
            if as_json:
                print_json(series_view_object(view, now=now))
            else:
                _show(view, now)
        return
    found = list_series(wiring, outlet or None)
    if as_json:
        for each in found.series:
            print_json(series_object(each, now=now, parts=False))
        for rename in found.renames:
            print_json(rename_object(rename))
        return
    out = console()
    for each in found.series:
        out.print(f"{each.id}  {each.source:<20}{each.name}  {_state(each, now)}", markup=False)
    for rename in found.renames:
        out.print(f"may be one: {rename.old.name} → {rename.new.name} ({rename.reason})", style="dim", markup=False)
        out.print(f"  if so: sosik series join {rename.old.id} {rename.new.id}", style="dim", markup=False)
        out.print(f"  if not: sosik series separate {rename.old.id} {rename.new.id}", style="dim", markup=False)
    if not found.series:
        out.print("no series", style="dim")


def join(
    series: Name,
    others: Annotated[list[str], typer.Argument(help="Series of the same outlet that go on with it.")],
    by: By = "",
    as_json: Json = False,
) -> None:
    """Make one series of several, now, for parts yet to come, and on every replay: the outlet renamed its feature.

    The series keeps its id and name; it is found by the other names as well, and alerts on those go on.

    Example: `sosik series join '골목에 간 인공지능' '골목으로 간 AI' --by kim`
    """
    from sosik.app.flows.series import join_series
    from sosik.app.formats import series_object
    from sosik.app.wiring import wire

    wiring = wire()
    joined = join_series(wiring, series, others, by=by)
    if as_json:
        print_json(series_object(joined, now=wiring.clock.now()))
    else:
        console().print(f"series {joined.id}: {_parts(joined)} of {joined.name}", markup=False)


def separate(
    series: Name,
    other: Annotated[str, typer.Argument(help="The name or id that is no part of it.")],
    by: By = "",
    as_json: Json = False,
) -> None:
    """Take a joining back, or say of two series that they are two and need not be suggested again.

    Example: `sosik series separate '골목에 간 인공지능' '골목으로 간 AI'`
    """
    from sosik.app.flows.series import separate_series
    from sosik.app.formats import series_object
    from sosik.app.wiring import wire

    wiring = wire()
    for each in separate_series(wiring, series, other, by=by):
        if as_json:
            print_json(series_object(each, now=wiring.clock.now()))
        else:
            console().print(f"series {each.id}: {_parts(each)} of {each.name}", markup=False)


def _parts(series: "Series") -> str:
    count = len(series.installments)
    return f"{count} part{'' if count == 1 else 's'}"


def _state(series: "Series", now: "datetime") -> str:
    words = [_parts(series)]
    if series.finished:
        words.append("finished")
    if series.gaps:
        words.append(f"missing {', '.join(series.gap_ranges)}")
    silence = series.silent(now)
    if silence is not None:
        words.append(f"silent for {silence.days} days")
    return ", ".join(words)


def _show(view: "SeriesView", now: "datetime") -> None:
    out, series = console(), view.series
    out.print(series.name, style="bold", markup=False)
    out.print(f"{series.id} · {series.source} · {_state(series, now)}", style="dim", markup=False)
    if len(series.names) > 1:
        out.print(f"also called {', '.join(series.names[1:])}", style="dim", markup=False)
    for part in series.installments:
        mark: Any = part.number if part.number is not None else part.label or "–"
        day = part.published.day.isoformat() if part.published else "undated   "
        final = " final" if part.final else ""
        out.print(f"{mark!s:>4}{final:<6}  {day}  {part.article}  {part.title}", markup=False)
    for made in view.decisions:
        by = f" by {made.by}" if made.by else ""
        named = f"{view.name_of(made.series)} | {view.name_of(made.other)}"
        out.print(f"  {made.kind} on {made.at.date().isoformat()}{by}: {named}", style="dim", markup=False)


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=ShowingGroup, rich_markup_mode="markdown")
    group.command(SHOW)(show)
    group.command()(join)
    group.command()(separate)
    app.add_typer(group, name="series", help="Show, join and separate series: `series NAME` shows one, `series` lists.")
