from datetime import UTC, datetime

import pytest

from enrich.extract.extractor import Extractor
from enrich.extract.spellings import read_moment
from sosik.model.instants import Provenance
from tests.enrich.extract.conftest import BODY, MakePage

MINUTE = "2026-03-02T09:10:00+09:00"
TEN = "2026-03-02T10:00:00+09:00"
MIDNIGHT = "2026-03-02T00:00:00+09:00"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026.03.02 09:10", MINUTE),
        ("2026-03-02 09:10:00", MINUTE),
        ("2026/03/02 09:10", MINUTE),
        ("2026. 3. 2. 오전 9:10", MINUTE),
        ("2026.03.02. 오전 9:10", MINUTE),
        ("2026.03.02 오후 9:10", "2026-03-02T21:10:00+09:00"),
        ("2026.03.02 오전 12:10", "2026-03-02T00:10:00+09:00"),
        ("2026.03.02 오후 12:10", "2026-03-02T12:10:00+09:00"),
        ("2026.03.02 09:10 PM", "2026-03-02T21:10:00+09:00"),
        ("2026.03.02 (09:10)", MINUTE),
        ("2026.03.02(월) 09:10", MINUTE),
        ("2026-03-02 [월] 09:10", MINUTE),
        ("2026/03/02 [09:10]", MINUTE),
        ("2026년 3월 2일 09시 10분", MINUTE),
        ("2026년 03월 02일 (월요일) 오전 9시 10분", MINUTE),
        ("2026년 3월 2일 월요일 09:10", MINUTE),
        ("2026-03-02T09:10:00+09:00", MINUTE),
        ("2026-03-02T09:10:00+0900", MINUTE),
        ("2026-03-02T00:10:00Z", MINUTE),
        ("2026-03-02T00:10:00.123Z", MINUTE),
        ("2026-03-02T09:10", MINUTE),
        ("26.03.02 09:10", MINUTE),
        ("2026-03-01T20:10:00-04:00", MINUTE),
        ("20260302091000", MINUTE),
        ("202603020910", MINUTE),
        ("20260302T091000+0900", MINUTE),
        ("1772410200", MINUTE),
        ("1772410200000", MINUTE),
        ("Mon, 02 Mar 2026 09:10:00 +0900", MINUTE),
        ("Mon, 02 Mar 2026 00:10:00 GMT", MINUTE),
        ("2026.03.02 24:00", "2026-03-03T00:00:00+09:00"),
        ("2026.03.02", "2026-03-02"),
        ("2026. 3. 2.", "2026-03-02"),
        ("2026년 3월 2일", "2026-03-02"),
        ("20260302", "2026-03-02"),
        ("2026.02.30 09:10", None),
        ("1889.03.02", None),
        ("9999999999", None),
        ("Fri, 31 Dec 9999 23:59:59 +0000", None),
        ("010-2026-0302", None),
        ("버전 1.2026.03.02", None),
        ("26.03.02", None),
        ("조회 20260", None),
        ("", None),
    ],
)
def test_spellings(text: str, iso: str | None) -> None:
    spelt = read_moment(text)
    if spelt is None:
        assert iso is None
    else:
        assert (spelt.day.isoformat() if spelt.instant is None else spelt.instant.isoformat()) == iso


META = '<meta property="article:published_time" content="{}">'


@pytest.mark.parametrize(
    ("head", "above", "published", "provenance", "modified"),
    [
        ("", "<span>입력 2026.03.02 09:10</span> <span>수정 2026.03.02 10:00</span>", MINUTE, "printed", TEN),
        ("", "등록 : 2026-03-02 09:10 / 최종수정 : 2026-03-02 09:10", MINUTE, "printed", None),
        ("", "기사입력 2026년 03월 02일 09시 10분", MINUTE, "printed", None),
        ("", "승인 2026.03.02 09:40 | 입력 2026.03.02 09:10", MINUTE, "printed", None),
        ("", "승인 2026.03.02 09:10", MINUTE, "printed", None),
        ("", "2026.03.02 오전 09:10 송고 2026.03.02 오전 10:00 업데이트", MINUTE, "printed", TEN),
        ("", "2026.03.02 오전 09:10 송고", MINUTE, "printed", None),
        ("", "<table><tr><th>등록일</th><td>2026-03-02</td></tr></table>", "2026-03-02", "printed", None),
        ("", "<dl><dt>작성일</dt><dd>2026.03.02</dd></dl>", "2026-03-02", "printed", None),
        ("", "홍보실 2026.03.02 09:10", MINUTE, "printed", None),
        ("", "26.03.02 09:10<i>ㅣ</i>최종 업데이트 26.03.02 10:00", MINUTE, "printed", TEN),
        (META.format("2026-03-02T09:10:00+09:00"), "", MINUTE, "meta", None),
        (META.format("2026-03-02T09:10:00"), "", MINUTE, "meta", None),
        (META.format("2026-03-02T00:10:00Z"), "", MINUTE, "meta", None),
        (META.format("2026-03-02"), "", "2026-03-02", "meta", None),
        (META.format("2026-03-02T00:00:00+09:00"), "", "2026-03-02", "meta", None),
        (META.format("2026-03-01T15:00:00Z"), "", "2026-03-02", "meta", None),
        (META.format("2026-03-02T00:00:00+09:00"), "입력 2026.03.02 09:10", MINUTE, "printed", None),
        (META.format("2026-03-02T00:00:00+09:00"), "입력 2026.03.02 00:00", MIDNIGHT, "meta", None),
        (META.format("2026-03-02T00:10:00+09:00"), "입력 2026.03.02 09:10", MINUTE, "printed", None),
        (META.format("2026-03-01T15:00:00+09:00"), "입력 2026.03.02 00:00", MIDNIGHT, "printed", None),
        (META.format("2026-03-01T22:10:00+09:00"), "2026.03.02", "2026-03-02", "printed", None),
        (META.format("2026-03-02T09:10:00Z"), "입력 2026.03.02 09:10", MINUTE, "printed", None),
        (META.format("2026-03-02"), "입력 2026.03.02 09:10", MINUTE, "printed", None),
        ("", "<time datetime='2026-03-02T09:10:00+09:00'>3시간 전</time>", MINUTE, "meta", None),
        ('<meta name="og:regDate" content="20260302091000">', "", MINUTE, "meta", None),
    ],
)  # fmt: skip
def test_what_the_page_says_of_its_time(
    head: str,
    above: str,
    published: str,
    provenance: str,
    modified: str | None,
    extractor: Extractor,
    make_page: MakePage,
) -> None:
    found = extractor.extract(make_page(head=head, above=above), url="https://a.example/news/1")
    assert found.published is not None
    assert (found.published.iso(), found.published.provenance) == (published, provenance)
    assert (found.modified.iso() if found.modified else None) == modified


def test_a_date_inside_the_body_is_not_the_publication(extractor: Extractor, make_page: MakePage) -> None:
    body = "<p>시는 2026.03.02 09:10 열린 회의에서 실증 계획을 확정했다고 밝혔다. 사업은 2년 동안 이어진다.</p>" * 3
    assert extractor.extract(make_page(body=body), url="https://a.example/news/1").published is None


def test_the_sidebar_does_not_date_the_article(extractor: Extractor, make_page: MakePage) -> None:
    page = make_page(above="입력 2026.03.02 09:10", below="<h4>많이 본 뉴스</h4><p>입력 2026.03.05 08:00</p>")
    found = extractor.extract(page, url="https://a.example/news/1")
    assert found.published is not None
    assert found.published.iso() == MINUTE


def test_an_imprint_does_not_date_the_article(extractor: Extractor, make_page: MakePage) -> None:
    imprint = "<p>등록번호 무등 아00000 | 등록일 2005.10.05 | 발행인 이도현</p>"
    silent = extractor.extract(make_page(below=imprint), url="https://a.example/news/1").published
    assert silent is None or silent.day.year != 2005
    spoken = extractor.extract(make_page(above="2026.03.02 09:10", below=imprint), url="https://a.example/news/1")
    assert spoken.published is not None
    assert spoken.published.iso() == MINUTE


def test_the_day_under_the_headline_beats_today_above_it(extractor: Extractor) -> None:
    page = f"<html><body><div>2026년 3월 9일 월요일</div><h1>무등시의 하루</h1><p>2026.03.02</p>{BODY}</body></html>"
    found = extractor.extract(page.encode(), url="https://a.example/news/1")
    assert found.published is not None
    assert found.published.iso() == "2026-03-02"


def test_the_feed_speaks_where_the_page_is_silent(extractor: Extractor, make_page: MakePage) -> None:
    hints = {"published": "2026-03-02T09:10:00+09:00"}
    silent = extractor.extract(make_page(), url="https://a.example/news/1", hints=hints)
    assert silent.published is not None
    assert (silent.published.iso(), silent.published.provenance) == (MINUTE, Provenance.FEED)
    printed = extractor.extract(make_page(above="입력 2026.03.01 08:00"), url="https://a.example/news/1", hints=hints)
    assert printed.published is not None
    assert printed.published.provenance is Provenance.PRINTED


def test_the_address_gives_a_day(extractor: Extractor, make_page: MakePage) -> None:
    found = extractor.extract(make_page(), url="https://a.example/news/2026/03/02/ai-city")
    assert found.published is not None
    assert (found.published.iso(), found.published.provenance) == ("2026-03-02", Provenance.URL)


FETCHED = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)  # noon in Korea


@pytest.mark.parametrize("future", ["2026-03-03T09:10:00+09:00", "2026-03-02T15:00:00+09:00", "2027-03-02"])
def test_a_time_after_the_fetch_is_distrusted(future: str, extractor: Extractor, make_page: MakePage) -> None:
    page = make_page(head=META.format(future))
    assert extractor.extract(page, url="https://a.example/news/1", fetched=FETCHED).published is None
    page = make_page(head=META.format(future), above="입력 2026.03.02 09:10")
    found = extractor.extract(page, url="https://a.example/news/1", fetched=FETCHED)
    assert found.published is not None
    assert found.published.iso() == MINUTE


def test_the_time_of_fetching_is_never_the_publication(extractor: Extractor, make_page: MakePage) -> None:
    assert extractor.extract(make_page(), url="https://a.example/news/1", fetched=FETCHED).published is None
