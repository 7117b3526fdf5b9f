"""What Scrapy and Twisted say when a request comes to nothing, in the words of the ledger.

Apart from the words: who only needs those need not load Scrapy.
"""

from OpenSSL import SSL
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
from service_identity import CertificateError, VerificationError
from twisted.internet.error import ConnectError, ConnectionClosed

from crawler.outcomes import NO_TLS, TIMEOUT, TOO_LARGE, WRONG_CERTIFICATE, WRONG_HOST


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
    if (trouble := tls_trouble(error)) is not None:
        return trouble
    return next((name for kind, name in _FAILURES if isinstance(error, kind)), f"failed: {type(error).__name__}")


def tls_trouble(error: BaseException) -> str | None:
    """Return the outcome of a connection that could not be made safe, or None where that was not the trouble."""
    # Twisted hides what broke a connection in `reasons`, beneath Scrapy's own word for it.
    reasons = [getattr(each, "value", None) for each in getattr(error.__cause__, "reasons", None) or ()]
    if any(isinstance(each, VerificationError | CertificateError) for each in reasons):
        return WRONG_HOST
    broken = [str(each) for each in reasons if isinstance(each, SSL.Error) and each.args]
    if not broken:
        return None
    return WRONG_CERTIFICATE if any("certificate verify failed" in each for each in broken) else NO_TLS
