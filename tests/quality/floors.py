"""Floors of quality figures: pinned in floors.toml, together with a digest of the set on which they were measured.

A figure under its floor, or a set that is no longer the one that was measured, fails. `SOSIK_FLOORS=raise pytest
tests/quality` pins what is measured and lowers nothing; `SOSIK_FLOORS=lower` pins lower figures, too: say in the commit
why they fell.
"""

import hashlib
import math
import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

FILE = Path(__file__).with_name("floors.toml")
_FLAG = "SOSIK_FLOORS"
_HEAD = "# Written by SOSIK_FLOORS=raise (or =lower) pytest tests/quality; see floors.py.\n"


def digest_of(files: Iterable[Path]) -> str:
    """Return a digest of the contents of the files, in the order given, whatever ends their lines."""
    digest = hashlib.blake2b(digest_size=8)
    for file in files:
        content = file.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{file.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def faults(name: str, measured: Mapping[str, float], digest: str, *, file: Path = FILE, flag: str = "") -> list[str]:
    """Return what is wrong with a set's figures (from 0 to 1), one sentence each; pins them first if the flag says so.

    `flag` is "", "raise" or "lower"; where it is empty the environment's SOSIK_FLOORS counts.
    """
    flag = flag or os.environ.get(_FLAG, "")
    pinned = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    old = {key: value for key, value in pinned.get(name, {}).items() if key != "digest"}
    found = [
        f"{name}: {key} is {measured.get(key, 0):.4f}, under its floor of {floor}; {_FLAG}=lower would lower it"
        for key, floor in sorted(old.items())
        if measured.get(key, 0) < floor
    ]
    if flag == "lower" or (flag == "raise" and not found):
        _write(file, pinned | {name: {"digest": digest} | {key: _down(value) for key, value in measured.items()}})
        return []
    if pinned.get(name, {}).get("digest") != digest:
        found.append(f"{name}: the set is not the one that was measured; {_FLAG}=raise pins it anew")
    return found


def _down(value: float) -> float:
    """Round down, so that the figure itself passes."""
    return math.floor(value * 1000) / 1000


def _write(file: Path, tables: Mapping[str, Mapping[str, object]]) -> None:
    parts = [_HEAD]
    for name, table in sorted(tables.items()):
        lines = [
            f'"{key}" = "{value}"' if isinstance(value, str) else f'"{key}" = {value}' for key, value in table.items()
        ]
        parts.append("\n".join([f"[{name}]", *lines, ""]))
    file.write_text("\n".join(parts), encoding="utf-8")
