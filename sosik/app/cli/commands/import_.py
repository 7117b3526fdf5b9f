"""`sosik import`: take what others collected."""

from pathlib import Path
from typing import Annotated

import typer

from sosik.app.cli.output import Json, console, print_json, progress_bars, tell_what_waits

_SHOWN = 50  # refusals of a file; a WARC may hold thousands of images


def import_(
    paths: Annotated[list[Path], typer.Argument(help="Folders or files: .html, .warc(.gz), .jsonl, BigKinds .xlsx.")],
    as_json: Json = False,
) -> None:
    """Take saved pages, WARC files, article rows and BigKinds exports; report what was refused, and why.

    Saved pages need a manifest beside them: any .jsonl whose rows have `file` and `url` (a page that names its own
    address does without). Rows are {id, title, text, published, outlet, url}. Importing again adds nothing. The exit
    status is 1 where nothing at all could be taken.

    Examples: `sosik import saved-pages/` · `sosik import export.xlsx crawl.warc.gz rows.jsonl --json`
    """
    from sosik.app.flows.import_ import import_paths
    from sosik.app.wiring import wire

    with progress_bars(shown=not as_json) as progress:
        report = import_paths(wire(collecting=True), paths, progress=progress)
    tell_what_waits(report.index, as_json=as_json)
    if as_json:
        print_json(
            {
                "articles": len(report.articles),
                "files": [
                    {
                        "file": str(each.file),
                        "taken": each.taken,
                        "refused": [{"item": item, "reason": reason} for item, reason in each.refused],
                    }
                    for each in report.files.values()
                ],
            }
        )
    else:
        out = console()
        for each in report.files.values():
            out.print(f"{each.file}: {each.taken} taken, {len(each.refused)} refused", markup=False)
            for item, reason in each.refused[:_SHOWN]:
                out.print(f"  {item}: {reason}", style="yellow", markup=False)
            if len(each.refused) > _SHOWN:
                out.print(f"  … and {len(each.refused) - _SHOWN} more; --json names all", style="yellow")
        out.print(f"{len(report.articles)} article{'' if len(report.articles) == 1 else 's'}")
    if report.taken == 0:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_)
