"""`sosik replay`: everything derived, made anew from the kept pages."""

from typing import Annotated

import typer

from sosik.app.cli.output import Json, console, print_json, progress_bars, tell_what_waits


def replay(
    topics: Annotated[bool, typer.Option("--topics", help="Only analyse again, do not extract again.")] = False,
    as_json: Json = False,
) -> None:
    """Extract and analyse everything again from the archive, without a new crawl, and bring the index up to date.

    After a change of topics or steps `sosik replay --topics` is enough: it analyses what other steps analysed.
    Printed are pages read again, articles that read otherwise now (corrected), pages that gave no article (refused),
    analyses that were missing or say something else now, and articles that the index was told of.

    Examples: `sosik replay` · `sosik replay --topics --json`
    """
    from sosik.app.flows.replay import replay as again
    from sosik.app.wiring import wire

    with progress_bars(shown=not as_json) as progress:
        report = again(wire(), topics_only=topics, progress=progress)
    tell_what_waits(report.index, as_json=as_json)
    answer = {
        "pages": report.pages,
        "corrected": report.corrected,
        "refused": report.refused,
        "analysed": report.analysed,
        "indexed": report.index.written,
    }
    if as_json:
        print_json(answer)
    else:
        console().print("\n".join(f"{name:<12}{count}" for name, count in answer.items()))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(replay)
