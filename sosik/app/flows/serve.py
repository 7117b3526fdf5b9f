"""Serves the dashboard until it is told to stop."""

import signal
import socket
from collections.abc import Callable
from contextlib import closing
from types import FrameType
from typing import TYPE_CHECKING

import uvicorn

from dashboards.app import create_app
from dashboards.security import LOOPBACK
from sosik.app import formats
from sosik.app.reading import LedgerStopper, open_reader
from sosik.model.errors import Refused

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring


def serve(wiring: "Wiring", *, host: str, port: int, to_network: bool, ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `ready` is told the address once it answers. Port 0 takes any free one.

    Raises Refused for an address that others can reach, unless `to_network` says that this is meant, and where the
    port is taken.
    """
    if host not in LOOPBACK and not to_network:
        raise Refused(
            f"{host} can be reached from other machines, and the dashboard asks nobody for a password. Put a web "
            "server that does before it, or add --to-network if all who can reach this machine may read"
        )
    with closing(_listen(host, port)) as listener, open_reader(wiring) as reader:
        stopper = LedgerStopper(wiring) if wiring.settings.secret.get_secret_value() else None
        app = create_app(reader, shapes=formats, public_url=wiring.settings.public_url, stopper=stopper, hosts=(host,))
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, lifespan="off"
        )
        shown = f"[{host}]" if ":" in host else host
        server = uvicorn.Server(config)

        def stop(number: int, frame: FrameType | None) -> None:
            server.should_exit = True

        # A signal may come before uvicorn answers it; and uvicorn, when it has ended what was under way, raises the one
        # that it answered again, with which this process has nothing more to do.
        former = [(each, signal.signal(each, stop)) for each in (signal.SIGTERM, signal.SIGINT)]
        try:
            ready(f"http://{shown}:{listener.getsockname()[1]}")
            server.run(sockets=[listener])
        finally:
            for number, handler in former:
                signal.signal(number, handler)


def _listen(host: str, port: int) -> socket.socket:
    """Open the port before anything is told: whoever asks from now on is answered, if a moment later."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused(f"port {port} of {host} cannot be opened: {reason}. Choose another with --port") from error
