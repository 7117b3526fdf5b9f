import pytest

from enrich.extract.extractor import Extractor
from enrich.extract.titles import strip_affixes
from tests.enrich.extract.conftest import BODY, MakePage

HEADLINE = "무등시, 실증도시 2단계 착수"
QUOTED = '"가자" 시의 약속'
SITES = frozenset({"무등신문", "mudeungtimes"})


@pytest.mark.parametrize(
    "title",
    [
        f"{HEADLINE} - 무등신문",
        f"{HEADLINE} | 무등신문",
        f"{HEADLINE}|무등신문",
        f"{HEADLINE} < 경제 < 기사본문 - 무등신문",
        f"{HEADLINE} &lt; 경제 &lt; 기사본문 - 무등신문",
        f"{HEADLINE} : 사회일반 : 사회 : 뉴스 : 무등신문",
        f"{HEADLINE} :: 공감언론 새벽통신 ::",
        f"{HEADLINE} – Mudeung Times",
        f"{HEADLINE} | 보도자료 | 소식 | 무등광역시",
        f"무등신문 | {HEADLINE}",
        f"[무등신문] {HEADLINE}",
        f"무등신문, {HEADLINE}",
        f"{HEADLINE} : 무등시청 소식",
        f"무등신문 > {HEADLINE}",
        f"  {HEADLINE}  ",
    ],
)
def test_what_outlets_hang_on_a_headline_comes_off(title: str) -> None:
    assert strip_affixes(title, SITES) == HEADLINE


@pytest.mark.parametrize(
    "title",
    [
        "[단독] 무등시 예산안 삭감",
        "[기획-모두의 데이터] ③ 골목의 변화",
        "[속보] 무등시장 사퇴",
        "“함께 가자” - 상생의 길을 묻다",
        "찬성 3 | 반대 2 갈린 의회",
        "2026-2030 인공지능 기본계획 확정",
        "시장은 왜 침묵했나 : 열흘의 기록",
        "AI·반도체 < 사람이 먼저",
    ],
)
def test_what_belongs_to_the_headline_stays(title: str) -> None:
    assert strip_affixes(title, SITES) == title


@pytest.mark.parametrize(
    ("head", "window", "expected"),
    [
        (f'<meta property="og:title" content="{HEADLINE} | 무등신문">', HEADLINE, HEADLINE),
        ('<meta property="og:title" content="무등광역시">', HEADLINE, HEADLINE),
        ('<meta property="og:title" content="알림"><meta property="og:site_name" content="알림">', HEADLINE, HEADLINE),
        ('<meta property="og:title" content="보도자료">', HEADLINE, HEADLINE),
        (f'<meta property="og:title" content="{HEADLINE[:10]}...">', HEADLINE, HEADLINE),
        ('<meta property="og:title" content="&amp;quot;가자&amp;quot; 시의 약속">', QUOTED, QUOTED),
        ('<meta property="og:title" content="[단독] 예산안 삭감">', "[사회][단독] 예산안 삭감", "[단독] 예산안 삭감"),
        ('<meta property="article:section" content="사회">', "[사회] 무등시 예산안 삭감", "무등시 예산안 삭감"),
    ],
)  # fmt: skip
def test_the_headline_is_chosen(
    head: str, window: str, expected: str, extractor: Extractor, make_page: MakePage
) -> None:
    assert extractor.extract(make_page(title=window, head=head), url="https://a.example/news/1").title == expected


def test_the_feed_names_an_article_that_does_not(extractor: Extractor) -> None:
    body = f"<html><head><title>무등신문</title></head><body><div>{BODY}</div></body></html>".encode()
    assert extractor.extract(body, url="https://a.example/news/1").error == "no title was found"
    found = extractor.extract(body, url="https://a.example/news/1", hints={"title": HEADLINE})
    assert found.title == HEADLINE


@pytest.mark.parametrize(
    ("window", "heading"),
    [
        ("무등누리 - 보도자료 상세보기 - 무등누리", f"<h2>보도자료</h2><h2>{HEADLINE}</h2>"),
        ("보도자료 | 무등소식 | 무등시청", f"<h2>보도자료</h2><h4 class='view_title'>{HEADLINE}</h4>"),
        ("::: 무등신문 :::", f"<table><tr><td><font size=5><b>{HEADLINE}</b></font></td></tr></table>"),
        ("무등누리", f"<div class='view_tit'><b>{HEADLINE}</b><p>담당부서 산업과 등록일 2026.03.02</p></div>"),
        ("무등뉴스 : 연구성과 - 무등연구원", f"<h2><i>연구성과</i> <span class='v_tit'>{HEADLINE}</span></h2>"),
        (f"{HEADLINE} : 무등신보", f"<p><b>{HEADLINE}</b></p>"),
        (f"{HEADLINE} : 열린마당", f"<p><b>{HEADLINE}</b></p>"),
        ("보도자료 - 무등과학부", f"<meta property='og:title' content='무등과학부'><h2>소식</h2><h2>{HEADLINE}</h2>"),
        ("무등방송 뉴스", f"<div class='tit_wrap'><h3 class='tit'>{HEADLINE}</h3><p>2026-03-02 이도현 기자</p></div>"),
    ],
)  # fmt: skip
def test_the_headline_of_a_page_whose_window_names_the_board(window: str, heading: str, extractor: Extractor) -> None:
    page = f"<html><head><title>{window}</title></head><body>{heading}<div>{BODY}</div></body></html>".encode()
    assert extractor.extract(page, url="https://a.example/news/1").title == HEADLINE
