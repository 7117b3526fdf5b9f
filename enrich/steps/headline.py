"""What the headline says of a series."""

import dataclasses

from enrich.headline import read_headline
from enrich.pipeline import Draft


class HeadlineStep:
    """Reads the series marker of the title (enrich/headline/)."""

    name = "headline"
    version = "3"
    needs: frozenset[str] = frozenset()
    gives = frozenset({"marker"})

    def __call__(self, draft: Draft) -> Draft:
        """Return the draft with its marker."""
        return dataclasses.replace(draft, marker=read_headline(draft.article.title))
