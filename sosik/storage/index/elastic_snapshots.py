"""Copies of indexes in a repository of the cluster: a folder that all its servers see, or a bucket of S3."""

import time
from typing import Any
from urllib.parse import urlsplit

from elasticsearch import Elasticsearch, NotFoundError

from sosik.model.errors import Away, Damaged, NotFound, Refused, SettingsMistake
from sosik.storage.index.elastic_errors import telling_why

_PAUSE = 0.2  # seconds between two looks
_PATIENCE = 30.0  # seconds that a restore may be red: it is for a moment before it begins
_UNDER_WAY = ("IN_PROGRESS", "STARTED", "INIT")


class Repository:
    """Keeps and gives back copies; `location` is a folder as the servers see it, or s3://bucket/path."""

    def __init__(self, client: Elasticsearch, *, name: str, location: str, place: str) -> None:
        self._client = client
        self._name = name
        self._location = location
        self._place = place

    def keep(self, index: str, snapshot: str) -> None:
        """Copy an index; returns when the copy is whole."""
        if snapshot in self.names():
            raise Refused(f"there is a snapshot {snapshot!r} already in {self._location}")
        with telling_why(self._place):
            self._client.snapshot.create(
                repository=self._name,
                snapshot=snapshot,
                indices=index,
                include_global_state=False,
                wait_for_completion=False,
            )
            while (told := self._told(snapshot))["state"] in _UNDER_WAY:
                time.sleep(_PAUSE)
        if told["state"] != "SUCCESS":
            reasons = "; ".join(str(each.get("reason")) for each in told.get("failures", ())) or told["state"]
            raise Away(f"the snapshot {snapshot} is not whole ({reasons}); take another when the cluster is well")

    def names(self) -> tuple[str, ...]:
        """Return the names of the copies, oldest first."""
        self._register()
        with telling_why(self._place):
            found = self._client.snapshot.get(repository=self._name, snapshot="*", sort="start_time")["snapshots"]
        return tuple(each["snapshot"] for each in found)

    def give_back(self, snapshot: str, index: str) -> None:
        """Make an index of that name from a copy; returns when it can be searched. Raises NotFound."""
        known = self.names()
        if snapshot not in known:
            raise NotFound("snapshot", snapshot, known=known, hint=f"they are kept in {self._location}")
        with telling_why(self._place):
            (held,) = self._told(snapshot)["indices"]
            self._client.snapshot.restore(
                repository=self._name,
                snapshot=snapshot,
                indices=held,
                rename_pattern=".+",
                rename_replacement=index,
                include_aliases=False,
                include_global_state=False,
                wait_for_completion=False,
            )
        self._wait_until_searchable(index, snapshot)

    def _wait_until_searchable(self, index: str, snapshot: str) -> None:
        """Wait for every primary; a restore that is under way is yellow already, and red once it has failed."""
        until = time.monotonic() + _PATIENCE
        while True:
            with telling_why(self._place):
                health = self._client.cluster.health(index=index, level="indices")["indices"].get(index, {})
            if health and health["active_primary_shards"] == health["number_of_shards"]:
                return
            if health.get("status") == "yellow":
                until = time.monotonic() + _PATIENCE
            elif time.monotonic() > until:
                raise Damaged(
                    f"the snapshot {snapshot} cannot be read back from {self._location}; restore another, or "
                    "`sosik reindex` makes the index anew from the ledger"
                )
            time.sleep(_PAUSE)

    def _told(self, snapshot: str) -> Any:
        return self._client.snapshot.get(repository=self._name, snapshot=snapshot)["snapshots"][0]

    def _register(self) -> None:
        """Tell the cluster of the repository; telling it again changes nothing."""
        kind, settings = _described(self._location)
        with telling_why(self._place):
            try:
                held = self._client.snapshot.get_repository(name=self._name).body[self._name]
            except NotFoundError:
                held = {}
            if held.get("type") != kind or any(held["settings"].get(key) != value for key, value in settings.items()):
                self._client.snapshot.create_repository(
                    name=self._name, repository={"type": kind, "settings": settings}
                )


def _described(location: str) -> tuple[str, dict[str, str]]:
    if "://" not in location:
        return "fs", {"location": location}
    parts = urlsplit(location)
    if parts.scheme != "s3" or not parts.netloc:
        raise SettingsMistake(f"SOSIK_INDEX_SNAPSHOTS is {location!r}; write a folder, or s3://bucket/path")
    return "s3", {"bucket": parts.netloc, "base_path": parts.path.strip("/")}
