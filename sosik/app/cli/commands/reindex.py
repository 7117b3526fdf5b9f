"""`sosik reindex`: the index, made anew."""

from typing import Annotated

import typer

from sosik.app.cli.output import Json, complain, console, print_json, progress_bars

Back = Annotated[
    bool, typer.Option("--back", help="Go back to the index that was alive before, which is kept for a day.")
]


def reindex(back: Back = False, as_json: Json = False) -> None:
    """Rebuild the search index from the ledger, beside the living one, compare the two, then swap.

    Needed after a change of tokenizer, or when the index was lost. Searches go on meanwhile; a rebuild that was cut
    short is gone on with.

    Examples: `SOSIK_TOKENIZER=konlpy.okt sosik reindex` · `sosik reindex --back`
    """
    from sosik.app.flows.reindex import go_back
    from sosik.app.flows.reindex import reindex as rebuild
    from sosik.app.wiring import wire

    wiring = wire()
    with progress_bars(shown=not as_json) as progress:
        if back:
            generation = go_back(wiring, progress=progress)
        else:
            report = rebuild(wiring, progress=progress)
    if back:
        _say(as_json, f"{generation} is searched again", generation=generation)
        return
    for article, reason in report.refused:
        complain(f"the index refused article {article}: {reason}", as_json=as_json, article=article)
    _say(
        as_json,
        f"{report.documents} articles indexed, {report.compared} compared",
        documents=report.documents,
        generation=report.generation,
        written=report.written,
        compared=report.compared,
        resumed=report.resumed,
        refused=len(report.refused),
    )


def _say(as_json: bool, line: str, **values: object) -> None:
    if as_json:
        print_json(values)
    else:
        console().print(line, markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(reindex)
