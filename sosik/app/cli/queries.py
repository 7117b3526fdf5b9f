"""Queries as they come from a shell."""

import typer

from sosik.model.query import Node, parse


def read_query(words: list[str] | None) -> Node:
    """Return the tree of a query given as shell words; raises QueryMistake, or a usage error for unknown options."""
    for word in words or []:
        if word.startswith("--"):
            raise typer.BadParameter(f"no such option: {word}")
    return parse(" ".join(words or []))
