"""Pages that hold no article: each is an Extraction that says why, and never an exception."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enrich.extract.extractor import Extractor
from enrich.extract.page import MAX_ELEMENTS
from sosik.model.article import Extraction
from sosik.model.source import Layout

LINKS = "".join(f'<li><a href="/news/{n}">무등시 인공지능 소식 {n}번째 제목이다</a></li>' for n in range(40))


def page(body: str, title: str = "무등신문") -> bytes:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty"),
        (b"   \n ", "empty"),
        (b"\x00\x00\x00", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "no text"),
        (b"{}", "no text"),
        (page(""), "no text"),
        (page("<img src=a.jpg><script>var a = 1</script>"), "no text"),
        (page("<p>요청하신 페이지를 찾을 수 없습니다.</p><a href=/>홈으로</a>", "404"), "no such article"),
        (page("<h1>무등신문</h1><div>삭제된 기사입니다. 이전 화면으로 돌아갑니다.</div>"), "no such article"),
        (page("<h1>무등시 예산안</h1><p>무등시가 예산안을 냈다.</p><p>로그인 후 이용해 주세요.</p>"), "login"),
        (page(f"<h1>무등신문</h1><ul>{LINKS}</ul>"), "no"),
        (page(f"<div>{LINKS}</div><p>{LINKS}</p>"), "no"),
    ],
)  # fmt: skip
def test_the_reason_is_named(body: bytes, why: str, extractor: Extractor) -> None:
    found = extractor.extract(body, url="https://a.example/news/1")
    assert found.error is not None
    assert why in found.error
    assert "\n" not in found.error
    assert (found.title, found.text) == ("", "")


def test_a_page_that_must_be_paid_for_is_a_stub(extractor: Extractor) -> None:
    schema = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    stub = page(f"{schema}<h1>무등시 예산안 심의 시작</h1><p>무등시가 내년 예산안을 의회에 냈다고 2일 밝혔다.</p>")
    error = extractor.extract(stub, url="https://a.example/news/1").error
    assert error is not None
    assert "paid" in error


def test_a_short_flash_is_an_article(extractor: Extractor) -> None:
    flash = page("<h1>[속보] 무등시 인공지능 기본조례 통과</h1><p>인공지능 기본조례가 2일 본회의를 통과했다.</p>")
    found = extractor.extract(flash, url="https://a.example/news/1")
    assert found.error is None
    assert found.title == "[속보] 무등시 인공지능 기본조례 통과"


def test_a_front_page_is_no_article(extractor: Extractor) -> None:
    teaser = "<div><h3><a href=/1>제목 하나</a></h3><p>무등시가 오늘 새로운 사업을 발표했다.</p></div>"
    error = extractor.extract(page(teaser * 9), url="https://www.a.example/").error
    assert error is not None
    assert "front page" in error


def test_an_article_at_the_root_of_a_site_is_one(extractor: Extractor) -> None:
    text = "<p>무등시 인공지능 기본조례가 2일 본회의를 통과했다고 의회가 밝혔다.</p>"
    found = extractor.extract(
        page(f"<h1>인공지능 조례 통과</h1>{text}", "인공지능 조례 통과"), url="https://a.example/"
    )
    assert found.error is None


@pytest.mark.parametrize("said", ["댓글을 쓰려면 로그인 후 이용해 주세요.", "네이버에서 구독하시면 소식을 받습니다."])
def test_an_invitation_beside_a_whole_article_is_no_wall(said: str, extractor: Extractor) -> None:
    text = "<p>무등시 인공지능 기본조례가 2일 본회의를 통과했다고 의회가 밝혔다.</p>" * 6
    assert (
        extractor.extract(page(f"<h1>조례가 통과됐다</h1>{text}<p>{said}</p>"), url="https://a.example/1").error is None
    )


def test_a_huge_page_is_refused_before_it_is_parsed() -> None:
    error = Extractor(max_bytes=1000).extract(b"<p>" + b"a" * 1000, url="https://a.example/").error
    assert error == "the page has 1003 bytes, more than the 1000 that are read"


def test_a_page_of_too_many_elements_is_refused(extractor: Extractor) -> None:
    error = extractor.extract(page("<br>" * (MAX_ELEMENTS + 1)), url="https://a.example/news/1").error
    assert error is not None
    assert str(MAX_ELEMENTS) in error


@pytest.mark.parametrize("tag", ["div", "span", "table", "ul", "b", "a"])
def test_deep_nesting_does_no_harm(tag: str, extractor: Extractor) -> None:
    deep = page(f"<{tag}>" * 5000 + "무등시가 인공지능 실증도시 사업에 착수했다고 2일 밝혔다.", "무등시 착수")
    assert isinstance(extractor.extract(deep, url="https://a.example/news/1"), Extraction)


@pytest.mark.parametrize(
    "script",
    [
        "Fusion.globalContent={",
        "Fusion.globalContent={}" + "[" * 5000,
        'self.__next_f.push([1,"1:T',
        'self.__next_f.push([1,"1:Tffffffff,x"])',
        'self.__next_f.push([1,"zz\\n\\n1:{"])',
        "self.__next_f.push(" + "[" * 100_000,
    ],
)
def test_broken_scripts_do_no_harm(script: str, extractor: Extractor) -> None:
    found = extractor.extract(page(f"<script>{script}</script><p>짧다</p>"), url="https://a.example/news/1")
    assert found.error is not None


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(body: bytes) -> None:
    found = Extractor().extract(body, url="https://a.example/news/1")
    assert found.error is None or not found.text


_PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<div class='article_body'>", "</div>", "<table><tr><td>", "<br>", "<h1>", "<title>", "<svg>"),
        *(
            "<meta property='og:title' content='",
            "'>",
            "<a href='",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<![CDATA[",
        ),
        *("<html/>", "<?xml version='1.0' encoding='utf-16'?>", "<frameset>", "<plaintext>", "</body></html>", "<ld"),
        *("무등시가 인공지능 실증도시 사업에 착수했다고 2일 밝혔다.", "이도현 기자", "저작권자 ⓒ", "제보하기"),
        *("입력 2026.13.45 99:99", "2026.03.02 09:10", "&#x0;", "&#xD800;", "\ud800", "\x00", "{", "\u202e"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(_PIECES, max_size=40),
    st.sampled_from(["", "/x", "https://a.example/1", "http://[::1", "가", "https://a.example:99999/"]),
)
def test_no_markup_and_no_address_raise(pieces: list[str], url: str) -> None:
    body = "".join(pieces).encode("utf-8", "surrogatepass")
    layout = Layout(name="odd", body=".article_body", title="h1[", published="::x", authors="a>>b", remove=("!",))
    for found in (Extractor().extract(body, url=url), Extractor().extract(body, url=url, layout=layout)):
        assert found.error is None or not found.text


def test_an_extractor_can_be_handed_to_a_worker(extractor: Extractor) -> None:
    again = pickle.loads(pickle.dumps(extractor))
    body = page("<h1>무등시 예산안 통과</h1><p>무등시 예산안이 2일 본회의를 통과했다고 시가 밝혔다.</p>")
    assert again.extract(body, url="https://a.example/1") == extractor.extract(body, url="https://a.example/1")
