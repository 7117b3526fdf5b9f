"""Every statement cites sentences that there are, and that speak of what it speaks of."""

from collections.abc import Iterator

from enrich.briefs.checks.finding import Finding, block, warn
from enrich.briefs.names import NameBook
from enrich.briefs.source import Evidence, Passage

_MANY = 8


class CitationCheck:
    """Looks at the citations of a statement; words common to both languages come from the name book."""

    def __init__(self, book: NameBook) -> None:
        self._book = book

    def __call__(self, evidence: Evidence) -> Iterator[Finding]:
        """Give what is wrong with the citations of a statement."""
        if not evidence.cites:
            yield block("it cites no sentence of the source")
            return
        for number in evidence.missing:
            yield block(f"there is no sentence {number}; the source has {len(evidence.sentences)}")
        if not evidence.cited.sentences:
            return
        if len(evidence.cites) > _MANY:
            yield warn(f"it cites {len(evidence.cites)} sentences; cite those that it needs")
        yield from self._on_topic(evidence)

    def _on_topic(self, evidence: Evidence) -> Iterator[Finding]:
        if evidence.published_line:
            return
        if evidence.without_granted != evidence.statement or self._book.common(evidence.statement, evidence.cited):
            return
        for sentence in evidence.sentences:
            if sentence.number in evidence.cites:
                continue
            shared = self._book.common(evidence.statement, Passage([sentence.text], evidence.published))
            if len(shared) > 1:
                words = ", ".join(sorted(shared)[:3])
                yield block(f"the cited sentences speak of something else; sentence {sentence.number} has {words}")
                return
        yield warn("nothing in it could be found again in the cited sentences")
