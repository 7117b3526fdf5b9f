import pytest
from starlette.testclient import TestClient

from dashboards.security import HEADERS, host_of, known_hosts
from sosik.app.wiring import Wiring
from sosik.model.alert import AlertRule, EventKind

RULE = AlertRule(id="rule-1", subscriber="reader@example.org", kinds=(EventKind.NEW_ARTICLE,), query="<b>광주</b>")


@pytest.mark.parametrize(
    "address",
    ["/", "/search?q=(", "/nothing", "/api/v1/topics", "/feed", "/static/style.css", "/search.csv", "/healthz"],
)
def test_every_answer_bears_the_headers(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:8000", "[::1"])
def test_foreign_hosts_are_not_answered(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 421
    assert answer.headers["content-security-policy"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:1234", "[::1]:8000", "LOCALHOST"])
def test_this_machines_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"Host": host}).status_code == 200


def test_the_public_name_is_known() -> None:
    assert known_hosts("https://Sosik.example/x") == {"127.0.0.1", "localhost", "::1", "sosik.example"}
    assert host_of("a.example:80") == "a.example"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_can_be_written(client: TestClient, method: str) -> None:
    for address in ("/", "/search", "/api/v1/search", "/feed", "/articles/x"):
        assert client.request(method, address).status_code == 405


def test_no_folder_of_the_machine_is_served(client: TestClient) -> None:
    for address in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/nothing.css"):
        assert client.get(address).status_code == 404


def test_a_site_without_an_index_says_what_to_do(stopping: tuple[TestClient, Wiring]) -> None:
    client, _ = stopping
    today = client.get("/")
    assert today.status_code == 200
    assert "sosik crawl" in today.text
    assert client.get("/search?q=AI").status_code == 503
    assert client.get("/sources").status_code == 200
    assert client.get("/healthz").status_code == 503
    assert "error" in client.get("/api/v1/search").json()


def test_an_alert_is_stopped_by_its_link_after_asking(stopping: tuple[TestClient, Wiring]) -> None:
    client, wiring = stopping
    with wiring.ledger() as ledger, ledger.write() as unit:
        unit.rules.add(RULE)
    link = wiring.stop_links().of(RULE.id)
    asking = client.get(link)
    assert asking.status_code == 200
    assert "&lt;b&gt;광주&lt;/b&gt;" in asking.text
    assert 'method="post"' in asking.text
    with wiring.ledger() as ledger, ledger.read() as unit:
        assert unit.rules.get(RULE.id) == RULE
    stopped = client.post(link, data={"List-Unsubscribe": "One-Click"})
    assert (stopped.status_code, "is stopped" in stopped.text) == (200, True)
    with wiring.ledger() as ledger, ledger.read() as unit:
        assert unit.rules.get(RULE.id) is None
    assert client.post(link).status_code == 200
    assert client.get(link).status_code == 404


def test_a_wrong_token_stops_nothing(stopping: tuple[TestClient, Wiring]) -> None:
    client, wiring = stopping
    with wiring.ledger() as ledger, ledger.write() as unit:
        unit.rules.add(RULE)
    for token in ("", "0" * 40, "\u00e9", wiring.stop_links().of("rule-2").rpartition("=")[2]):
        address = "/alerts/stop"
        assert client.get(address, params={"rule": RULE.id, "token": token}).status_code == 404
        assert client.post(address, params={"rule": RULE.id, "token": token}).status_code == 404
    with wiring.ledger() as ledger, ledger.read() as unit:
        assert unit.rules.get(RULE.id) == RULE


def test_links_in_feeds_bear_the_public_address(stopping: tuple[TestClient, Wiring]) -> None:
    client, wiring = stopping
    from sosik.app.flows.index import index_pending

    index_pending(wiring)
    feed = client.get("/feed").text
    assert 'href="https://sosik.example/feed"' in feed
