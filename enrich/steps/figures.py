"""Numbers with their units."""

import dataclasses

from enrich.figures import read_figures
from enrich.pipeline import Draft
from enrich.readable import readable


class FigureStep:
    """Finds the figures of an article (enrich/figures.py)."""

    name = "figures"
    version = "5"
    needs: frozenset[str] = frozenset()
    gives = frozenset({"figures"})

    def __call__(self, draft: Draft) -> Draft:
        """Return the draft with its figures."""
        text, moved = readable(draft.whole)
        figures = tuple(read_figures(text))
        if moved is None:
            return dataclasses.replace(draft, figures=figures)
        back = [(each, moved[each.start], moved[each.end]) for each in figures]
        return dataclasses.replace(
            draft,
            figures=tuple(
                dataclasses.replace(each, surface=draft.whole[start:end], start=start, end=end)
                for each, start, end in back
            ),
        )
