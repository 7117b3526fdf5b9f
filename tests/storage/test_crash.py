"""kill -9 while something is written, and two who write at once."""

import subprocess
import sys
from pathlib import Path

import pytest

from sosik.model.capture import CaptureRef
from sosik.storage.archive.warc import WarcArchive
from sosik.storage.ledger.sql import SqlLedger
from tests.storage.samples import HandClock, capture
from tests.storage.writers import GROUP, body

ROOT = Path(__file__).parents[2]


def child(what: str, place: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-m", "tests.storage.writers", what, place]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)


def kill_after(process: subprocess.Popen[str], lines: int) -> list[str]:
    """Kill -9 once that many lines came, and return all that came whole."""
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(lines)]
    process.kill()
    rest, _ = process.communicate()
    assert process.returncode == -9, "the writer ended by itself"
    return [line for line in [*told, *rest.splitlines(keepends=True)] if line.endswith("\n")]


@pytest.mark.parametrize("lines", [1, 5, 17, 30])
def test_what_put_returned_for_is_there_after_a_kill(tmp_path: Path, lines: int) -> None:
    folder = tmp_path / "archive"
    told = kill_after(child("archive", str(folder)), lines)
    archive = WarcArchive(folder, clock=HandClock())
    found = list(archive.walk({}))
    expected = [capture(number, body=body(number)) for number in range(len(found))]
    assert [each for _, each in found] == expected
    for line in told:
        number, file, offset, end = line.split()
        ref = CaptureRef(file=file, offset=int(offset), end=int(end))
        assert archive.get(ref) == expected[int(number)]
    before = {path: path.read_bytes() for path in folder.iterdir()}
    archive.put([capture(9999)])
    archive.close()
    assert {path: path.read_bytes() for path in before} == before
    assert [each for _, each in archive.walk({})].count(capture(9999)) == 1


@pytest.mark.parametrize("lines", [1, 3, 8, 20])
def test_a_killed_ledger_has_whole_units_only(tmp_path: Path, lines: int) -> None:
    url = f"sqlite:///{tmp_path}/ledger.db"
    ledger = SqlLedger(url, clock=HandClock())
    ledger.migrate()
    with ledger.write() as unit:
        unit.index_work.open("g")
    told = kill_after(child("ledger", url), lines)
    with ledger.read() as unit:
        count = unit.articles.count()
        assert unit.cursors.get("extract") == {"a": count}
        assert unit.index_work.count("g") == count
        assert unit.analyses.stale("steps-1") == ()
    whole = [int(line) for line in told]
    assert count in (whole[-1], whole[-1] + GROUP)
    with ledger.write() as unit:
        unit.cursors.put("extract", {"a": 0})
    ledger.close()


def test_two_processes_lose_no_update(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/ledger.db"
    ledger = SqlLedger(url, clock=HandClock())
    ledger.migrate()
    processes = [child("count", url) for _ in range(2)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    with ledger.read() as unit:
        assert unit.cursors.get("counter") == {"n": 600}
    ledger.close()
