"""Wrong words on the command line: exit status 2 and one line, or one JSON object; help that shows how."""

import json
from collections.abc import Iterator

import pytest
import typer

from sosik.app.cli.registry import build
from tests.app.conftest import Call

WRONG = [
    ("search",),
    ("search", "AI", "--limit", "0"),
    ("search", "--newestt", "AI"),
    ("nonsense",),
    ("alert", "nonsense"),
    ("alert", "add", "--to", "you@example.org"),
    ("alert", "add", "--to", "you@example.org", "--new-series", "--query", "AI"),
    ("alert", "add", "--new-series"),
    ("trends", "--by", "nonsense"),
    ("eval", "nix", "gold.jsonl"),
    ("series", "join", "하나"),
    ("crawl", "--since", "gestern"),
    ("demo", "--at", "noon"),
    ("digest", "--since", "3x"),
]
FAILED = [
    ("eval", "topics", "missing.jsonl"),
    ("import", "missing.jsonl"),
    ("extract", "missing.html", "--url", "http://a.test/1"),
    ("analyse", "missing.jsonl"),
    ("group", "missing.jsonl"),
    ("headline", "missing.txt"),
    ("brief", "check", "missing.json"),
    ("show", "nothing"),
    ("story", "nothing"),
    ("series", "nothing"),
    ("takedown", "nothing", "--reason", "asked"),
    ("alert", "remove", "nothing"),
]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_wrong_usage_is_one_line_and_status_2(call: Call, words: tuple[str, ...]) -> None:
    answer = call(*words)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("sosik: ")
    assert len(answer.err.splitlines()) == 1
    asked = call(*words, "--json")
    assert (asked.status, asked.out) == (2, "")
    assert json.loads(asked.err).keys() == {"error"}


@pytest.mark.parametrize("words", FAILED, ids=" ".join)
def test_what_is_not_there_is_one_line_and_status_1(call: Call, words: tuple[str, ...]) -> None:
    answer = call(*words, "--json")
    assert (answer.status, answer.out) == (1, "")
    assert json.loads(answer.err).keys() >= {"error"}
    assert call(*words).err.startswith("sosik: ")


def test_groups_show_their_help(call: Call) -> None:
    for words in ((), ("alert",), ("brief",), ("sources",)):
        answer = call(*words)
        assert answer.status == 2
        assert "Usage: sosik" in answer.out + answer.err


def test_every_command_has_an_example_and_json(call: Call) -> None:
    found = list(commands(build()))
    assert len(found) >= 40
    for words in found:
        answer = call(*words, "--help")
        assert answer.status == 0
        assert "Example" in answer.out, words
        assert "--json" in answer.out, words


def commands(app: typer.Typer, *before: str) -> Iterator[tuple[str, ...]]:
    for each in app.registered_commands:
        name = each.name or (each.callback.__name__ if each.callback else "")
        yield (*before, name)
    for group in app.registered_groups:
        if group.typer_instance is not None and group.name:
            yield from commands(group.typer_instance, *before, group.name)
