"""How the command behaves at a terminal: encodings, closed pipes, Ctrl-C."""

import json
import signal
import subprocess
import time
from pathlib import Path

from tests.conftest import COMMAND, environment


def start(data: Path, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, *arguments],
        env=environment(data, **more),
        cwd=data.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_utf8_whatever_the_locale(demo_data: Path) -> None:
    with start(demo_data, "search", "실증", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii") as process:
        out, told = process.communicate()
    assert (process.returncode, told) == (0, b"")
    assert "«실증" in out.decode("utf-8")


def test_a_closed_pipe_is_no_traceback(demo_data: Path) -> None:
    with start(demo_data, "search", "from:2025-01-01", "--limit", "1000", "--json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        json.loads(process.stdout.readline())
        process.stdout.close()
        told = process.stderr.read()
    assert b"Traceback" not in told
    assert b"Exception" not in told


def test_ctrl_c_is_no_traceback(data: Path) -> None:
    with start(data, "demo", "--no-serve") as process:
        while not (data / "locks").exists():  # it is at work, and has caught signals long since
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate()
    assert process.returncode == 130
    assert b"Traceback" not in told
    assert len(told.splitlines()) <= 1


def test_a_ctrl_c_at_an_odd_moment_is_not_lost(data: Path) -> None:
    code = """
import signal, weakref
import sosik.app.cli.registry
from sosik.app.cli import main
class Thing: pass
def command(standalone_mode):
    thing = Thing()
    here = weakref.ref(thing, lambda gone: signal.raise_signal(signal.SIGINT))
    del thing
    signal.pause()
sosik.app.cli.registry.build = lambda: command
main()
"""
    done = subprocess.run([COMMAND[0], "-c", code], env=environment(data), capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (130, b"")


def test_nothing_heavy_is_loaded_for_help(data: Path) -> None:
    code = "import sys; from sosik.app.cli.registry import build; build(); print(*sys.modules)"
    done = subprocess.run(
        [COMMAND[0], "-c", code], env=environment(data), capture_output=True, text=True, encoding="utf-8", check=True
    )
    heavy = {"scrapy", "trafilatura", "sqlalchemy", "tantivy", "mecab_ko", "pydantic", "openpyxl", "lxml"}
    assert heavy.isdisjoint(done.stdout.split())
