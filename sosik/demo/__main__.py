"""The demonstration server as a process of its own: `python -m sosik.demo`.

Its address is the first line of standard output. Afterwards it reads standard input: each line is an instant in ISO
form to which the clock is moved (answered by the same line), and the end of input ends the process.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import cycle

from sosik.demo.clock import DEMO_NOW, DemoClock
from sosik.demo.generated import generated_articles
from sosik.demo.outlets import OUTLETS, Outlet, outlets_like
from sosik.demo.server import DemoServer
from sosik.demo.texts import DemoArticle, read_articles


def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(prog="python -m sosik.demo", description="Serve the demonstration newspapers.")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes any free one")
    parser.add_argument("--at", type=datetime.fromisoformat, default=DEMO_NOW, help="instant of the clock, with a zone")
    parser.add_argument("--generated", type=int, default=0, help="how many generated articles to add")
    parser.add_argument(
        "--outlets-like",
        type=int,
        default=0,
        help="instead, so many outlets like each of them, with generated articles",
    )
    parser.add_argument("--rendered", action="store_true", help="render every page before the address is printed")
    given = parser.parse_args()
    if given.generated < 0:
        parser.error("--generated counts articles")
    clock = DemoClock(given.at)
    articles, outlets = (*read_articles(), *generated_articles(given.generated)), OUTLETS
    if given.outlets_like:
        outlets = outlets_like(given.outlets_like)
        articles = _among(outlets, given.generated)
    with DemoServer(clock=clock, articles=articles, outlets=outlets, port=given.port) as server:
        if given.rendered:
            server.render_all()
        _say(server.proxy)
        for line in sys.stdin:
            clock.move_to(datetime.fromisoformat(line.strip()))
            _say(line.strip())


def _among(outlets: Sequence[Outlet], count: int) -> tuple[DemoArticle, ...]:
    """Generate articles for outlets in turn, each for one that is like its own."""
    alike = {each.id: [like for like in outlets if like.design == each.id] for each in OUTLETS}
    turns = {design: cycle(some) for design, some in alike.items()}
    return tuple(replace(each, outlet=next(turns[each.outlet]).id) for each in generated_articles(count))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
