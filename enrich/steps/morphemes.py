"""The first step: morphemes of the whole article, read once, and the terms that it is found by."""

import dataclasses
from bisect import bisect_left
from operator import attrgetter

from enrich.pipeline import Draft
from enrich.tokenizers.terms import MorphemeTermCutter
from sosik.model.ports.tokenizer import Tokenizer


class MorphemeStep:
    """Gives morphemes, and the terms of title and text, whose offsets count from the start of the title.

    The cutter must be one of the same tokenizer.
    """

    name = "morphemes"
    needs: frozenset[str] = frozenset()
    gives = frozenset({"tokenizer", "morphemes", "title_terms", "text_terms"})

    def __init__(self, tokenizer: Tokenizer, cutter: MorphemeTermCutter) -> None:
        self._tokenizer = tokenizer
        self._cutter = cutter

    @property
    def version(self) -> str:
        """The name of the cutter: other terms are another version."""
        return self._cutter.name

    def __call__(self, draft: Draft) -> Draft:
        """Return the draft with its morphemes and terms."""
        morphemes = self._tokenizer.tokenize(draft.whole)
        title_end = bisect_left(morphemes, len(draft.article.title), key=attrgetter("start"))
        return dataclasses.replace(
            draft,
            tokenizer=self._cutter.name,
            morphemes=tuple(morphemes),
            title_terms=self._cutter.terms_of(morphemes[:title_end]),
            text_terms=self._cutter.terms_of(morphemes[title_end:]),
        )
