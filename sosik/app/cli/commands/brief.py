"""`sosik brief`: the English brief of an article, and the group of what else is done with briefs."""

from pathlib import Path
from typing import Annotated, Any

import typer

from sosik.app.cli.output import Json, complain, console, print_json, progress_bars
from sosik.app.cli.showing import SHOW, ShowingGroup

Id = Annotated[str, typer.Argument(help="The id of an article, as search prints it; its first digits do.")]


class BriefGroup(ShowingGroup):
    """`brief ID` means `brief show ID`."""

    lists = False


def show(article: Id, as_json: Json = False) -> None:
    """Show the brief of an article in Markdown, the Korean under each statement; it is drafted if there is none.

    Blocked statements did not pass the checks: they are shown as blocked, with the reason.

    Examples: `sosik brief 3f9c2a7be41d0c55` · `sosik brief 3f9c --json`
    """
    from sosik.app.briefs import brief_markdown, brief_object
    from sosik.app.flows.briefs import brief_of
    from sosik.app.wiring import wire

    wiring = wire()
    found, brief = brief_of(wiring, article)
    if as_json:
        print_json(brief_object(brief, found.article))
        return
    source = next((each for each in wiring.catalogue.sources() if each.id == found.article.source), None)
    typer.echo(brief_markdown(brief, found.article, source), nl=False)


def check(
    file: Annotated[Path, typer.Argument(help="{title, text, published, outlet, url, statements}; - is stdin.")],
    as_json: Json = False,
) -> None:
    """Check English statements against Korean sentences: citations, numbers, names, dates, direction, certainty.

    FILE holds {title, text, published, outlet, url, statements: [{text, cites: [n]}]} and, if it wishes, sentences:
    [text]. Without them the title is sentence 1 and the text is cut by us. A line of JSON a statement: {index, text,
    check, reasons}; index counts from 0.

    Example: `sosik brief check statements.json`
    """
    from sosik.app.cli.files import opened
    from sosik.app.flows.brief_check import check_brief
    from sosik.app.wiring import wire

    with opened(file) as stream:
        statements = check_brief(wire(), stream)
    for index, each in enumerate(statements):
        result: dict[str, Any] = {"index": index, "text": each.text, "check": each.check.result.value}
        print_json(result | {"reasons": list(each.check.reasons), "cites": list(each.cites)})


def draft(as_json: Json = False) -> None:
    """Draft the briefs that are missing or made of something older; what editors approved stays.

    Example: `sosik brief draft`
    """
    from sosik.app.flows.briefs import draft_missing
    from sosik.app.wiring import wire

    with progress_bars(shown=not as_json) as progress:
        report = draft_missing(wire(), progress=progress)
    for note in report.notes:
        complain(note, as_json=as_json)
    counts = {each.value: count for each, count in report.statements.items()}
    if as_json:
        print_json({"drafted": report.drafted, "statements": counts, "notes": report.notes})
        return
    said = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    console().print(f"{report.drafted} briefs drafted{f'; statements: {said}' if said else ''}")


def approve(article: Id, as_json: Json = False) -> None:
    """Mark a brief as approved: it stays as it is until the outlet changes the article.

    Example: `sosik brief approve 3f9c2a7be41d0c55`
    """
    _decide(article, "approved", as_json=as_json)


def withdraw(article: Id, as_json: Json = False) -> None:
    """Mark a brief as withdrawn: it is no longer sent or shown as English title.

    Example: `sosik brief withdraw 3f9c2a7be41d0c55`
    """
    _decide(article, "withdrawn", as_json=as_json)


def _decide(article: str, status: str, *, as_json: bool) -> None:
    from sosik.app.flows.briefs import decide
    from sosik.app.wiring import wire
    from sosik.model.brief import BriefStatus

    changed = decide(wire(), article, BriefStatus(status))
    if as_json:
        print_json({"article": article, "status": status, "changed": changed})
    else:
        console().print(f"{status}" if changed else f"was {status} already")


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=BriefGroup, no_args_is_help=True, rich_markup_mode="markdown")
    group.command(SHOW)(show)
    for command in (check, draft, approve, withdraw):
        group.command()(command)
    app.add_typer(group, name="brief", help="Show, check and draft English briefs: `brief ID` shows one.")
