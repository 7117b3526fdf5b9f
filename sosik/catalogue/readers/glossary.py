"""Reads the glossary: one TOML file a term, and `_words.toml` for the common words.

    id = "siljeung"                  the file's name
    term = "실증"
    also = ["…"]                     other ways of writing it (may be left out)
    romanized = "siljeung"
    hyphenated = "sil-jeung"
    english = "demonstration"
    explanation = "A sentence or two."
    unless = ["…"]                   words of articles that use it in another sense (may be left out)

    [[examples]]                     two of them
    korean = "…"
    romanized = "…"
    english = "…"

A folder read later adds to the ones before and overrides them, by id and by word.
"""

import difflib
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from sosik.catalogue.term import Term, Words
from sosik.model.brief import GlossaryCard
from sosik.model.errors import CatalogueMistake

SHIPPED = Path(__file__).parent.parent / "glossary"
"""The folder of the glossary that comes with Sosik."""

_WORDS = "_words.toml"
_KEYS = ("id", "term", "also", "romanized", "hyphenated", "english", "explanation", "unless", "examples")
_EXAMPLE_KEYS = ("korean", "romanized", "english")
_GROUPS = ("bodies", "roles", "things", "counted", "countries")
_EXAMPLES = 2
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_glossary(folders: Sequence[Path] = (SHIPPED,)) -> tuple[Term, ...]:
    """Return the terms of the folders, by id; raises CatalogueMistake that names file, key and fix."""
    terms: dict[str, Term] = {}
    for folder in folders:
        for file in sorted(folder.glob("*.toml")):
            if file.name != _WORDS:
                term = _TermFile(file, _load(file)).read()
                terms[term.id] = term
    return tuple(terms[each] for each in sorted(terms))


def read_words(folders: Sequence[Path] = (SHIPPED,)) -> Words:
    """Return the common words of the folders; raises CatalogueMistake."""
    groups: dict[str, dict[str, tuple[str, ...]]] = {each: {} for each in _GROUPS}
    for folder in folders:
        file = folder / _WORDS
        if not file.is_file():
            continue
        for name, table in _load(file).items():
            if name not in groups or not isinstance(table, dict):
                raise CatalogueMistake(file, name, "is no group of words", fix=_did_you_mean(name, _GROUPS))
            for korean, english in table.items():
                groups[name][korean] = _alternatives(file, f"{name}.{korean}", english)
    return Words(**groups)


def _alternatives(file: Path, key: str, english: object) -> tuple[str, ...]:
    parts = tuple(each.strip() for each in english.split("|")) if isinstance(english, str) else ()
    if not parts or not all(parts):
        raise CatalogueMistake(file, key, f"is {english!r}", fix='Write "word" or "word|another"')
    return parts


class _TermFile:
    """One term's file."""

    def __init__(self, file: Path, values: Mapping[str, object]) -> None:
        self._file = file
        self._values = values

    def read(self) -> Term:
        """Return its term."""
        self._check_keys("", self._values, _KEYS)
        term = self._text("", self._values, "id")
        if term != self._file.stem or not _ID.fullmatch(term):
            fix = f"Name the file {term}.toml" if _ID.fullmatch(term) else "Write small letters, digits and hyphens"
            raise CatalogueMistake(self._file, "id", f"is {term!r}, which is not the file's name", fix=fix)
        card = GlossaryCard(
            term=self._text("", self._values, "term"),
            romanized=self._text("", self._values, "romanized"),
            hyphenated=self._text("", self._values, "hyphenated"),
            english=self._text("", self._values, "english"),
            explanation=self._text("", self._values, "explanation"),
            examples=self._examples(),
        )
        return Term(id=term, card=card, also=self._texts("also"), unless=self._texts("unless"))

    def _examples(self) -> tuple[tuple[str, str, str], ...]:
        values = self._values.get("examples")
        if (
            not isinstance(values, list)
            or len(values) != _EXAMPLES
            or not all(isinstance(each, dict) for each in values)
        ):
            raise CatalogueMistake(self._file, "examples", "are not two tables", fix="Write [[examples]] twice")
        return tuple(self._example(f"examples[{number}]", each) for number, each in enumerate(values, 1))

    def _example(self, place: str, table: Mapping[str, object]) -> tuple[str, str, str]:
        self._check_keys(place, table, _EXAMPLE_KEYS)
        korean, romanized, english = (self._text(place, table, key) for key in _EXAMPLE_KEYS)
        return korean, romanized, english

    def _check_keys(self, place: str, table: Mapping[str, object], known: Sequence[str]) -> None:
        for key in table:
            if key not in known:
                raise CatalogueMistake(self._file, _at(place, key), "unknown key", fix=_did_you_mean(key, known))

    def _text(self, place: str, table: Mapping[str, object], key: str) -> str:
        if key not in table:
            raise CatalogueMistake(self._file, _at(place, key), "is missing", fix=f'Add {key} = "…"')
        value = table[key]
        if not isinstance(value, str) or not value.strip():
            raise CatalogueMistake(self._file, _at(place, key), f"is {value!r}", fix='Write "a text"')
        return value.strip()

    def _texts(self, key: str) -> tuple[str, ...]:
        values = self._values.get(key, [])
        if not isinstance(values, list) or not all(isinstance(each, str) and each.strip() for each in values):
            raise CatalogueMistake(self._file, key, "is not a list of words", fix='Write ["…", "…"]')
        return tuple(values)


def _at(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _load(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueMistake(file, "", f"is not TOML: {error}", fix="Mend the line named") from error
    except UnicodeDecodeError as error:
        raise CatalogueMistake(file, "", "is not UTF-8", fix="Save it as UTF-8") from error


def _did_you_mean(word: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(known)}"
