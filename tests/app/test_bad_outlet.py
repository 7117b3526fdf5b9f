"""An outlet that does everything wrong: each fault is refused with its reason, and everything else is kept."""

import errno
import gzip
import json
import os
import resource
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.app.conftest import Call
from tests.app.test_commands import PAGE
from tests.conftest import COMMAND, environment

GOOD = ("/news/1", "/news/2", "/news/1?utm_source=rss&utm_medium=feed")
BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;">]>
<rss version="2.0"><channel><title>&e;&e;&e;&e;</title></channel></rss>"""
ANNOUNCED = (*GOOD, "/news/empty", "/news/huge", "/news/round", "/news/half", "/news/wrong-charset")


class Outlet(BaseHTTPRequestHandler):
    """Answers as the worst of CMSs would."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        root = f"http://{self.headers['Host']}"
        page = PAGE.replace("https://bitgoeul.example", root)
        if path == "/feed":
            items = "".join(f"<item><title>소식</title><link>{root}{each}</link></item>" for each in ANNOUNCED)
            feed = f"<rss version='2.0'><channel><title>a</title>{items}</channel></rss>".replace("&utm", "&amp;utm")
            self.give(feed.encode(), "application/rss+xml")
        elif path == "/html-feed":
            self.give(b"<!doctype html><html><body>We have moved</body></html>", "text/html")
        elif path == "/bomb":
            self.give(BOMB.encode(), "application/rss+xml")
        elif path in ("/news/1", "/news/2"):
            self.give(page.replace("/news/1", path).encode(), "text/html; charset=utf-8")
        elif path == "/news/wrong-charset":
            self.give(page.replace("/news/1", path).encode(), "text/html; charset=euc-kr")
        elif path == "/news/empty":
            self.give(b"<html><body></body></html>", "text/html")
        elif path == "/news/huge":
            self.give(b"<html><body>" + b"<p>x</p>" * (50 << 17), "text/html")
        elif path == "/news/round":
            self.send_response(302)
            self.send_header("Location", self.path + "?again" if "?" not in self.path else self.path + "1")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path == "/news/half":
            self.give(gzip.compress(page.encode())[:-40], "text/html", encoding="gzip")
        else:
            self.send_error(404)

    def give(self, body: bytes, kind: str, encoding: str = "") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the crawler had enough

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Path]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Outlet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    root = f"http://127.0.0.1:{server.server_address[1]}"
    folder = tmp_path / "catalogue" / "sources"
    folder.mkdir(parents=True)
    (folder / "worst.toml").write_text(
        'name = "막장일보"\nname_en = "The Worst"\nregion = "광주"\nkind = "newspaper"\n'
        f'home = "{root}/"\nfeeds = ["{root}/bomb", "{root}/html-feed", "{root}/feed"]\n'
        "delay = 0\nconcurrency = 4\nlocal = true\n",
        encoding="utf-8",
    )
    yield folder.parent
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_worst_outlet(call: Call, catalogue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOSIK_CATALOGUE", str(catalogue))
    answer = call("crawl", "worst", "--json")
    assert answer.status == 0, answer.err
    urls = {each["url"].rpartition("127.0.0.1")[2].partition("/")[2] for each in _found(call)}
    assert urls == {"news/1", "news/2", "news/wrong-charset"}
    told = answer.json["crawl"]["sources"]["worst"]
    reasons = {**told["failed"], **told["refused"]}
    assert sum(reasons.values()) >= 4, reasons  # the two feeds, the huge page, the endless redirect
    assert any("large" in each for each in reasons), reasons
    assert any("redirect" in each for each in reasons), reasons
    assert answer.json["refused"] >= 1  # the page without text
    again = call("crawl", "worst", "--json").json
    assert again["changes"].get("new", 0) == 0
    assert len(_found(call)) == 3


def _found(call: Call) -> list[dict[str, str]]:
    hits: list[dict[str, str]] = call("search", "집적단지", "--limit", "100", "--json").lines
    return hits


@pytest.mark.parametrize("room", [60_000, 300_000])
def test_a_full_disk_ends_with_one_line(data: Path, room: int) -> None:
    """No file may grow beyond `room` bytes: archive, ledger or index meets it first. Then there is room again."""

    def run(limit: int) -> subprocess.CompletedProcess[str]:
        def little_room() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

        return subprocess.run(
            [*COMMAND, "demo", "--no-serve", "--json"],
            env=environment(data),
            cwd=data.parent,
            preexec_fn=little_room,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    full = run(room)
    assert full.returncode == 1
    assert len(full.stderr.splitlines()) == 1, full.stderr
    assert json.loads(full.stderr)["error"]
    assert full.stdout == ""
    done = run(resource.RLIM_INFINITY)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["articles"] >= 70


def test_a_disk_full_at_the_lock_itself_ends_with_one_line(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("sosik.app.flows.lock.os.pwrite", no_room)
    answer = call("reindex", "--json")
    assert (answer.status, answer.out) == (1, "")
    assert json.loads(answer.err) == {"error": "no space left on the disk; make room, then go on"}


def test_a_file_where_the_data_folder_should_be(call: Call, data: Path) -> None:
    data.write_text("a file", encoding="utf-8")
    for command in (("series",), ("search", "광주"), ("reindex",)):
        answer = call(*command, "--json")
        assert (answer.status, answer.out) == (1, "")
        assert str(data) in json.loads(answer.err)["error"]
    assert data.read_text(encoding="utf-8") == "a file"


def test_an_error_of_no_disk_is_not_hidden(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> int:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    monkeypatch.setattr("sosik.app.flows.lock.os.pwrite", broken)
    with pytest.raises(OSError, match=os.strerror(errno.EBADF)):
        call("reindex")
