"""`sosik eval`: quality on a gold file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sosik.app.cli.output import Json, console, print_json, progress_bars

if TYPE_CHECKING:
    from sosik.app.evaluate import Figure


def evaluate(
    kind: Annotated[str, typer.Argument(help="What to measure: extraction, topics …")],
    files: Annotated[list[Path], typer.Argument(help="Gold files (JSON Lines).")],
    faults: Annotated[bool, typer.Option("--faults", help="Print what was wrong, too.")] = False,
    as_json: Json = False,
) -> None:
    """Measure quality on gold files: shares and F1, with 95 % intervals by bootstrap.

    Stories are labelled in one file and told in another: `stories.jsonl` and, after it or beside it under that name,
    `stories-articles.jsonl`.

    Examples: `sosik eval extraction pages/gold.jsonl` · `sosik eval topics articles.jsonl --faults` ·
    `sosik eval stories stories.jsonl stories-articles.jsonl`
    """
    from sosik.app.evaluate import cases, kinds
    from sosik.app.wiring import wire

    if kind not in (known := kinds()):
        raise typer.BadParameter(f"no kind of evaluation {kind!r}; known: {', '.join(sorted(known))}")
    wiring = wire()
    for file, measure in cases(kind, files):
        with progress_bars(shown=not as_json) as progress:
            found = measure(wiring, file, progress)
        if as_json:
            figures = {each.name: _figure_object(each) for each in found.figures}
            answer = {"kind": found.kind, "file": str(file), "rows": found.rows, "figures": figures}
            print_json(answer | ({"faults": list(found.faults)} if faults else {}))
            continue
        out = console()
        out.print(f"{found.kind}: {file}, {found.rows} rows", style="bold", markup=False)
        for each in found.figures:
            out.print(_line(each), markup=False)
        for fault in found.faults if faults else ():
            out.print(f"  {fault}", markup=False)


def _figure_object(figure: "Figure") -> dict[str, float | int | None]:
    rounded = {name: _round(getattr(figure, name)) for name in ("value", "low", "high")}
    return {**rounded, "of": figure.of}


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _line(figure: "Figure") -> str:
    value = "    —" if figure.value is None else f"{figure.value:.3f}"
    interval = "" if figure.low is None or figure.high is None else f"  [{figure.low:.3f}, {figure.high:.3f}]"
    return f"  {figure.name:<28}{value}{interval}  of {figure.of}"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("eval")(evaluate)
