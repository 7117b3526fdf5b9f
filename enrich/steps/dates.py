"""Dates, resolved against publication."""

import dataclasses

from enrich.dates import read_dates
from enrich.pipeline import Draft
from enrich.readable import readable


class DateStep:
    """Finds the dates of an article (enrich/dates.py)."""

    name = "dates"
    version = "4"
    needs: frozenset[str] = frozenset()
    gives = frozenset({"dates"})

    def __call__(self, draft: Draft) -> Draft:
        """Return the draft with its dates."""
        published = draft.article.published
        day = published.day if published is not None else None
        text, moved = readable(draft.whole)
        dates = tuple(read_dates(text, day))
        if moved is None:
            return dataclasses.replace(draft, dates=dates)
        back = [(each, moved[each.start], moved[each.end]) for each in dates]
        return dataclasses.replace(
            draft,
            dates=tuple(
                dataclasses.replace(each, surface=draft.whole[start:end], start=start, end=end)
                for each, start, end in back
            ),
        )
