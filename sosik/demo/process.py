"""The demonstration server in a process of its own, so that a measurement does not share its interpreter."""

import subprocess
import sys
from datetime import datetime
from types import TracebackType
from typing import Self

from sosik.demo.clock import DEMO_NOW
from sosik.model.errors import Away


class DemoProcess:
    """Runs `python -m sosik.demo` until the context is left; ends by itself should this process die.

    `proxy` is its address. `generated` articles are added to the written ones; with `outlets_like`, so many outlets
    like each of the made-up ones share them, and nothing else is served.
    """

    def __init__(
        self, *, at: datetime = DEMO_NOW, generated: int = 0, outlets_like: int = 0, rendered: bool = False
    ) -> None:
        self._command = [sys.executable, "-m", "sosik.demo", "--at", at.isoformat(), "--generated", str(generated)]
        if outlets_like:
            self._command += ["--outlets-like", str(outlets_like)]
        if rendered:
            self._command.append("--rendered")
        self._child: subprocess.Popen[str] | None = None
        self.proxy = ""

    def move_to(self, at: datetime) -> None:
        """Move its clock; returns when it has moved. Raises Away if the process is not there."""
        self._tell(at.isoformat())

    def __enter__(self) -> Self:
        self._child = subprocess.Popen(  # noqa: S603 (our own module, arguments of our own making)
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        try:
            self.proxy = self._hear()
        except Away:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        if self._child is not None:
            self._child.communicate()  # closes its standard input, which ends it
            self._child = None

    def _tell(self, line: str) -> None:
        if self._child is None or self._child.stdin is None:
            raise Away("the demonstration server is not running")
        self._child.stdin.write(f"{line}\n")
        self._child.stdin.flush()
        self._hear()

    def _hear(self) -> str:
        line = "" if self._child is None or self._child.stdout is None else self._child.stdout.readline().strip()
        if not line:
            raise Away("the demonstration server ended before it answered")
        return line
