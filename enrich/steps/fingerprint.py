"""The fingerprint of a wording, by which copies find one another."""

import dataclasses

from rensa import RMinHash  # type: ignore[import-untyped]  # it ships no types

from enrich.pipeline import Draft

_PERMUTATIONS = 64
_SEED = 20260302
_SHINGLE = 3  # terms in a row


class FingerprintStep:
    """Gives 64 numbers of 32 bits; the share of equal ones estimates how much of their wording two texts share.

    An article of fewer than three terms has none.
    """

    name = "fingerprint"
    version = "1"
    needs = frozenset({"title_terms", "text_terms"})
    gives = frozenset({"fingerprint"})

    def __call__(self, draft: Draft) -> Draft:
        """Return the draft with its fingerprint."""
        terms = draft.text_terms.words() or draft.title_terms.words()
        shingles = {" ".join(terms[place : place + _SHINGLE]) for place in range(len(terms) - _SHINGLE + 1)}
        if not shingles:
            return draft
        sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        sketch.update(sorted(shingles))
        return dataclasses.replace(draft, fingerprint=tuple(sketch.digest()))
