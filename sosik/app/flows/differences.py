"""What a publisher changed from one revision of an article to the next, sentence by sentence."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from enrich.briefs.sentences import split_sentences
from sosik.model.article import Article


@dataclass(frozen=True, slots=True)
class Difference:
    """From one revision to the next. The title is None where it stayed.

    `changes` are pairs of sentences, as they were and as they became, in order; None where one was added or removed.
    `kept` counts the sentences that stayed.
    """

    revision: int
    title: tuple[str, str] | None
    changes: tuple[tuple[str | None, str | None], ...]
    kept: int


def differences(revisions: Sequence[Article]) -> tuple[Difference, ...]:
    """Compare each revision with the one before, oldest first."""
    return tuple(_compare(before, after) for before, after in pairwise(revisions))


def _compare(before: Article, after: Article) -> Difference:
    old, new = _sentences(before), _sentences(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    title = (before.title, after.title) if before.title != after.title else None
    kept = sum(block.size for block in matcher.get_matching_blocks())
    return Difference(after.revision, title, tuple(_changes(matcher, old, new)), kept)


def _changes(
    matcher: "difflib.SequenceMatcher[str]", old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[str | None, str | None]]:
    for kind, first, last, start, end in matcher.get_opcodes():
        if kind == "equal":
            continue
        removed: list[str | None] = [*old[first:last]]
        added: list[str | None] = [*new[start:end]]
        most = max(len(removed), len(added))
        removed += [None] * (most - len(removed))
        added += [None] * (most - len(added))
        yield from zip(removed, added, strict=True)


def _sentences(article: Article) -> list[str]:
    return [each.text for each in split_sentences("", article.text)]
