"""`sosik glossary`: Korean terms explained."""

from typing import Annotated

import typer

from sosik.app.cli.output import Json, console, print_json


def glossary(
    term: Annotated[str, typer.Argument(help="A term in Korean or romanized; without it all are listed.")] = "",
    as_json: Json = False,
) -> None:
    """Explain a term of Korean technology news, or list all.

    Examples: `sosik glossary 실증` · `sosik glossary siljeung` · `sosik glossary --json`
    """
    from sosik.app.briefs import card_markdown, card_object
    from sosik.app.wiring import wire
    from sosik.model.errors import NotFound

    terms = wire().catalogue.glossary()
    if not term:
        for each in terms:
            if as_json:
                print_json(card_object(each.card))
            else:
                console().print(f"{each.card.term} ({each.card.romanized}): {each.card.english}", markup=False)
        return
    wanted = "".join(term.split()).lower()
    found = [
        each
        for each in terms
        if wanted in {"".join(name.split()).lower() for name in (each.card.term, *each.also, each.card.romanized)}
    ]
    if not found:
        close = tuple(each.card.term for each in terms if term in each.card.term or term.lower() in each.card.english)
        raise NotFound("glossary term", term, known=close[:5], hint="`sosik glossary` lists all")
    for each in found:
        if as_json:
            print_json(card_object(each.card))
        else:
            typer.echo(card_markdown(each.card), nl=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(glossary)
