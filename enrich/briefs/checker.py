"""Runs every check on every statement: what does not pass is blocked, and shown as blocked."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from enrich.briefs.checks.certainty import check_certainty
from enrich.briefs.checks.citations import CitationCheck
from enrich.briefs.checks.dates import check_dates
from enrich.briefs.checks.direction import check_direction
from enrich.briefs.checks.finding import Finding
from enrich.briefs.checks.names import NameCheck
from enrich.briefs.checks.numbers import check_numbers
from enrich.briefs.names import NameBook
from enrich.briefs.source import Evidence, Passage, gather
from sosik.model.brief import Check, CheckResult, Sentence, Statement

Rule = Callable[[Evidence], Iterator[Finding]]
"""One check: it gives what is wrong with a statement, or nothing."""


class Checker:
    """The checks of the statements of one article after another."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = tuple(rules)

    def check(
        self,
        statements: Iterable[tuple[str, Sequence[int]]],
        sentences: Sequence[Sentence],
        published: date | None,
        *,
        granted: Sequence[str] = (),
    ) -> tuple[Statement, ...]:
        """Return statements (text and cited numbers) with what the checks say of them.

        `granted` are names that need no proof: the outlet's own.
        """
        article = Passage([each.text for each in sentences], published)
        return tuple(
            Statement(
                text=text, cites=tuple(cites), check=self._verdict(gather(text, cites, sentences, article, granted))
            )
            for text, cites in statements
        )

    def _verdict(self, evidence: Evidence) -> Check:
        findings = [finding for rule in self._rules for finding in rule(evidence)]
        results = {each.result for each in findings}
        worst = next((each for each in (CheckResult.BLOCK, CheckResult.WARN) if each in results), CheckResult.PASS)
        return Check(result=worst, reasons=tuple(dict.fromkeys(each.reason for each in findings)))


def usual_checks(book: NameBook) -> tuple[Rule, ...]:
    """The checks that every brief goes through."""
    return (CitationCheck(book), check_numbers, NameCheck(book), check_dates, check_direction, check_certainty)
