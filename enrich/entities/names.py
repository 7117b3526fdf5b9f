"""Finds the names of the gazetteer in a text, and decides which entry a name means there."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ahocorasick_rs import AhoCorasick, MatchKind

from enrich.squeezed import squeezed_once
from sosik.catalogue.entry import PROVINCES, Entry
from sosik.model.analysis import MentionKind

# What may follow a name without a space: particles one after another, up to the end of the word.
PARTICLES = (
    r"(?:이라며|이라고|이라는|이라|에서는|에서도|에서|에게|으로써|으로서|으로|로서|로써|로|에|와|과|의|은|는|이|가|을|를|도|만"
    r"|까지|부터|이나|나|이며|며|이고|이다|처럼|보다|마다|조차|께서|께|들|씩|엔|선|측|등|산하|내|및|인|이란|란|뿐|밖에|하고|서|간|별)"
)
WORD_END = re.compile(rf"{PARTICLES}{{0,3}}(?![가-힣A-Za-z0-9])")
# What else may follow the name of an organisation, or of a region.
_ROLES = (
    r"(?:장관|차관|청장|처장|총장|원장|의장|위원장|회장|사장|대표|교수|관계자|본사|지사|본부|지부|캠퍼스|부지|신임|주관|주최"
    r"|장(?=[^가-힣]|$)|장[은이과의도을](?![가-힣])|공모|사업|그룹|관내|장관상|위원|출신|노조|이사장|소장|센터장|단장)"
)
_AFTER_ORGANISATION = re.compile(_ROLES)
_AFTER_REGION = re.compile(
    r"(?:지역|시민|도민|군민|구민|주민|시장|군수|구청|시청|군청|도청|도지사|지사|장(?![가-힣])|장[은이과의도을](?![가-힣])|형(?![가-힣])"
    r"|권(?![가-힣])|권역|산(?![가-힣])|발(?![가-힣])|관내|일대|일원|전역|도심|시내|소재|출신|본사|공장|캠퍼스|본부|지부|북부|남부"
    r"|동부|서부|내륙|시군|시·|도·|살림|지방|특구|혁신도시|국가산단|산단|공항|대교|항(?![가-힣])|역(?![가-힣])|사업장|현장|미래"
    r"|만의|센터(?=[에의을를])|의원(?![가-힣]{2})"
    rf"|{'|'.join(PROVINCES)})"
)
_AS_BODY = re.compile(r"[시도군구]$")
_ACTS = re.compile(
    r"(?:[은는이가와과도]|[,，·]\s|\(시장|\(군수|\(도지사|\(지사|\(구청장|청(?![가-힣]{2})|장(?:[은이과의도을께]|(?![가-힣]))"
    r"|(?<=[군구시])의원(?:[은는이가과의도을께]|(?![가-힣]))"
    r"|[을를] (?:찾은|찾았|찾아|방문)|지사| ?관계자|에 따르면|에서 주관|와의|의회| ?(?:방문단|대표단|사절단|교류단))"
)
# A foreign region is a body less often: 중국 옌타이시와 독일 … names places.
_ACTS_ABROAD = re.compile(
    r"[은는이가]|(?:[와과]|[와과]의) (?:\S+ )?(?:공동|업무|협약|협력|교류|우호|자매|손|양해|실무)|[시지]장"
    r"| ?(?:부?시장|부?지사|방문단|대표단|사절단|교류단)"
)
_SHARED_ENDING = re.compile(r"·[가-힣]{2,4}[시군](?=[은는이가와과]|, | 관계자)")  # 천안·아산시
_DOT = re.compile(r" ?[·ㆍ‧] ?")
_IN_BRACKETS = re.compile(r"(?<=[가-힣])\(([A-Za-z][A-Za-z0-9&·.\- ]{0,14})\)")
_GOES_ON = re.compile(r"&[A-Za-z]")  # KQ&G is not KQ
_STANDARDS = frozenset({"ISO", "IEC", "IEEE"})
_NUMBER = re.compile(r"(?:/[A-Z]{2,5}){0,2}[ -]?\d{3,6}(?!\d* ?년)")  # ISO 9001 is a standard
_HANGUL = re.compile(r"[가-힣]")
_BEFORE = ("주식회사", *PROVINCES)
_BESIDE = 15  # characters on either side in which an unwanted word makes it another name
_SHORT_LATIN = 4
_LONG_ENOUGH = 5  # characters of a short form that is the name even with a space in it; 도로 공사 are road works

_SURE, _STICKY, _LIKELY, _USUAL, _POSSIBLE = 4.0, 3.0, 2.0, 1.0, 0.5


@dataclass(frozen=True, slots=True)
class Name:
    """An entry found in a text. `acts` says that a region is spoken of as a body that does something."""

    entry: Entry
    start: int
    end: int
    acts: bool


@dataclass(frozen=True, slots=True)
class _Raw:
    """An alias found, with the entries that it may mean."""

    entries: tuple[int, ...]
    start: int
    end: int


class NameFinder:
    """Finds the longest names at the borders of words; of several entries with one name it takes the likeliest.

    Which one is likeliest is told by the province written before it, by the words that the entry wants or cannot
    stand beside, by the day, and by the outlet's province. A name that stays in doubt is not given.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = tuple(entries)
        by_alias: dict[str, list[int]] = defaultdict(list)
        spellings: dict[str, set[str]] = defaultdict(set)
        spaced: set[str] = set()
        for number, entry in enumerate(self._entries):
            if entry.kind is not MentionKind.PERSON:
                for alias in dict.fromkeys((entry.name, *entry.aliases)):
                    written = "".join(alias.split())
                    if number not in by_alias[written.lower()]:
                        by_alias[written.lower()].append(number)
                    spellings[written.lower()].add(written)
                    if len(written) > _LONG_ENOUGH or written != alias or alias == entry.name:
                        spaced.add(written.lower())
        self._aliases = tuple(by_alias)
        self._meanings = tuple(tuple(by_alias[each]) for each in self._aliases)
        self._spaced = tuple(each in spaced for each in self._aliases)
        self._spellings = tuple(frozenset(spellings[each]) for each in self._aliases)
        self._written = {each: number for number, several in enumerate(self._spellings) for each in several}
        self._automaton = AhoCorasick(self._aliases, matchkind=MatchKind.Standard)

    def __reduce__(self) -> tuple[type["NameFinder"], tuple[tuple[Entry, ...]]]:
        return NameFinder, (self._entries,)

    def all_names(self) -> frozenset[str]:
        """The names and aliases of everything but people."""
        others = (each for each in self._entries if each.kind is not MentionKind.PERSON)
        return frozenset(name for each in others for name in (each.name, *each.aliases))

    def find(self, text: str, *, day: date | None = None, outlet: Collection[str] = ()) -> list[Name]:
        """Return the names in the text, in order; `outlet` holds the outlet's provinces."""
        raws = _longest(self._raws(text))
        here = _Here(text, day, frozenset(outlet), self._named_without_doubt(raws))
        names = []
        for raw in raws:
            number = self._meaning(raw, here)
            if number is not None:
                entry = self._entries[number]
                names.append(Name(entry, raw.start, raw.end, _acts(entry, text, raw)))
        return _joined(names, text)

    def _raws(self, text: str) -> list[_Raw]:
        squeezed = squeezed_once(text)
        raws = []
        for alias, first, after in self._automaton.find_matches_as_indexes(squeezed.text, overlapping=True):
            start, end = squeezed.original(first, after)
            if end - start != after - first and not self._spaced[alias] and " " in text[start:end]:
                continue
            if _begins(text, start) and self._ends(text, start, end, alias):
                raws.append(_Raw(self._meanings[alias], start, end))
        return [*raws, *self._in_brackets(text, {each.end for each in raws})]

    def _in_brackets(self, text: str, ends: Collection[int]) -> Iterator[_Raw]:
        """Give abbreviations in brackets behind something that is no known name: 암(Arm)."""
        for match in _IN_BRACKETS.finditer(text):
            alias = self._written.get("".join(match[1].split()))
            if alias is not None and match.start() not in ends:
                yield _Raw(self._meanings[alias], match.start(1), match.end(1))

    def _ends(self, text: str, start: int, end: int, alias: int) -> bool:
        if text[end - 1].isascii():
            if text[start:end] in _STANDARDS and _NUMBER.match(text, end):
                return False
            short = len(self._aliases[alias]) <= _SHORT_LATIN and self._aliases[alias].isascii()
            if short and text[start:end] not in self._spellings[alias]:
                return False
            return WORD_END.match(text, end) is not None and _GOES_ON.match(text, end) is None
        if WORD_END.match(text, end):
            return True
        region = any(self._entries[each].kind is MentionKind.REGION for each in self._meanings[alias])
        return (_AFTER_REGION if region else _AFTER_ORGANISATION).match(text, end) is not None

    def _named_without_doubt(self, raws: Iterable[_Raw]) -> list[Entry]:
        return [self._entries[raw.entries[0]] for raw in raws if len(raw.entries) == 1]

    def _meaning(self, raw: _Raw, here: "_Here") -> int | None:
        scored = [(here.score(self._entries[each], raw), -each) for each in raw.entries]
        scored = [each for each in scored if each[0] > 0]
        if not scored:
            return None
        scored.sort(reverse=True)
        if len(scored) > 1 and scored[0][0] == scored[1][0] and scored[0][0] < _USUAL:
            return None
        number = -scored[0][1]
        if len(raw.entries) > 1:
            here.settle(self._entries[number])
        return number


class _Here:
    """What one article says about which of several namesakes is meant."""

    def __init__(self, text: str, day: date | None, outlet: frozenset[str], named: Collection[Entry]) -> None:
        self.text = text
        self._day = day
        self._outlet = outlet
        self._settled = {each.id for each in named}
        self._provinces = frozenset(region for each in named for region in each.regions)
        self._had: dict[str, bool] = {}

    def settle(self, entry: Entry) -> None:
        """Remember what a name meant: elsewhere it means the same, unless something says otherwise."""
        self._settled.add(entry.id)

    def score(self, entry: Entry, raw: _Raw) -> float:
        """How likely it is that the name means this entry; 0 where it cannot."""
        surface = self.text[raw.start : raw.end]
        beside = self.text[max(raw.start - _BESIDE, 0) : raw.end + _BESIDE]
        if any(each in beside for each in entry.unwanted):
            return 0.0
        if entry.wanted and not any(map(self._has, entry.wanted)):
            return 0.0
        if len(raw.entries) == 1:
            return _SURE
        score = self._by_province(entry, raw, surface)
        if score < _USUAL and (entry.province or entry.kind is not MentionKind.REGION):
            score = _USUAL
        if not entry.valid_on(self._day):
            score -= _POSSIBLE / 2
        return score

    def _has(self, word: str) -> bool:
        """Does the text have a word? Each is looked for once, however often a name asks."""
        if word not in self._had:
            self._had[word] = word in self.text
        return self._had[word]

    def _by_province(self, entry: Entry, raw: _Raw, surface: str) -> float:
        before = self.text[max(raw.start - _BESIDE, 0) : raw.start].rstrip()
        if any(before.endswith((each, f"{each}도", f"{each}시", f"{each}광역시")) for each in entry.regions):
            return _SURE
        if any(surface.startswith(each) for each in entry.regions) and not entry.province:
            return _SURE
        if entry.id in self._settled:
            return _STICKY
        if self._outlet.intersection(entry.regions):
            return _LIKELY
        return _POSSIBLE if self._provinces.intersection(entry.regions) else 0.0


def _begins(text: str, start: int) -> bool:
    if start == 0:
        return True
    before = text[start - 1]
    if text[start].isascii():
        return not (before.isascii() and before.isalnum())
    return not _HANGUL.match(before) or text.endswith(_BEFORE, max(start - 4, 0), start)


def _acts(entry: Entry, text: str, raw: _Raw) -> bool:
    if entry.kind is not MentionKind.REGION:
        return False
    if not entry.regions:
        return _ACTS_ABROAD.match(text, raw.end) is not None
    surface = text[raw.start : raw.end]
    if surface in PROVINCES or f"{surface}군" == entry.name or not _AS_BODY.search(surface):  # 완도 is called by no 도
        if not entry.province and _SHARED_ENDING.match(text, raw.end):
            return True
        return text.startswith(("시장", "군수", "도지사", "지사"), raw.end)
    return _ACTS.match(text, raw.end) is not None


def _joined(names: Sequence[Name], text: str) -> list[Name]:
    """Let those that dots join to one that acts act with it: 광주시·나주시·무안군은."""
    joined = list(names)
    acting = False
    for place in range(len(names) - 1, -1, -1):
        name = names[place]
        if place + 1 < len(names) and _DOT.fullmatch(text, name.end, names[place + 1].start):
            if acting and _may_act(name, text):
                joined[place] = replace(name, acts=True)
        else:
            body = name.entry.kind is MentionKind.ORGANISATION
            acting = name.acts or (body and _ACTS.match(text, name.end) is not None)
    return joined


def _may_act(name: Name, text: str) -> bool:
    """Is it a region of this country, written as a body: 나주시, but not 나주?"""
    surface = text[name.start : name.end]
    region = name.entry.kind is MentionKind.REGION and bool(name.entry.regions)
    return region and surface not in PROVINCES and _AS_BODY.search(surface) is not None


def _longest(raws: Iterable[_Raw]) -> list[_Raw]:
    kept: list[_Raw] = []
    for raw in sorted(raws, key=lambda each: (each.start, -each.end)):
        if not kept or raw.start >= kept[-1].end:
            kept.append(raw)
    return kept


def by_name(entries: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    """The people of the gazetteer by name."""
    people: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind is MentionKind.PERSON:
            for name in (entry.name, *entry.aliases):
                people[name].append(entry)
    return {name: tuple(several) for name, several in people.items()}
