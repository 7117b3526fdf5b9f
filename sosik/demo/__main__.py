"""The demonstration server as a process of its own: `python -m sosik.demo`.

Its address is the first line of standard output. Afterwards it reads standard input: each line is an instant in ISO
form to which the clock is moved (answered by the same line), and the end of input ends the process.
"""

import argparse
import sys
from datetime import datetime

from sosik.demo.clock import DEMO_NOW, DemoClock
from sosik.demo.generated import generated_articles
from sosik.demo.server import DemoServer
from sosik.demo.texts import read_articles


def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(prog="python -m sosik.demo", description="Serve the demonstration newspapers.")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes any free one")
    parser.add_argument("--at", type=datetime.fromisoformat, default=DEMO_NOW, help="instant of the clock, with a zone")
    parser.add_argument("--generated", type=int, default=0, help="how many generated articles to add")
    parser.add_argument("--rendered", action="store_true", help="render every page before the address is printed")
    given = parser.parse_args()
    if given.generated < 0:
        parser.error("--generated counts articles")
    clock = DemoClock(given.at)
    articles = (*read_articles(), *generated_articles(given.generated))
    with DemoServer(clock=clock, articles=articles, port=given.port) as server:
        if given.rendered:
            server.render_all()
        _say(server.proxy)
        for line in sys.stdin:
            clock.move_to(datetime.fromisoformat(line.strip()))
            _say(line.strip())


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
