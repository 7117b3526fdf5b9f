"""Every error that Sosik raises on purpose.

    SosikError
    ├── Never                 trying again cannot help: the thing asked for, or the thing given, is wrong
    │   ├── QueryMistake          a query that cannot be read; says where
    │   ├── NotFound              an id or a name that nothing has; says what is known
    │   ├── CatalogueMistake      a file that editors keep is wrong; names file, key and fix
    │   ├── SettingsMistake       a setting is wrong; names it, what it may be, and where it came from
    │   ├── Refused               input that will not be taken: too large, not what it claims to be, forbidden
    │   └── OutOfOrder            a pipeline whose steps need what no earlier step gives
    ├── Later                 the same call may work later, unchanged
    │   ├── Away                  a server or an outlet does not answer
    │   └── Busy                  somebody else holds the lock
    └── Now                   stop: a person must act before anything else can be kept
        ├── StorageFull           the disk that holds the archive, ledger or index is full
        ├── Mismatch              stored data made by another version; names the command that mends it
        └── Damaged               stored data cannot be read back; names where

A caller that loops over many items catches `Never` for the item, `Later` for the round, and lets `Now` through.
"""

from pathlib import Path


class SosikError(Exception):
    """The root of the tree; its message is one line that a user can act on."""


class Never(SosikError):
    """Trying again cannot help."""


class Later(SosikError):
    """The same call may work later, unchanged."""


class Now(SosikError):
    """A person must act before anything else can be kept."""


class QueryMistake(Never):
    """A query that cannot be read.

    `position` counts characters of the query, from 0; `pointing()` draws a caret under it.
    """

    def __init__(self, reason: str, *, query: str, position: int) -> None:
        super().__init__(f"{reason} (at character {position + 1} of the query)")
        self.reason = reason
        self.query = query
        self.position = position

    def pointing(self) -> str:
        """Return the query and, on a second line, a caret under the mistake."""
        return f"{self.query}\n{' ' * self.position}^"


class NotFound(Never):
    """An id or a name that nothing has."""

    def __init__(self, what: str, name: str, *, known: tuple[str, ...] = (), hint: str = "") -> None:
        message = f"no {what} named {name!r}"
        if known:
            message += f"; known: {', '.join(known)}"
        if hint:
            message += f"; {hint}"
        super().__init__(message)
        self.what = what
        self.name = name
        self.known = known


class CatalogueMistake(Never):
    """A file that editors keep is wrong."""

    def __init__(self, file: Path, key: str, problem: str, *, fix: str) -> None:
        super().__init__(f"{file}: {key}: {problem}. {fix}" if key else f"{file}: {problem}. {fix}")
        self.file = file
        self.key = key
        self.problem = problem
        self.fix = fix


class SettingsMistake(Never):
    """A setting is wrong."""


class Refused(Never):
    """Input that will not be taken."""


class OutOfOrder(Never):
    """A pipeline whose steps need what no earlier step gives."""


class Away(Later):
    """A server or an outlet does not answer."""


class Busy(Later):
    """Somebody else holds the lock."""


class StorageFull(Now):
    """The disk that holds the archive, the ledger or the index is full."""


class Mismatch(Now):
    """Stored data was made by another version."""


class Damaged(Now):
    """Stored data cannot be read back."""
