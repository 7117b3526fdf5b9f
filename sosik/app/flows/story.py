"""One story as people see it, and what editors decide about stories."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sosik.app.flows.lock import held
from sosik.app.flows.show import find
from sosik.app.flows.stories import LOCK, retell
from sosik.model.article import Article
from sosik.model.errors import NotFound
from sosik.model.ports.ledger import UnitOfWork
from sosik.model.story import Decision, DecisionKind, Link, Story

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story with its articles, first to last, the links that hold it, and what editors decided about it."""

    story: Story
    articles: tuple[Article, ...]
    links: tuple[Link, ...]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class ListedStory:
    """A story, and the headline that stands for it."""

    story: Story
    title: str


def view_story(wiring: "Wiring", name: str) -> StoryView:
    """Return the story of that id, or the one that an article of that id is in; raises NotFound."""
    with wiring.ledger() as ledger, ledger.read() as unit:
        story = _story(unit, name)
        articles = [found for each in story.articles if (found := unit.articles.get(each)) is not None]
        links = [each for each in unit.stories.links(story.articles) if {each.one, each.other} <= set(story.articles)]
        return StoryView(story, tuple(articles), tuple(links), unit.decisions.about(story.articles))


def list_stories(wiring: "Wiring", limit: int) -> tuple[tuple[ListedStory, ...], int]:
    """Return the stories with most articles, and how many stories there are in all."""
    with wiring.ledger() as ledger, ledger.read() as unit:
        told = ((each, unit.articles.get(each.told_by)) for each in unit.stories.largest(limit))
        return tuple(ListedStory(each, by.title if by else "") for each, by in told), unit.stories.count()


def split_story(wiring: "Wiring", name: str, articles: Sequence[str], *, by: str = "") -> Story | None:
    """Keep these articles of a story apart from its others, for good; return what their story is then, if any.

    Raises NotFound where the story has no such article, or would have no other.
    """
    chosen = [find(wiring, each).article.id for each in articles]
    with held(wiring.settings.data, LOCK), wiring.ledger() as ledger, ledger.write() as unit:
        story = _story(unit, name)
        for each in chosen:
            if each not in story.articles:
                raise NotFound("article of the story", each, known=story.articles)
        others = [each for each in story.articles if each not in chosen]
        if not others:
            raise NotFound("other article in story", story.id, hint="name those that are to leave it")
        _decide(wiring, unit, DecisionKind.SPLIT, chosen, others, by=by)
        place = unit.stories.place(chosen[0])
        return unit.stories.get(place.story) if place else None


def merge_stories(wiring: "Wiring", name: str, others: Sequence[str], *, by: str = "") -> Story:
    """Make one story of several, or of a story and single articles, for good; raises NotFound."""
    with held(wiring.settings.data, LOCK), wiring.ledger() as ledger, ledger.write() as unit:
        sides = [_articles(unit, each) for each in (name, *others)]
        for place, side in enumerate(sides[1:], start=1):
            before = [each for some in sides[:place] for each in some]
            rest = [each for each in side if each not in before]
            if rest:
                _decide(wiring, unit, DecisionKind.MERGE, before, rest, by=by)
        return _story(unit, sides[0][0])


def _decide(
    wiring: "Wiring", unit: UnitOfWork, kind: DecisionKind, articles: Sequence[str], others: Sequence[str], *, by: str
) -> None:
    made = Decision(kind=kind, articles=tuple(articles), others=tuple(others), at=wiring.clock.now(), by=by)
    unit.decisions.add(made)
    retell(unit, [*articles, *others])


def _articles(unit: UnitOfWork, name: str) -> tuple[str, ...]:
    """Return the articles of a story, or the single article, of that id."""
    story = unit.stories.get(name)
    if story is not None:
        return story.articles
    if not unit.stories.measures([name]):
        raise NotFound("story or article", name, hint="`sosik story` and `sosik search` print ids")
    return (name,)


def _story(unit: UnitOfWork, name: str) -> Story:
    found = unit.stories.get(name)
    place = None if found else unit.stories.place(name)
    if place is not None:
        found = unit.stories.get(place.story)
    if found is None:
        raise NotFound("story", name, hint="`sosik story` lists the largest, `sosik show ID` names an article's")
    return found
