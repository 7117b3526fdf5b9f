"""The order of the steps that find out what an article is about."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sosik.model.analysis import (
    Analysis,
    DateMention,
    Figure,
    HeadlineKind,
    Mention,
    Morpheme,
    SeriesMarker,
    Terms,
    TopicTag,
)
from sosik.model.article import Article
from sosik.model.errors import OutOfOrder

_NO_TERMS = Terms(joined="", spans=b"")
_NO_MARKER = SeriesMarker(kind=HeadlineKind.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An analysis in the making: a step returns a copy with more in it (`dataclasses.replace`).

    `whole` is title, newline and text; every offset counts its characters. `tokenizer` is empty until terms are cut.
    """

    article: Article
    whole: str
    tokenizer: str = ""
    morphemes: tuple[Morpheme, ...] = ()
    title_terms: Terms = _NO_TERMS
    text_terms: Terms = _NO_TERMS
    topics: tuple[TopicTag, ...] = ()
    regions: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateMention, ...] = ()
    marker: SeriesMarker = _NO_MARKER
    fingerprint: tuple[int, ...] = ()


_AT_START = frozenset({"article", "whole"})
_MADE = frozenset(each.name for each in dataclasses.fields(Draft)) - _AT_START


class Step(Protocol):
    """One thing to find in an article. Pure and picklable: it reads the draft, writes nothing, asks nobody.

    `needs` and `gives` name fields of Draft. `version` is raised whenever the step would find something else in the
    same article: analyses made by another version are made anew.
    """

    @property
    def name(self) -> str:
        """A short name, unique in a pipeline."""
        ...

    @property
    def version(self) -> str:
        """What changes when the step finds something else; a step that reads the catalogue names its state too."""
        ...

    @property
    def needs(self) -> frozenset[str]:
        """The fields that it reads, beside article and whole."""
        ...

    @property
    def gives(self) -> frozenset[str]:
        """The fields that it sets or adds to."""
        ...

    def __call__(self, draft: Draft) -> Draft:
        """Return the draft with what was found."""
        ...


class Pipeline:
    """Steps in an order in which each finds what it needs. Picklable if its steps are.

    Raises OutOfOrder when built of steps whose order is wrong, that share a name, or that name unknown fields.
    """

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = tuple(steps)
        _check_names(self._steps)
        for place, step in enumerate(self._steps):
            _check_place(step, before=self._steps[:place], after=self._steps[place + 1 :])
        self._made_by = ";".join(f"{step.name}={step.version}" for step in self._steps)

    @property
    def made_by(self) -> str:
        """The steps and their versions: what an analysis must have been made by, or it is stale."""
        return self._made_by

    def analyse(self, article: Article) -> Analysis:
        """Return what the steps find in an article."""
        draft = Draft(article=article, whole=article.whole)
        for step in self._steps:
            draft = step(draft)
        return Analysis(
            article=article.id,
            revision=article.revision,
            made_by=self._made_by,
            tokenizer=draft.tokenizer,
            title_terms=draft.title_terms,
            text_terms=draft.text_terms,
            topics=draft.topics,
            regions=draft.regions,
            mentions=draft.mentions,
            figures=draft.figures,
            dates=draft.dates,
            marker=draft.marker,
            fingerprint=draft.fingerprint,
        )


def _check_names(steps: Iterable[Step]) -> None:
    seen: set[str] = set()
    for step in steps:
        if step.name in seen:
            raise OutOfOrder(f"two steps are named {step.name!r}: leave one out")
        seen.add(step.name)
        unknown = (step.needs | step.gives) - _MADE - _AT_START
        if unknown or step.gives & _AT_START:
            wrong = ", ".join(sorted(unknown or step.gives & _AT_START))
            raise OutOfOrder(f"step {step.name!r} names {wrong}; a step may give {', '.join(sorted(_MADE))}")


def _check_place(step: Step, *, before: Sequence[Step], after: Sequence[Step]) -> None:
    """Everything that the step needs is given before it, and nothing of it only after."""
    given = _AT_START.union(*(each.gives for each in before))
    for need in sorted(step.needs - given):
        giver = next((each.name for each in after if need in each.gives), None)
        remedy = f"put it after {giver!r}" if giver else f"add a step that gives {need}"
        raise OutOfOrder(f"step {step.name!r} needs {need}, which no earlier step gives: {remedy}")
    for later in after:
        if late := step.needs & later.gives:
            named = ", ".join(sorted(late))
            raise OutOfOrder(f"step {step.name!r} reads {named} before {later.name!r} adds to it: put it after that")
