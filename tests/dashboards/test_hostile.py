"""Everything that an outlet wrote stays text: on pages, in feeds, in CSV and JSON."""

import csv
import io
import json
from xml.etree import ElementTree as Xml

import pytest
from starlette.testclient import TestClient

from dashboards.export import harmless
from sosik.app.wiring import Wiring
from sosik.model.article import article_id
from tests.dashboards.conftest import HOSTILE_TITLES, page, texts

ADDRESSES = ("/", "/search?q=광주", "/topics/ai-cluster", "/search?q=<script>alert(1)</script>")


def name_of(title: str) -> str:
    return article_id("it-life", f"http://outlet.example/{title}")


def kept(title: str) -> str:
    return " ".join(title.split())


@pytest.mark.parametrize("address", [*ADDRESSES, *(f"/articles/{name_of(each)}" for each in HOSTILE_TITLES)])
def test_no_page_takes_text_for_markup(hostile_client: TestClient, address: str) -> None:
    found = page(hostile_client, address)
    assert not found.xpath("//script[not(@src)]|//img[@src='x']|//b|//i|//u|//it|//title/following-sibling::title")
    assert all(each.startswith("/static/") for each in found.xpath("//script/@src"))
    assert not [name for each in found.iter() for name in each.attrib if str(name).startswith("on")]
    assert not [each for each in found.xpath("//@href") if each.lower().startswith("javascript")]


def test_titles_are_shown_as_they_are(hostile_client: TestClient) -> None:
    shown = texts(page(hostile_client, "/search?q=광주&order=newest"), "//*[@class='hit-title']")
    assert sorted(shown) == sorted(map(kept, HOSTILE_TITLES.values()))
    assert "49" not in " ".join(shown)


def test_headers_are_ours_alone(hostile_client: TestClient) -> None:
    for address in (f"/articles/{name_of('header')}", "/search.csv?q=광주", "/feed?q=광주%0d%0aSet-Cookie:%20a=b"):
        assert "set-cookie" not in hostile_client.get(address).headers


def test_a_feed_is_well_formed_and_holds_the_titles(hostile_client: TestClient) -> None:
    found = Xml.fromstring(hostile_client.get("/feed").content)
    titles = [each.text or "" for each in found.iter("{http://www.w3.org/2005/Atom}title")][1:]
    assert sorted(map(kept, titles)) == sorted(map(kept, HOSTILE_TITLES.values()))


def test_a_feed_of_a_query_with_characters_that_xml_refuses(hostile_client: TestClient) -> None:
    answer = hostile_client.get("/feed", params={"q": "\x00\x0b광주\ufffe"})
    assert Xml.fromstring(answer.content).tag.endswith("feed")


def test_no_cell_of_the_csv_is_a_formula(hostile_client: TestClient) -> None:
    text = hostile_client.get("/search.csv?q=광주").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == len(HOSTILE_TITLES)
    cells = [cell for row in rows for cell in row.values()]
    assert not [each for each in cells if each.startswith(("=", "+", "-", "@"))]
    assert f"'{HOSTILE_TITLES['formula']}" in cells


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1", "\n=1", "\u3000=1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "광주", "a=b", "2026-03-01", "https://a.example/?a=b"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell


def test_json_holds_the_titles(hostile_client: TestClient) -> None:
    found = hostile_client.get("/api/v1/search?q=광주").json()
    assert sorted(each["title"] for each in found["hits"]) == sorted(HOSTILE_TITLES.values())
    lines = [json.loads(each) for each in hostile_client.get("/search.json?q=광주").text.splitlines()]
    assert sorted(each["title"] for each in lines) == sorted(HOSTILE_TITLES.values())


def test_blocked_statements_are_shown_as_blocked(hostile_client: TestClient, hostile: Wiring) -> None:
    found = page(hostile_client, f"/articles/{name_of('formula')}")
    (blocked,) = found.xpath("//li[contains(@class,'is-block')]")
    assert texts(blocked, ".//del") == ["It cost 9 trillion won."]
    assert "Blocked" in texts(blocked, ".//*[@class='verdict']")[0]
    assert texts(blocked, ".//*[@class='reasons']/li") == ["9 trillion <is> not in sentence 2"]
    (warned,) = found.xpath("//li[contains(@class,'is-warn')]")
    assert "care" in texts(warned, ".//*[@class='verdict']")[0]
    assert [each.text_content() for each in found.xpath("//del")] == ["It cost 9 trillion won."]


def test_a_brief_of_another_revision_says_so_or_is_gone(hostile_client: TestClient) -> None:
    found = page(hostile_client, f"/articles/{name_of('markup')}")
    assert "of revision" not in found.text_content()
    assert "drafted by test <1>" in found.text_content()
