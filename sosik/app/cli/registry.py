"""Finds the commands: every module of `commands/` that has a `register`."""

import importlib
import pkgutil
from typing import Annotated

import typer

from sosik.app.cli import commands

EPILOG = "Data lives under SOSIK_DATA (default var/). `sosik COMMAND --help` shows examples."


def build() -> typer.Typer:
    """Return the application with every command, in alphabetical order of the files."""
    app = typer.Typer(
        name="sosik",
        help="Follow Korean regional tech news: crawl, extract, tag, search.",
        epilog=EPILOG,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="markdown",
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback()(_root)
    for found in sorted(pkgutil.iter_modules(commands.__path__), key=lambda each: each.name):
        importlib.import_module(f"{commands.__name__}.{found.name}").register(app)
    return app


def group(app: typer.Typer, name: str, help_text: str) -> typer.Typer:
    """Return the group of that name (`sources` of `sources list`), made by whichever of its commands comes first."""
    for each in app.registered_groups:
        if each.name == name and each.typer_instance is not None:
            return each.typer_instance
    made = typer.Typer(no_args_is_help=True, rich_markup_mode="markdown")
    app.add_typer(made, name=name, help=help_text)
    return made


def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    """Follow Korean regional tech news: crawl, extract, tag, search."""
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"sosik {installed('sosik')}")
        raise typer.Exit
