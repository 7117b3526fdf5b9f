"""Writing to Elasticsearch: bounded bulks, tried again where the cluster is busy, sorted by what came of each."""

import random
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from elastic_transport import TlsError, TransportError
from elasticsearch import ApiError, Elasticsearch

from sosik.model.errors import Away, SosikError
from sosik.model.ports.index import Written
from sosik.model.search import Document
from sosik.storage.index.documents import why_not_kept
from sosik.storage.index.elastic_errors import (
    BUSY_STATUS,
    from_answer,
    from_transport,
    full,
    is_full,
    of_status,
    reason_of,
)
from sosik.storage.index.elastic_schema import external_version, removed, to_source

_BYTES = 4 << 20  # of one bulk
_UNDER_WAY = 3  # bulks at a time, so that the server need not wait for us; with the one being made, all that is held
_ACTIONS = 500  # of one bulk
_TOO_LONG = 1 << 62  # versions that a long cannot hold once doubled
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0  # seconds between two tries
_DONE = (200, 201, 409)  # 409: this version or a newer one is there
_REFUSED = (400, 413)  # the document's own fault: the others go on


@dataclass(frozen=True, slots=True)
class Action:
    """An article to be written in a version, and the two lines that say so."""

    article: str
    version: int
    head: bytes
    source: bytes


Refusal = tuple[str, int, str]


def upserts(documents: Iterable[Document]) -> Iterator[Action | Refusal]:
    """Make the actions that write documents; those that cannot be stored are refusals with their reason."""
    for document in documents:
        reason = _why_not(document.article, document.version)
        if not reason:
            try:
                yield _action(document.article, document.version, to_source(document))
                continue
            except ValueError as error:
                reason = str(error)
        yield document.article, document.version, reason


def removals(articles: Iterable[tuple[str, int]]) -> Iterator[Action | Refusal]:
    """Make the actions that put a mark in the place of articles."""
    for article, version in articles:
        reason = _why_not(article, version)
        if reason:
            yield article, version, reason
        else:
            yield _action(article, version, removed(article), removal=True)


def _why_not(article: str, version: int) -> str:
    return why_not_kept(article, version) or ("the version is too large" if version >= _TOO_LONG else "")


def _action(article: str, version: int, source: bytes, *, removal: bool = False) -> Action:
    held = external_version(version, removal=removal)
    head = b'{"index":{"_id":"%s","version":%d,"version_type":"external"}}' % (article.encode("ascii"), held)
    return Action(article, version, head, source)


class BulkWriter:
    """Writes through one alias. Waits `patience` seconds in all for a busy or absent cluster, then raises Away."""

    def __init__(self, client: Elasticsearch, alias: str, place: str, *, patience: float) -> None:
        self._client = client
        self._alias = alias
        self._place = place
        self._patience = patience
        self._doubtful = False  # was an answer lost, after which "it is there" may be said before every copy has it?

    def write(self, actions: Iterable[Action | Refusal]) -> Written:
        """Write all of them; returns when those called done are on the disks and can be found."""
        done: list[tuple[str, int]] = []
        refused: list[Refusal] = []
        under_way: deque[Future[None]] = deque()
        with ThreadPoolExecutor(_UNDER_WAY, "bulk") as senders:
            for bulk in _bulks(actions, refused):
                if len(under_way) == _UNDER_WAY:
                    under_way.popleft().result()
                under_way.append(senders.submit(self._send, bulk, done, refused))
            for each in under_way:
                each.result()
        if under_way:
            self._try_until(self._refresh)
        if self._doubtful:
            self._try_until(self._copied())
        return Written(done=tuple(done), refused=tuple(refused))

    def _send(self, bulk: Sequence[Action], done: list[tuple[str, int]], refused: list[Refusal]) -> None:
        left = list(bulk)

        def send() -> SosikError | None:
            nonlocal left
            try:
                answer = self._client.bulk(
                    operations=[line for each in left for line in (each.head, each.source)],  # type: ignore[misc]  # ready-made lines are taken too
                    index=self._alias,
                    require_alias=True,  # without it, an alias that is gone would become an index of its own
                    filter_path="errors,items.*.status,items.*.error",
                )
            except ApiError as error:
                if error.status_code != 413:
                    raise
                if len(left) == 1:
                    refused.append((left[0].article, left[0].version, "it is larger than the server takes"))
                else:
                    middle = len(left) // 2
                    self._send(left[:middle], done, refused)
                    self._send(left[middle:], done, refused)
                left = []
                return None
            left, busy = self._sort(left, answer.body, done, refused)
            return busy

        self._try_until(send)

    def _sort(
        self, sent: Sequence[Action], answer: Any, done: list[tuple[str, int]], refused: list[Refusal]
    ) -> tuple[list[Action], SosikError | None]:
        """Sort what was sent by what came of it; return what to send again, and why."""
        again: list[Action] = []
        busy: SosikError | None = None
        for action, item in zip(sent, answer["items"], strict=True):
            told = item["index"]
            status = told["status"]
            if status in _DONE:
                done.append((action.article, action.version))
                continue
            reason = reason_of(told)
            if is_full(told):
                raise full(self._place, reason)
            if status in _REFUSED:
                refused.append((action.article, action.version, reason))
                continue
            trouble = of_status(status, reason, self._place)
            if status not in BUSY_STATUS:  # not the document's fault, and no second try will help
                raise trouble
            again.append(action)
            busy = trouble
        return again, busy

    def _refresh(self) -> None:
        self._client.indices.refresh(index=self._alias)

    def _copied(self) -> Callable[[], SosikError | None]:
        """Return what asks whether every copy has what the primaries have had when it was asked first."""
        wanted: dict[str, int] = {}

        def ask() -> SosikError | None:
            found = self._client.indices.stats(
                index=self._alias,
                level="shards",
                filter_path="indices.*.shards.*.seq_no,indices.*.shards.*.routing.primary",
            )
            behind = False
            for index, told in found["indices"].items():
                for number, copies in told["shards"].items():
                    for copy in copies:
                        if copy["routing"]["primary"]:
                            target = wanted.setdefault(f"{index}/{number}", copy["seq_no"]["max_seq_no"])
                            behind = behind or copy["seq_no"]["global_checkpoint"] < target
            self._doubtful = behind
            return Away(f"the copies of {self._alias} at {self._place} are behind") if behind else None

        return ask

    def _try_until(self, work: Callable[[], SosikError | None]) -> None:
        """Do the work again as long as it says, or the cluster says, that it is busy; raises the last reason."""
        until, pause = time.monotonic() + self._patience, _FIRST_PAUSE
        while True:
            try:
                busy = work()
            except TransportError as error:
                busy, self._doubtful = from_transport(error, self._place), True
                if isinstance(error, TlsError):
                    raise busy from error
            except ApiError as error:
                busy = from_answer(error, self._place)
                if error.status_code not in BUSY_STATUS or is_full(error.body):
                    raise busy from error
            if busy is None:
                return
            if time.monotonic() + pause > until:
                raise busy
            time.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311  # writers that failed together shall not return together
            pause = min(2 * pause, _LONGEST_PAUSE)


def _bulks(actions: Iterable[Action | Refusal], refused: list[Refusal]) -> Iterator[list[Action]]:
    """Group actions by their bytes; refusals are put aside."""
    bulk: list[Action] = []
    held = 0
    for each in actions:
        if not isinstance(each, Action):
            refused.append(each)
            continue
        if bulk and (held + len(each.source) > _BYTES or len(bulk) == _ACTIONS):
            yield bulk
            bulk, held = [], 0
        bulk.append(each)
        held += len(each.source)
    if bulk:
        yield bulk
