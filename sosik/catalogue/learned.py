"""What words say of topics, as learnt from labelled examples: an opinion beside the rules."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedWords:
    """A linear model, one topic against the rest: for each topic a bias, and the weights of words.

    `examples` is the digest of the examples that taught them.
    """

    bias: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]
    examples: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """The headline and the opening of an article, and the topics that it is about."""

    topics: tuple[str, ...]
    title: str
    text: str
