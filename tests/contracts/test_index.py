"""What the Index seam promises, on every engine."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from sosik.model.errors import Mismatch, QueryMistake
from sosik.model.ports.index import Index
from sosik.model.query import And, Everything, Node, Not, Word, parse
from sosik.model.search import Bucket, Document, Facet, FacetField, Interval, Order, Period, Query
from tests.contracts.index_corpus import (
    CUTTER,
    PlainCutter,
    corpus,
    counted_by_hand,
    document,
    found_by_hand,
    newest,
    queries,
)
from tests.contracts.index_makers import ENGINES, IndexMaker


@pytest.fixture(params=sorted(ENGINES))
def maker(request: pytest.FixtureRequest) -> Iterator[IndexMaker]:
    made = ENGINES[request.param](request)
    yield made
    made.close()


@pytest.fixture
def index(maker: IndexMaker) -> Index:
    return maker.open()


def ids(index: Index, text: str, *, copies: bool = True, order: Order = Order.NEWEST) -> list[str]:
    found = index.search(Query(where=parse(text), order=order, limit=1_000, copies=copies))
    assert found.total == len(found.hits)
    return [hit.document.article for hit in found.hits]


def all_pages(index: Index, query: Query) -> list[str]:
    found: list[str] = []
    cursor = ""
    while True:
        page = index.search(
            Query(where=query.where, order=query.order, limit=query.limit, cursor=cursor, copies=query.copies)
        )
        found += [hit.document.article for hit in page.hits]
        cursor = page.cursor
        if not cursor:
            return found
        assert len(page.hits) == query.limit


# --- writing


def test_what_was_written_is_given_back_whole(index: Index) -> None:
    documents = corpus(60)
    written = index.upsert(iter(documents))
    assert sorted(written.done) == sorted((each.article, 1) for each in documents)
    assert written.refused == ()
    assert [index.get(each.article) for each in documents] == documents
    assert index.count() == 60


def test_nothing_is_held_of_what_was_never_written(index: Index) -> None:
    assert index.get("0" * 16) is None
    assert index.get("no id") is None
    assert index.count() == 0
    assert index.search(Query()).hits == ()
    assert index.upsert([]).done == ()
    assert index.delete([]).done == ()


def test_a_higher_version_replaces_and_no_other_does(index: Index) -> None:
    second = document("a", "둘째", version=2)
    index.upsert([document("a", "첫째", version=1)])
    index.upsert([second])
    for late in (document("a", "늦은", version=1), document("a", "같은", version=2)):
        assert index.upsert([late]).done == ((late.article, late.version),)
    assert index.get(second.article) == second
    assert ids(index, "") == [second.article]
    assert ids(index, "첫째 OR 늦은 OR 같은") == []


def test_of_one_batch_the_highest_version_stays(index: Index) -> None:
    three = [document("a", f"판 {version}", version=version) for version in (2, 3, 1)]
    assert len(index.upsert(three).done) == 3
    assert index.get(three[0].article) == three[1]
    assert index.count() == 1


def test_a_removed_article_does_not_come_back_by_a_late_writer(index: Index) -> None:
    article = document("a").article
    index.upsert([document("a", version=1), document("b")])
    assert index.delete([(article, 3)]).done == ((article, 3),)
    for version in (1, 2, 3):
        index.upsert([document("a", version=version)])
    assert index.get(article) is None
    assert index.count() == 1
    assert ids(index, "") == ids(index, "-없는말") == [document("b").article]
    index.upsert([document("a", version=4)])
    assert index.count() == 2


def test_a_removal_that_comes_first_keeps_the_article_out(index: Index) -> None:
    article = document("a").article
    index.delete([(article, 2)])
    index.upsert([document("a", version=2)])
    assert index.count() == 0


@pytest.mark.parametrize("maker", ["tantivy", "elasticsearch"], indirect=True)  # the latter takes half a minute
def test_tidying_forgets_neither_documents_nor_removals(index: Index) -> None:
    documents = corpus(60)
    index.upsert(documents)
    kept = [*(replace(each, version=2) for each in documents[1:20]), *documents[20:]]
    index.upsert(kept)
    index.delete([(documents[0].article, 2)])
    assert index.tidy(wholly=True) >= 19
    assert index.tidy(wholly=True) == 0, "there was something left to do"
    assert [index.get(each.article) for each in kept] == kept
    assert index.count() == 59
    index.upsert(documents)
    assert index.get(documents[0].article) is None
    assert [index.get(each.article) for each in kept] == kept


def test_a_late_removal_leaves_the_newer_version(index: Index) -> None:
    index.upsert([document("a", version=5)])
    article = document("a").article
    assert index.delete([(article, 4)]).done == ((article, 4),)
    assert index.count() == 1
    index.delete([(article, 5)])
    assert index.count() == 0


def test_one_bad_document_is_refused_and_the_rest_goes_in(index: Index) -> None:
    bad = document("bad", "반쪽 \ud800 글자")
    good = [document(f"good-{number}") for number in range(20)]
    written = index.upsert([*good[:10], bad, *good[10:]])
    assert len(written.done) == 20
    assert [(article, version) for article, version, _ in written.refused] == [(bad.article, 1)]
    assert index.count() == 20


def test_two_that_have_it_open_see_what_each_other_wrote(maker: IndexMaker) -> None:
    one, other = maker.open(), maker.open()
    for number in range(3):
        one.upsert([document(f"one-{number}"), document("both", version=2 * number + 1)])
        other.upsert([document(f"other-{number}"), document("both", version=2 * number + 2)])
        one.upsert([document("both", version=2 * number + 1)])
        assert one.count() == other.count() == 2 * number + 3
    held = one.get(document("both").article)
    assert held is not None
    assert held.version == 6


def test_it_is_all_there_after_closing(maker: IndexMaker) -> None:
    first = maker.open()
    first.upsert([document("a"), document("b", version=3)])
    first.delete([(document("a").article, 2)])
    first.close()
    again = maker.open()
    again.upsert([document("a", version=1)])
    assert ids(again, "") == [document("b").article]


def test_terms_of_another_cutter_are_refused_with_the_remedy(maker: IndexMaker) -> None:
    maker.open().upsert([document("a")])
    with pytest.raises(Mismatch, match="sosik reindex"):
        maker.open(cutter=PlainCutter("plain-2"))


# --- finding


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("인공지능집적단지", {"spaced", "whole"}),
        ("인공지능 집적단지", {"spaced", "whole"}),
        ("인공지능 집적", {"spaced", "whole", "apart"}),
        ('"인공지능 집적단지"', {"spaced", "whole"}),
        ("실증사업을", {"trial"}),
        ("실증 OR 단지", {"spaced", "whole", "apart", "trial"}),
        ("집적 -인공지능집적단지", {"apart"}),
        ("-집적", {"trial"}),
        ("은", set()),
        ("-은", set()),
        ("실증 은", {"trial"}),
        ("실증 OR 은", {"trial"}),
        ("topic:ai", {"whole", "apart"}),
        ("outlet:광주일보", {"spaced", "whole", "apart"}),
        ("outlet:gwangju-ilbo", {"spaced", "whole", "apart"}),
        ("kind:broadcaster", {"trial"}),
        ('region:"광주 북구"', {"apart"}),
        ("person:없는사람", set()),
        ("단지 센터", {"apart"}),
        ("from:2026-03-02 to:2026-03-02", {"spaced"}),
        ("to:2026-03", {"spaced", "whole"}),
        ("from:2026-04", {"trial"}),
        ("-from:2026-04", {"spaced", "whole", "apart"}),
    ],
)
def test_query_language(index: Index, text: str, found: set[str]) -> None:
    index.upsert(
        [
            document("spaced", "광주", "인공지능 집적단지를 연다", published="2026-03-02"),
            document("whole", "인공지능집적단지는 크다", "본문", published="2026-03-01T00:00:00+09:00", topics=["ai"]),
            document("apart", "집적의 인공지능", "단지 센터", published=None, topics=["ai"], regions=["광주 북구"]),
            document(
                "trial",
                "실증 사업",
                "본문",
                published="2026-04-01",
                outlet="방송",
                source="bang",
                kind="broadcaster",
            ),
        ]
    )
    assert ids(index, text) == ids(index, unicodedata.normalize("NFD", text))
    assert set(ids(index, text)) == {document(key).article for key in found}


def test_the_words_of_title_and_text_do_not_join(index: Index) -> None:
    index.upsert([document("a", "끝은 집적", "단지 시작")])
    assert ids(index, "집적단지") == []
    assert ids(index, "집적 단지") == [document("a").article]


def test_two_hundred_queries_give_what_reading_everything_gives(index: Index) -> None:
    documents = corpus()
    index.upsert(documents)
    for text in queries():
        for copies in (True, False):
            expected = found_by_hand(documents, text, copies=copies)
            query = Query(
                where=parse(text),
                order=Order.NEWEST,
                limit=1_000,
                facets=tuple(FacetField),
                facet_size=3,
                histogram=Interval.MONTH,
                copies=copies,
            )
            result = index.search(query)
            assert [hit.document.article for hit in result.hits] == [each.article for each in expected], text
            assert result.facets == tuple(
                Facet(field=field, values=counted_by_hand(expected, field, 3)) for field in FacetField
            ), text
            assert sum(bucket.count for bucket in result.histogram) == len(expected) == result.total, text


def test_a_query_of_ten_thousand_words_is_refused_not_asked(index: Index) -> None:
    with pytest.raises(QueryMistake):
        parse(" ".join(["광주"] * 10_000))
    with pytest.raises(QueryMistake):
        index.search(Query(where=And((Word("광주"),) * 10_000)))
    deep: Node = Word("광주")
    for _ in range(5_000):
        deep = Not(deep)
    with pytest.raises(QueryMistake):
        index.search(Query(where=deep))
    index.upsert([document("a", " ".join(f"말{number}" for number in range(400)))])
    assert len(ids(index, " ".join(f"말{number}" for number in range(400)))) == 1


# --- order, pages, export


def test_newest_first_with_ties_by_article_and_undated_last(index: Index) -> None:
    documents = [
        document(9, published="2026-03-02T09:00:00+09:00"),
        document(3, published="2026-03-02T09:00:00+09:00"),
        document(2**64 - 1, published="2026-03-02T09:00:00+09:00"),
        document(2, published="2026-03-02T09:00:01+09:00"),
        document(8, published="2026-03-02"),
        document(1, published="2026-03-01T23:59:59+09:00"),
        document(0, published=None),
        document(7, published=None),
    ]
    index.upsert(documents)
    order = [2, 3, 9, 2**64 - 1, 8, 1, 0, 7]
    assert ids(index, "") == [f"{number:016x}" for number in order]
    for limit in (1, 2, 3, 8):
        assert all_pages(index, Query(order=Order.NEWEST, limit=limit)) == [f"{number:016x}" for number in order]


def test_by_relevance_the_title_counts_more_and_ties_go_by_article(index: Index) -> None:
    index.upsert([document(number, "다른 제목", "반도체 소식") for number in (5, 3, 2**63 + 1, 4)])
    index.upsert([document(6, "반도체 소식", "다른 본문")])
    index.upsert([document(number, "다른 제목", "반도체 소식") for number in (1, 2**64 - 1, 2)])
    expected = [f"{number:016x}" for number in (6, 1, 2, 3, 4, 5, 2**63 + 1, 2**64 - 1)]
    assert ids(index, "반도체", order=Order.RELEVANCE) == expected
    for limit in (1, 2, 3):
        assert all_pages(index, Query(where=parse("반도체"), limit=limit)) == expected
    assert all_pages(index, Query(where=parse("kind:newspaper"), limit=3)) == sorted(expected)


def test_scores_are_of_words_only(index: Index) -> None:
    index.upsert([document("a", "반도체", topics=["chips"]), document("b", "교통")])
    by_word = index.search(Query(where=parse("반도체"))).hits[0].score
    assert by_word > 0
    with_field = index.search(Query(where=parse("반도체 topic:chips from:2026 -교통"))).hits[0].score
    assert with_field == pytest.approx(by_word)
    assert {hit.score for hit in index.search(Query(where=parse("-없는말"))).hits} == {0.0}
    assert {hit.score for hit in index.search(newest("반도체")).hits} == {0.0}


@pytest.mark.parametrize("order", list(Order))
@pytest.mark.parametrize("text", ["", "광주", "인공지능 OR 실증", "topic:chips -교통"])
def test_pages_give_every_hit_once_and_in_the_order_of_one_page(index: Index, order: Order, text: str) -> None:
    index.upsert(corpus())
    whole = index.search(Query(where=parse(text), order=order, limit=1_000))
    assert whole.cursor == ""
    expected = [hit.document.article for hit in whole.hits]
    assert len(expected) > 30
    assert all_pages(index, Query(where=parse(text), order=order, limit=7)) == expected


def test_pages_newest_first_do_not_shift_when_something_is_written_between(index: Index) -> None:
    documents = corpus(60)
    index.upsert(documents)
    first = index.search(newest("", 10))
    index.upsert([document("later", published="2027-01-01")])
    index.delete([(first.hits[0].document.article, 2)])
    rest = index.search(Query(order=Order.NEWEST, limit=100, cursor=first.cursor))
    expected = [each.article for each in found_by_hand(documents, "")]
    assert [hit.document.article for hit in (*first.hits, *rest.hits)] == expected


def test_a_page_without_hits_still_counts(index: Index) -> None:
    index.upsert(corpus(20))
    result = index.search(Query(limit=0, histogram=Interval.MONTH))
    assert (result.hits, result.total) == ((), 20)
    assert sum(bucket.count for bucket in result.histogram) == 20


@pytest.mark.parametrize("cursor", ["x", "광주", "AAAA", "AAAAAAAAAAAA", "!!!!", "=", "bnVsbA"])
def test_a_cursor_that_nobody_gave_is_a_mistake(index: Index, cursor: str) -> None:
    with pytest.raises(QueryMistake, match="cursor"):
        index.search(Query(cursor=cursor))


def test_a_cursor_of_another_query_is_a_mistake(index: Index) -> None:
    index.upsert(corpus(20))
    cursor = index.search(newest("", 5)).cursor
    for query in (Query(where=parse("광주"), order=Order.NEWEST, cursor=cursor), Query(cursor=cursor)):
        with pytest.raises(QueryMistake, match="another query"):
            index.search(query)


def test_export_gives_everything_in_one_view(index: Index) -> None:
    documents = corpus(80)
    index.upsert(documents)
    export = index.export(Query(where=parse("광주"), copies=False))
    expected = sorted(found_by_hand(documents, "광주", copies=False), key=lambda each: each.article)
    index.upsert([document("later", "광주")])
    index.delete([(each.article, 9) for each in documents])
    assert list(export) == expected
    assert len(list(index.export(Query()))) == 1


def test_export_ends_with_the_last_article_there_can_be(index: Index) -> None:
    last = document(2**64 - 1)
    index.upsert([last])
    assert list(index.export(Query())) == [last]


# --- counts


def test_days_weeks_and_months_are_korean(index: Index) -> None:
    times = [
        "2026-01-01T00:00:00+09:00",  # still 2025 in UTC
        "2026-01-01T08:59:59+09:00",
        "2025-12-31T23:59:59+09:00",
        "2026-03-01T00:30:00+09:00",
        "2028-02-29T08:59:00+09:00",
        "2028-03-01T08:59:00+09:00",
    ]
    index.upsert([document(time, published=time) for time in times])
    index.upsert([document("day", published="2026-01-01"), document("undated", published=None)])

    def counted(interval: Interval, text: str = "") -> dict[str, int]:
        result = index.search(Query(where=parse(text), histogram=interval))
        return {bucket.key: bucket.count for bucket in result.histogram if bucket.count}

    assert counted(Interval.MONTH) == {
        "2025-12": 1,
        "2026-01": 3,
        "2026-03": 1,
        "2028-02": 1,
        "2028-03": 1,
        "undated": 1,
    }
    assert counted(Interval.DAY, "to:2026") == {"2025-12-31": 1, "2026-01-01": 3, "2026-03-01": 1}
    assert counted(Interval.WEEK, "to:2026") == {"2025-12-29": 4, "2026-02-23": 1}
    assert counted(Interval.DAY, "from:2028-02-29 to:2028-02-29") == {"2028-02-29": 1}
    assert counted(Interval.DAY, "from:2025-12-31 to:2025-12-31") == {"2025-12-31": 1}


def test_a_histogram_has_no_gaps_and_the_undated_come_last(index: Index) -> None:
    index.upsert(
        [document("a", published="2025-11-30"), document("b", published="2026-02-01"), document("c", published=None)]
    )
    result = index.search(Query(histogram=Interval.MONTH))
    assert result.histogram == (
        Bucket(key="2025-11", count=1),
        Bucket(key="2025-12", count=0),
        Bucket(key="2026-01", count=0),
        Bucket(key="2026-02", count=1),
        Bucket(key="undated", count=1),
    )
    days = index.search(Query(where=parse("to:2026-01"), histogram=Interval.DAY)).histogram
    assert days == (Bucket(key="2025-11-30", count=1),)
    assert index.search(Query(where=parse("없는말"), histogram=Interval.DAY)).histogram == ()


def test_a_histogram_is_split_by_the_most_frequent_values(index: Index) -> None:
    index.upsert(
        [
            document("a", published="2026-01-05", topics=["chips", "ai"]),
            document("b", published="2026-01-06", topics=["ai"]),
            document("c", published="2026-02-06", topics=["chips", "energy"]),
            document("d", published=None, topics=["ai"]),
        ]
    )
    result = index.search(Query(histogram=Interval.MONTH, by=FacetField.TOPIC, facet_size=2))
    assert result.histogram == (
        Bucket(key="2026-01", count=2, split=(("ai", 2), ("chips", 1))),
        Bucket(key="2026-02", count=1, split=(("chips", 1),)),
        Bucket(key="undated", count=1, split=(("ai", 1),)),
    )


def test_a_split_of_many_values_by_day_is_bounded_by_what_is_shown(index: Index) -> None:
    index.upsert(
        document(
            f"{number}",
            published=f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
            organisations=[f"기관{number * 7 + each}" for each in range(40)] + ["AICA"],
        )
        for number in range(2_000)
    )
    result = index.search(Query(histogram=Interval.DAY, by=FacetField.ORGANISATION, facet_size=2, limit=1))
    assert sum(dict(bucket.split)["AICA"] for bucket in result.histogram if bucket.count) == 2_000
    assert sum(len(bucket.split) for bucket in result.histogram) > 84


def test_facets_are_exact_with_ties_by_value(index: Index) -> None:
    documents = [
        document(
            f"{number}",
            organisations=[f"기관{number % 50:02d}", f"기관{number % 50:02d}", "AICA"],
            series="s" * (number % 2),
        )
        for number in range(200)
    ]
    index.upsert(documents[:90])
    index.upsert(documents[90:])
    result = index.search(Query(facets=(FacetField.ORGANISATION, FacetField.SERIES, FacetField.TOPIC), facet_size=4))
    assert result.facets == (
        Facet(field=FacetField.ORGANISATION, values=(("AICA", 200), ("기관00", 4), ("기관01", 4), ("기관02", 4))),
        Facet(field=FacetField.SERIES, values=(("s", 100),)),
        Facet(field=FacetField.TOPIC, values=()),
    )


def test_copies_are_left_out_of_hits_and_counts_alike(index: Index) -> None:
    index.upsert([document(number, topics=["ai"], copy=number > 0) for number in range(5)])
    query = Query(facets=(FacetField.TOPIC,), histogram=Interval.MONTH, copies=False)
    result = index.search(query)
    assert [hit.document.article for hit in result.hits] == [f"{0:016x}"]
    assert result.total == 1
    assert result.facets[0].values == (("ai", 1),)
    assert result.histogram == (Bucket(key="2026-03", count=1),)
    assert index.search(Query()).total == 5
    assert len(list(index.export(query))) == 1


def test_significant_values_are_those_of_the_hits_not_of_everything(index: Index) -> None:
    index.upsert(
        [document(f"a{n}", "반도체", topics=["news", "chips"], published=f"2026-03-{n + 1:02d}") for n in range(8)]
    )
    index.upsert([document(f"b{n}", "교통", topics=["news", "mobility"]) for n in range(30)])
    found = index.significant(Query(where=parse("반도체")), FacetField.TOPIC)
    assert [(rise.field, rise.value, rise.now) for rise in found] == [("topic", "chips", 8)]
    assert found[0].expected == pytest.approx(8 * 8 / 38)
    assert found[0].articles[0] == document("a7").article
    assert index.significant(Query(where=parse("없는말")), FacetField.TOPIC) == ()


def test_rising_values_are_in_a_greater_share_of_articles_than_in_the_past(index: Index) -> None:
    past = [document(f"p{n}", topics=["steady"], published=f"2026-02-{n + 1:02d}") for n in range(28)]
    now = [document(f"n{n}", topics=["steady", "new"], published=f"2026-03-0{n + 1}") for n in range(7)]
    copies = [document(f"c{n}", topics=["steady"], published="2026-03-03", copy=True) for n in range(20)]
    index.upsert([*past, *now, *copies])
    found = index.rising(
        Period(first=date(2026, 3, 1), last=date(2026, 3, 7)),
        Period(first=date(2026, 2, 1), last=date(2026, 2, 28)),
        FacetField.TOPIC,
    )
    assert [(rise.value, rise.now, rise.expected) for rise in found] == [("new", 7, 0.0)]
    assert found[0].articles == tuple(document(f"n{n}").article for n in (6, 5, 4, 3, 2))


def test_nothing_rises_because_the_archive_grows(index: Index) -> None:
    mix = [["news", "chips"], ["news"], ["news", "mobility"]]
    past = [document(f"p{n}", topics=mix[n % 3], published="2026-02-20") for n in range(12)]
    now = [document(f"n{n}", topics=mix[n % 3], published="2026-03-02") for n in range(60)]
    index.upsert([*past, *now])
    week, month = (
        Period(first=date(2026, 3, 1), last=date(2026, 3, 7)),
        Period(first=date(2026, 2, 1), last=date(2026, 2, 28)),
    )
    assert index.rising(week, month, FacetField.TOPIC) == ()
    index.upsert([document(f"m{n}", topics=["trial"], published="2026-03-03") for n in range(6)])
    assert [rise.value for rise in index.rising(week, month, FacetField.TOPIC)] == ["trial"]
    assert index.rising(month, Period(first=date(2026, 1, 1), last=date(2026, 1, 31)), FacetField.TOPIC) == ()


# --- highlights


def marked(index: Index, text: str, key: str) -> list[str]:
    found = {hit.document.article: hit for hit in index.search(newest(text)).hits}[document(key).article]
    whole = f"{found.document.title}\n{found.document.text}"
    return [whole[each.start : each.end] for each in found.highlights]


def test_highlights_are_the_matched_words_in_the_original(index: Index) -> None:
    index.upsert([document("a", "광주의 인공지능집적단지", "인공지능 집적단지를, 실증! 광주에서 (AI) 집적")])
    assert marked(index, "인공지능집적단지", "a") == ["인공지능집적단지", "인공지능 집적단지"]
    assert marked(index, "광주 ai -없는말", "a") == ["광주", "광주", "AI"]
    assert marked(index, "실증 OR 없는말", "a") == ["실증"]
    assert marked(index, "kind:newspaper", "a") == []
    assert marked(index, "집적단지 단지", "a") == ["집적단지", "집적단지"]
    assert index.search(Query(where=parse("광주"), highlight=False)).hits[0].highlights == ()


def test_highlights_of_a_thousand_words_are_each_found(index: Index) -> None:
    words: list[str] = []
    for number in range(500):
        words += ["집적", f"말{number}"]
    index.upsert([document("a", "제목", " ".join(words))])
    assert marked(index, "집적", "a") == ["집적"] * 500


def test_everything_means_everything(index: Index) -> None:
    documents: list[Document] = corpus(30)
    index.upsert(documents)
    assert index.search(Query(where=Everything(), limit=3)).total == 30
    assert CUTTER.cut("").joined == ""
