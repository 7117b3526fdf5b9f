"""Series and their installments in the ledger."""

from typing import Protocol

from sosik.model.series import Installment, Series, SeriesDecision


class SeriesBook(Protocol):
    """Which article is which part of which series.

    Promises:
    - an article is in one series at most; placing it raises the version of its document if that changed anything;
    - a series keeps its id and the name it was first seen with, for as long as it has parts;
    - an article taken down is no part any more;
    - series that an editor joined are one: what is placed in either is placed in the one, and either id finds it.
    """

    def place(self, series: Series, part: Installment) -> bool:
        """Make an article this part of a series, which is made where there is none; say whether that is news.

        Of the series only id, source and name are read.
        """
        ...

    def leave(self, article: str) -> bool:
        """Take an article out of its series; say whether it was in one."""
        ...

    def of_article(self, article: str) -> str | None:
        """Return the id of the series that an article is part of."""
        ...

    def get(self, series: str) -> Series | None:
        """Return a series with all its parts."""
        ...

    def find(self, name: str) -> tuple[Series, ...]:
        """Return the series of that id, or of that name by letters and digits; one outlet has one, several may."""
        ...

    def decide(self, decision: SeriesDecision) -> int:
        """Write a decision, and move the parts that it concerns; return how many it moved.

        A part goes back, where series are separated, to the one that its headline names.
        """
        ...

    def decisions(self) -> tuple[SeriesDecision, ...]:
        """Return every decision, oldest first."""
        ...

    def of_source(self, source: str | None = None) -> tuple[Series, ...]:
        """Return all series of a source, or of all, by source and name."""
        ...
