"""What became of a visit, in the words of the ledger: kept, unchanged, 'refused: …' or 'failed: …'."""

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
WRONG_CERTIFICATE = "failed: certificate not valid"  # expired, not yet valid, signed by nobody we trust
WRONG_HOST = "failed: certificate of another host"
NO_TLS = "failed: no TLS"
NO_BROWSER = "refused: needs a browser (pip install 'sosik[browser]' and Chromium, on Debian `apt install chromium`)"
STOPPED = "stopped"  # never written: the address was not visited


def is_failure(outcome: str) -> bool:
    """Is it a failure or a refusal?"""
    return outcome.startswith(("failed", "refused"))
