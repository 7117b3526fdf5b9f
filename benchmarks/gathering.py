"""`sosik crawl` of the demonstration newspapers behind a proxy, which the command has no option for.

`python -m benchmarks.gathering DATA PROXY [OUTLETS-LIKE-EACH]` calls the flow that the command calls.
"""

import sys
from pathlib import Path


def main() -> None:
    """Crawl, read and index. Imports here, as the commands do: each worker process imports this module anew."""
    from sosik.app.flows.crawl import gather
    from sosik.app.settings import Settings
    from sosik.app.wiring import Wiring
    from sosik.demo.clock import DemoClock
    from sosik.demo.outlets import OUTLETS, demo_sources, outlets_like

    data, proxy, *times = sys.argv[1:]
    outlets = outlets_like(int(times[0])) if times else OUTLETS
    report = gather(Wiring(Settings(data=Path(data)), DemoClock()), demo_sources(outlets), proxy=proxy)
    print(f"{report.kept} pages kept, {report.index.written} articles indexed", file=sys.stderr)


if __name__ == "__main__":
    main()
