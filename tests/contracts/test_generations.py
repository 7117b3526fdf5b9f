"""What the Generations seam promises, on every engine."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from sosik.model.errors import Mismatch, NotFound, Refused
from sosik.model.ports.generations import Generations
from sosik.model.search import Query
from tests.contracts.index_corpus import PlainCutter, corpus, document
from tests.contracts.index_makers import ENGINES, IndexMaker

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=5)
OLD, NEW = document("old"), document("new")


@pytest.fixture(params=["tantivy", "elasticsearch"])
def maker(request: pytest.FixtureRequest) -> Iterator[IndexMaker]:
    made = ENGINES[request.param](request)
    yield made
    made.close()


@pytest.fixture
def generations(maker: IndexMaker) -> Generations:
    return maker.generations()


def held(generations: Generations, name: str | None) -> list[str]:
    assert name is not None
    return [each.article for each in generations.open(name).export(Query())]


def test_before_the_first_there_is_none(generations: Generations) -> None:
    assert (generations.living(), generations.filling(), generations.former()) == (None, None, None)
    assert generations.snapshots() == ()
    with pytest.raises(NotFound, match="a day"):
        generations.go_back(NOW)
    with pytest.raises(NotFound):
        generations.open(f"{generations.kind}-1")
    generations.forget_former()


def test_the_first_is_alive_at_once_and_the_next_is_not(generations: Generations) -> None:
    first = generations.begin()
    assert (generations.living(), generations.filling()) == (first, None)
    generations.bring_to_life(first, NOW)
    assert (generations.living(), generations.former()) == (first, None)
    generations.open(first).upsert([OLD])
    second = generations.begin()
    assert (generations.living(), generations.filling()) == (first, second)
    generations.open(second).upsert([NEW])
    assert held(generations, first) == [OLD.article]
    assert held(generations, second) == [NEW.article]


def test_what_was_begun_can_be_gone_on_with_or_begun_again(maker: IndexMaker) -> None:
    generations = maker.generations()
    generations.begin()
    second = generations.begin()
    generations.open(second).upsert([NEW])
    assert held(maker.generations(), maker.generations().filling()) == [NEW.article]
    again = generations.begin()
    assert generations.filling() == again
    assert held(generations, again) == []


def test_a_swap_is_seen_by_who_searches_and_the_former_can_come_back(maker: IndexMaker) -> None:
    generations, others = maker.generations(), maker.generations()
    first = generations.begin()
    generations.open(first).upsert([OLD])
    dashboard = others.open(first)
    second = generations.begin()
    generations.open(second).upsert([NEW])
    generations.bring_to_life(second, LATER)
    assert (others.living(), others.filling()) == (second, None)
    assert [each.article for each in dashboard.export(Query())] == [NEW.article]
    former = others.former()
    assert former is not None
    assert (former.name, former.since) == (first, LATER)

    assert generations.go_back(LATER) == first
    assert (others.living(), others.former()) == (first, None)
    assert held(others, first) == [OLD.article]


def test_at_most_the_living_and_the_former_stay(generations: Generations) -> None:
    names = [generations.begin()]
    for turn in range(3):
        names.append(generations.begin())
        generations.bring_to_life(names[-1], NOW + timedelta(hours=turn))
    former = generations.former()
    assert former is not None
    assert (generations.living(), former.name) == (names[-1], names[-2])
    for gone in names[:-2]:
        with pytest.raises(NotFound):
            generations.open(gone)
    generations.forget_former()
    assert generations.former() is None
    assert generations.living() == names[-1]


def test_terms_of_another_cutter_are_refused_but_a_new_generation_takes_them(maker: IndexMaker) -> None:
    old = maker.generations()
    first = old.begin()
    new = maker.generations(cutter=PlainCutter("plain-2"))
    with pytest.raises(Mismatch, match="sosik reindex"):
        new.open(first)
    second = new.begin()
    new.open(second).upsert([NEW])
    assert old.open(first).count() == 0
    new.bring_to_life(second, NOW)
    assert held(new, new.living()) == [NEW.article]


def test_a_copy_gives_back_what_was_there(generations: Generations) -> None:
    first = generations.begin()
    documents = corpus(50)
    generations.open(first).upsert(documents)
    generations.snapshot("before")
    generations.open(first).upsert([NEW])
    generations.open(first).delete([(documents[0].article, 2)])
    generations.snapshot("after")
    assert generations.snapshots() == ("before", "after")

    restored = generations.restore("before")
    assert (generations.living(), generations.filling()) == (first, restored)
    assert held(generations, restored) == sorted(each.article for each in documents)
    index = generations.open(restored)
    assert index.get(documents[7].article) == documents[7]
    index.upsert([NEW])
    generations.bring_to_life(restored, NOW)
    assert generations.open(restored).count() == 51


def test_a_copy_is_made_once_and_must_be_there(generations: Generations) -> None:
    generations.begin()
    generations.snapshot("once")
    with pytest.raises(Refused, match="once"):
        generations.snapshot("once")
    for name in ("../up", ".hidden", ""):
        with pytest.raises(Refused, match="cannot name"):
            generations.snapshot(name)
    with pytest.raises(NotFound, match="once"):
        generations.restore("other")
    assert generations.filling() is None


def test_a_removed_article_stays_removed_in_a_copy(generations: Generations) -> None:
    first = generations.begin()
    generations.open(first).upsert([OLD])
    generations.open(first).delete([(OLD.article, 1)])
    generations.snapshot("marks")
    index = generations.open(generations.restore("marks"))
    index.upsert([OLD])
    assert index.count() == 0
