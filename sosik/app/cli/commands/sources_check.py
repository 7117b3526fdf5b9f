"""`sosik sources check`: is an outlet there, does it announce, can its articles be read?"""

from typing import Annotated

import typer

from sosik.app.cli.output import Json, console, print_json, progress_bars
from sosik.app.cli.registry import group


def check_sources(
    sources: Annotated[list[str] | None, typer.Argument(help="Ids of outlets; none: all that are enabled.")] = None,
    region: Annotated[str, typer.Option(help="Without ids: only this province: 광주, 전남 …")] = "",
    unchecked: Annotated[bool, typer.Option("--unchecked", help="Without ids: only those never checked.")] = False,
    proxy: Annotated[str, typer.Option(help="An HTTP proxy to go through.")] = "",
    as_json: Json = False,
) -> None:
    """Fetch robots.txt, feeds, lists and three articles of each outlet, politely, and note what came.

    What passes is followed by `sosik crawl` and the daily run from then on. The exit status is 1 where one did not.

    Examples: `sosik sources check jnilbo kbc` · `sosik sources check --region 광주`
    """
    from sosik.app.flows.crawl import chosen
    from sosik.app.flows.source_check import check_sources as look
    from sosik.app.flows.source_check import passed_checks
    from sosik.app.formats import source_check_object
    from sosik.app.wiring import wire

    wiring = wire()
    known = wiring.catalogue.sources()
    if sources:
        outlets = chosen(known, sources)
    else:
        done = passed_checks(wiring) if unchecked else {}
        outlets = tuple(
            each
            for each in known
            if each.enabled
            and not each.local
            and region in ("", each.region)
            and not (unchecked and (each.checked or each.id in done))
        )
    with progress_bars(shown=not as_json) as progress:
        checks = look(wiring, outlets, proxy=proxy or None, progress=progress)
    for each in checks:
        if as_json:
            print_json(source_check_object(each))
            continue
        word = "passed" if each.passed else "failed"
        counts = f"{each.announced} announced ({each.dated} dated), {each.complete} of {each.fetched} articles complete"
        line = f"{each.source:<28}{word}  robots.txt {each.robots}; {counts}; {' '.join(each.charsets)}"
        console().print(line.rstrip("; "), markup=False)
        for problem in each.problems:
            console().print(f"    {problem}", markup=False)
    if not all(each.passed for each in checks):
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    group(app, "sources", "The outlets: list, add and check them.").command("check")(check_sources)
