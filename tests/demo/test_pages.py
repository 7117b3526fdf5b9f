import json
import re
from html import unescape
from typing import TYPE_CHECKING

from lxml import html

from sosik.demo.clock import DEMO_NOW
from sosik.demo.outlets import OUTLETS, Outlet
from sosik.demo.texts import DemoArticle

if TYPE_CHECKING:
    from lxml import etree

    from tests.demo.conftest import Get

BY_ID = {outlet.id: outlet for outlet in OUTLETS}


def squeezed(text: str) -> str:
    return "".join(text.split())


def words(element: "etree._Element") -> str:
    return "".join(str(piece) for piece in element.itertext())


def markup_text(body: bytes, outlet: Outlet) -> str:
    return words(html.fromstring(body.decode(outlet.charset)))


def fusion_text(body: bytes, outlet: Outlet) -> str:
    start = body.decode(outlet.charset).partition("Fusion.globalContent=")[2]
    content, _ = json.JSONDecoder().raw_decode(start)
    texts = [each["content"] for each in content["content_elements"] if each["type"] == "text"]
    return str(content["headlines"]["basic"]) + unescape("".join(texts))


def stream_text(body: bytes, outlet: Outlet) -> str:
    pieces = re.findall(r'self\.__next_f\.push\(\[1,("(?:[^"\\]|\\.)*")\]\)', body.decode(outlet.charset))
    stream = "".join(json.loads(piece) for piece in pieces).encode()
    start = re.search(rb"^2f:T([0-9a-f]+),", stream, re.MULTILINE)
    assert start is not None
    end = start.end() + int(start[1], 16)
    row = stream[end:].decode().partition("\n")[0]
    article = json.loads(row.partition(":")[2])[3]["article"]
    assert article["content"] == "$2f"
    return str(article["headline"]) + words(html.fromstring(stream[start.end() : end].decode()))


READERS = {"hanbit-daily": fusion_text, "saebyeok-news": stream_text}


def test_every_page_carries_title_and_text_of_its_article(articles: tuple[DemoArticle, ...], get: "Get") -> None:
    for article in articles:
        outlet = BY_ID[article.outlet]
        answer = get(outlet.url_of(article))
        if answer.status == 503:  # the one that is busy at first
            answer = get(outlet.url_of(article))
        shown = article.as_of(DEMO_NOW)
        assert shown is not None
        found = squeezed(READERS.get(outlet.id, markup_text)(answer.body, outlet))
        assert squeezed(shown.title) in found
        for paragraph in shown.paragraphs:
            assert squeezed(paragraph) in found, outlet.url_of(article)


def test_script_only_pages_have_nothing_of_the_text_in_their_markup(
    articles: tuple[DemoArticle, ...], get: "Get"
) -> None:
    seen = 0
    for article in articles:
        if article.outlet in READERS:
            seen += 1
            page = html.fromstring(get(BY_ID[article.outlet].url_of(article)).body)
            for script in page.iter("script"):
                script.text = ""
            assert squeezed(article.text[:30]) not in squeezed(words(page))
    assert seen > 0


def test_the_tech_press_describes_its_articles_in_json_ld(articles: tuple[DemoArticle, ...], get: "Get") -> None:
    for article in (each for each in articles if each.outlet == "it-life"):
        shown = article.as_of(DEMO_NOW)
        assert shown is not None
        page = html.fromstring(get(BY_ID["it-life"].url_of(article)).body)
        (script,) = page.findall(".//script[@type='application/ld+json']")
        described = json.loads(script.text or "")
        assert described["headline"] == shown.title
        assert described["datePublished"] == article.published.isoformat()
        assert tuple(each["name"] for each in described["author"]) == article.authors


def test_the_old_site_says_nowhere_what_its_encoding_is(articles: tuple[DemoArticle, ...], get: "Get") -> None:
    article = next(each for each in articles if each.outlet == "yeongsan-ilbo")
    answer = get(BY_ID["yeongsan-ilbo"].url_of(article))
    assert answer.headers["Content-Type"] == "text/html"
    assert b"charset" not in answer.body.lower()
    assert article.title in answer.body.decode("cp949")


def test_the_broadcaster_prints_its_text_twice_and_asks_for_tips(articles: tuple[DemoArticle, ...], get: "Get") -> None:
    article = next(each for each in articles if each.outlet == "namdo-tv")
    answer = get(BY_ID["namdo-tv"].url_of(article))
    text = squeezed(markup_text(answer.body, BY_ID["namdo-tv"]))
    assert text.count(squeezed(article.text.split("\n\n")[1])) == 2
    assert "제보하기" in text


def test_the_press_board_prints_the_day_only_and_hangs_files_on_a_notice(
    articles: tuple[DemoArticle, ...], get: "Get"
) -> None:
    article = next(each for each in articles if each.outlet == "city-hall")
    page = html.fromstring(get(BY_ID["city-hall"].url_of(article)).body)
    headings = [(each, each.getnext()) for each in page.findall(".//th")]
    cells = {words(heading): words(cell) for heading, cell in headings if cell is not None}
    assert cells["제목"] == article.title
    assert cells["날짜"] == f"{article.published:%Y-%m-%d}"
    files = [str(each.get("href")) for each in page.findall(".//ul[@class='file']//a") if each.get("href") != "#"]
    assert len(files) == 2
    assert all(get(f"http://city-hall.test{path}").status == 200 for path in files)
    assert f"{article.published:%H:%M}" not in words(page)
