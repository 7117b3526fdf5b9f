"""`sosik show`: one article, whole."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sosik.app.cli.output import Json, console, print_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sosik.app.flows.differences import Difference
    from sosik.model.article import Article


def show(
    article: Annotated[str, typer.Argument(help="The id of an article, as search prints it; its first digits do.")],
    revisions: Annotated[bool, typer.Option("--revisions", help="What the publisher changed, by sentence.")] = False,
    as_json: Json = False,
) -> None:
    """Show an article with its revisions, its topics and the words that prove them, and who and what is named in it.

    Its people, organisations, regions, amounts and dates are listed; who is not in the gazetteer is marked unconfirmed.

    Examples: `sosik show 3f9c2a7be41d0c55` · `sosik show 3f9c --revisions`
    """
    from sosik.app.flows.differences import differences
    from sosik.app.flows.show import find
    from sosik.app.formats import article_object, difference_object
    from sosik.app.wiring import wire

    wiring = wire()
    found = find(wiring, article)
    sources = {each.id: each for each in wiring.catalogue.sources()}
    answer = article_object(found.article, found.analysis, found.revisions, sources.get(found.article.source))
    edits = differences(found.revisions) if revisions else ()
    if as_json:
        print_json({**answer, "differences": [difference_object(each) for each in edits]} if revisions else answer)
        return
    out = console()
    out.print(answer["title"], style="bold", markup=False)
    out.print(f"{answer['outlet']} · {answer['published'] or 'undated'} · {answer['url']}", style="dim", markup=False)
    if answer["authors"]:
        out.print(", ".join(answer["authors"]), style="dim", markup=False)
    if answer["gone"]:
        out.print("gone: its outlet has removed the page", style="bold", markup=False)
    if revisions:
        _print_edits(found.revisions, edits)
        return
    if len(found.revisions) > 1:
        out.print(f"revision {answer['revision']}; first published as: {found.revisions[0].title}", markup=False)
    out.print()
    out.print(answer["text"], markup=False)
    out.print()
    for topic in answer["topics"]:
        words = ", ".join(dict.fromkeys(each["text"] for each in topic["evidence"]))
        out.print(f"{topic['id']} {topic['score']:.2f}: {words}", markup=False)
    for kind, named in _named(answer).items():
        if named:
            out.print(f"{kind}: {', '.join(dict.fromkeys(named))}", markup=False)


def _named(answer: "Mapping[str, Any]") -> dict[str, list[str]]:
    """What was found in an article, by kind; an article that is not analysed yet has nothing."""
    return {
        "people": _people(answer.get("people", ())),
        "organisations": [each["name"] for each in answer.get("organisations", ())],
        "regions": list(answer.get("regions", ())),
        "amounts": [each["surface"] for each in answer.get("amounts", ())],
        "dates": [_with_note(each["iso"], each["surface"]) for each in answer.get("dates", ())],
        "unresolved dates": [_with_note(each["surface"], each["why"]) for each in answer.get("unresolved_dates", ())],
    }


def _people(mentions: "Iterable[Mapping[str, Any]]") -> list[str]:
    """Name each once, with the first role that is given, unconfirmed where no mention is in the gazetteer."""
    roles: dict[str, str] = {}
    confirmed = set()
    for each in mentions:
        roles[each["name"]] = roles.get(each["name"]) or each["role"]
        if each["entry"]:
            confirmed.add(each["name"])
    return [_with_note(name, role, "" if name in confirmed else "unconfirmed") for name, role in roles.items()]


def _with_note(what: str, *notes: str) -> str:
    told = ", ".join(each for each in notes if each)
    return f"{what} ({told})" if told else what


def _print_edits(revisions: "Sequence[Article]", edits: "Sequence[Difference]") -> None:
    out = console()
    out.print(f"{len(revisions)} revision{'s' if len(revisions) > 1 else ''}", markup=False)
    for each in edits:
        out.print()
        out.print(f"revision {each.revision}; {each.kept} sentences stayed", style="bold", markup=False)
        for before, after in (*((each.title,) if each.title else ()), *each.changes):
            if before is not None:
                out.print(f"- {before}", style="red", markup=False)
            if after is not None:
                out.print(f"+ {after}", style="green", markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(show)
