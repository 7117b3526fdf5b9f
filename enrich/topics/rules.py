"""The rules that editors write for topics: which of their words stand in an article, and how many points that makes."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from enrich.enumerations import Enumerations, enumerations_of
from enrich.squeezed import Hit, WordFinder, inside, longest
from enrich.zones import Zone, Zones
from sosik.catalogue.topic import Rule, Topic, Weights, WordList
from sosik.model.analysis import Morpheme

_OVERLAPPING = 4  # more hits than these never begin inside one range
_BELOW = {Zone.BODY: 1.0, Zone.NOTE: 0.5, Zone.NOISE: 0.0}  # what a match below the lead counts of a body's
_USUAL_LENGTH = 1000  # characters; matches in the body of a longer article count less, of a shorter one more
_MOST_THICKENED = 1.2
_WHOLE_THRESHOLD = 900  # characters; a shorter article has less room for words, and less of a threshold is asked
_LEAST_THRESHOLD = 0.8


@dataclass(frozen=True, slots=True)
class Match:
    """A rule that matched: where, and how much that counts before repetition is looked at."""

    rule: str
    word: str
    start: int
    end: int
    points: float
    zone: Zone


@dataclass(frozen=True, slots=True)
class Finding:
    """What the rules of a topic found: a score, which is 1 where the threshold is reached, and the matches."""

    topic: str
    score: float
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found in one article."""

    text: str
    hits: Mapping[int, Sequence[Hit]]  # by the number of the list that the word stands in
    zones: Zones
    rows: Enumerations
    thinning: float


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A rule with the numbers of its lists of words: without a word of each of `lists` it does not match."""

    rule: Rule
    words: int
    near: tuple[int, ...]
    lists: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A topic ready for matching."""

    topic: Topic
    rules: tuple[_Numbered, ...]
    against: tuple[_Numbered, ...]
    exclusions: int
    needs: tuple[tuple[WordList, _Numbered], ...]


class TopicRules:
    """Finds the topics whose rules match.

    A match counts by its rule's weight and by where it stands; the second time a word matches it counts half, the
    third time a third. One mention below the lead is none.
    """

    def __init__(self, topics: Sequence[Topic]) -> None:
        lists = _Lists()
        self._ready = tuple(_ready(topic, lists) for topic in topics)
        self._words, self._lists_of = lists.words_and_lists()
        self._finder = WordFinder(self._words)

    def find(self, text: str, morphemes: Sequence[Morpheme], zones: Zones) -> Iterator[Finding]:
        """Give every topic that has any points. Words count where morphemes begin and end."""
        hits: dict[int, list[Hit]] = defaultdict(list)
        for hit in self._finder.find(text, morphemes):
            for number in self._lists_of[hit.word]:
                hits[number].append(hit)
        if not hits:
            return
        thinning = min(_MOST_THICKENED, (_USUAL_LENGTH / max(len(text), 1)) ** 0.5)
        found = _Found(text, hits, zones, enumerations_of(text), thinning)
        asked = max(_LEAST_THRESHOLD, min(1.0, (len(text) / _WHOLE_THRESHOLD) ** 0.25))
        spoken: dict[str, bool] = {}
        for ready in self._ready:
            matches = self._matches(ready.rules, ready, found)
            if not _more_than_passing(matches) or not self._speaks_of(ready.needs, found, spoken):
                continue
            points = _points(matches) - _points(self._matches(ready.against, ready, found) if ready.against else ())
            if points > 0:
                yield Finding(ready.topic.id, points / (ready.topic.threshold * asked), tuple(matches))

    def _speaks_of(self, needs: Sequence[tuple[WordList, _Numbered]], found: _Found, spoken: dict[str, bool]) -> bool:
        """Does the article speak of each list that a topic needs? `spoken` keeps the answers of this article."""
        for words, rule in needs:
            if words.id not in spoken:
                points = _points(self._word_matches(rule, Weights(), found, ()))
                spoken[words.id] = points >= words.threshold
            if not spoken[words.id]:
                return False
        return True

    def _matches(self, rules: Sequence[_Numbered], ready: _Ready, found: _Found) -> list[Match]:
        standing = [rule for rule in rules if found.hits.keys() >= rule.lists]
        if not standing:
            return []
        spans = [(hit.start, hit.end) for hit in longest(found.hits.get(ready.exclusions, ()))]
        matches = []
        for rule in standing:
            find = self._near_matches if rule.near else self._word_matches
            matches += find(rule, ready.topic.weights, found, spans)
        return _without_contained(matches)

    def _word_matches(
        self, rule: _Numbered, weights: Weights, found: _Found, spans: Sequence[tuple[int, int]]
    ) -> list[Match]:
        hits = longest(found.hits.get(rule.words, ()))
        return [
            _match(rule.rule, self._words[hit.word], hit.start, hit.end, weights, found)
            for hit in hits
            if not inside(hit, spans)
        ]

    def _near_matches(
        self, rule: _Numbered, weights: Weights, found: _Found, spans: Sequence[tuple[int, int]]
    ) -> list[Match]:
        ranges: list[tuple[int, int]] = []
        for place, group in enumerate(rule.near):
            hits = [hit for hit in longest(found.hits.get(group, ())) if not inside(hit, spans)]
            if place == 0:
                ranges = [(hit.start, hit.end) for hit in hits]
            else:
                ranges = list(_joined(ranges, hits, rule.rule.within, found.text))
            if not ranges:
                return []
        return [_match(rule.rule, rule.rule.id, start, end, weights, found) for start, end in ranges]


class _Lists:
    """Lists of words, numbered as they come."""

    def __init__(self) -> None:
        self._lists: list[frozenset[str]] = []

    def number(self, words: Iterable[str]) -> int:
        """Take a list, and return its number."""
        self._lists.append(frozenset(words))
        return len(self._lists) - 1

    def words_and_lists(self) -> tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]:
        """Return all words, sorted, and for each the numbers of the lists that it stands in."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(self._lists):
            for word in words:
                found[word].append(number)
        ordered = tuple(sorted(found))
        return ordered, tuple(tuple(found[word]) for word in ordered)


def _ready(topic: Topic, lists: _Lists) -> _Ready:
    def numbered(rule: Rule) -> _Numbered:
        words, near = lists.number(rule.words), tuple(lists.number(group) for group in rule.near)
        return _Numbered(rule, words, near, frozenset(near or [words]))

    return _Ready(
        topic=topic,
        rules=tuple(numbered(rule) for rule in topic.rules),
        against=tuple(numbered(rule) for rule in topic.against),
        exclusions=lists.number(topic.exclusions),
        needs=tuple((each, numbered(Rule(id=each.id, weight=1.0, words=each.words))) for each in topic.needs),
    )


def _match(rule: Rule, word: str, start: int, end: int, weights: Weights, found: _Found) -> Match:
    zone = found.zones.at(start)
    if zone is Zone.TITLE:
        factor = weights.title
    elif zone is Zone.LEAD:
        factor = weights.lead
    else:
        factor = weights.body * found.thinning * _BELOW[zone]
    if weights.listed != 1 and found.rows.holds(start, end):
        factor *= weights.listed
    return Match(rule.id, word, start, end, rule.weight * factor, zone)


def _joined(
    ranges: Iterable[tuple[int, int]], group: Sequence[Hit], within: int, text: str
) -> Iterator[tuple[int, int]]:
    """Give each range joined with the nearest hit of a group that stands close to it on the same line."""
    starts = [hit.start for hit in group]
    for start, end in ranges:
        place = bisect_left(starts, end)
        after = group[place : place + 1]
        before = [hit for hit in group[max(place - _OVERLAPPING, 0) : place] if hit.end <= start][-1:]
        near = []
        for hit in (*before, *after):
            first, last = (hit.end, start) if hit.end <= start else (end, hit.start)
            if last - first > 2 * within or "\n" in text[first:last]:
                continue
            length = sum(not each.isspace() for each in text[first:last])
            if length <= within:
                near.append((length, min(start, hit.start), max(end, hit.end)))
        if near:
            _, first, last = min(near)
            yield first, last


def _without_contained(matches: Iterable[Match]) -> list[Match]:
    """Of matches that share characters keep the weightier one, and of equal ones the longer."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda each: (each.start, each.start - each.end)):
        while kept and kept[-1].end > match.start and _weight(match) > _weight(kept[-1]):
            kept.pop()
        if not kept or kept[-1].end <= match.start:
            kept.append(match)
    return kept


def _weight(match: Match) -> tuple[float, int]:
    return match.points, match.end - match.start


def _points(matches: Iterable[Match]) -> float:
    """Sum the matches; the n-th of one word counts for an n-th."""
    by_word: dict[str, list[float]] = defaultdict(list)
    for match in matches:
        by_word[match.word].append(match.points)
    return sum(
        points / count for each in by_word.values() for count, points in enumerate(sorted(each, reverse=True), 1)
    )


def _more_than_passing(matches: Sequence[Match]) -> bool:
    """Is it said in the title or the lead, or more than once?"""
    counting = [match for match in matches if match.points > 0]
    return len(counting) > 1 or any(match.zone >= Zone.LEAD for match in counting)
