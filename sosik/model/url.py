"""Canonical addresses: one article has one, whatever trackers hang on it."""

from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

# Parameters that say where a reader came from and never which article it is.
_TRACKING_PREFIXES = ("utm_", "fb_", "ga_", "mc_", "_ga")
_TRACKING = frozenset({"fbclid", "gclid", "igshid", "ref", "refer", "referer", "rss", "from", "sns", "cmpid", "spm"})
_SESSION = frozenset({"phpsessid", "jsessionid", "sid_session"})
# The CMS of most regional papers: idxno names the article, sc_… the list or search that the reader came from.
_ND_SOFT_ARTICLE = "idxno"
_ND_SOFT_SEARCH = "sc_"
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE_IN_PATH = "/:@!$&'()*+,;=-._~"


def canonical_url(url: str) -> str:
    """Return the address without tracking parameters, fragment, default port and letter case of the host.

    Parameters are sorted; a mobile host (`m.`) and `www.` stay, for they are other hosts to robots.txt. Raises
    ValueError for anything but http and https.
    """
    parts = urlsplit(url.strip())
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not parts.hostname:
        raise ValueError(f"not an http address: {url!r}")
    host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname.lower()
    port = parts.port
    netloc = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = quote(unquote(parts.path), safe=_SAFE_IN_PATH) or "/"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    names = {key.lower() for key, _ in pairs}
    kept = sorted((key, value) for key, value in pairs if not _is_noise(key.lower(), names))
    return urlunsplit((scheme, netloc, path, urlencode(kept), ""))


def _is_noise(key: str, names: set[str]) -> bool:
    if _ND_SOFT_ARTICLE in names and key.startswith(_ND_SOFT_SEARCH):
        return True
    return key in _TRACKING or key in _SESSION or key.startswith(_TRACKING_PREFIXES)
