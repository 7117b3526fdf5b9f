"""Memory of a command: what its processes hold together, looked at many times while it runs (Linux only)."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PAUSE = 0.1  # seconds between two looks
_PROC = Path("/proc")
_MB = 1000 * 1000


@dataclass(frozen=True, slots=True)
class Peak:
    """Greatest amounts seen, in MB (10^6 bytes), and the seconds the command took.

    `together` is the sum of the resident sets of all processes alive at one moment, so a page that two of them share
    (the dictionary) counts twice; `proportional` counts it once. `largest` is the greatest resident set that any one
    process ever had, by the kernel's own account.
    """

    together: float
    proportional: float
    largest: float
    seconds: float


def peak_of(command: Sequence[str], environment: Mapping[str, str]) -> Peak:
    """Run a command to its end and return what it and its descendants held; raises CalledProcessError if it fails."""
    together = proportional = largest = 0.0
    start = time.monotonic()
    child = subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL)
    while child.poll() is None:
        family = _family(child.pid)
        held = [_held(pid) for pid in family]
        together = max(together, sum(resident for resident, _, _ in held))
        proportional = max(proportional, sum(share for _, share, _ in held))
        largest = max(largest, *(most for _, _, most in held), 0.0)
        time.sleep(_PAUSE)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return Peak(together / _MB, proportional / _MB, largest / _MB, time.monotonic() - start)


def _family(root: int) -> list[int]:
    """Return the process and its descendants, as far as they are alive."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            with suppress(OSError):  # it ended while we looked
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                children.setdefault(parent, []).append(int(entry.name))
    found = [root]
    for pid in found:  # grows while it is walked
        found += children.get(pid, [])
    return found


def _held(pid: int) -> tuple[int, int, int]:
    """Return resident, proportional and most ever resident bytes of a process; nothing where it has ended."""
    with suppress(OSError):
        rollup = _sizes(_PROC / str(pid) / "smaps_rollup")
        status = _sizes(_PROC / str(pid) / "status")
        return rollup.get("Rss", 0), rollup.get("Pss", 0), status.get("VmHWM", 0)
    return 0, 0, 0


def _sizes(file: Path) -> dict[str, int]:
    lines = (line.split() for line in file.read_text().splitlines() if line.endswith(" kB"))
    return {words[0].rstrip(":"): int(words[1]) * 1024 for words in lines}
