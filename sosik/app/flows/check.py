"""Is the catalogue right? Every file is read on its own, so that one mistake does not hide the next."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from sosik.app.flows.schedule import entries as scheduled
from sosik.catalogue.readers.families import FOLDER as FAMILY_FOLDER
from sosik.catalogue.readers.families import read_family
from sosik.catalogue.readers.learned import EXAMPLES, check_learned
from sosik.catalogue.readers.sources import FOLDER, read_source, read_sources
from sosik.catalogue.readers.topics import read_topics
from sosik.catalogue.topic import Topic
from sosik.model.errors import CatalogueMistake
from sosik.model.source import Source

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring
    from sosik.catalogue.entry import Entry
    from sosik.catalogue.job import Job
    from sosik.catalogue.term import Term

_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class CheckReport:
    """How many of what were checked, and the mistakes, one line each."""

    checked: dict[str, int]
    mistakes: tuple[str, ...]


def check(wiring: "Wiring") -> CheckReport:
    """Read the whole catalogue, and try topics on the samples that their editors gave."""
    mistakes: list[str] = []
    families = [file for folder in wiring.catalogue.folders for file in sorted((folder / FAMILY_FOLDER).glob("*.toml"))]
    mistakes += _mistakes(families, read_family)
    files = [file for folder in wiring.catalogue.folders for file in sorted((folder / FOLDER).rglob("*.toml"))]
    known = {} if mistakes else wiring.catalogue.families()
    if not mistakes:
        mistakes += _mistakes(files, partial(read_source, families=known))
    if not mistakes:
        mistakes += _mistakes([wiring.catalogue.folders], read_sources)  # two files of one id
    if not mistakes:
        mistakes += _careless([(file, read_source(file, known)) for file in files])
    topics: list[Topic] = []
    wrong: list[CatalogueMistake] = []
    folders = [each / "topics" for each in wiring.catalogue.folders]
    mistakes += _mistakes([folders], lambda each: topics.extend(read_topics(each, wrong)))
    mistakes += map(str, wrong)
    entries: list[Entry] = []
    mistakes += _mistakes([wiring.catalogue], lambda each: entries.extend(each.gazetteer()))
    terms: list[Term] = []
    mistakes += _mistakes([wiring.catalogue], lambda each: terms.extend(each.glossary()))
    mistakes += _mistakes([wiring.catalogue], lambda each: each.words())
    jobs: list[Job] = []
    mistakes += _mistakes([wiring], lambda each: jobs.extend(scheduled(each)))
    if not mistakes:  # examples name topics, all of which must be known
        mistakes += _wrong_examples(wiring, topics)
    mistakes += _wrong_samples(wiring, topics)
    return CheckReport(
        {
            "sources": len(files),
            "families": len(families),
            "topics": len(topics),
            "samples": sum(len(each.matching_samples) + len(each.other_samples) for each in topics),
            "gazetteer": len(entries),
            "glossary": len(terms),
            "jobs": len(jobs),
        },
        tuple(mistakes),
    )


def _wrong_examples(wiring: "Wiring", topics: Sequence[Topic]) -> list[str]:
    known = [each.id for each in topics]
    folders = [each / "topics" for each in wiring.catalogue.folders if (each / "topics" / EXAMPLES).is_file()]
    return _mistakes(folders, partial(check_learned, known=known)) or _mistakes(
        [wiring.catalogue], lambda each: each.learned()
    )


def _mistakes(things: Iterable[_Thing], reader: Callable[[_Thing], object]) -> list[str]:
    found = []
    for each in things:
        try:
            reader(each)
        except CatalogueMistake as mistake:
            found.append(str(mistake))
    return found


def _careless(outlets: Iterable[tuple[Path, Source]]) -> list[str]:
    """What makes no file unreadable, and yet a catalogue nobody can trust."""
    found = []
    by_host: dict[str, tuple[Path, Source]] = {}
    for file, source in outlets:
        if not source.provenance:
            found.append(f"{file}: provenance: is missing. Say where and when the addresses were seen")
        host = (urlsplit(source.home).hostname or "").removeprefix("www.")
        _, twin = by_host.setdefault(host, (file, source))
        if host and twin.id != source.id and not (source.shares_host or twin.shares_host):
            found.append(f"{file}: home: {twin.id} has the same host. Join the two, or write shares_host = true")
    return found


def _wrong_samples(wiring: "Wiring", topics: Sequence[Topic]) -> list[str]:
    from enrich.steps.topics import check_topics

    by_folder: dict[Path, list[Topic]] = {}
    for topic in topics:
        folders = (each / "topics" for each in reversed(wiring.catalogue.folders))
        by_folder.setdefault(next(each for each in folders if (each / f"{topic.id}.toml").exists()), []).append(topic)
    tokenizer = wiring.tokenizer_of_topics()
    return [str(each) for folder, some in by_folder.items() for each in check_topics(some, tokenizer, folder)]
