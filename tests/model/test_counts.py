"""What is remarkable about counts."""

from sosik.model.counts import most_frequent, rising, significant


def test_the_most_frequent_come_first_and_ties_go_by_value() -> None:
    assert most_frequent([("나", 2), ("가", 2), ("다", 3), ("라", 1)], 3) == (("다", 3), ("가", 2), ("나", 2))
    assert most_frequent([], 3) == ()


def test_what_is_as_frequent_as_everywhere_is_not_significant() -> None:
    found = significant(
        {"common": 50, "special": 10, "once": 1}, 50, {"common": 1000, "special": 20, "once": 1}, 1000, 5
    )
    assert [(each.value, each.now, each.expected) for each in found] == [("special", 10, 1.0)]
    assert significant({}, 0, {}, 0, 5) == ()


def test_a_rise_is_measured_by_shares_of_articles_and_the_greater_surprise_comes_first() -> None:
    found = rising({"steady": 7, "new": 6, "burst": 30}, 100, {"steady": 28, "burst": 20}, 400, 5)
    assert [(each.value, each.expected) for each in found] == [("burst", 5.0), ("new", 0.0)]
    assert len(rising({"new": 6, "burst": 30}, 100, {}, 400, 1)) == 1


def test_nothing_rises_because_there_are_more_articles() -> None:
    before = {"chips": 40, "mobility": 7, "once": 1}
    assert rising({value: 8 * count for value, count in before.items()}, 800, before, 100, 5) == ()
    assert [each.value for each in rising({"chips": 320, "mobility": 90}, 800, before, 100, 5)] == ["mobility"]


def test_two_articles_are_no_rise_and_nothing_rises_without_a_past() -> None:
    assert [each.value for each in rising({"two": 2, "three": 3}, 10, {}, 10, 5)] == ["three"]
    assert rising({"new": 6}, 10, {}, 0, 5) == ()
