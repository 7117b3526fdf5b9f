"""A server that speaks OpenAI's chat protocol and answers what a test wrote for it."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Script:
    """Answers in turn, the last one for ever; `asked` holds the requests."""

    answers: list[Any]
    asked: list[dict[str, Any]] = field(default_factory=list)
    address: str = ""

    def next(self) -> Any:
        return self.answers[min(len(self.asked), len(self.answers)) - 1]


@dataclass(frozen=True)
class Refusal:
    """An HTTP status instead of an answer."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Silence:
    """Seconds in which nothing comes."""

    seconds: float


@contextmanager
def serving(*answers: Any) -> Iterator[Script]:
    """Serve the script on a free port."""
    script = Script(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            script.asked.append({"path": self.path, "key": self.headers["Authorization"], **json.loads(body)})
            answer = script.next()
            if isinstance(answer, Silence):
                time.sleep(answer.seconds)
                answer = ""
            if isinstance(answer, Refusal):
                self._send(answer.status, {"error": {"message": "no"}}, answer.headers)
                return
            message = answer if isinstance(answer, dict) and "role" in answer else None
            text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
            message = message or {"role": "assistant", "content": text}
            choice = {"index": 0, "finish_reason": "stop", "message": message}
            self._send(200, {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]})

        def _send(self, status: int, value: object, headers: tuple[tuple[str, str], ...] = ()) -> None:
            data = json.dumps(value).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                for name, content in headers:
                    self.send_header(name, content)
                self.end_headers()
                self.wfile.write(data)
            except ConnectionError:
                return  # the client had waited long enough

        def log_message(self, format: str, *arguments: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    script.address = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
