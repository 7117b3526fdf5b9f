"""KoNLPy's taggers as Tokenizers."""

import importlib.metadata
import importlib.util
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from enrich.readable import readable
from enrich.tokenizers.konlpy.align import align
from enrich.tokenizers.konlpy.process import TaggerProcess
from enrich.tokenizers.konlpy.tags import MAPS, pieces, sejong
from sosik.model.analysis import Morpheme
from sosik.model.errors import SettingsMistake

TAGGERS = tuple(sorted(MAPS))
_RULES = 1  # raised whenever the same text would give other morphemes than before
_MEGABYTES = {"kkma": 1536, "komoran": 768, "hannanum": 512, "okt": 768, "mecab": 0}
_SECONDS = 5.0  # for one segment; the slowest takes a fraction of one
# A stretch without a space is cut every so many characters: the work of most taggers grows with its square or worse.
_LONGEST_RUN = {"kkma": 10, "hannanum": 15, "okt": 30, "komoran": 30, "mecab": 1000}
_SEGMENT = 200  # characters
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
# Emoji and other characters beyond 16 bits crash Komoran and Kkma; controls are no text.
_STRANGE = re.compile(r"[\U00010000-\U0010ffff\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ufeff\u200b-\u200f\u2028-\u202e]")


class KonlpyTokenizer:
    """Cuts Korean text with one of KoNLPy's taggers (`TAGGERS`), in a process that all objects of this one share.

    A text is asked about sentence by sentence. A sentence that the tagger fails on, or takes too long for, is cut into
    its words, as unknown ones. Raises SettingsMistake where the package or the Java runtime is missing.
    """

    def __init__(self, tagger: str) -> None:
        if tagger not in TAGGERS:
            known = ", ".join(f"konlpy.{each}" for each in TAGGERS)
            raise SettingsMistake(f"SOSIK_TOKENIZER is 'konlpy.{tagger}'; known: mecab, {known}")
        _check_installed(tagger)
        self._tagger = tagger

    def __reduce__(self) -> tuple[type["KonlpyTokenizer"], tuple[str]]:
        return KonlpyTokenizer, (self._tagger,)

    @property
    def name(self) -> str:
        """Versions of KoNLPy and of our rules, and the tagger."""
        return f"konlpy-{importlib.metadata.version('konlpy')}-{self._tagger}-{_RULES}"

    def tokenize(self, text: str) -> list[Morpheme]:
        """Return the morphemes of the text with offsets into it."""
        clean, origin = readable(text)
        clean = _STRANGE.sub(" ", clean)
        morphemes: list[Morpheme] = []
        for start, segment in _segments(clean, _LONGEST_RUN[self._tagger]):
            for each in _morphemes(self._tagger, segment):
                begin, end = start + each.start, start + each.end
                if origin is not None:
                    begin, end = origin[begin], origin[end]
                if begin < end:
                    morphemes.append(Morpheme(each.surface, each.tag, begin, end))
        return morphemes


def tagger_process(tagger: str) -> TaggerProcess:
    """Return this process's process of a tagger: a JVM is too large to have two."""
    return _process(tagger)


@cache
def _process(tagger: str) -> TaggerProcess:
    return TaggerProcess(tagger, megabytes=_MEGABYTES[tagger], seconds=_SECONDS)


@lru_cache(maxsize=20_000)
def _morphemes(tagger: str, segment: str) -> tuple[Morpheme, ...]:
    """Return the morphemes of a segment; headlines and phrases of the trade come again and again."""
    tokens = _process(tagger).ask(segment) or []
    whole = align(segment, [(surface, sejong(tagger, tag)) for surface, tag in tokens])
    return tuple(part for each in whole for part in _cut(each, segment[each.start : each.end]))


def _cut(morpheme: Morpheme, written: str) -> Iterator[Morpheme]:
    if morpheme.surface != written:
        yield morpheme
        return
    for surface, tag, place in pieces(written, morpheme.tag):
        if not surface.isspace():
            yield Morpheme(surface, tag, morpheme.start + place, morpheme.start + place + len(surface))


def _segments(text: str, longest_run: int) -> Iterator[tuple[int, str]]:
    """Give what a tagger is asked about, with where each begins: sentences, and pieces of what is too long."""
    start = 0
    for line in text.split("\n"):
        for begin, sentence in _sentences(line):
            yield from _short(start + begin, sentence, longest_run)
        start += len(line) + 1


def _sentences(line: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in _SENTENCE_END.finditer(line):
        yield start, line[start : end.start()]
        start = end.end()
    yield start, line[start:]


def _short(start: int, sentence: str, longest_run: int) -> Iterator[tuple[int, str]]:
    """Cut a sentence at its spaces; a run of more characters than taggers can bear is cut on its own."""
    begin = end = 0
    for word in re.finditer(r"\S+", sentence):
        if len(word.group()) > longest_run:
            if end > begin:
                yield start + begin, sentence[begin:end]
            for place in range(word.start(), word.end(), longest_run):
                yield start + place, sentence[place : min(place + longest_run, word.end())]
            begin = end = word.end()
        elif word.end() - begin > _SEGMENT and end > begin:
            yield start + begin, sentence[begin:end]
            begin, end = word.start(), word.end()
        else:
            begin, end = (word.start() if end == begin else begin), word.end()
    if end > begin:
        yield start + begin, sentence[begin:end]


def _check_installed(tagger: str) -> None:
    setting = f"SOSIK_TOKENIZER is 'konlpy.{tagger}'"
    if importlib.util.find_spec("konlpy") is None or importlib.util.find_spec("jpype") is None:
        raise SettingsMistake(f"{setting}, which needs KoNLPy: pip install 'sosik[konlpy]'")
    if tagger == "mecab":
        return
    import jpype

    try:
        jpype.getDefaultJVMPath()
    except (jpype.JVMNotFoundException, jpype.JVMNotSupportedException) as error:
        raise SettingsMistake(
            f"{setting}, which needs a Java runtime: apt-get install default-jre-headless, or set JAVA_HOME"
        ) from error
