"""A tagger's process: started when it is first asked, timed, and killed and started again when it is stuck."""

import json
import os
import select
import subprocess
import sys
import threading
import time
import weakref

from sosik.model.errors import SettingsMistake

_START = 120.0  # seconds until it must be ready: dictionaries are large, machines busy
_READ = 1 << 16
Token = tuple[str, str]
"""Surface and the tagger's own tag."""


class TaggerProcess:
    """Asks one tagger, one question at a time, from any thread.

    `megabytes` limits its heap, `seconds` each answer. A process that is stuck or dead is replaced by a new one.
    """

    def __init__(self, name: str, *, megabytes: int, seconds: float) -> None:
        self._command = [sys.executable, "-m", "enrich.tokenizers.konlpy.child", name, str(megabytes)]
        self._name = name
        self._seconds = seconds
        self._turn = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._end: weakref.finalize[[subprocess.Popen[bytes]], TaggerProcess] | None = None

    def ask(self, text: str) -> list[Token] | None:
        """Return the tokens of a text; None where the tagger fails, takes too long or dies of it.

        Raises SettingsMistake where it cannot be started.
        """
        with self._turn:
            child = self._ready()
            try:
                answer = _answer(child, text, self._seconds)
            except (OSError, EOFError, TimeoutError):
                self._close()
                return None
        return None if answer is None else [(surface, tag) for surface, tag in answer]

    def close(self) -> None:
        """End the process; the next question starts another."""
        with self._turn:
            self._close()

    def _close(self) -> None:
        if self._end is not None:
            self._end()
        self._child = self._end = None

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._close()
        child = subprocess.Popen(  # noqa: S603 - our own module, a name of our own
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,  # a Ctrl-C at the terminal is not its own
        )
        self._child, self._end = child, weakref.finalize(self, _kill, child)
        try:
            said = json.loads(_line(child, _START))
        except (EOFError, TimeoutError) as error:
            self._close()
            raise SettingsMistake(f"SOSIK_TOKENIZER: KoNLPy's {self._name} does not start") from error
        if said != "ready":
            self._close()
            raise SettingsMistake(f"SOSIK_TOKENIZER: KoNLPy's {self._name} does not start: {said}")
        return child


def _answer(child: subprocess.Popen[bytes], text: str, seconds: float) -> list[list[str]] | None:
    assert child.stdin is not None  # noqa: S101 - it was started with a pipe
    child.stdin.write(json.dumps(text).encode() + b"\n")
    child.stdin.flush()
    answer: list[list[str]] | None = json.loads(_line(child, seconds))
    return answer


def _line(child: subprocess.Popen[bytes], seconds: float) -> bytes:
    """Return one line; raises TimeoutError, and EOFError where the process ended."""
    assert child.stdout is not None  # noqa: S101 - it was started with a pipe
    until = time.monotonic() + seconds
    line = b""
    while not line.endswith(b"\n"):
        ready, _, _ = select.select([child.stdout], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise TimeoutError
        part = os.read(child.stdout.fileno(), _READ)
        if not part:
            raise EOFError
        line += part
    return line


def _kill(child: subprocess.Popen[bytes]) -> None:
    with child:
        child.kill()
