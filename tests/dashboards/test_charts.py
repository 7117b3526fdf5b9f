from xml.etree import ElementTree as Xml

import pytest
from starlette.testclient import TestClient

from dashboards.charts.drawing import draw
from dashboards.charts.look import LOOKS, Theme
from dashboards.charts.months import Month, months_chart, without_holes
from sosik.app.reading import StoredReader
from sosik.model.query import parse
from sosik.model.search import Interval, Query

TEXT = "{http://www.w3.org/2000/svg}text"


def test_months_between_are_there_with_nothing() -> None:
    found = without_holes({"2025-11": 2, "2026-02": 1, "undated": 7})
    assert [(each.key, each.count) for each in found] == [
        ("2025-11", 2),
        ("2025-12", 0),
        ("2026-01", 0),
        ("2026-02", 1),
    ]
    assert found[0].name == "November 2025"
    assert without_holes({"undated": 3}) == without_holes({}) == []


def test_a_drawing_shows_its_labels_in_the_theme() -> None:
    months = [Month(key="2026-01", count=3), Month(key="2026-02", count=5)]
    for theme in Theme:
        drawn = draw(months_chart(months, look=LOOKS[theme], width=300, height=100, title="광주 <AI> & more"))
        words = {each.text for each in Xml.fromstring(drawn).iter(TEXT)}
        assert {"Jan 26", "Feb 26"} <= words
        assert LOOKS[theme].bar in drawn


def test_the_chart_of_a_search_counts_what_the_search_finds(client: TestClient, reader: StoredReader) -> None:
    chart = client.get("/charts/months.json", params={"q": "광주 AI", "theme": "dark"}).json()
    assert "vega-lite" in chart["$schema"]
    (rows,) = [each["values"] for each in (chart["data"], *chart.get("datasets", {}).values()) if "values" in each]
    histogram = reader.search(Query(where=parse("광주 AI"), histogram=Interval.MONTH)).histogram
    assert {each["month"]: each["articles"] for each in rows if each["articles"]} == {
        Month(key=each.key, count=0).name: each.count for each in histogram
    }
    for row in rows[:2]:
        assert row["link"].startswith("/search?q=")
        assert client.get(row["link"]).status_code == 200


@pytest.mark.parametrize("more", ["", "&theme=dark", "&size=narrow", "&size=nonsense"])
def test_the_drawing_of_a_search(client: TestClient, more: str) -> None:
    answer = client.get(f"/charts/months.svg?q=광주{more}")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "Mar 26" in {each.text for each in Xml.fromstring(answer.content).iter(TEXT)}


def test_a_search_that_finds_nothing_has_an_empty_chart(client: TestClient) -> None:
    assert client.get("/charts/months.svg?q=없는낱말").status_code == 200
    assert client.get("/charts/months.svg?q=(").status_code == 400


def test_the_scripts_of_charts_are_served_here(client: TestClient) -> None:
    answer = client.get("/static/vega.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "vegaEmbed" in answer.text
    assert "immutable" in answer.headers["cache-control"]
