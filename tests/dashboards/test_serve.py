"""The command, as a process."""

import json
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.conftest import COMMAND, environment


@contextmanager
def served(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        env=environment(folder),
        cwd=folder.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert process.stdout
        line = process.stdout.readline()
        yield process, line
    finally:
        process.kill()
        process.communicate()


def ended(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, env=environment(folder), cwd=folder.parent, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_and_ends_cleanly(finished_demo: Path, end: signal.Signals) -> None:
    with served(finished_demo, "serve", "--port", "0", "--json") as (process, line):
        address = json.loads(line)["url"]
        assert address.startswith("http://127.0.0.1:")
        answer = httpx.get(f"{address}/search?q=AI")
        assert answer.status_code == 200
        assert "server" not in answer.headers
        process.send_signal(end)
        _, errors = process.communicate(timeout=60)
        assert (process.returncode, errors) == (0, "")


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_though_it_is_told_to_before_it_serves(finished_demo: Path, end: signal.Signals) -> None:
    code = f"""
import signal
from sosik.app.flows.serve import serve
from sosik.app.wiring import wire
def ready(address):
    print(address)
    signal.raise_signal({int(end)})
before = signal.getsignal({int(end)})
serve(wire(), host="127.0.0.1", port=0, to_network=False, ready=ready)
assert signal.getsignal({int(end)}) == before
"""
    done = ended(finished_demo, COMMAND[0], "-c", code)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("http://127.0.0.1:")


def test_demo_ends_with_the_dashboard_on_its_own_time(finished_demo: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(finished_demo, tmp_path / "data")
    with served(folder, "demo", "--port", "0") as (process, line):
        assert process.stdout
        lines = [line]
        while "Dashboard: http" not in lines[-1]:
            lines.append(process.stdout.readline())
            assert lines[-1], "".join(lines)
        address = lines[-1].split()[1]
        assert "31 March 2026" in httpx.get(address).text
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
        assert process.returncode == 0


def test_addresses_that_others_reach_are_refused_unless_meant(finished_demo: Path) -> None:
    refused = ended(finished_demo, *COMMAND, "serve", "--host", "0.0.0.0", "--port", "0")
    assert refused.returncode == 1
    assert "--to-network" in refused.stderr
    with served(finished_demo, "serve", "--host", "0.0.0.0", "--port", "0", "--to-network", "--json") as (
        process,
        line,
    ):
        port = json.loads(line)["url"].rpartition(":")[2]
        assert httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200
        foreign = httpx.get(f"http://127.0.0.1:{port}/healthz", headers={"Host": "evil.example"})
        assert foreign.status_code == 421
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
        assert "anybody who can reach this machine" in errors


def test_a_port_that_is_taken(finished_demo: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = ended(finished_demo, *COMMAND, "serve", "--port", port)
    assert done.returncode == 1
    assert f"port {port}" in done.stderr
    assert "--port" in done.stderr
