"""`sosik digest`: what a span of days brought."""

from typing import Annotated

import typer

from sosik.app.cli.output import Json, complain, print_json


def digest(
    since: Annotated[str, typer.Option(help="From here on: 7d, 2w (that end with --until), or a day.")] = "7d",
    until: Annotated[str, typer.Option(help="The last day; empty: today.")] = "",
    topic: Annotated[list[str] | None, typer.Option(help="Only about this topic; may be repeated.")] = None,
    region: Annotated[list[str] | None, typer.Option(help="Only on this region: 광주; may be repeated.")] = None,
    outlet: Annotated[list[str] | None, typer.Option(help="Only at this outlet; may be repeated.")] = None,
    query: Annotated[str, typer.Option(help="Only what this query finds.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Stories of each topic; the others are counted.")] = 5,
    as_json: Json = False,
) -> None:
    """Sum up the last seven days, or others: stories by topic, new parts of series, rising topics; as Markdown.

    Articles are counted with and without copies of one press release, each with one topic only. Topics rise against
    the four spans of the same length before. `sosik alert add --digest weekly` has it sent.

    Examples: `sosik digest > week.md` · `sosik digest --since 2026-03-01 --until 2026-03-31 --topic ai-cluster --json`
    """
    from sosik.alerts.digests import digest_object, markdown
    from sosik.app.cli.spans import read_days
    from sosik.app.flows.digest import make_digest, newest_day
    from sosik.app.wiring import wire
    from sosik.model.digest import DigestWish
    from sosik.model.instants import KST
    from sosik.model.search import Period

    wiring = wire()
    first, last = read_days(since, until, wiring.clock.now().astimezone(KST).date())
    wish = DigestWish(
        period=Period(first=first, last=last),
        topics=tuple(topic or ()),
        regions=tuple(region or ()),
        outlets=tuple(outlet or ()),
        query=query,
    )
    made = make_digest(wiring, wish, stories=limit)
    if as_json:
        print_json(digest_object(made))
    else:
        typer.echo(markdown(made), nl=False)
        if not made.articles and (newest := newest_day(wiring)) is not None:
            complain(f"the newest article of all is of {newest}: --until {newest} ends there", as_json=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(digest)
