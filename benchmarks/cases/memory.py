"""Peak memory of the commands on 10,000 pages, and of a crawl of 70 outlets."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Scale
from benchmarks.processes import Peak, peak_of
from benchmarks.rows import Goal, Row
from sosik.demo.outlets import OUTLETS
from sosik.demo.process import DemoProcess

_SOSIK = (sys.executable, "-c", "from sosik.app.cli import main; main()")
_GOAL = Goal(at_most=500)
_OUTLETS, _PAGES = 70, 50  # of each


def measure(scale: Scale) -> Iterator[Row]:
    """Megabytes that all processes of a command hold at once, at the worst moment."""
    pages = scale.of(10_000, least=10)
    with tempfile.TemporaryDirectory(prefix="sosik-bench-") as folder:
        crawled, imported = Path(folder) / "crawled", Path(folder) / "imported"
        with DemoProcess(generated=pages) as server:
            gathering = (sys.executable, "-m", "benchmarks.gathering", str(crawled), server.proxy)
            yield _row("crawl", peak_of(gathering, {}), "crawl, read and index")
        commands = (
            ("search", crawled, ("search", "자율주행 실증", "--json")),
            ("trends", crawled, ("trends", "--by", "topic", "--json")),
            ("reindex", crawled, ("reindex", "--json")),
            ("replay", crawled, ("replay", "--json")),
            ("import", imported, ("import", str(crawled / "archive"), "--json")),
        )
        for name, data, arguments in commands:
            peak = peak_of((*_SOSIK, *arguments), {"SOSIK_DATA": str(data)})
            yield _row(name, peak, f"sosik {arguments[0]}, {pages:,} pages")
        yield _many_outlets(scale.of(_OUTLETS // len(OUTLETS), least=1), Path(folder) / "many")


def _many_outlets(times: int, data: Path) -> Row:
    count = times * len(OUTLETS)
    with DemoProcess(generated=count * _PAGES, outlets_like=times) as server:
        peak = peak_of((sys.executable, "-m", "benchmarks.gathering", str(data), server.proxy, str(times)), {})
    return _row(f"{count} outlets", peak, f"crawl, read and index {_PAGES} articles of each outlet")


def _row(name: str, peak: Peak, what: str) -> Row:
    return Row(
        name=f"memory, {name}",
        unit="MB",
        ours=peak.together,
        goal=_GOAL,
        note=f"{what}: sum of all processes; {peak.proportional:.0f} where shared pages count once, "
        f"{peak.largest:.0f} the largest process; {peak.seconds:.0f} s",
    )
