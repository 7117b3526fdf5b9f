"""Numbers with their units."""

import dataclasses

from enrich.figures import read_figures
from enrich.pipeline import Draft


class FigureStep:
    """Finds the figures of an article (enrich/figures.py)."""

    name = "figures"
    version = "1"
    needs: frozenset[str] = frozenset()
    gives = frozenset({"figures"})

    def __call__(self, draft: Draft) -> Draft:
        """Return the draft with its figures."""
        return dataclasses.replace(draft, figures=tuple(read_figures(draft.whole)))
