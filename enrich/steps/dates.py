"""Dates, resolved against publication."""

import dataclasses

from enrich.dates import read_dates
from enrich.pipeline import Draft


class DateStep:
    """Finds the dates of an article (enrich/dates.py)."""

    name = "dates"
    version = "1"
    needs: frozenset[str] = frozenset()
    gives = frozenset({"dates"})

    def __call__(self, draft: Draft) -> Draft:
        """Return the draft with its dates."""
        published = draft.article.published
        day = published.day if published is not None else None
        return dataclasses.replace(draft, dates=tuple(read_dates(draft.whole, day)))
