"""The generations of an index on a cluster, and the aliases that say which is which.

articles-v1, articles-v2 …    one whole index each
articles                      what is searched: the living one
articles-write                what is written to when the living one is meant
articles-next                 the one that is filling
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elasticsearch import Elasticsearch

from sosik.model.errors import Mismatch, NotFound, Refused
from sosik.model.ports.generations import Former
from sosik.model.ports.tokenizer import TermCutter
from sosik.storage.index.elastic_errors import telling_why
from sosik.storage.index.elastic_index import ElasticIndex
from sosik.storage.index.elastic_schema import SCHEMA_VERSION, mappings, settings
from sosik.storage.index.elastic_snapshots import Repository

KIND = "elasticsearch"
_READY = "30s"  # for the shards of a new index
_LEFT = "left"  # what a generation notes when another takes its place
_SNAPSHOT = re.compile(r"[a-z0-9][a-z0-9._-]*")
_KNOWN = re.compile(r"-(?:v)?(\d+)$")


@dataclass(frozen=True, slots=True)
class _Found:
    """An index on the cluster: its aliases, and what its mapping notes of who made it."""

    aliases: frozenset[str]
    meta: dict[str, Any]


class ElasticGenerations:
    """Fulfils sosik.model.ports.generations.Generations. `name` tells several installations on one cluster apart."""

    def __init__(
        self,
        client: Elasticsearch,
        *,
        cutter: TermCutter,
        place: str,
        name: str = "articles",
        shards: int = 1,
        replicas: int = 0,
        patience: float = 30.0,
        repository: Repository,
    ) -> None:
        """Use a connected client; shards and replicas are those of new indexes."""
        self._client = client
        self._cutter = cutter
        self._place = place
        self._name = name
        self._shards = shards
        self._replicas = replicas
        self._patience = patience
        self._repository = repository

    @property
    def kind(self) -> str:
        """Which engine they are of."""
        return KIND

    @property
    def _write(self) -> str:
        return f"{self._name}-write"

    @property
    def _next(self) -> str:
        return f"{self._name}-next"

    @property
    def shared(self) -> bool:
        """A cluster is there for many."""
        return True

    def living(self) -> str | None:
        """Return the generation that the read alias names."""
        return _newest(_with_alias(self._look(), self._name))

    def filling(self) -> str | None:
        """Return the generation that was begun and is not alive yet."""
        return _newest(_with_alias(self._look(), self._next))

    def former(self) -> Former | None:
        """Return the generation that was left last, as long as it is kept."""
        found = self._look()
        living = _newest(_with_alias(found, self._name))
        left = [
            (each.meta[_LEFT], index)
            for index, each in found.items()
            if _LEFT in each.meta and _generation(index) != living
        ]
        if not left:
            return None
        since, index = max(left)
        return Former(_generation(index), datetime.fromisoformat(since))

    def begin(self) -> str:
        """Make an empty index in place of one that was filling; the first of all is alive at once."""
        self._remove(_with_alias(self._look(), self._next))
        index = self._new_index()
        aliases = (self._next,) if self.living() else (self._name, self._write)
        with telling_why(self._place):
            self._client.options(request_timeout=60).indices.create(
                index=index,
                mappings=mappings(self._cutter.name),
                settings=settings(self._shards, self._replicas),
                aliases={each: {} for each in aliases},
                timeout=_READY,
            )
        return _generation(index)

    def open(self, name: str) -> ElasticIndex:
        """Open a generation through its aliases; raises Mismatch or NotFound."""
        index, found = self._index(name), self._look()
        if index not in found:
            raise NotFound("index", index, known=tuple(found), hint="`sosik reindex` makes one")
        self._compare(index, found[index].meta)
        living = name == _newest(_with_alias(found, self._name))
        return ElasticIndex(
            self._client,
            cutter=self._cutter,
            reads=self._name if living else index,
            writes=self._write if living else self._next,
            place=self._place,
            patience=self._patience,
        )

    def bring_to_life(self, name: str, now: datetime) -> None:
        """Let both aliases name this generation, in one step of the cluster."""
        index, former = self._index(name), self.living()
        if name == former:
            return
        if former is not None:
            self._note_leaving(self._index(former), now)
        self._point(index)
        kept = (index, self._index(former)) if former else (index,)
        self._remove(each for each in self._look() if each not in kept)

    def go_back(self, now: datetime) -> str:
        """Let the former generation be searched again, and remove the one that was."""
        former, living = self.former(), self.living()
        if former is None:
            raise NotFound("former index", self._name, hint="it is kept for a day after `sosik reindex`")
        self._point(self._index(former.name))
        if living is not None:
            self._remove([self._index(living)])
        return former.name

    def forget_former(self) -> None:
        """Remove the former generation."""
        former = self.former()
        if former is not None:
            self._remove([self._index(former.name)])

    def snapshot(self, name: str) -> None:
        """Keep a copy of the living generation in the repository."""
        living = self.living()
        if living is None:
            raise NotFound("index", self._name, hint="there is nothing to keep yet")
        if not _SNAPSHOT.fullmatch(name):
            raise Refused(f"{name!r} cannot name a snapshot: small letters, digits, dashes, dots and underscores can")
        self._repository.keep(self._index(living), name)

    def snapshots(self) -> tuple[str, ...]:
        """Return the names of the copies, oldest first."""
        return self._repository.names()

    def restore(self, snapshot: str) -> str:
        """Begin a generation with what a copy holds."""
        self._remove(_with_alias(self._look(), self._next))
        index = self._new_index()
        self._repository.give_back(snapshot, index)
        note = {key: value for key, value in self._look()[index].meta.items() if key != _LEFT}
        with telling_why(self._place):
            self._client.indices.put_mapping(index=index, meta={"sosik": note})
            self._client.indices.put_alias(index=index, name=self._next)
        return _generation(index)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _index(self, name: str) -> str:
        return f"{self._name}-v{_number(name)}"

    def _new_index(self) -> str:
        return f"{self._name}-v{max(map(_number, self._look()), default=0) + 1}"

    def _look(self) -> dict[str, _Found]:
        """Return each of our indexes, oldest first, with its aliases and what is noted in its mapping; one request."""
        with telling_why(self._place):
            # Not of an alias: one that is not there is an error, and nothing tells that error from others.
            found = self._client.indices.get(
                index=f"{self._name}-v*", features=["aliases", "mappings"], expand_wildcards="open"
            ).body
        pattern = re.compile(rf"{re.escape(self._name)}-v\d+")
        return {
            index: _Found(
                frozenset(found[index]["aliases"]), found[index]["mappings"].get("_meta", {}).get("sosik", {})
            )
            for index in sorted(filter(pattern.fullmatch, found), key=_number)
        }

    def _point(self, index: str) -> None:
        found = self._look()
        actions: list[dict[str, Any]] = []
        for alias in (self._name, self._write):
            actions += [
                {"remove": {"index": each, "alias": alias}} for each in _with_alias(found, alias) if each != index
            ]
            actions.append({"add": {"index": index, "alias": alias}})
        actions += [{"remove": {"index": each, "alias": self._next}} for each in _with_alias(found, self._next)]
        with telling_why(self._place):
            self._client.indices.update_aliases(actions=actions)

    def _note_leaving(self, index: str, now: datetime) -> None:
        found = self._look().get(index)
        note = {**(found.meta if found else {}), _LEFT: now.isoformat()}
        with telling_why(self._place):
            self._client.indices.put_mapping(index=index, meta={"sosik": note})

    def _remove(self, indexes: Iterable[str]) -> None:
        for index in indexes:
            with telling_why(self._place):
                self._client.indices.delete(index=index, ignore_unavailable=True)

    def _compare(self, index: str, theirs: dict[str, Any]) -> None:
        for key, value in (("schema", SCHEMA_VERSION), ("cutter", self._cutter.name)):
            if theirs.get(key) != value:
                raise Mismatch(
                    f"the index {index} at {self._place} was made with {key} {theirs.get(key)!r}, this is {value!r}; "
                    "`sosik reindex` makes it anew from the ledger"
                )


def _with_alias(found: Mapping[str, _Found], alias: str) -> list[str]:
    return [index for index, each in found.items() if alias in each.aliases]


def _newest(indexes: Sequence[str]) -> str | None:
    return _generation(indexes[-1]) if indexes else None


def _number(name: str) -> int:
    """The number of a generation, or of an index."""
    found = _KNOWN.search(name)
    return int(found[1]) if found else 0


def _generation(index: str) -> str:
    return f"{KIND}-{_number(index)}"
