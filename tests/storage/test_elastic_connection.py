"""How a connection to Elasticsearch succeeds, and what each thing that is wrong says, in one line."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sosik.model.errors import Away, SettingsMistake
from sosik.storage.index.elastic_connection import Address, addresses, connect
from tests.servers.elasticsearch.proxy import Proxy, guarded
from tests.servers.elasticsearch.server import Cluster


@pytest.fixture(scope="module")
def proxy(elasticsearch: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with guarded(tmp_path_factory.mktemp("proxy"), elasticsearch.urls[0]) as made:
        yield made


@pytest.fixture
def right(proxy: Proxy) -> Address:
    return Address(urls=(proxy.url,), authority=proxy.authority, api_key=proxy.key)


def said(address: Address) -> str:
    with pytest.raises((SettingsMistake, Away)) as caught:
        connect(address)
    line = str(caught.value)
    assert "\n" not in line
    for secret in (address.password, address.api_key):
        assert not secret or secret not in line + repr(address)
    return line


def test_certificate_and_key_let_in(right: Address, proxy: Proxy) -> None:
    connect(right).close()
    connect(replace(right, api_key="", user=proxy.user, password=proxy.password)).close()


def test_a_certificate_of_an_unknown_authority_is_not_trusted(right: Address, proxy: Proxy) -> None:
    for authority in (None, proxy.other_authority):
        line = said(replace(right, authority=authority))
        assert "certificate" in line
        assert "SOSIK_ELASTICSEARCH_CA" in line


def test_a_certificate_of_another_host_is_not_trusted(right: Address, proxy: Proxy) -> None:
    line = said(replace(right, urls=(proxy.url.replace("localhost", "127.0.0.2"),)))
    assert "127.0.0.2" in line


@pytest.mark.parametrize("name", ["missing.crt", "empty.crt"])
def test_a_file_that_is_no_certificate_is_named(right: Address, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty.crt").touch()
    line = said(replace(right, authority=tmp_path / name))
    assert name in line
    assert "SOSIK_ELASTICSEARCH_CA" in line


def test_a_wrong_key_or_none_is_not_accepted(right: Address) -> None:
    for wrong in (
        replace(right, api_key="d3Jvbmc6a2V5"),
        replace(right, api_key=""),
        replace(right, api_key="", user="sosik", password="wr0ng-one"),
    ):
        line = said(wrong)
        assert "does not accept" in line
        assert "SOSIK_ELASTICSEARCH_API_KEY" in line


def test_a_key_without_the_right_says_what_it_may_not(right: Address, proxy: Proxy) -> None:
    line = said(replace(right, api_key=proxy.weak_key))
    assert "may not" in line
    assert "unauthorized" in line


def test_nothing_at_the_address(right: Address) -> None:
    for url in ("http://127.0.0.1:1", "http://no-such-host.invalid:9200"):
        line = said(replace(right, urls=(url,), authority=None))
        assert url in line
        assert "SOSIK_ELASTICSEARCH_URL" in line


def test_one_host_of_several_is_enough(elasticsearch: Cluster) -> None:
    client = connect(Address(urls=("http://127.0.0.1:1", *elasticsearch.urls)))
    for _ in range(4):
        assert client.cluster.health()["status"] in ("green", "yellow")
    client.close()


class _Other(BaseHTTPRequestHandler):
    """Answers as something else does: a server of an old version, or no Elasticsearch at all."""

    def do_GET(self) -> None:
        body = json.dumps({"nodes": {"a": {"version": "7.17.0"}}}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if getattr(self.server, "says_it_is_elasticsearch", False):
            self.send_header("X-Elastic-Product", "Elasticsearch")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def other() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Other)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_server_of_another_version_is_named(other: ThreadingHTTPServer) -> None:
    other.says_it_is_elasticsearch = True  # type: ignore[attr-defined]  # read by the handler above
    line = said(Address(urls=(f"http://127.0.0.1:{other.server_port}",)))
    assert "7.17.0" in line
    assert "8 and 9" in line


def test_what_is_no_elasticsearch_is_told_apart(other: ThreadingHTTPServer) -> None:
    line = said(Address(urls=(f"http://127.0.0.1:{other.server_port}",)))
    assert "not Elasticsearch" in line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("localhost:9200", "no address"),
        ("ftp://host", "no address"),
        ("http://", "no address"),
        (" , ", "is empty"),
        ("https://sosik:s3cret@host:9200", "SOSIK_ELASTICSEARCH_PASSWORD"),
        ("http://host:99999", "no address"),
    ],
)
def test_an_address_that_is_none_is_named(text: str, words: str) -> None:
    with pytest.raises(SettingsMistake, match=words) as caught:
        addresses(text)
    assert "s3cret" not in str(caught.value)


def test_several_addresses_are_read() -> None:
    assert addresses("https://a:9200/, https://b:9200") == ("https://a:9200", "https://b:9200")
