"""`sosik alert add`: somebody wants to hear of something."""

from typing import Annotated

import typer

from sosik.app.cli.output import Json, console, print_json
from sosik.app.cli.registry import group
from sosik.model.digest import Cadence

HELP = "Who is told of what, by mail, webhook or chat: add, list, try out and remove rules; send."


def add(
    to: Annotated[str, typer.Option("--to", help="The address that is told: of mail, or as --by takes it.")] = "",
    by: Annotated[
        str, typer.Option("--by", help="The channel: email, webhook (signed JSON), chat (Slack and its like).")
    ] = "email",
    webhook: Annotated[str, typer.Option("--webhook", metavar="URL", help="The same as --by webhook --to URL.")] = "",
    series: Annotated[str, typer.Option("--series", help="New parts of this series, by name or id.")] = "",
    new_series: Annotated[bool, typer.Option("--new-series", help="Series that begin.")] = False,
    query: Annotated[str, typer.Option("--query", help="New articles that this query finds.")] = "",
    digest: Annotated[
        Cadence | None, typer.Option("--digest", help="A summary of every day or week that is over.")
    ] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Only about this topic; may be repeated.")] = None,
    region: Annotated[list[str] | None, typer.Option(help="Only on this region: 광주; may be repeated.")] = None,
    outlet: Annotated[list[str] | None, typer.Option(help="Only at this outlet; may be repeated.")] = None,
    as_json: Json = False,
) -> None:
    """Tell an address of new parts of a series, of new series, or of articles that a query finds; or send it digests.

    Give one of --series, --new-series, --query and --digest. A series may be named before its first part is there.
    --topic, --region and --outlet narrow each of them; --query narrows a digest.

    Examples: `sosik alert add --to you@example.org --series '모두의 AI 광주'` ·
    `sosik alert add --to you@example.org --new-series --topic ai-cluster --region 광주` ·
    `sosik alert add --to you@example.org --digest weekly --topic ai-cluster` ·
    `sosik alert add --webhook https://example.org/sosik --query '실증 region:광주'`
    """
    from sosik.app.flows.alert_rules import Wish, add_rule
    from sosik.app.formats import rule_object
    from sosik.app.wiring import wire

    if bool(to) == bool(webhook) or (webhook and by != "email"):
        raise typer.BadParameter("say who is told: --to ADDRESS (and --by CHANNEL), or --webhook URL")
    if sum((bool(series), new_series, bool(query and not digest), bool(digest))) != 1:
        raise typer.BadParameter(
            "an alert is for one of these: --series NAME, --new-series, --query '…', --digest weekly"
        )
    wish = Wish(
        to=webhook or to,
        by="webhook" if webhook else by,
        digest=digest.value if digest else "",
        series=series,
        new_series=new_series,
        query=query,
        topics=tuple(topic or ()),
        regions=tuple(region or ()),
        outlets=tuple(outlet or ()),
    )
    rule = add_rule(wire(), wish)
    if as_json:
        print_json(rule_object(rule))
    else:
        console().print(f"{rule.id}: `sosik alert test {rule.id}` shows what it would send", markup=False)


def register(app: typer.Typer) -> None:
    """Add the command."""
    group(app, "alert", HELP).command("add")(add)
