"""English briefs: drafts what is missing, and finds, drafts and decides single ones."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from sosik.app.flows.lock import held
from sosik.app.flows.processes import mapped
from sosik.app.flows.progress import Progress, silent
from sosik.app.flows.show import Found, find
from sosik.model.analysis import Analysis
from sosik.model.article import Article
from sosik.model.brief import Brief, BriefStatus, CheckResult
from sosik.model.errors import Away, NotFound
from sosik.model.ports.drafter import Drafter

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

LOCK = "briefs"
_BATCH = 16  # articles
_Pair = tuple[Article, Analysis]


@dataclass(slots=True)
class BriefReport:
    """What drafting came to: briefs written, their statements by what the checks said, and what a person should know.

    `notes` say in one line each why briefs are of the facts drafter although a language model was asked for.
    """

    drafted: int = 0
    statements: Counter[CheckResult] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Drafters:
    """Who drafts: the one that is wanted, and the one that needs nobody. `note` says why they are the same."""

    wanted: Drafter
    facts: Drafter
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Made:
    brief: Brief
    note: str


class _Desk:
    """Drafts in this process; once a model did not answer, the rest is drafted without it."""

    def __init__(self, drafters: Drafters) -> None:
        self._drafters = drafters
        self._away = ""

    def draft(self, article: Article, analysis: Analysis) -> _Made:
        if not self._away:
            try:
                return _Made(self._drafters.wanted.draft(article, analysis), "")
            except Away as error:
                self._away = f"{error}; drafted by rules instead, and to be drafted anew in the next run"
        return _Made(self._drafters.facts.draft(article, analysis), self._away)


_desk: list[_Desk] = []  # of this process; made by `prepare`


def prepare(wiring: "Wiring") -> None:
    """Make this process's desk: it reads the gazetteer and the glossary, which is done once."""
    _desk[:] = [_Desk(wiring.drafters())]


def _draft(batch: Sequence[_Pair]) -> list[_Made]:
    return [_desk[0].draft(article, analysis) for article, analysis in batch]


def draft_missing(wiring: "Wiring", *, progress: Progress = silent) -> BriefReport:
    """Draft a brief for every analysed article that has none of its newest revision, analysis and drafter.

    A killed run goes on where it was. Raises Busy where another process drafts in this data folder.
    """
    report = BriefReport()
    with held(wiring.settings.data, LOCK), wiring.ledger() as ledger:
        drafters = wiring.drafters()
        if drafters.note:
            report.notes.append(drafters.note)

        def batches() -> Iterator[tuple[_Pair, ...]]:
            after = ""
            while True:
                with ledger.read() as unit:
                    articles = unit.briefs.stale(drafters.wanted.name, after, _BATCH)
                    analyses = [unit.analyses.get(each.id) for each in articles]
                if not articles:
                    return
                after = articles[-1].id
                yield tuple((one, other) for one, other in zip(articles, analyses, strict=True) if other is not None)

        made = mapped(_draft, batches(), prepare=partial(prepare, wiring), workers=wiring.settings.workers)
        for _, drafts in made:
            with ledger.write() as unit:
                for each in drafts:
                    known = unit.briefs.get(each.brief.article)
                    if each.note and known is not None and known.drafter == drafters.wanted.name:
                        continue  # what the model wrote of this revision is better than what rules find
                    _count(each, report, taken=unit.briefs.put(each.brief))
            progress("briefs drafted", report.drafted)
    return report


def _count(made: _Made, report: BriefReport, *, taken: bool) -> None:
    if made.note and made.note not in report.notes:
        report.notes.append(made.note)
    if taken:
        report.drafted += 1
        parts = (*made.brief.summary, *made.brief.story, *made.brief.context)
        report.statements.update(each.check.result for each in parts)


def brief_of(wiring: "Wiring", name: str) -> tuple[Found, Brief]:
    """Return an article and its brief, drafted now where there is none; raises NotFound."""
    found = find(wiring, name)
    with wiring.ledger() as ledger:
        with ledger.read() as unit:
            brief = unit.briefs.get(found.article.id)
        if brief is not None:
            return found, brief
        if found.analysis is None or found.analysis.revision != found.article.revision:
            raise NotFound("analysis of the article", found.article.id, hint="`sosik replay` makes it")
        made = _Desk(wiring.drafters()).draft(found.article, found.analysis)
        with ledger.write() as unit:
            unit.briefs.put(made.brief)
        return found, made.brief


def decide(wiring: "Wiring", name: str, status: BriefStatus) -> bool:
    """Set what an editor says of a brief; say whether that changed anything. Raises NotFound."""
    found, _ = brief_of(wiring, name)
    with wiring.ledger() as ledger, ledger.write() as unit:
        return unit.briefs.decide(found.article.id, status)
