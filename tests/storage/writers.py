"""Child processes that write until they are killed: `python -m tests.storage.writers archive|ledger|count|fork PLACE`.

Each prints a line once something is kept, so that a test knows what must be there afterwards.
"""

import os
import random
import sys
from dataclasses import replace
from pathlib import Path

from sosik.storage.archive.warc import WarcArchive
from sosik.storage.ledger.sql import SqlLedger
from tests.storage.samples import HandClock, analysis, article, capture

GROUP = 4


def body(number: int) -> bytes:
    """A page that is large and hard to compress, so that its writing takes a while; the same for the same number."""
    return random.Random(number).randbytes(100_000)


def tell(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def write_archive(folder: str) -> None:
    archive = WarcArchive(Path(folder), clock=HandClock(), max_bytes=1_000_000)
    number = 0
    while True:
        group = [capture(number + place, body=body(number + place)) for place in range(GROUP)]
        refs = archive.put(group)
        for place, ref in enumerate(refs):
            tell(number + place, ref.file, ref.offset, ref.end)
        number += GROUP


def write_ledger(url: str) -> None:
    ledger = SqlLedger(url, clock=HandClock())
    number = 0
    while True:
        with ledger.write() as unit:
            for _ in range(GROUP):
                written, _ = unit.articles.put(replace(article(number), text="본문이다. " * 500))
                unit.analyses.put(analysis(written))
                number += 1
            unit.cursors.put("extract", {"a": number})
        tell(number)


def count(url: str) -> None:
    ledger = SqlLedger(url, clock=HandClock())
    tell("ready")
    sys.stdin.readline()
    for _ in range(300):
        with ledger.write() as unit:
            unit.cursors.put("counter", {"n": unit.cursors.get("counter").get("n", 0) + 1})
    ledger.close()


def fork(folder: str) -> None:
    archive = WarcArchive(Path(folder), clock=HandClock())
    tell(archive.put([capture(1)])[0].file)
    pid = os.fork()
    if pid == 0:
        tell(archive.put([capture(2)])[0].file)
        os._exit(0)
    os.waitpid(pid, 0)
    tell(archive.put([capture(3)])[0].file)


if __name__ == "__main__":
    {"archive": write_archive, "ledger": write_ledger, "count": count, "fork": fork}[sys.argv[1]](sys.argv[2])
