"""The JSON API: the shapes of the commands, and errors that say what is wrong."""

import csv
import io
import json

from starlette.testclient import TestClient

from sosik.app import formats
from sosik.app.reading import StoredReader
from sosik.model.query import parse
from sosik.model.search import FacetField, Query

HIT_KEYS = {"id", "title", "outlet", "published", "url", "topics", "score", "highlights"}


def test_search_answers_what_the_index_does(client: TestClient, reader: StoredReader) -> None:
    found = client.get("/api/v1/search", params={"q": "광주 AI", "limit": 5}).json()
    result = reader.search(Query(where=parse("광주 AI"), limit=5))
    assert found["total"] == result.total
    assert found["hits"] == [formats.hit_object(each) for each in result.hits]
    assert found["hits"][0].keys() >= HIT_KEYS
    assert set(found["facets"]) == {each.value for each in FacetField}
    assert sum(each["count"] for each in found["histogram"]) == result.total


def test_cursors_lead_to_every_hit_once(client: TestClient) -> None:
    ids: list[str] = []
    asked = {"q": "광주", "limit": "7", "order": "newest"}
    while True:
        found = client.get("/api/v1/search", params=asked).json()
        ids += [each["id"] for each in found["hits"]]
        if not found["cursor"]:
            break
        asked["cursor"] = found["cursor"]
    assert len(ids) == len(set(ids)) == found["total"] > 14


def test_trends(client: TestClient) -> None:
    months = client.get("/api/v1/trends").json()
    assert {each["bucket"] for each in months} >= {"2025-10", "2026-03"}
    assert all(each.keys() == {"bucket", "key", "count", "count_without_copies"} for each in months)
    by_topic = client.get("/api/v1/trends", params={"by": "topic", "interval": "week", "q": "광주"}).json()
    assert "ai-cluster" in {each["key"] for each in by_topic}


def test_articles_series_sources_topics(client: TestClient, reader: StoredReader) -> None:
    series = client.get("/api/v1/series").json()
    assert len(series) == len(reader.series())
    (everyones,) = [each["id"] for each in series if each["series"] == "모두의 AI 광주"]
    one = client.get(f"/api/v1/series/{everyones}").json()
    assert [each["installment"] for each in one["installments"]] == list(range(1, 11))
    assert (one["finished"], one["gaps"]) == (True, [])
    article = client.get(f"/api/v1/articles/{one['installments'][-1]['article']}").json()
    assert article["series"] == everyones
    assert article["title"].endswith("[모두의 AI 광주⑩끝]")
    assert {"topics", "regions", "organisations", "people", "amounts", "dates"} <= article.keys()
    sources = client.get("/api/v1/sources").json()
    assert {each["id"] for each in sources} == {each.source.id for each in reader.sources()}
    topics = {each["id"]: each["articles"] for each in client.get("/api/v1/topics").json()}
    assert topics["ai-cluster"] == reader.search(Query(where=parse("topic:ai-cluster"))).total > 0


def test_the_description_lists_every_address(client: TestClient) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert set(paths) == {
        "/api/v1/search", "/api/v1/trends", "/api/v1/articles/{name}", "/api/v1/series", "/api/v1/series/{name}",
        "/api/v1/sources", "/api/v1/topics",
    }  # fmt: skip
    assert all(list(each) == ["get"] for each in paths.values())


def test_errors_are_objects(client: TestClient) -> None:
    mistake = client.get("/api/v1/search", params={"q": "광주 (AI"})
    assert (mistake.status_code, mistake.json()["position"]) == (400, 3)
    assert "bracket" in mistake.json()["error"]
    missing = client.get("/api/v1/articles/nothing")
    assert (missing.status_code, missing.json()["error"][:10]) == (404, "no article")
    assert client.get("/api/v1/nothing").json() == {"error": "No page has this address."}
    for wrong in ("limit=0", "limit=201", "limit=x", "order=sideways", "copies=perhaps"):
        answer = client.get(f"/api/v1/search?{wrong}")
        assert (answer.status_code, wrong.partition("=")[0] in answer.json()["error"]) == (422, True)


def test_exports_hold_every_hit(client: TestClient, reader: StoredReader) -> None:
    expected = {each.document.article for each in reader.search(Query(where=parse("광주"), limit=500)).hits}
    answer = client.get("/search.csv", params={"q": "광주"})
    assert answer.headers["content-disposition"] == 'attachment; filename="sosik-search.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert {each["id"] for each in rows} == expected
    lines = client.get("/search.json", params={"q": "광주"}).text.splitlines()
    assert {json.loads(each)["id"] for each in lines} == expected
    assert json.loads(lines[0]).keys() >= HIT_KEYS
    assert client.get("/search.csv", params={"q": "(광주"}).status_code == 400


def test_health(client: TestClient, reader: StoredReader) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "articles": reader.search(Query(limit=1)).total}


def test_names_are_understood_and_unknown_ones_are_hinted_at(client: TestClient) -> None:
    asked = "/api/v1/search?q="
    assert client.get(asked + "org:광주시").json()["total"] == client.get(asked + "org:광주광역시").json()["total"] > 0
    assert client.get(asked + "org:광주시").json()["hints"] == []
    assert "강기정" in client.get(asked + "person:강기종").json()["hints"][0]
    wrong = client.get(asked + "AI topic:ai-clutser")
    assert wrong.status_code == 400
    assert wrong.json()["position"] == 9
