from datetime import datetime
from xml.etree import ElementTree as Xml

from starlette.testclient import TestClient

from sosik.app.reading import StoredReader
from sosik.model.query import parse
from sosik.model.search import Order, Query

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(client: TestClient, q: str = "") -> Xml.Element:
    answer = client.get("/feed", params={"q": q})
    assert answer.headers["content-type"].startswith("application/atom+xml")
    return Xml.fromstring(answer.content)


def test_a_feed_holds_the_newest_articles_of_a_search(client: TestClient, reader: StoredReader) -> None:
    found = feed(client, "광주 AI")
    expected = reader.search(Query(where=parse("광주 AI"), order=Order.NEWEST, limit=50, copies=False)).hits
    ids = [each.text for each in found.findall("a:entry/a:id", ATOM)]
    assert ids == [f"urn:sosik:article:{each.document.article}" for each in expected]
    assert [each.text for each in found.findall("a:entry/a:title", ATOM)] == [each.document.title for each in expected]
    assert all(each.text for each in found.findall("a:entry/a:summary", ATOM))


def test_a_feed_has_all_that_atom_asks_for(client: TestClient) -> None:
    found = feed(client, "광주 AI")
    for element in [found, *found.findall("a:entry", ATOM)]:
        for name in ("id", "title", "updated"):
            assert element.findtext(f"a:{name}", None, ATOM)
        moment = datetime.fromisoformat(element.findtext("a:updated", "", ATOM))
        assert moment.tzinfo is not None
        assert element.findtext("a:author/a:name", None, ATOM)
    links = {each.get("rel"): each.get("href", "") for each in found.findall("a:link", ATOM)}
    assert links["self"].startswith("http://127.0.0.1:8000/feed?q=")
    assert client.get(links["self"]).status_code == client.get(links["alternate"]).status_code == 200
    page = found.find("a:entry/a:link[@rel='alternate']", ATOM)
    assert page is not None
    assert client.get(page.get("href", "")).status_code == 200


def test_an_unchanged_feed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/feed?q=AI")
    again = client.get("/feed?q=AI", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/feed?q=광주", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_the_same_search_in_other_words_is_the_same_feed(client: TestClient) -> None:
    assert feed(client, "광주   AI").findtext("a:id", None, ATOM) == feed(client, "광주 AND AI").findtext(
        "a:id", None, ATOM
    )
    assert feed(client, "").findtext("a:title", None, ATOM) == "Sosik: all articles"


def test_a_mistake_is_told(client: TestClient) -> None:
    answer = client.get("/feed?q=(AI")
    assert answer.status_code == 400
    assert "bracket" in answer.text
