"""A server of the tests that stands before Elasticsearch and stumbles over bulks as it is told."""

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOST_BEFORE, LOST_AFTER, ITEMS = "lost before", "lost after", "items"


@contextmanager
def stumbling(behind: int, port: int = 0) -> Iterator["Stumbling"]:
    """Listen before the server at port `behind`, at any free port or the given one."""
    with Stumbling(behind, port) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.gone = True
        server.shutdown()
        thread.join()


class Stumbling(ThreadingHTTPServer):
    """Stands before a server. Does to bulks what its list says, one entry a bulk, and passes on everything else."""

    daemon_threads = True

    def __init__(self, behind: int, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Passing)
        self.behind = behind
        self.plan: list[int | str] = []
        self.bulks = 0
        self.gone = False  # connections that are still open are cut, as those of an ended process are
        self._lock = threading.Lock()

    def next(self) -> int | str | None:
        """Return what becomes of this bulk; None: it is passed on."""
        with self._lock:
            self.bulks += 1
            return self.plan.pop(0) if self.plan else None

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of connections that were cut on purpose."""


class _Passing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Stumbling

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        planned = self.server.next() if "/_bulk" in self.path else None
        if planned == LOST_BEFORE or self.server.gone:
            self._cut()
        elif isinstance(planned, int):
            self._answer(planned, json.dumps({"error": {"type": "busy", "reason": "busy"}, "status": planned}).encode())
        elif planned == ITEMS:
            item = {"index": {"status": 429, "error": {"type": "rejected", "reason": "queue is full"}}}
            count = body.count(b'"version_type"')
            self._answer(200, json.dumps({"errors": True, "items": [item] * count}).encode())
        else:
            onward = http.client.HTTPConnection("127.0.0.1", self.server.behind)
            kept = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
            onward.request(self.command, self.path, body, kept)
            answer = onward.getresponse()
            told = answer.read()
            onward.close()
            if planned == LOST_AFTER:
                self._cut()
            else:
                self._answer(answer.status, told)

    def do_GET(self) -> None:
        self._pass()

    def do_POST(self) -> None:
        self._pass()

    def do_PUT(self) -> None:
        self._pass()

    def _cut(self) -> None:
        self.close_connection = True

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
