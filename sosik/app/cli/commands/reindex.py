"""`sosik reindex`: the index, made anew."""

import typer

from sosik.app.cli.output import Json, console, print_json, progress_bars


def reindex(as_json: Json = False) -> None:
    """Rebuild the search index from the ledger, beside the living one, then swap.

    Needed after a change of tokenizer, or when the index folder was lost. Searches go on meanwhile.
    """
    from sosik.app.flows.index import reindex as rebuild
    from sosik.app.wiring import wire

    wiring = wire()
    with progress_bars(shown=not as_json) as progress:
        report = rebuild(wiring, progress=progress)
    if as_json:
        print_json({"documents": report.written, "generation": wiring.generations().living()})
    else:
        console().print(f"{report.written} articles indexed")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(reindex)
