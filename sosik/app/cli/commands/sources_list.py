"""`sosik sources list`: the outlets of the catalogue."""

from typing import Annotated

import typer

from sosik.app.cli.output import Json, console, print_json
from sosik.app.cli.registry import group


def list_sources(
    region: Annotated[str, typer.Option(help="Only this province in its short form: 광주, 전남 …")] = "",
    demo: Annotated[bool, typer.Option(help="The demonstration's outlets, too.")] = True,
    as_json: Json = False,
) -> None:
    """List the outlets that can be crawled.

    Example: `sosik sources list --region 광주`
    """
    from sosik.app.formats import source_object
    from sosik.app.wiring import wire

    for source in wire().sources():
        if (region and source.region != region) or (source.local and not demo):
            continue
        if as_json:
            print_json(source_object(source))
        else:
            console().print(
                f"{source.id:<28}{source.region}  {source.name} ({source.name_en})  {source.home}", markup=False
            )


def register(app: typer.Typer) -> None:
    """Add the command."""
    group(app, "sources", "The outlets: list them.").command("list")(list_sources)
