"""`python -m benchmarks [NAME…] [--quick] [--json]`."""

import argparse
import json
import os
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.measure import Scale
from benchmarks.rows import Row
from benchmarks.runner import names, run
from sosik.model.errors import SosikError

_WIDTH = 200
_WORDS = {True: "reached", False: "not reached", None: ""}


def main() -> None:
    """Run the benchmarks that are named, all where none is; the status is 1 only where one could not run."""
    known = names()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure speed and memory as ratios.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(known)}; none: all")
    parser.add_argument("--quick", action="store_true", help="a tenth of the size: shows that it runs, not how fast")
    parser.add_argument("--scale", type=float, default=1.0, help="part of the full size (--quick is 0.1)")
    parser.add_argument("--json", action="store_true", help="one JSON object a row instead of the table")
    given = parser.parse_args()
    for name in given.names:
        if name not in known:
            parser.error(f"there is no benchmark {name!r}; known: {', '.join(known)}")
    scale = Scale(0.1 if given.quick else given.scale)
    rows: list[Row] = []
    failed = False
    for name in given.names or known:
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            found = run(name, scale)
        except SosikError as error:  # the others are measured all the same
            found, failed = [Row(name=name, unit="", note=f"did not run: {error}")], True
        rows += found
        for row in found:
            print(json.dumps(row.as_json(), ensure_ascii=False) if given.json else _line(row), flush=True)
    if not given.json:
        _print_table(rows, scale)
    if failed:
        sys.exit(1)


def _line(row: Row) -> str:
    return f"  {row.name}: {_figure(row.ours)} {row.unit}"


def _print_table(rows: Sequence[Row], scale: Scale) -> None:
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    size = "" if scale.factor == 1 else f", {scale.factor:g} of the full size"
    size += ": no figure to be quoted" if scale.factor < 1 else ""
    table = Table(title=f"{os.cpu_count()} cores, load {load}{size}", title_justify="left")
    table.add_column("what", no_wrap=True)
    for column in ("ours", "baseline", "ratio", "goal"):
        table.add_column(column, justify="right", no_wrap=True)
    for column in ("", "unit", "note"):
        table.add_column(column)
    for row in rows:
        figures = (_figure(row.ours), _figure(row.baseline), _figure(row.ratio))
        goal = "" if row.goal is None else str(row.goal)
        table.add_row(row.name, *figures, goal, _WORDS[row.reached], row.unit, row.note)
    # Off a terminal nothing says how wide a line may be: notes are to be read whole in a log.
    Console(width=None if sys.stdout.isatty() else _WIDTH).print(table)


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


if __name__ == "__main__":
    main()
