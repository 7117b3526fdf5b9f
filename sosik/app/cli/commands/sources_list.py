"""`sosik sources list`: the outlets of the catalogue."""

from typing import Annotated

import typer

from sosik.app.cli.output import Json, console, print_json
from sosik.app.cli.registry import group
from sosik.model.source import SourceKind


def list_sources(
    region: Annotated[str, typer.Option(help="Only this province in its short form: 광주, 전남 …")] = "",
    kind: Annotated[SourceKind | None, typer.Option(help="Only outlets of this sort.")] = None,
    unchecked: Annotated[bool, typer.Option("--unchecked", help="Only those that did not pass a check yet.")] = False,
    demo: Annotated[bool, typer.Option(help="The demonstration's outlets, too.")] = True,
    as_json: Json = False,
) -> None:
    """List the outlets that can be crawled.

    Examples: `sosik sources list --region 광주` · `sosik sources list --kind press-board --unchecked`
    """
    from sosik.app.flows.source_check import with_checks
    from sosik.app.formats import source_object
    from sosik.app.wiring import wire

    for source in with_checks(wire()):
        if (region and source.region != region) or (source.local and not demo) or (kind and source.kind is not kind):
            continue
        if unchecked and (source.checked or source.local):
            continue
        if as_json:
            print_json(source_object(source))
            continue
        state = f"checked {source.checked}" if source.checked else "" if source.local else "not checked"
        state = state if source.enabled else "not enabled"
        line = f"{source.id:<28}{source.region}  {source.name} ({source.name_en})  {source.home}  {state}"
        console().print(line.rstrip(), markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    group(app, "sources", "The outlets: list, add and check them.").command("list")(list_sources)
