"""Style sheet and scripts. Their addresses bear a digest, so that browsers may keep them."""

import hashlib
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response

from dashboards.charts.drawing import browser_scripts
from dashboards.site import Site

_FOLDER = Path(__file__).parent.parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_KEEP = {"Cache-Control": "public, max-age=31536000, immutable"}


def version(name: str) -> str:
    """Return the digest of a file of static/."""
    return hashlib.blake2b((_FOLDER / name).read_bytes(), digest_size=6).hexdigest()


def routes(site: Site) -> APIRouter:
    """Return the files; only those that are there when the site is made."""
    del site
    router = APIRouter(prefix="/static")
    files = {each.name: each.read_bytes() for each in _FOLDER.iterdir() if each.suffix in _TYPES}

    @router.get("/vega.js")
    def vega() -> Response:
        """Vega, Vega-Lite and Vega-Embed."""
        return Response(browser_scripts(), media_type="text/javascript", headers=_KEEP)

    @router.get("/{name}")
    def file(name: str) -> Response:
        """One of our own files."""
        if name not in files:
            return Response("no such file\n", 404, media_type="text/plain")
        return Response(files[name], media_type=_TYPES[Path(name).suffix], headers=_KEEP)

    return router
