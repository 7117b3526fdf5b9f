"""`sosik show`: one article, whole."""

from typing import Annotated

import typer

from sosik.app.cli.output import Json, console, print_json


def show(
    article: Annotated[str, typer.Argument(help="The id of an article, as search prints it; its first digits do.")],
    as_json: Json = False,
) -> None:
    """Show an article with its dates, revisions, topics and the words that prove them.

    Example: `sosik show 3f9c2a7be41d0c55`
    """
    from sosik.app.flows.show import find
    from sosik.app.formats import article_object
    from sosik.app.wiring import wire

    wiring = wire()
    found = find(wiring, article)
    sources = {each.id: each for each in wiring.sources()}
    answer = article_object(found.article, found.analysis, found.revisions, sources.get(found.article.source))
    if as_json:
        print_json(answer)
        return
    out = console()
    out.print(answer["title"], style="bold", markup=False)
    out.print(f"{answer['outlet']} · {answer['published'] or 'undated'} · {answer['url']}", style="dim", markup=False)
    if answer["authors"]:
        out.print(", ".join(answer["authors"]), style="dim", markup=False)
    if len(found.revisions) > 1:
        out.print(f"revision {answer['revision']}; first published as: {found.revisions[0].title}", markup=False)
    out.print()
    out.print(answer["text"], markup=False)
    out.print()
    for topic in answer["topics"]:
        words = ", ".join(dict.fromkeys(each["text"] for each in topic["evidence"]))
        out.print(f"{topic['id']} {topic['score']:.2f}: {words}", markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(show)
