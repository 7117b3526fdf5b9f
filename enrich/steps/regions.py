"""Regions of focus: the provinces that an article is about, not all that it mentions."""

import dataclasses
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from enrich.entities.outlets import OutletRegions
from enrich.pipeline import Draft
from enrich.zones import Zone, zones_of
from sosik.catalogue.entry import PROVINCES, Entry
from sosik.model.analysis import MentionKind

_VERSION = "2"

_ZONE = {Zone.TITLE: 4.0, Zone.LEAD: 2.0, Zone.BODY: 1.0, Zone.NOTE: 0.25, Zone.NOISE: 0.0}
_ACTS = 1.5  # a region that does something is more at the heart of a story than one where it happens
_KIND = {MentionKind.REGION: 1.0, MentionKind.PLACE: 0.6, MentionKind.ORGANISATION: 0.5}
_SITED = frozenset({MentionKind.ORGANISATION, MentionKind.PLACE})  # 광주 … begins with where it is
_OUTLET = 3.0
_NATIONWIDE = re.compile(r"^(?:한국|국가|대한|국립|전국)(?!.*(?:연구원|기술원|과학원|대학교)$)")
_SEAT = 0.3  # of what another organisation counts: the seat of a national body says little
_VENUE = 0.5  # of what a region counts that is but an address: (서울 종로구), 서울 코엑스에서 열린
_HELD_THERE = re.compile(r"(?: [가-힣A-Za-z]{2,10}){0,2}에서 (?:열린|열리는|열렸|열고|열려|개최)")
_LEAST = 2.0
_SHARE = 0.35
_MOST = 3


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
        own: dict[str, list[float]] = defaultdict(list)
        joint: dict[tuple[str, ...], list[float]] = defaultdict(list)
        for mention in draft.mentions:
            entry = self._by_id.get(mention.entry or "")
            points = _ZONE[zones.at(mention.start)]
            if entry is None:
                if mention.kind in _SITED and mention.name.startswith(PROVINCES):
                    own[mention.name[:2]].append(points * _KIND[MentionKind.ORGANISATION])
                continue
            points *= _worth(entry, mention.kind)
            if draft.whole[mention.start - 1 : mention.start] == "(" or _HELD_THERE.match(draft.whole, mention.end):
                points *= _VENUE
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
