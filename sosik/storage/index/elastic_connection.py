"""A connection to Elasticsearch that was looked at before it is used."""

import logging
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from elasticsearch import Elasticsearch

from sosik.model.errors import SettingsMistake
from sosik.storage.index.elastic_errors import telling_why

# The client logs every lost connection; errors say it once, and a log that somebody asks for still has it.
logging.getLogger("elastic_transport").addHandler(logging.NullHandler())

_MAJOR = (8, 9)  # of the servers that the client serves
_CONNECTIONS = 10  # per host
_OTHER_HOSTS = 2  # that are asked after one that does not answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where Elasticsearch is, and how to be let in. Secrets are not shown when it is printed.

    `urls` names several hosts of one cluster; `authority` is a file of certificates to trust beside no others.
    `timeout` is in seconds, for one request.
    """

    urls: tuple[str, ...]
    authority: Path | None = None
    user: str = ""
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)
    timeout: float = 10.0

    @property
    def place(self) -> str:
        """What errors call the server."""
        return ", ".join(self.urls)


def addresses(text: str) -> tuple[str, ...]:
    """Read the addresses of a setting, comma separated; raises SettingsMistake."""
    urls = tuple(each.strip().rstrip("/") for each in text.split(",") if each.strip())
    for url in urls:
        parts = urlsplit(url)
        if parts.username or parts.password:
            raise SettingsMistake(
                "SOSIK_ELASTICSEARCH_URL holds a name or password; "
                "they belong into SOSIK_ELASTICSEARCH_USER and SOSIK_ELASTICSEARCH_PASSWORD"
            )
        if parts.scheme not in ("http", "https") or not parts.hostname or not _has_port_or_none(url):
            raise SettingsMistake(
                f"SOSIK_ELASTICSEARCH_URL names {url!r}, which is no address; write https://host:9200, "
                "several hosts of one cluster separated by commas"
            )
    if not urls:
        raise SettingsMistake("SOSIK_ELASTICSEARCH_URL is empty; write https://host:9200")
    return urls


def _has_port_or_none(url: str) -> bool:
    try:
        return urlsplit(url).port is None or bool(urlsplit(url).port)
    except ValueError:
        return False


def connect(address: Address) -> Elasticsearch:
    """Connect, and see whether a server of a known version answers; raises SettingsMistake or Away."""
    client = Elasticsearch(list(map(_with_port, address.urls)), **_options(address))
    try:
        with telling_why(address.place):
            found = client.nodes.info(metric="http", filter_path="nodes.*.version")
    except BaseException:
        client.close()
        raise
    _refuse_others(address, sorted({each["version"] for each in found["nodes"].values()}))
    return client


def _options(address: Address) -> dict[str, Any]:
    options: dict[str, Any] = {
        "request_timeout": address.timeout,
        # More would only make a person wait for what is away.
        "max_retries": min(len(address.urls) - 1, _OTHER_HOSTS),
        "retry_on_timeout": len(address.urls) > 1,
        "retry_on_status": (),
        "connections_per_node": _CONNECTIONS,
    }
    if address.authority is not None:
        options["ca_certs"] = _certificates(address.authority)
    if address.api_key:
        options["api_key"] = address.api_key
    elif address.user:
        options["basic_auth"] = (address.user, address.password)
    return options


def _certificates(file: Path) -> str:
    """Return the file's name; raises SettingsMistake where it holds no certificates."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=file)
    except OSError as error:  # SSLError is one
        raise SettingsMistake(
            f"SOSIK_ELASTICSEARCH_CA is {str(file)!r}, which cannot be read as certificates ({error.strerror})"
        ) from error
    return str(file)


def _with_port(url: str) -> str:
    parts = urlsplit(url)
    if parts.port is not None:
        return url
    return f"{parts.scheme}://{parts.netloc}:{443 if parts.scheme == 'https' else 9200}{parts.path}"


def _refuse_others(address: Address, versions: Sequence[str]) -> None:
    for version in versions:
        if not version.split(".")[0].isdigit() or int(version.split(".")[0]) not in _MAJOR:
            raise SettingsMistake(
                f"Elasticsearch at {address.place} is version {version}; Sosik speaks with 8 and 9. "
                "Upgrade the server, or name another in SOSIK_ELASTICSEARCH_URL"
            )
