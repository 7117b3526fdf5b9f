"""What became of a visit, in the words of the ledger: kept, unchanged, 'refused: …' or 'failed: …'."""

from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from twisted.internet.error import ConnectError, ConnectionClosed

KEPT = "kept"
UNCHANGED = "unchanged"
TOO_LARGE = "refused: too large"
PRIVATE = "refused: private address"
ROBOTS = "refused: robots.txt"
ROBOTS_AWAY = "refused: robots.txt did not answer"
NO_KEY = "refused: no {} in the environment"  # with the variable that would hold an API's key
CLOSED = "refused: taken down"
WAIT = "failed: asked to wait"
TIMEOUT = "failed: timeout"
NO_BROWSER = "refused: needs a browser (pip install 'sosik[browser]' and Chromium, on Debian `apt install chromium`)"
STOPPED = "stopped"  # never written: the address was not visited


class Turned(IgnoreRequest):
    """A request that is given up; `outcome` says why."""

    def __init__(self, outcome: str) -> None:
        super().__init__(outcome)
        self.outcome = outcome


_FAILURES: tuple[tuple[type[BaseException], str], ...] = (
    (DownloadCancelledError, TOO_LARGE),  # Scrapy's word for a body beyond DOWNLOAD_MAXSIZE
    (DownloadTimeoutError, TIMEOUT),
    (CannotResolveHostError, "failed: no such host"),
    (DownloadConnectionRefusedError, "failed: connection refused"),
    (ResponseDataLossError, "failed: cut short"),
    (DownloadFailedError, "failed: connection lost"),
    (ConnectError, "failed: no connection"),
    (ConnectionClosed, "failed: connection lost"),
    (TunnelError, "failed: proxy refused"),
)

DOWNLOAD_ERRORS: tuple[type[BaseException], ...] = (IgnoreRequest, OSError, *(kind for kind, _ in _FAILURES))
"""What a request can end in that is the other side's doing."""


def outcome_of(error: BaseException) -> str:
    """Return the outcome of a request that ended in an error."""
    if isinstance(error, Turned):
        return error.outcome
    return next((name for kind, name in _FAILURES if isinstance(error, kind)), f"failed: {type(error).__name__}")


def is_failure(outcome: str) -> bool:
    """Is it a failure or a refusal?"""
    return outcome.startswith(("failed", "refused"))
