"""`sosik serve`: the dashboard."""

import sys
from typing import Annotated

import typer

from sosik.app.cli.output import Json, complain, console, print_json


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on; this machine only by default.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free port.")] = 8000,
    to_network: Annotated[
        bool, typer.Option("--to-network", help="Yes, listen where other machines can reach it.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Serve the dashboard: pages, JSON under /api/v1, and a feed for any search. Ctrl-C or SIGTERM ends it.

    It asks nobody for a password: on other machines it belongs behind a web server that does, with SOSIK_PUBLIC_URL
    set to the address that people use.

    Examples: `sosik serve` · `sosik serve --port 8765`
    """
    from sosik.app.flows.serve import serve as run
    from sosik.app.wiring import wire

    def ready(address: str) -> None:
        if to_network:
            complain("anybody who can reach this machine can read the dashboard", as_json=as_json)
        tell_address(address, as_json=as_json)

    run(wire(), host=host, port=port, to_network=to_network, ready=ready)


def tell_address(address: str, *, as_json: bool = False) -> None:
    """Say where the dashboard answers, at once: whoever started it waits for this line."""
    if as_json:
        print_json({"url": address})
    else:
        console().print(f"Dashboard: {address}   (Ctrl-C ends it)", markup=False)
    sys.stdout.flush()


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(serve)
