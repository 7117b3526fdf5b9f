"""`sosik series`: numbered features and their parts."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sosik.app.cli.output import Json, console, print_json

if TYPE_CHECKING:
    from datetime import datetime

    from sosik.model.series import Series


def series(
    name: Annotated[str, typer.Argument(help="The name or id of a series, however it is spaced; empty: all.")] = "",
    outlet: Annotated[str, typer.Option(help="Only this outlet's, by its id.")] = "",
    as_json: Json = False,
) -> None:
    """List the numbered features, or show the parts of one: which are there, which are missing, is it finished.

    Examples: `sosik series` · `sosik series '모두의 AI 광주'` · `sosik series --outlet it-life --json`
    """
    from sosik.app.flows.series import find_series, list_series
    from sosik.app.formats import rename_object, series_object
    from sosik.app.wiring import wire

    wiring = wire()
    now = wiring.clock.now()
    if name:
        for each in find_series(wiring, name):
            if as_json:
                print_json(series_object(each, now=now))
            else:
                _show(each, now)
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
    if not found.series:
        out.print("no series", style="dim")


def _state(series: "Series", now: "datetime") -> str:
    words = [f"{len(series.installments)} parts"]
    if series.finished:
        words.append("finished")
    if series.gaps:
        words.append(f"missing {', '.join(map(str, series.gaps))}")
    silence = series.silent(now)
    if silence is not None:
        words.append(f"silent for {silence.days} days")
    return ", ".join(words)


def _show(series: "Series", now: "datetime") -> None:
    out = console()
    out.print(series.name, style="bold", markup=False)
    out.print(f"{series.id} · {series.source} · {_state(series, now)}", style="dim", markup=False)
    for part in series.installments:
        mark: Any = part.number if part.number is not None else part.label or "–"
        day = part.published.day.isoformat() if part.published else "undated   "
        final = " final" if part.final else ""
        out.print(f"{mark!s:>4}{final:<6}  {day}  {part.article}  {part.title}", markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(series)
