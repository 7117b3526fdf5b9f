"""Regions of focus: the provinces that an article is about, not all that it mentions."""

import dataclasses
import hashlib
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from enrich.entities.outlets import OutletRegions
from enrich.pipeline import Draft
from enrich.zones import Zone, zones_of
from sosik.catalogue.entry import PROVINCES, Entry
from sosik.model.analysis import Mention, MentionKind

_VERSION = "4"

_ZONE = {Zone.TITLE: 4.0, Zone.LEAD: 2.0, Zone.BODY: 1.0, Zone.NOTE: 0.25, Zone.NOISE: 0.0}
_ACTS = 1.5  # a region that does something is more at the heart of a story than one where it happens
_KIND = {MentionKind.REGION: 1.0, MentionKind.PLACE: 0.6, MentionKind.ORGANISATION: 0.5}
_CITY = re.compile(r"[가-힣]{2,3}?[시군](?=[ 가-힣])")
_SITED = frozenset({MentionKind.ORGANISATION, MentionKind.PLACE})  # 광주 … begins with where it is
_OUTLET = 3.0
_NATIONWIDE = re.compile(r"^(?:한국|국가|대한|국립|전국)(?!.*(?:연구원|기술원|과학원|대학교)$)")
_SEAT = 0.3  # of what another organisation counts: the seat of a national body says little
_VENUE = 0.5  # of what a region counts that is but an address: (서울 종로구), 서울 코엑스에서 열린
_HELD_THERE = re.compile(r"(?: [가-힣A-Za-z0-9&]{2,10}){0,3}에서 (?:열린|열리는|열렸|열고|열려|개최)")
_ADDRESS = re.compile(r"\((?:[가-힣]{2,7} )?$")
_ADDRESS_LENGTH = 9
_FORMER = re.compile(r"(?:^|[^가-힣])(?:옛|구) (?:[가-힣]{2,6}(?:·|[와과] ))?$")  # 옛 전라남도와 광주광역시
_FORMER_LENGTH = 12
_SITE = 1.5  # 나주공장, 나주 물류센터: where a firm does it
_AT_SITE = re.compile(r" ?(?:[가-힣A-Za-z0-9]{1,8} ?)?(?:공장|센터|캠퍼스|사업장)(?=[에의을를]|에서|과 |와 |,)")
_DESK = re.compile(r"=[가-힣A-Za-z]+")  # [서울=가람통신]: where a national outlet writes
_DESKS = frozenset({"서울", "세종"})
_LISTED = 0.4  # of what one counts of so many in a sentence: 서울과 강원, 부산·울산·경북·경남에 비
_MANY = 5
_CHOSEN = 2.0  # 공모 결과 전남 고흥군, 경북 상주시가 선정됐다
_SELECTED = re.compile(
    r"선정(?:됐|되|했|하|한|된|지)|지정(?:됐|되|했|하|한|된)|뽑(?:혔|았|힌)"
    r"|대상지|시범 ?(?:지역|도시)|실증 ?(?:지역|도시)"
)
_SENTENCE_END = re.compile(r"[다요]\. ?|\n")
_LEAST = 2.0
_SHARE = 0.35
_MOST = 4


class RegionStep:
    """Gives the regions of focus, the weightiest first.

    A mention counts by its zone and kind, the n-th time for an n-th. `outlets` gives the province of a source.
    """

    name = "regions"
    needs = frozenset({"mentions"})
    gives = frozenset({"regions"})

    def __init__(self, entries: Sequence[Entry], outlets: Mapping[str, str] | None = None) -> None:
        self._entries = tuple(entries)
        self._by_id = {each.id: each for each in self._entries}
        self._outlets = dict(outlets or {})
        named: dict[str, set[str]] = defaultdict(set)
        for each in self._entries:
            if each.kind is MentionKind.REGION:
                named[each.name].update(each.regions)
        self._cities = {name: next(iter(regions)) for name, regions in named.items() if len(regions) == 1}
        self._regions = OutletRegions(self._entries, self._outlets)
        digest = hashlib.blake2b(repr((self._entries, sorted(self._outlets.items()))).encode(), digest_size=6)
        self._version = f"{_VERSION}-{digest.hexdigest()}"

    def __reduce__(self) -> tuple[type["RegionStep"], tuple[tuple[Entry, ...], dict[str, str]]]:
        return RegionStep, (self._entries, self._outlets)

    @property
    def version(self) -> str:
        """The version of the step and a digest of the gazetteer."""
        return self._version

    def __call__(self, draft: Draft) -> Draft:
        """Return the draft with its regions of focus."""
        return dataclasses.replace(draft, regions=chosen(self.weights(draft)))

    def weights(self, draft: Draft) -> dict[str, float]:
        """Return the weight of every province that the article speaks of."""
        zones = zones_of(draft.article.title, draft.article.text)
        rows = self._rows(draft)
        own: dict[str, list[float]] = defaultdict(list)
        joint: dict[tuple[str, ...], list[float]] = defaultdict(list)
        merged = any(len(self._by_id[each.entry].regions) > 1 for each in draft.mentions if each.entry in self._by_id)
        for mention in draft.mentions:
            entry = self._by_id.get(mention.entry or "")
            points = _ZONE[zones.at(mention.start)]
            if merged and entry is not None and _is_former(entry, mention, draft.whole):
                continue
            if entry is None:
                if mention.kind in _SITED and (seat := self._seat(mention.name)):
                    own[seat].append(points * _KIND[MentionKind.ORGANISATION])
                continue
            points *= _worth(entry, mention.kind)
            points *= _standing(entry, mention, draft.whole)
            points *= rows.get(mention.start, 1.0)
            if len(entry.regions) == 1:
                own[entry.regions[0]].append(points)
            elif entry.regions:
                joint[entry.regions].append(points)
        weights = {region: _fading(points) for region, points in own.items()}
        outlet = self._regions.of(draft.article.source)
        if weights.get(outlet):
            weights[outlet] += _OUTLET
        for regions, several in joint.items():
            for region in _meant(regions, weights):
                weights[region] = weights.get(region, 0.0) + _fading(several)
        return weights

    def _seat(self, name: str) -> str:
        """Return the province with which an unknown name begins, itself or by its city: 순천시 농업기술센터."""
        if name.startswith(PROVINCES):
            return name[:2]
        city = _CITY.match(name)
        return self._cities.get(city[0], "") if city else ""

    def _rows(self, draft: Draft) -> dict[int, float]:
        """Return how much more or less the regions count, by where they begin, that stand with others in a sentence.

        Many of them tell where it rains; a few that were selected are what a headline without a place is about.
        """
        ends = [match.end() for match in _SENTENCE_END.finditer(draft.whole)]
        sentences: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for mention in draft.mentions:
            entry = self._by_id.get(mention.entry or "")
            if mention.kind is MentionKind.REGION and entry is not None and len(entry.regions) == 1:
                sentences[bisect_right(ends, mention.start)].append((mention.start, entry.regions[0]))
        placeless = not any(
            each.start <= len(draft.article.title) and (entry := self._by_id.get(each.entry or "")) and entry.regions
            for each in draft.mentions
        )
        rows: dict[int, float] = {}
        for number, several in sentences.items():
            provinces = len({region for _, region in several})
            if provinces >= _MANY:
                rows.update((start, _LISTED) for start, _ in several)
            elif placeless and provinces > 1:
                begin = ends[number - 1] if number else 0
                if _SELECTED.search(draft.whole, begin, ends[number] if number < len(ends) else len(draft.whole)):
                    rows.update((start, _CHOSEN) for start, _ in several)
        return rows


def _is_former(entry: Entry, mention: Mention, text: str) -> bool:
    """Is it a province or body that has gone into another: 옛 광주광역시 조례?"""
    before = text[max(mention.start - _FORMER_LENGTH, 0) : mention.start]
    return (entry.province or entry.kind is MentionKind.ORGANISATION) and _FORMER.search(before) is not None


def _standing(entry: Entry, mention: Mention, text: str) -> float:
    """How much more or less a mention counts for what stands beside it."""
    if _DESK.match(text, mention.end) and not _DESKS.isdisjoint(entry.regions):
        return 0.0
    before = text[max(mention.start - _ADDRESS_LENGTH, 0) : mention.start]
    if _ADDRESS.search(before) or _HELD_THERE.match(text, mention.end):
        return _VENUE
    if mention.kind is MentionKind.REGION and _AT_SITE.match(text, mention.end):
        return _SITE
    return 1.0


def _meant(regions: tuple[str, ...], weights: Mapping[str, float]) -> tuple[str, ...]:
    """Of the provinces of a joint body, those that the text names beside it; all where it says nothing."""
    named = tuple(each for each in regions if weights.get(each, 0.0) >= _LEAST)
    return named or regions


def chosen(weights: Mapping[str, float]) -> tuple[str, ...]:
    """Return the provinces of focus."""
    ordered = sorted(weights, key=lambda each: (-weights[each], PROVINCES.index(each)))
    if not ordered:
        return ()
    least = max(_LEAST, _SHARE * weights[ordered[0]])
    return tuple(each for each in ordered[:_MOST] if weights[each] >= least)


def _worth(entry: Entry, kind: MentionKind) -> float:
    if entry.kind is MentionKind.REGION:
        return _ACTS if kind is MentionKind.ORGANISATION else 1.0
    worth = _KIND.get(entry.kind, 0.0)  # people and programmes count nothing
    return worth * _SEAT if _NATIONWIDE.match(entry.name) else worth


def _fading(points: Iterable[float]) -> float:
    return sum(each / count for count, each in enumerate(sorted(points, reverse=True), 1))
