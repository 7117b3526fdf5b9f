"""A crawl of a few articles into a folder that is thrown away: how an outlet is looked at before it is followed."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.job import CrawlJob, Limits, run_crawl
from crawler.job import Progress as Visited
from sosik.app.flows.processes import in_child
from sosik.app.flows.progress import Progress, silent
from sosik.model.article import Extraction
from sosik.model.capture import Capture, CaptureKind
from sosik.model.instants import KST
from sosik.model.ports.ledger import Visit
from sosik.model.source import Source

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring


@dataclass(frozen=True, slots=True, kw_only=True)
class Taste:
    """What came of an outlet. `extractions` are the articles with their addresses, `visits` all that was asked for."""

    source: Source
    visits: tuple[Visit, ...]
    captures: tuple[Capture, ...]
    extractions: tuple[tuple[str, Extraction], ...]

    def of_kind(self, kind: CaptureKind) -> tuple[Capture, ...]:
        """Return the pages of one kind."""
        return tuple(each for each in self.captures if each.kind is kind)


def taste(
    wiring: "Wiring",
    sources: Sequence[Source],
    *,
    articles: int,
    proxy: str | None = None,
    progress: Progress = silent,
) -> Mapping[str, Taste]:
    """Crawl so many articles of each source by the crawler's own rules, and read them; nothing of it is kept."""
    with tempfile.TemporaryDirectory(prefix="sosik-look-") as folder:
        settings = wiring.settings.model_copy(update={"data": Path(folder), "ledger_url": ""})
        scratch = replace(wiring, settings=settings)
        with scratch.ledger():
            pass  # its tables are made
        job = CrawlJob(
            sources=tuple(_first_pages(each) for each in sources),
            open_archive=scratch.open_archive,
            open_ledger=scratch.open_ledger,
            make_clock=scratch.get_clock,
            proxy=proxy,
            limits=Limits(articles=articles, sitemaps=2, retries=1),
        )
        in_child(run_crawl, job, _counter(progress))
        with scratch.archive() as archive:
            captures = [capture for _, capture in archive.walk({})]
        with scratch.ledger() as ledger, ledger.read() as unit:
            visits = {each.id: tuple(unit.visits.known(each.id)) for each in sources}
    return {each.id: _taste(wiring, each, visits[each.id], captures) for each in sources}


def _first_pages(source: Source) -> Source:
    return replace(source, lists=tuple(replace(each, page="") for each in source.lists))


def _taste(wiring: "Wiring", source: Source, visits: tuple[Visit, ...], captures: Sequence[Capture]) -> Taste:
    own = tuple(each for each in captures if each.source == source.id)
    read = wiring.extractor().extract
    found = [
        (
            each.final_url,
            read(
                each.body,
                url=each.final_url,
                headers=each.headers,
                hints=dict(each.hints),
                layout=source.layout_on(each.fetched.astimezone(KST).date()),
                fetched=each.fetched,
            ),
        )
        for each in own
        if each.kind is CaptureKind.ARTICLE
    ]
    return Taste(source=source, visits=visits, captures=own, extractions=tuple(found))


def _counter(progress: Progress) -> Callable[[Visited], None]:
    done = 0

    def tell(_: Visited) -> None:
        nonlocal done
        done += 1
        progress("addresses visited", done)

    return tell
