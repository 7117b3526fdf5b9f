"""Reads topics from TOML: one file a topic, and `_lists.toml` for the words that several of them share.

A folder read later adds to the ones before and overrides them, by topic id and by list id.
"""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from sosik.catalogue.topic import Rule, Topic, Weights, WordList
from sosik.model.errors import CatalogueMistake

SHIPPED = Path(__file__).parent.parent / "topics"
"""The folder of the topics that come with Sosik."""

_LISTS = "_lists.toml"
_TOPIC_KEYS = (
    "id",
    "korean",
    "english",
    "description",
    "threshold",
    "weights",
    "needs",
    "for",
    "against",
    "exclude",
    "samples",
)
_RULE_KEYS = ("rule", "weight", "words", "near", "within")
_LIST_KEYS = ("words", "threshold")
_WEIGHT_KEYS = ("title", "lead", "body", "listed")
_SAMPLE_KEYS = ("match", "other")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CHOICE = re.compile(r"\{([^{}]*)\}")

_WRITTEN = {"str": '"a text"', "list": "[a list]", "dict": "a table: [name]"}

_Kind = TypeVar("_Kind", str, list, dict)  # type: ignore[type-arg]  # TOML's own kinds


def read_topics(
    folders: Sequence[Path] = (SHIPPED,), mistakes: list[CatalogueMistake] | None = None
) -> tuple[Topic, ...]:
    """Return the topics of the folders, by id; raises CatalogueMistake.

    With `mistakes`, that of a topic's file is added to them instead, and the file left out.
    """
    lists: dict[str, WordList] = {}
    topics: dict[str, Topic] = {}
    for folder in folders:
        if (folder / _LISTS).is_file():
            lists |= {each.id: each for each in _read_lists(folder / _LISTS)}
    for folder in folders:
        for file in sorted(folder.glob("*.toml")):
            if file.name == _LISTS:
                continue
            try:
                topic = _TopicFile(file, lists).read()
            except CatalogueMistake as mistake:
                if mistakes is None:
                    raise
                mistakes.append(mistake)
            else:
                topics[topic.id] = topic
    return tuple(topics[each] for each in sorted(topics))


def _read_lists(file: Path) -> Iterator[WordList]:
    for name, value in _load(file).items():
        table = _Table(file, name, _typed(file, name, value, dict), _LIST_KEYS)
        words = _expanded(table.texts("words"), file, name)
        yield WordList(id=name, words=words, threshold=table.number("threshold", 1.0))


class _Table:
    """One table of a TOML file; a misspelt key is named with the one that was probably meant."""

    def __init__(self, file: Path, place: str, values: Mapping[str, object], known: Sequence[str]) -> None:
        self._file = file
        self._place = place
        self._values = values
        for key in values:
            if key not in known:
                raise CatalogueMistake(file, self._at(key), "unknown key", fix=_did_you_mean(key, known))

    def _at(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str) -> str:
        """A text that must be there and not blank."""
        text = self._required(key, str)
        if not text.strip():
            raise CatalogueMistake(self._file, self._at(key), "is blank", fix="Write a text")
        return text.strip()

    def number(self, key: str, default: float) -> float:
        """A number above zero."""
        value = self._values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
            raise CatalogueMistake(self._file, self._at(key), f"is {value!r}", fix="Write a number above 0")
        return float(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts that must be there and hold one at least."""
        values = self._required(key, list)
        if not values or not all(isinstance(each, str) and each.strip() for each in values):
            raise CatalogueMistake(self._file, self._at(key), "is not a list of words", fix='Write ["…", "…"]')
        return tuple(values)

    def optional_texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, or none."""
        return self.texts(key) if key in self._values else ()

    def groups(self, key: str) -> tuple[tuple[str, ...], ...]:
        """Two or three lists of texts."""
        values = self._required(key, list)
        good = all(
            isinstance(group, list) and group and all(isinstance(each, str) for each in group) for group in values
        )
        if not good or len(values) not in (2, 3):
            raise CatalogueMistake(
                self._file, self._at(key), "is not two or three lists of words", fix='Write [["…"], ["…", "…"]]'
            )
        return tuple(tuple(group) for group in values)

    def table(self, key: str, known: Sequence[str]) -> "_Table":
        """A table inside this one; empty where it is missing."""
        values = _typed(self._file, self._at(key), self._values.get(key, {}), dict)
        return _Table(self._file, self._at(key), values, known)

    def tables(self, key: str, known: Sequence[str]) -> "list[_Table]":
        """The tables of a list of tables."""
        values = _typed(self._file, self._at(key), self._values.get(key, []), list)
        return [
            _Table(self._file, f"{self._at(key)}[{number}]", _typed(self._file, self._at(key), each, dict), known)
            for number, each in enumerate(values, 1)
        ]

    def _required(self, key: str, kind: type[_Kind]) -> _Kind:
        if key not in self._values:
            raise CatalogueMistake(self._file, self._at(key), "is missing", fix=f"Add {key} = …")
        return _typed(self._file, self._at(key), self._values[key], kind)


class _TopicFile:
    """One topic's file."""

    def __init__(self, file: Path, lists: Mapping[str, WordList]) -> None:
        self._file = file
        self._lists = lists

    def read(self) -> Topic:
        """Return its topic."""
        table = _Table(self._file, "", _load(self._file), _TOPIC_KEYS)
        samples = table.table("samples", _SAMPLE_KEYS)
        rules = tuple(self._rule(each) for each in table.tables("for", _RULE_KEYS))
        if not rules:
            raise CatalogueMistake(self._file, "for", "is missing", fix="Add at least one [[for]] with words")
        against = tuple(self._rule(each) for each in table.tables("against", _RULE_KEYS))
        self._require_own_names((*rules, *against))
        return Topic(
            id=self._id(table),
            korean=table.text("korean"),
            english=table.text("english"),
            description=table.text("description"),
            threshold=table.number("threshold", 3.5),
            weights=self._weights(table.table("weights", _WEIGHT_KEYS)),
            needs=tuple(self._list(each) for each in table.optional_texts("needs")),
            rules=rules,
            against=against,
            exclusions=self._words(table.optional_texts("exclude"), "exclude"),
            matching_samples=samples.texts("match"),
            other_samples=samples.texts("other"),
        )

    def _id(self, table: _Table) -> str:
        topic = table.text("id")
        if topic != self._file.stem or not _ID.fullmatch(topic):
            fix = f"Name the file {topic}.toml" if _ID.fullmatch(topic) else "Write small letters, digits and hyphens"
            raise CatalogueMistake(self._file, "id", f"is {topic!r}, which is not the file's name", fix=fix)
        return topic

    def _weights(self, table: _Table) -> Weights:
        usual = Weights()
        return Weights(
            title=table.number("title", usual.title),
            lead=table.number("lead", usual.lead),
            body=table.number("body", usual.body),
            listed=table.number("listed", usual.listed),
        )

    def _rule(self, table: _Table) -> Rule:
        rule = table.text("rule")
        if ("words" in table) == ("near" in table):
            raise CatalogueMistake(self._file, f"rule {rule}", "has not exactly one of words and near", fix="Keep one")
        words = self._words(table.texts("words"), rule) if "words" in table else ()
        near = tuple(self._words(group, rule) for group in table.groups("near")) if "near" in table else ()
        within = int(table.number("within", 10))
        return Rule(id=rule, weight=table.number("weight", 1.0), words=words, near=near, within=within)

    def _require_own_names(self, rules: Sequence[Rule]) -> None:
        """Raise CatalogueMistake where two rules have one name: evidence names the rule, and would name both."""
        names = [each.id for each in rules]
        for name in names:
            if names.count(name) > 1:
                raise CatalogueMistake(self._file, f"rule {name}", "is there twice", fix="Give each a name of its own")

    def _words(self, texts: Sequence[str], place: str) -> tuple[str, ...]:
        """Put lists in place of @name, and spell the others out."""
        own = _expanded([each for each in texts if not each.startswith("@")], self._file, place)
        named = [self._list(each[1:]) for each in texts if each.startswith("@")]
        return tuple(dict.fromkeys([*own, *(word for each in named for word in each.words)]))

    def _list(self, name: str) -> WordList:
        if name not in self._lists:
            raise CatalogueMistake(
                self._file, name, "no such list in _lists.toml", fix=_did_you_mean(name, tuple(self._lists))
            )
        return self._lists[name]


def _load(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueMistake(file, "", f"is not TOML: {error}", fix="Mend the line named") from error
    except UnicodeDecodeError as error:
        raise CatalogueMistake(file, "", "is not UTF-8", fix="Save it as UTF-8") from error
    except OSError as error:  # a folder of that name, or one that may not be read
        raise CatalogueMistake(file, "", f"cannot be read: {error.strerror}", fix="Make it a file") from error


def _typed(file: Path, place: str, value: object, kind: type[_Kind]) -> _Kind:
    if not isinstance(value, kind):
        raise CatalogueMistake(file, place, f"is {value!r}", fix=f"Write {_WRITTEN[kind.__name__]}")
    return value


def _did_you_mean(word: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(known)}"


def _expanded(texts: Sequence[str], file: Path, place: str) -> tuple[str, ...]:
    """Return words in lower case and without spaces; {a|b}c is ac and bc."""
    words: dict[str, None] = {}
    for text in texts:
        for choice in _choices(text):
            word = "".join(choice.lower().split())
            if not word or set(word) & set("{}|@"):
                raise CatalogueMistake(
                    file, place, f"cannot read the word {text!r}", fix="Write {a|b}c or a plain word"
                )
            words[word] = None
    return tuple(words)


def _choices(text: str) -> Iterator[str]:
    found = _CHOICE.search(text)
    if found is None:
        yield text
        return
    for choice in found[1].split("|"):
        yield from _choices(text[: found.start()] + choice + text[found.end() :])
