"""What every page is handed."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request

from dashboards.reading import Reader, Shapes, Stopper
from dashboards.security import LOOPBACK, host_of
from dashboards.views import Views


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The data, the templates, and who may stop alerts (None where no links are signed)."""

    reader: Reader
    shapes: Shapes
    views: Views
    public_url: str
    stopper: Stopper | None = None

    def base(self, request: Request) -> str:
        """Return what links in feeds begin with: the public address, unless somebody asks on this very machine."""
        asked = host_of(request.headers.get("host", ""))
        if not self.public_url or (asked in LOOPBACK and urlsplit(self.public_url).hostname in LOOPBACK):
            return str(request.base_url).rstrip("/")
        return self.public_url.rstrip("/")
