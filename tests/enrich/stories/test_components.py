"""From pairs to groups."""

import itertools
from datetime import UTC, datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from enrich.stories.components import components
from enrich.stories.telling import BY_AN_EDITOR, story_id, tell
from sosik.model.story import Decision, DecisionKind, Link, Member, StoryKind

AT = datetime(2026, 3, 2, tzinfo=UTC)


def link(one: str, other: str, points: float = 4.0, kind: StoryKind = StoryKind.SAME_EVENT) -> Link:
    return Link(one=one, other=other, kind=kind, points=points, wording=0.3, reason=f"{one}{other}")


def decision(kind: DecisionKind, articles: str, others: str) -> Decision:
    return Decision(kind=kind, articles=tuple(articles), others=tuple(others), at=AT)


def groups(articles: str, links: list[Link], *decisions: Decision, outlets: str = "") -> list[str]:
    known = dict(zip(articles, outlets, strict=True)) if outlets else None
    return ["".join(sorted(each)) for each in components(articles, links, decisions, outlets=known)]


def test_what_hangs_together_is_one_group_in_whatever_order_it_came() -> None:
    links = [link("a", "b"), link("b", "c"), link("d", "e")]
    for shuffled in itertools.permutations(links):
        assert groups("fedcba", list(shuffled)) == ["abc", "de"]


def test_links_to_strangers_are_passed_over() -> None:
    assert groups("ab", [link("a", "z"), link("b", "z")]) == []


def test_a_split_holds_against_links() -> None:
    assert groups("ab", [link("a", "b")], decision(DecisionKind.SPLIT, "a", "b")) == []


def test_after_a_split_a_third_goes_with_the_closer_one() -> None:
    links = [link("a", "c", 5.0), link("b", "c", 6.0), link("a", "b", 9.0)]
    assert groups("abc", links, decision(DecisionKind.SPLIT, "a", "b")) == ["bc"]


def test_two_articles_of_an_outlet_come_together_by_a_link_of_their_own_only() -> None:
    by_way_of_b = [link("a", "b", 6.0), link("b", "c", 5.0)]
    for shuffled in itertools.permutations(by_way_of_b):
        assert groups("abc", list(shuffled), outlets="XYX") == ["ab"]
        assert groups("abc", list(shuffled), outlets="XYZ") == ["abc"]
        assert groups("abc", [*shuffled, link("a", "c", 5.5)], outlets="XYX") == ["abc"]


@given(
    st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), st.integers(3, 9)), max_size=20),
    st.text(alphabet="XYZ", min_size=8, max_size=8),
    st.randoms(use_true_random=False),
)
def test_no_outlet_tells_twice_whatever_the_links_and_their_order(
    drawn: list[tuple[str, str, int]], outlets: str, chance: Random
) -> None:
    pairs = {(min(one, two), max(one, two)): points for one, two, points in drawn if one != two}
    links = [link(one, two, points) for (one, two), points in pairs.items()]
    found = groups("abcdefgh", links, outlets=outlets)
    of = dict(zip("abcdefgh", outlets, strict=True))
    for story in found:
        assert {pair for pair in itertools.combinations(story, 2) if of[pair[0]] == of[pair[1]]} <= pairs.keys()
    chance.shuffle(links)
    assert groups("hgfedcba", links, outlets=outlets[::-1]) == found


def test_two_stories_that_an_outlet_tells_stay_two() -> None:
    links = [link("a", "b", 6.0), link("c", "d", 6.0), link("b", "c", 3.0)]
    assert groups("abcd", links, outlets="XYZX") == ["ab", "cd"]
    assert groups("abcd", links, outlets="XYZZ") == ["abcd"]


def test_an_editor_may_join_what_an_outlet_tells_twice() -> None:
    merge = decision(DecisionKind.MERGE, "a", "c")
    assert groups("abc", [link("b", "c")], merge, outlets="XYX") == ["abc"]


def test_a_merge_needs_no_link_and_does_not_need_every_article() -> None:
    assert groups("ab", [], decision(DecisionKind.MERGE, "az", "b")) == ["ab"]


def test_the_last_word_on_a_pair_holds() -> None:
    split, merge = decision(DecisionKind.SPLIT, "a", "b"), decision(DecisionKind.MERGE, "b", "a")
    assert groups("ab", [link("a", "b")], split, merge) == ["ab"]
    assert groups("ab", [link("a", "b")], merge, split) == []


def test_a_story_knows_first_fullest_and_copies() -> None:
    members = [Member("late", "X", 3.0, 900), Member("first", "Y", 1.0, 200), Member("copy", "Z", 2.0, 210)]
    copied = link("copy", "first", 8.0, StoryKind.VERBATIM)
    told = tell("s", members, [copied, link("first", "late"), link("late", "stranger")])
    assert told.articles == ("first", "copy", "late")
    assert (told.first, told.fullest, told.copies) == ("first", "late", ("copy",))
    assert told.kind is StoryKind.SAME_EVENT
    assert told.reason == "firstlate"


def test_the_kind_of_a_story_is_that_of_its_weakest_part() -> None:
    members = [Member(name, "X", place, 1) for place, name in enumerate("abc")]
    verbatim = [link("a", "b", kind=StoryKind.VERBATIM), link("b", "c", kind=StoryKind.VERBATIM)]
    assert tell("s", members, verbatim).kind is StoryKind.VERBATIM
    reworded = [verbatim[0], link("b", "c", kind=StoryKind.PRESS_RELEASE_REWRITE)]
    assert tell("s", members, reworded).kind is StoryKind.PRESS_RELEASE_REWRITE
    assert tell("s", members, reworded).copies == ("b", "c")


def test_a_story_that_an_editor_made_says_so() -> None:
    told = tell("s", [Member("a", "X", 1.0, 1), Member("b", "Y", 2.0, 1)], [])
    assert (told.reason, told.kind, told.copies) == (BY_AN_EDITOR, StoryKind.SAME_EVENT, ())


def test_names_of_stories_do_not_change() -> None:
    assert story_id("0123456789abcdef") == story_id("0123456789abcdef")
    assert len({story_id("a"), story_id("b"), story_id("a", 1)}) == 3
