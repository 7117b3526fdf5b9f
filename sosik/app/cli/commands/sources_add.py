"""`sosik sources add`: an outlet's file, from its home page."""

from typing import Annotated

import typer

from sosik.app.cli.output import Json, console, print_json, progress_bars
from sosik.app.cli.registry import group
from sosik.model.source import SourceKind


def add_source(
    url: Annotated[str, typer.Argument(help="The outlet's home page.")],
    name: Annotated[str, typer.Option("--id", help="Its id; else the host suggests one.")] = "",
    korean: Annotated[str, typer.Option("--name", help="Its Korean name; else the home page's.")] = "",
    english: Annotated[str, typer.Option("--name-en", help="Its own English name.")] = "",
    region: Annotated[str, typer.Option(help="Its province in short form, or 전국.")] = "전국",
    kind: Annotated[SourceKind, typer.Option(help="What sort of outlet it is.")] = SourceKind.NEWSPAPER,
    delay: Annotated[float, typer.Option(min=0, help="Seconds between two requests.")] = 3.0,
    proxy: Annotated[str, typer.Option(help="An HTTP proxy to go through.")] = "",
    local: Annotated[bool, typer.Option("--local", help="It stands on a private network.")] = False,
    as_json: Json = False,
) -> None:
    """Find feeds, sitemaps, charset and CMS family from a home page, try five articles, and write the outlet's file.

    The file is written into the folder that SOSIK_CATALOGUE names, or here; what only a person knows is left to be
    filled in. docs/how-to/add-a-source.md goes on from there.

    Example: `sosik sources add https://www.mudeung-sinmun.test/ --region 광주`
    """
    from sosik.app.flows.source_add import Wish, lacking
    from sosik.app.flows.source_add import add_source as add
    from sosik.app.formats import added_object
    from sosik.app.wiring import wire

    wish = Wish(url=url, id=name, name=korean, name_en=english, region=region, kind=kind, delay=delay)
    with progress_bars(shown=not as_json) as progress:
        added = add(wire(), wish, proxy=proxy or None, progress=progress, local=local)
    if as_json:
        print_json(added_object(added))
        return
    source = added.source
    for label, values in (
        ("feeds", source.feeds),
        ("sitemaps", source.sitemaps),
        ("lists", [each.url for each in source.lists]),
        ("family", [source.family or "none known"]),
        ("charset", added.check.charsets),
    ):
        console().print(f"{label:<10}{'  '.join(values) or 'none'}", markup=False)
    for address, found in added.articles:
        when = found.published.iso() if found.published else "no date"
        console().print(f"\n{address}\n  {found.title or found.error}", markup=False)
        console().print(
            f"  {when}  {', '.join(found.authors) or 'no author'}  {len(found.text)} characters", markup=False
        )
        console().print(f"  {found.text[:120]}", markup=False)
    for problem in added.check.problems:
        console().print(problem, style="yellow", markup=False)
    console().print(f"\n{added.file} is written. Still to be filled in:", markup=False)
    for each in lacking(source):
        console().print(f"  {each}", markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    group(app, "sources", "The outlets: list, add and check them.").command("add")(add_source)
