"""`sosik search`: find articles."""

from typing import TYPE_CHECKING, Annotated

import typer

from sosik.app.cli.output import Json, complain, console, print_json

if TYPE_CHECKING:
    from sosik.model.search import Hit


def search(
    query: Annotated[list[str], typer.Argument(help="Words and fields; put the whole query in quotation marks.")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=1000, help="How many hits.")] = 10,
    newest: Annotated[bool, typer.Option("--newest", help="Newest first instead of best first.")] = False,
    copies: Annotated[bool, typer.Option(help="Show copies of one press release, too.")] = True,
    as_json: Json = False,
) -> None:
    """Find articles; the words that matched are marked in the original text.

    Words mean *and*; also `OR`, `-word`, `"phrase"`, `topic: region: outlet: org: person: series: kind: from: to:`.
    Fields take any name that the catalogue knows: `region:Gwangju`, `org:광주시`, `topic:"AI cluster"`.

    Examples: `sosik search 인공지능집적단지` · `sosik search org:광주시 region:Gwangju` ·
    `sosik search '실증 -교통 topic:demonstration-project from:2026-01'`
    """
    from sosik.app.cli.queries import read_query
    from sosik.app.flows.ask import ask_with_hints
    from sosik.app.formats import hit_object
    from sosik.app.wiring import wire
    from sosik.model.search import Order, Query

    where = read_query(query)
    order = Order.NEWEST if newest else Order.RELEVANCE
    result, hints = ask_with_hints(wire(), Query(where=where, limit=limit, order=order, copies=copies))
    for hint in hints:
        complain(hint, as_json=as_json, key="hint")
    if as_json:
        for hit in result.hits:
            print_json(hit_object(hit))
        return
    for hit in result.hits:
        show_hit(hit)
    shown = f"{len(result.hits)} of {result.total}" if result.total > len(result.hits) else f"{result.total}"
    console().print(f"{shown} article{'' if result.total == 1 else 's'}", style="dim")


def show_hit(hit: "Hit") -> None:
    """Print a hit for people: title, English line, where and when, the matched words in their surroundings."""
    from sosik.app.cli.snippets import marked_snippet, marked_title

    document = hit.document
    out = console()
    out.print(marked_title(document, hit.highlights, colour=out.is_terminal))
    if document.english:
        out.print(f"  {document.english}", style="italic", markup=False)
    when = document.published.iso()[:16].replace("T", " ") if document.published else "undated"
    gone = " · gone" if document.gone else ""
    out.print(f"  {document.outlet} · {when} · {document.article}{gone}", style="dim", markup=False)
    snippet = marked_snippet(document, hit.highlights, colour=out.is_terminal)
    if snippet:
        out.print(snippet)
    out.print()


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(context_settings={"ignore_unknown_options": True})(search)
