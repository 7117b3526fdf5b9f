"""Who cuts text into morphemes, and morphemes into the terms of an index."""

from typing import Protocol

from sosik.model.analysis import Morpheme, Terms


class Tokenizer(Protocol):
    """Cuts Korean text into morphemes.

    Promises, for every string that Python can hold, lone surrogates and NUL among them:
    - morphemes come in order, do not overlap, and `text[start:end]` is what they were read from;
    - the whole text is read: nothing after a strange character is dropped;
    - the same text gives the same morphemes; blank text gives none;
    - it returns within bounded time;
    - one object may be used by several threads.
    """

    @property
    def name(self) -> str:
        """Name and version, as an index records them: 'mecab-ko-1.0.3'."""
        ...

    def tokenize(self, text: str) -> list[Morpheme]:
        """Return the morphemes of the text with offsets into it."""
        ...


class TermCutter(Protocol):
    """Makes the terms by which texts are found; queries are cut by the same one as the texts.

    Promise: a compound gives the same terms with and without spaces inside it as far as its tokenizer does, and
    particles and endings give none.
    """

    @property
    def name(self) -> str:
        """Name and version of the cutter and its tokenizer; an index refuses the terms of another."""
        ...

    def cut(self, text: str, offset: int = 0) -> Terms:
        """Return the terms of the text; `offset` is added to where each stands."""
        ...
