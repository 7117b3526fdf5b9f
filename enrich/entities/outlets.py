"""Where an outlet sits: its own news seldom say so."""

from collections.abc import Iterable, Mapping

from sosik.catalogue.entry import PROVINCES, Entry
from sosik.model.analysis import MentionKind


class OutletRegions:
    """The province of a source, by its id, or by its name where it is a local body that publishes itself."""

    def __init__(self, entries: Iterable[Entry], regions: Mapping[str, str]) -> None:
        self._regions = {source: region for source, region in regions.items() if region in PROVINCES}
        self._bodies: dict[str, str] = {}
        for entry in entries:
            if len(entry.regions) == 1 and entry.kind in (MentionKind.REGION, MentionKind.ORGANISATION):
                for name in (entry.name, *entry.aliases):
                    self._bodies.setdefault(name, entry.regions[0])

    def of(self, source: str) -> str:
        """Return the short form of the province, or an empty text for a national outlet or an unknown one."""
        return self._regions.get(source) or self._bodies.get(source, "")
