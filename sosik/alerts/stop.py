"""How a subscriber stops an alert: a signed link, or a mail to whoever runs Sosik."""

import hmac
from urllib.parse import quote, urlencode

from sosik.model.errors import SettingsMistake

PATH = "/alerts/stop"


class StopLinks:
    """Makes and checks the links. `public_url` is empty where no web server is reachable from outside."""

    def __init__(self, *, public_url: str, secret: str, operator: str) -> None:
        self._public_url = public_url.rstrip("/")
        self._secret = secret.encode()
        self._operator = operator

    def of(self, rule: str) -> str:
        """Return the address that stops a rule: https: (or http:), else mailto:.

        Raises SettingsMistake for a public address without a secret to sign with.
        """
        if self._public_url and not self._secret:
            raise SettingsMistake(
                "SOSIK_SECRET is not set: it signs the links by which subscribers stop alerts. Set it in the "
                "environment to a long random text, and keep it"
            )
        if self._public_url:
            return f"{self._public_url}{PATH}?{urlencode({'rule': rule, 'token': self._token(rule)})}"
        subject, body = quote(f"stop {rule}"), quote("Please stop this alert.")
        return f"mailto:{quote(self._operator, safe='@')}?subject={subject}&body={body}"

    def proves(self, rule: str, token: str) -> bool:
        """Was the token made here, for this rule? Compared in constant time."""
        if not self._secret:
            return False
        return hmac.compare_digest(self._token(rule).encode(), token.encode("utf-8", "surrogatepass"))

    def _token(self, rule: str) -> str:
        return hmac.new(self._secret, f"stop\n{rule}".encode(), "sha256").hexdigest()[:40]
