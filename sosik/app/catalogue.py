"""What editors keep: the catalogue as it is shipped, and the operator's own beside it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import sosik.catalogue
from sosik.model.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sosik.catalogue.entry import Entry
    from sosik.catalogue.family import Family
    from sosik.catalogue.learned import LearnedWords
    from sosik.catalogue.term import Term, Words
    from sosik.catalogue.topic import Topic
    from sosik.catalogue.values import FieldValues

SHIPPED = Path(sosik.catalogue.__file__).parent


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Reads what editors keep; nothing is remembered between two calls. `own` is the operator's folder, if any.

    Every method raises CatalogueMistake for a file that cannot be read.
    """

    own: Path | None

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders of the catalogue; a later one adds to or overrides an earlier one."""
        return (SHIPPED,) if self.own is None else (SHIPPED, self.own)

    def sources(self) -> tuple[Source, ...]:
        """Return every outlet of the catalogue, and the demonstration's.

        An outlet of the demonstration stands in for the real one of its name until that one's file is filled in.
        """
        from sosik.catalogue.readers.sources import read_sources
        from sosik.demo.outlets import demo_sources

        by_id = {each.id: each for each in demo_sources()}
        by_id |= {each.id: each for each in read_sources(self.folders) if each.home or each.id not in by_id}
        return tuple(by_id[each] for each in sorted(by_id))

    def own_outlets(self) -> frozenset[str]:
        """Return the ids of the outlets in the operator's own catalogue."""
        from sosik.catalogue.readers.sources import FOLDER

        return frozenset(each.stem for each in (self.own / FOLDER).rglob("*.toml")) if self.own else frozenset()

    def families(self) -> "Mapping[str, Family]":
        """Return the CMS families, by id."""
        from sosik.catalogue.readers.families import read_families

        return read_families(self.folders)

    def topics(self) -> "tuple[Topic, ...]":
        """Return every topic of the catalogue."""
        from sosik.catalogue.readers.topics import read_topics

        return read_topics([each / "topics" for each in self.folders])

    def topics_of(self, folder: Path) -> "tuple[Topic, ...]":
        """Return every topic of the catalogue and of one more folder."""
        from sosik.catalogue.readers.topics import read_topics

        return read_topics([*(each / "topics" for each in self.folders), folder])

    def learned(self) -> "LearnedWords | None":
        """Return what examples taught of topics."""
        from sosik.catalogue.readers.learned import read_learned

        return read_learned([each / "topics" for each in self.folders])

    def gazetteer(self) -> "tuple[Entry, ...]":
        """Return every entry of the gazetteer."""
        from sosik.catalogue.readers.gazetteer import read_gazetteer

        return read_gazetteer([each / "gazetteer" for each in self.folders])

    def glossary(self) -> "tuple[Term, ...]":
        """Return every term of the glossary."""
        from sosik.catalogue.readers.glossary import read_glossary

        return read_glossary([each / "glossary" for each in self.folders])

    def words(self) -> "Words":
        """Return the common words of Korean technology news."""
        from sosik.catalogue.readers.glossary import read_words

        return read_words([each / "glossary" for each in self.folders])

    def holidays(self) -> "Mapping[date, str]":
        """Return the public holidays, by day."""
        from sosik.catalogue.readers.holidays import read_holidays

        return read_holidays(self.folders)

    def field_values(self) -> "FieldValues":
        """Return what the fields of queries may be asked for."""
        from sosik.catalogue.values import field_values

        return field_values(self.topics(), self.gazetteer(), self.sources())
