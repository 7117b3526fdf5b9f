"""The command line. Every file of `commands/` is one command; a new command is a new file there."""

import _thread
import errno
import json
import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, TextIO

from sosik.model.errors import QueryMistake, Refused, SosikError, StorageFull

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

    from typer import Context

_INTERRUPTED = 128 + signal.SIGINT  # what shells say of a command that Ctrl-C ended
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EEXIST, errno.ENOTDIR})


def main() -> None:
    """Run the command line: exit status 0, 1 with one line of what failed, 2 with one of what was wrongly asked for.

    Ctrl-C ends with 130, as shells expect; a reader that closes the pipe ends it without a word.
    """
    sys.unraisablehook = _keep_interruption
    try:
        _run()
    except KeyboardInterrupt:  # Typer answers it, but is only being loaded yet
        sys.exit(_INTERRUPTED)


def _run() -> None:
    for stream in (sys.stdout, sys.stderr):
        _write_utf8(stream)
    sys.argv[1:] = [os.fsencode(each).decode("utf-8", "surrogateescape") for each in sys.argv[1:]]
    from typer import Abort
    from typer.exceptions import TyperException

    from sosik.app.cli.registry import build

    try:
        sys.exit(build()(standalone_mode=False) or 0)  # else Typer tells its own errors, in a box
    except TyperException as error:
        _tell_usage(error.format_message(), getattr(error, "ctx", None))
        sys.exit(error.exit_code)
    except Abort:  # a question was answered by Ctrl-C or by the end of the input
        sys.exit(_INTERRUPTED)
    except SosikError as error:
        _tell(error)
        sys.exit(1)
    except OSError as error:  # a disk may be full, or a folder closed, wherever anything is written
        _tell(_of_the_disk(error))
        sys.exit(1)


def _keep_interruption(lost: "UnraisableHookArgs") -> None:
    """Send a Ctrl-C again that came in where Python can raise nothing, as in clearing up an object.

    Python itself would print a traceback, and the command would go on as if nobody had asked it to end.
    """
    if isinstance(lost.exc_value, KeyboardInterrupt):
        _thread.start_new_thread(_interrupt_soon, ())  # threading's locks may be held where we are
    else:
        sys.__unraisablehook__(lost)


def _interrupt_soon() -> None:
    time.sleep(0.01)  # until whatever was being cleared up is
    # Not `interrupt_main`, which wakes nobody who sleeps or waits.
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)


def _of_the_disk(error: OSError) -> SosikError:
    """Return what the user can mend; raises the error again where it is no matter of disk and rights."""
    place = f"{error.filename}: " if error.filename else ""
    if error.errno in _FULL:
        return StorageFull(f"{place}no space left on the disk; make room, then go on")
    if error.errno in _CLOSED:
        return Refused(f"{place}{error.strerror}; SOSIK_DATA must be a folder that may be written to")
    raise error


def _write_utf8(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")


def _tell_usage(message: str, context: "Context | None") -> None:
    """Say what is wrong with the words of the command; help that was shown in place of a command has no message."""
    if not message:
        return
    message = message[:1].lower() + message[1:].rstrip(".")
    if "--json" in sys.argv[1:]:
        sys.stderr.write(json.dumps({"error": message}, ensure_ascii=False) + "\n")
        return
    more = f"; see `{context.command_path} --help`" if context is not None else ""
    sys.stderr.write(f"sosik: {message}{more}\n")


def _tell(error: SosikError) -> None:
    if "--json" in sys.argv[1:]:
        sys.stderr.write(json.dumps({"error": str(error)}, ensure_ascii=False) + "\n")
        return
    sys.stderr.write(f"sosik: {error}\n")
    if isinstance(error, QueryMistake):
        sys.stderr.write(error.pointing() + "\n")
