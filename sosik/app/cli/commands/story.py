"""`sosik story`: the articles that report one event, and what editors decide about that."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sosik.app.cli.output import Json, console, print_json
from sosik.app.cli.showing import SHOW, By, ShowingGroup

if TYPE_CHECKING:
    from sosik.app.flows.story import ListedStory, StoryView

Id = Annotated[str, typer.Argument(help="The id of a story, or of an article in it.")]


def show(
    story: Annotated[str, typer.Argument(help="The id of a story or of an article in it; empty: the largest.")] = "",
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100_000, help="How many stories to list.")] = 20,
    as_json: Json = False,
) -> None:
    """Show who reported an event, who first, who most, who copied, and why the articles are taken for one story.

    Examples: `sosik story` · `sosik story --limit 500 --json` · `sosik story 3f9c2a7be41d0c55 --json`
    """
    from sosik.app.flows.story import list_stories, view_story
    from sosik.app.formats import story_object
    from sosik.app.wiring import wire

    wiring = wire()
    if story:
        view = view_story(wiring, story)
        if as_json:
            print_json(_view_object(view))
        else:
            _print(view)
        return
    found, all_in_all = list_stories(wiring, limit)
    for each in found:
        if as_json:
            print_json({**story_object(each.story), "title": each.title})
        else:
            console().print(told(each), markup=False)
    if len(found) < all_in_all and not as_json:
        console().print(f"{len(found)} of {all_in_all} stories; --limit shows more", style="dim")
    elif not found and not as_json:
        console().print("no stories", style="dim")


def split(
    story: Id,
    articles: Annotated[list[str], typer.Argument(help="The articles that tell of another event.")],
    by: By = "",
    as_json: Json = False,
) -> None:
    """Keep articles apart from the others of a story, whatever the rules say, now and on every replay.

    Example: `sosik story split 3f9c2a7be41d0c55 91d0c553f9c2a7be`
    """
    from sosik.app.flows.story import split_story
    from sosik.app.wiring import wire

    left = split_story(wire(), story, articles, by=by)
    if as_json:
        print_json({"split": articles, "story": left.id if left else None})
    else:
        console().print(f"they are story {left.id} now" if left else "it is in no story now")


def merge(
    story: Id,
    others: Annotated[list[str], typer.Argument(help="Stories or articles that tell of the same event.")],
    by: By = "",
    as_json: Json = False,
) -> None:
    """Make one story of several, whatever the rules say, now and on every replay.

    Example: `sosik story merge 3f9c2a7be41d0c55 0c5591d03f9c2a7b`
    """
    from sosik.app.flows.story import merge_stories
    from sosik.app.formats import story_object
    from sosik.app.wiring import wire

    merged = merge_stories(wire(), story, others, by=by)
    if as_json:
        print_json(story_object(merged))
    else:
        console().print(f"story {merged.id}: {len(merged.articles)} articles")


def told(listed: "ListedStory") -> str:
    """Return a line on a story: its id, how many tell of it, how, and a headline."""
    story, copies = listed.story, len(listed.story.copies)
    counted = f"{len(story.articles)} articles, {copies} {'copy' if copies == 1 else 'copies'}"
    return f"{story.id}  {counted:<21}  {story.kind:<25}  {listed.title}"


def _view_object(view: "StoryView") -> dict[str, Any]:
    from sosik.app.formats import story_object

    copies = set(view.story.copies)
    return {
        **story_object(view.story),
        "members": [
            {
                "id": each.id,
                "title": each.title,
                "source": each.source,
                "published": each.published.iso() if each.published else None,
                "url": each.url,
                "copy": each.id in copies,
            }
            for each in view.articles
        ],
        "links": [
            {"articles": [each.one, each.other], "kind": each.kind.value, "reason": each.reason} for each in view.links
        ],
        "decisions": [
            {"kind": each.kind.value, "articles": list(each.articles), "others": list(each.others), "by": each.by}
            for each in view.decisions
        ],
    }


def _print(view: "StoryView") -> None:
    out, story = console(), view.story
    out.print(f"{story.id}  {story.kind}", style="bold", markup=False)
    out.print(story.reason, style="dim", markup=False)
    for each in view.articles:
        marks = [
            name
            for name, holds in (
                ("first", each.id == story.first),
                ("fullest", each.id == story.fullest),
                ("copy", each.id in story.copies),
            )
            if holds
        ]
        day = each.published.day.isoformat() if each.published else "undated   "
        out.print(f"  {day}  {each.id}  {each.source:<18} {', '.join(marks):<15} {each.title}", markup=False)
    for link in view.links:
        out.print(f"  {link.one} – {link.other}: {link.kind}, {link.reason}", style="dim", markup=False)
    for made in view.decisions:
        by = f" by {made.by}" if made.by else ""
        named = f"{', '.join(made.articles)} | {', '.join(made.others)}"
        out.print(f"  {made.kind} on {made.at.date().isoformat()}{by}: {named}", style="dim", markup=False)


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(cls=ShowingGroup, rich_markup_mode="markdown")
    group.command(SHOW)(show)
    group.command()(split)
    group.command()(merge)
    app.add_typer(group, name="story", help="Show, split and merge stories: `story ID` shows one, `story` lists.")
