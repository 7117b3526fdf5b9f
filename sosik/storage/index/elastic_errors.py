"""What Elasticsearch and its client say, as Sosik's errors: which thing is wrong, and what to do, in one line."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from elastic_transport import ConnectionError as NoConnection
from elastic_transport import ConnectionTimeout, TlsError, TransportError
from elasticsearch import ApiError, UnsupportedProductError

from sosik.model.errors import Away, Damaged, QueryMistake, Refused, SettingsMistake, SosikError, StorageFull

BUSY_STATUS = (429, 502, 503, 504)
_TOO_LARGE = ("too_many_buckets", "too_many_clauses", "too_many_nested_clauses", "x_content_depth", "maxClauseCount")
_LONGEST = 160  # characters of each part of a reason that are shown


@contextmanager
def telling_why(place: str, *, query: str = "") -> Iterator[None]:
    """Raise Sosik's error for the client's; `place` is where it asked, `query` what it was asked by a person."""
    try:
        yield
    except TransportError as error:
        raise from_transport(error, place) from error
    except ApiError as error:
        raise from_answer(error, place, query) from error


def from_transport(error: TransportError, place: str) -> SosikError:
    """Return what a lost, refused or untrusted connection means."""
    if isinstance(error, TlsError):
        return SettingsMistake(
            f"the certificate of {place} is not trusted ({_short(error.message)}); "
            "SOSIK_ELASTICSEARCH_CA names the file of the authority that signed it"
        )
    if isinstance(error, ConnectionTimeout):
        return Away(f"Elasticsearch at {place} did not answer in time (SOSIK_ELASTICSEARCH_TIMEOUT)")
    if isinstance(error, NoConnection):
        return Away(
            f"nothing answers at {place} ({_short(error.message)}); "
            "is Elasticsearch running, and is SOSIK_ELASTICSEARCH_URL its address?"
        )
    return Away(f"Elasticsearch at {place} cannot be understood ({_short(error.message)})")


def from_answer(error: ApiError, place: str, query: str = "") -> SosikError:
    """Return what an answer that is an error means."""
    status, reason = error.status_code, reason_of(error.body) or _short(str(error.message))
    if isinstance(error, UnsupportedProductError):
        return SettingsMistake(
            f"what answers at {place} is not Elasticsearch; SOSIK_ELASTICSEARCH_URL names its address"
        )
    if any(each in reason or each in str(error.body) for each in _TOO_LARGE):
        said = f"this asks for more than one answer holds ({reason}); ask for fewer words, wider buckets or fewer days"
        return QueryMistake(said, query=query, position=0)
    if is_full(error.body):
        return full(place, reason)
    return of_status(status, reason, place)


def of_status(status: int, reason: str, place: str) -> SosikError:
    """Return what the status of an answer, or of one action of a bulk, means."""
    if status == 401:
        return SettingsMistake(
            f"Elasticsearch at {place} does not accept the key; set SOSIK_ELASTICSEARCH_API_KEY, "
            "or SOSIK_ELASTICSEARCH_USER and SOSIK_ELASTICSEARCH_PASSWORD"
        )
    if status == 403:
        return SettingsMistake(
            f"the key may not do this at {place}: {reason}; docs/how-to/elasticsearch.md lists rights"
        )
    if status == 404:
        return Damaged(f"the index at {place} is gone ({reason}); `sosik reindex` makes it anew from the ledger")
    if status in BUSY_STATUS:
        return Away(f"Elasticsearch at {place} has no time or no leader ({status}: {reason})")
    return Refused(f"Elasticsearch at {place} refused this ({status}: {reason})")


def full(place: str, reason: str) -> StorageFull:
    """Return what is raised where a disk of the cluster is full."""
    return StorageFull(
        f"Elasticsearch at {place} takes nothing, since a disk is full ({reason}); "
        "make room, or lift index.blocks.read_only_allow_delete, and run the command again"
    )


def is_full(body: object) -> bool:
    """Is it the block that a full disk (or a person) puts on an index?"""
    said = str(body)
    return "cluster_block_exception" in said and ("disk" in said or "read-only" in said)


def reason_of(body: object) -> str:
    """Return type and reason that an answer's body, or an item's error, names, down to the first cause."""
    if not isinstance(body, Mapping):
        return ""
    error: Any = body.get("error", body)
    if not isinstance(error, Mapping):
        return _short(str(error))
    roots = error.get("failed_shards") or error.get("root_cause") or ()
    named = [error, *(each.get("reason", each) for each in roots if isinstance(each, Mapping))]
    named = [each for each in named if isinstance(each, Mapping) and each.get("reason")]
    said = named[-1] if named else error
    parts = [str(said.get("type", "")), _short(str(said.get("reason", ""))), _short(_cause(said))]
    return ": ".join(each for each in parts if each)


def _cause(said: Mapping[str, Any]) -> str:
    """Return the reason at the bottom of a chain of causes; empty where there is no chain."""
    reason = ""
    while isinstance(cause := said.get("caused_by"), Mapping):
        said, reason = cause, str(cause.get("reason", ""))
    return reason


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
