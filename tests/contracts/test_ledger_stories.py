"""What the ledger promises of stories and of editors' decisions, on every implementation."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sosik.model.article import Article
from sosik.model.errors import NotFound
from sosik.model.instants import Provenance, Published
from sosik.model.ports.ledger import Ledger
from sosik.model.ports.stories import Footprint, Place
from sosik.model.story import Decision, DecisionKind, Link, Member, Story, StoryKind
from tests.contracts.test_ledger import Opener, clock, opener, server  # noqa: F401 - fixtures of the same ledgers
from tests.storage.samples import START, analysis, article

MADE_BY = "rules 1"
ONE, TWO, THREE = (article(number) for number in (1, 2, 3))
ALL = (ONE, TWO, THREE)
IDS = tuple(each.id for each in ALL)


@pytest.fixture
def ledger(opener: Opener) -> Ledger:  # noqa: F811 - the fixture imported above
    ledger = opener()
    with ledger.write() as unit:
        for each in ALL:
            unit.articles.put(each)
            unit.analyses.put(analysis(each))
    return ledger


def footprint(of: Article, *keys: int, order: float = 0.0, length: int = 5) -> Footprint:
    return Footprint(article=of.id, keys=keys, profile=of.id.encode() + b"\0\xff", order=order, length=length)


def link(one: Article, other: Article, points: float = 4.0) -> Link:
    first, second = sorted((one.id, other.id))
    kind = StoryKind.SAME_EVENT
    return Link(one=first, other=second, kind=kind, points=points, wording=0.25, reason="둘 다 120억")


def story(name: str, *articles: Article, copies: tuple[Article, ...] = ()) -> Story:
    """As the ledger gives it back: in order of publication, then of ids; the longest is the fullest."""
    ids = tuple(each.id for each in articles)
    return Story(
        id=name,
        kind=StoryKind.VERBATIM,
        articles=ids,
        copies=tuple(each.id for each in copies),
        first=ids[0],
        fullest=ids[-1],
        reason="같은 글",
    )


def filed(ledger: Ledger) -> None:
    """Every article has a footprint; the later number is the later and the longer one."""
    with ledger.write() as unit:
        unit.stories.file((footprint(each, order=place, length=place) for place, each in enumerate(ALL)), MADE_BY)


def outdated(ledger: Ledger, made_by: str = MADE_BY) -> set[str]:
    with ledger.read() as unit:
        return set(unit.stories.outdated(IDS, made_by))


def test_footprints_are_made_of_articles_and_their_analyses(ledger: Ledger) -> None:
    with ledger.read() as unit:
        found = {each.id: (each, made) for each, made in unit.stories.sources([*IDS, "unknown"])}
        assert found.keys() == set(IDS)
        assert found[ONE.id] == (unit.articles.get(ONE.id), analysis(ONE))


def test_what_has_no_footprint_is_outdated(ledger: Ledger) -> None:
    with ledger.read() as unit:
        assert sorted(unit.stories.outdated([*IDS, "unknown"], MADE_BY)) == sorted(IDS)
    filed(ledger)
    assert outdated(ledger) == set()
    assert outdated(ledger, "rules 2") == set(IDS)


def test_another_analysis_or_another_day_outdates_a_footprint(ledger: Ledger) -> None:
    filed(ledger)
    with ledger.write() as unit:
        unit.analyses.put(analysis(ONE, topic="mobility"))
        moved = replace(TWO, published=Published.at_minute(START + timedelta(days=3), Provenance.JSON_LD))
        unit.articles.put(moved)
        unit.analyses.put(analysis(moved))
    assert outdated(ledger) == {ONE.id, TWO.id}


def test_an_article_without_an_analysis_of_its_revision_is_left_out(ledger: Ledger) -> None:
    with ledger.write() as unit:
        unit.articles.put(article(1, text="고친 본문이다.", minutes=5))
    assert outdated(ledger) == {TWO.id, THREE.id}
    with ledger.read() as unit:
        assert {each.id for each, _ in unit.stories.sources(IDS)} == {TWO.id, THREE.id}


def test_articles_are_found_by_key_in_the_order_in_which_they_were_filed(ledger: Ledger) -> None:
    with ledger.write() as unit:
        unit.stories.file([footprint(THREE, 7, 2**62)], MADE_BY)
        unit.stories.file([footprint(ONE, 7)], MADE_BY)
        assert unit.stories.filed([7, 8, 2**62]) == {7: [THREE.id, ONE.id], 2**62: [THREE.id]}
        unit.stories.file([footprint(THREE, 8)], MADE_BY)
        assert unit.stories.filed([7, 8, 2**62]) == {7: [ONE.id], 8: [THREE.id]}


def test_profiles_and_measures(ledger: Ledger) -> None:
    filed(ledger)
    with ledger.read() as unit:
        assert unit.stories.profiles([TWO.id, "unknown"]) == {TWO.id: TWO.id.encode() + b"\0\xff"}
        assert unit.stories.measures([TWO.id, "unknown"]) == {TWO.id: Member(TWO.id, TWO.source, 1.0, 1)}


def test_no_footprint_without_an_analysis(ledger: Ledger) -> None:
    with ledger.write() as unit, pytest.raises(NotFound):
        unit.stories.file([footprint(article(9))], MADE_BY)


def test_relinking_forgets_the_links_of_these_articles_only(ledger: Ledger) -> None:
    with ledger.write() as unit:
        unit.stories.relink(IDS, [link(ONE, TWO), link(TWO, THREE)])
        unit.stories.relink([ONE.id], [link(ONE, THREE)])
        found = unit.stories.links([ONE.id, TWO.id, THREE.id])
    assert set(found) == {link(TWO, THREE), link(ONE, THREE)}


def test_a_story_is_given_back_as_it_was_told(ledger: Ledger) -> None:
    filed(ledger)
    told = story("s1", ONE, TWO, THREE, copies=(TWO,))
    with ledger.write() as unit:
        assert unit.stories.put([told], IDS, {}) == 3
        assert unit.stories.put([told], IDS, {}) == 0
    with ledger.read() as unit:
        assert unit.stories.get("s1") == told
        assert unit.stories.place(TWO.id) == Place("s1", copy=True)
        assert unit.stories.stories_of([ONE.id, "unknown"]) == {ONE.id: "s1"}
        assert unit.stories.members(["s1", "s2"]) == {"s1": (ONE.id, TWO.id, THREE.id)}
        assert unit.stories.largest() == (told,)
        assert unit.stories.count() == 1


def test_only_documents_that_show_a_change_are_raised(ledger: Ledger) -> None:
    filed(ledger)
    with ledger.write() as unit:
        unit.stories.put([story("s1", ONE, TWO)], IDS, {})
        before = unit.versions(IDS)
    with ledger.write() as unit:
        unit.stories.put([story("s1", ONE, TWO, copies=(TWO,))], IDS, {})
        after = unit.versions(IDS)
    assert {name for name in IDS if after[name] > before[name]} == {TWO.id}


def test_articles_that_are_in_no_story_any_more_leave_it(ledger: Ledger) -> None:
    filed(ledger)
    with ledger.write() as unit:
        unit.stories.put([story("s1", ONE, TWO, THREE)], IDS, {})
        assert unit.stories.put([story("s1", ONE, TWO)], IDS, {}) == 1
    with ledger.read() as unit:
        assert unit.stories.place(THREE.id) is None
        assert unit.stories.get("s1") == story("s1", ONE, TWO)


def test_the_id_of_a_story_that_went_into_another_still_finds_it(ledger: Ledger) -> None:
    filed(ledger)
    whole = story("s2", ONE, TWO, THREE)
    with ledger.write() as unit:
        unit.stories.put([story("s1", ONE, TWO)], IDS, {})
        unit.stories.put([whole], IDS, {"s1": "s2"})
        assert unit.stories.get("s1") == whole
        unit.stories.put([], IDS, {"s2": None})
        assert unit.stories.get("s1") is None
        assert unit.stories.count() == 0


def test_a_story_of_one_is_not_counted(ledger: Ledger) -> None:
    filed(ledger)
    with ledger.write() as unit:
        unit.stories.put([story("s1", ONE)], IDS, {})
        assert unit.stories.count() == 0
        assert unit.stories.largest() == ()


def test_decisions_come_oldest_first_and_are_found_by_any_article(ledger: Ledger) -> None:
    split = Decision(kind=DecisionKind.SPLIT, articles=(ONE.id,), others=(TWO.id,), at=START, by="편집자")
    merge = Decision(kind=DecisionKind.MERGE, articles=(TWO.id,), others=("later",), at=START + timedelta(days=1))
    with ledger.write() as unit:
        unit.decisions.add(split)
        unit.decisions.add(merge)
    with ledger.read() as unit:
        assert unit.decisions.about([TWO.id]) == (split, merge)
        assert unit.decisions.about(["later"]) == (merge,)
        assert unit.decisions.about([THREE.id]) == ()
