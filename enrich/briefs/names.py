"""Names and words in both languages: what a Korean name is in English, and whether an English one is in a text."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from enrich.briefs.english.dates import read_days
from enrich.briefs.english.numbers import read_quantities
from enrich.briefs.romanize import capitalized, romanize, romanize_name
from enrich.briefs.source import Passage
from enrich.briefs.spelling import reads_as
from enrich.entities.names import NameFinder
from sosik.catalogue.entry import Entry
from sosik.catalogue.term import Term, Words
from sosik.model.analysis import Mention, MentionKind

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&+.\-]*[A-Za-z0-9+]|[A-Za-z]")
_KOREAN = re.compile(r"[가-힣]{2,}")
_CAPITALISED = re.compile(r"\b[A-Z][\w\-]+")
_SCRIPTS = re.compile(r"[가-힣]+|[^가-힣\s]+")
_FORMER = re.compile(r"전\s|(?:.*\s)전\s")
_SHORT_UNIVERSITY = re.compile(r"[가-힣]{2}대(?=[\s,·(]|[는가와의를]\s|에서|병원)")  # 무등대 총장
_LINKS = frozenset({"of", "for", "the", "and"})
_SHORT_WORD = 3  # letters: The, For, Its
_TITLE = 12  # syllables: a longer title without spaces cannot be read in Latin letters
_MIXED = re.compile(r"[가-힣][A-Za-z0-9]|[A-Za-z0-9][가-힣]")  # 제6기, AI광주: worse in Latin letters alone
_SHORTEST_HEAD = 2
_CITY = re.compile(r"\s(?:Special |Metropolitan )?(?:Self-Governing )?City$")


@dataclass(frozen=True, slots=True)
class EnglishName:
    """A name in English. `official`: from the gazetteer; else it was put together from its parts or romanized."""

    text: str
    korean: str
    official: bool


class NameBook:
    """What the gazetteer, the glossary and the common words say of names; `digest` is of all of them. Picklable."""

    def __init__(self, entries: Sequence[Entry], words: Words, terms: Sequence[Term]) -> None:
        self._entries = tuple(entries)
        self._words = words
        self._terms = tuple(terms)
        known = repr((self._entries, words, self._terms)).encode()
        self.digest = hashlib.blake2b(known, digest_size=4).hexdigest()
        self._by_id = {each.id: each for each in self._entries}
        self._finder = NameFinder(self._entries)
        self._people = {each.name: each for each in self._entries if each.kind is MentionKind.PERSON}
        self._regions = {
            alias: _CITY.sub("", each.english)
            for each in self._entries
            if each.kind is MentionKind.REGION and each.province
            for alias in each.aliases
            if alias in each.regions  # 광주, and not 빛고을, which is part of many a name
        }
        self._by_english = _index(self._entries)
        self._things = _patterns(words, terms)
        self._suffixes = sorted((*words.bodies, *words.things), key=len, reverse=True)
        self.entries_in = lru_cache(maxsize=512)(self._entries_in)

    def __reduce__(self) -> tuple[type["NameBook"], tuple[tuple[Entry, ...], Words, tuple[Term, ...]]]:
        return NameBook, (self._entries, self._words, self._terms)

    # Korean to English

    def english(self, mention: Mention) -> EnglishName:
        """How a mention is called in English."""
        entry = self._by_id.get(mention.entry or "")
        if entry is not None:
            return EnglishName(entry.english, mention.name, official=not entry.romanized)
        if mention.kind is MentionKind.PERSON:
            return EnglishName(romanize_name(mention.name), mention.name, official=False)
        return EnglishName(self._composed(mention.name), mention.name, official=False)

    def role(self, korean: str) -> str | None:
        """What an office is called, by how it ends: 인공지능정책과장 ends in 과장; None where that is not known."""
        written = "".join(korean.split())
        former = "former " if _FORMER.match(korean) else ""
        for ending in sorted(self._words.roles, key=len, reverse=True):
            if written.endswith(f"부{ending}") and f"부{ending}" not in self._words.roles:
                return f"{former}deputy {self._words.roles[ending][0]}"
            if written.endswith(ending):
                return f"{former}{self._words.roles[ending][0]}"
        return None

    def counted(self, korean: str) -> str | None:
        """What a counted thing is called, in the plural."""
        found = self._words.counted.get(korean)
        return found[0] if found else None

    def gloss(self, korean: str) -> str | None:
        """Put a compound into English word by word, or None where one of its words is not known."""
        parts = []
        for word in korean.split():
            pieces = self._pieces(word)
            if pieces is None:
                return None
            parts += pieces
        return " ".join(parts)

    def titled(self, korean: str) -> str:
        """A title in English if all its words are known, else romanized; the Korean stands beside it."""
        english = self.gloss(korean)
        if english is None:
            longest = max((len(each) for each in korean.split()), default=0)
            english = korean if longest > _TITLE or _MIXED.search(korean) else capitalized(romanize(korean))
        return f"“{english}” ({korean})" if english != korean else f"“{korean}”"

    def _pieces(self, word: str) -> list[str] | None:
        if not word:
            return []
        if word.isascii():
            return [word]
        region = self._regions.get(word)
        if region is not None:
            return [region]
        known: dict[str, tuple[str, ...]] = {**self._words.things, **self._words.bodies}
        for end in range(len(word), 1, -1):
            if word[:end] in known:
                rest = self._pieces(word[end:])
                if rest is not None:
                    return [known[word[:end]][0], *rest]
        return None

    def _composed(self, name: str) -> str:
        """무등대학교 → Mudeung University: the head romanized, what is known of the tail put into English."""
        head = name.strip()
        tail: list[str] = []
        while len(head) > _SHORTEST_HEAD:
            end = next((each for each in self._suffixes if head.endswith(each) and len(head) > len(each) + 1), None)
            if end is None or (not tail and end not in self._words.bodies):
                break
            tail.insert(0, (self._words.bodies.get(end) or self._words.things[end])[0])
            head = head[: -len(end)].rstrip()
        return capitalized(" ".join([*map(self._head, _SCRIPTS.findall(head)), *tail]).strip())

    def _head(self, part: str) -> str:
        """A piece of one script of the head of a name; a province keeps its own English."""
        return self._regions.get(part) or (part if part.isascii() else romanize(part))

    # English to Korean

    def _entries_in(self, text: str, day: date | None) -> tuple[Entry, ...]:
        found = {each.entry.id: each.entry for each in self._finder.find(text, day=day)}
        found |= {each.id: each for name, each in self._people.items() if name in text}
        return tuple(found.values())

    def named(self, english: str) -> tuple[Entry, ...]:
        """The entries of the gazetteer that are called so in English."""
        return self._by_english.get(_plain(english), ())

    def known_elsewhere(self, english: str, article: Passage) -> bool:
        """Does the gazetteer know who is called so, and does the article name nobody of them?"""
        entries = self.named(english)
        names = [name for each in entries for name in (each.name, *each.aliases)]
        return bool(entries) and english not in article.text and not any(each in article.text for each in names)

    def stands_in(self, token: str, passage: Passage, whole: Passage) -> bool:
        """Is this word of a name to be found in the passage: as it is, romanized, or in English?"""
        plain = token.lower()
        if plain in {each.lower() for each in _LATIN.findall(passage.text)}:
            return True
        if any(plain in _tokens(each.english) for each in self._entries_of(passage, whole)):
            return True
        if plain == "university" and _SHORT_UNIVERSITY.search(passage.text):
            return True
        return reads_as(token, passage.text) or plain in self.english_words(passage)

    def _entries_of(self, passage: Passage, whole: Passage) -> list[Entry]:
        here = list(self.entries_in(passage.text, passage.published))
        # What a name means is better known from the whole article than from one sentence.
        around = self.entries_in(whole.text, whole.published)
        here += [each for each in around if any(name in passage.text for name in (each.name, *each.aliases))]
        return here

    def english_words(self, passage: Passage) -> frozenset[str]:
        """Every English word that common words, terms and offices of the passage can be called by."""
        return _words_of(self, passage.text)

    def words_for(self, text: str) -> frozenset[str]:
        """The same, of a text."""
        found: set[str] = set()
        for korean, (_, alternatives) in self._things.items():
            if korean in text:
                for each in alternatives:
                    found |= _tokens(each)
        return frozenset(found)

    def common(self, statement: str, passage: Passage) -> set[str]:
        """What statement and passage share: words, numbers, dates and names, each as it is written in one of them."""
        shared = {
            korean
            for korean, (pattern, _) in self._things.items()
            if korean in passage.text and pattern.search(statement)
        }
        undated = _without_days(statement)
        shared |= {
            each.surface for each in read_quantities(undated) if each.value in passage.numbers and each.value > 2
        }
        shared |= {
            each.surface for each in read_days(statement) if each.month and _dated(each.month, each.day, passage)
        }
        shared |= {each for each in _KOREAN.findall(statement) if each in passage.text}
        names = dict.fromkeys(_CAPITALISED.findall(statement))
        shared |= {each for each in names if len(each) > _SHORT_WORD and reads_as(each, passage.text)}
        shared |= {each for each in _LATIN.findall(passage.text) if len(each) > 1 and each in statement}
        for entry in self.entries_in(passage.text, passage.published):
            if _CITY.sub("", entry.english).lower() in statement.lower():
                shared.add(entry.name)
        return shared


@lru_cache(maxsize=512)
def _words_of(book: NameBook, text: str) -> frozenset[str]:
    return book.words_for(text)


def _without_days(statement: str) -> str:
    for each in read_days(statement):
        statement = statement[: each.start] + " " * (each.end - each.start) + statement[each.end :]
    return statement


def _dated(month: int, day: int | None, passage: Passage) -> bool:
    wanted = f"-{month:02d}" + (f"-{day:02d}" if day else "")
    return any(wanted in (each.iso or "") for each in passage.dates)


def _plain(english: str) -> str:
    return " ".join(each for each in re.sub(r"[^\w\s]", " ", english.lower()).split() if each not in _LINKS)


def _tokens(english: str) -> set[str]:
    words = {each.lower().strip(".") for each in re.findall(r"[A-Za-z][\w\-.&]*", english)}
    return words | {each + "s" for each in words}


def _index(entries: Sequence[Entry]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}
    for each in entries:
        for name in {_plain(each.english), _plain(_CITY.sub("", each.english))}:
            found.setdefault(name, []).append(each)
        for alias in each.aliases:
            if alias.isascii():
                found.setdefault(_plain(alias), []).append(each)
    return {name: tuple(several) for name, several in found.items()}


def _patterns(words: Words, terms: Sequence[Term]) -> dict[str, tuple[re.Pattern[str], tuple[str, ...]]]:
    all_words: dict[str, tuple[str, ...]] = {}
    for group in (words.bodies, words.roles, words.things, words.countries):
        for korean, english in group.items():
            all_words[korean] = (*all_words.get(korean, ()), *english)
    for term in terms:
        english = tuple(each.strip() for each in re.split(r"[;(]", term.card.english.replace(")", "")) if each.strip())
        for korean in (term.card.term, *term.also):
            all_words[korean] = (*all_words.get(korean, ()), *english, term.card.romanized)
    return {
        korean: (re.compile(rf"\b(?:{'|'.join(map(re.escape, english))})", re.IGNORECASE), english)
        for korean, english in all_words.items()
    }
