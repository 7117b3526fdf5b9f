"""Learns from labelled examples what words say of topics.

One logistic regression a topic, one against the rest, over the words of headline and opening
(enrich/topics/learned.py), fitted by stochastic gradients with a step of its own for each weight (AdaGrad: Duchi, Hazan
and Singer 2011).
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from enrich.topics.learned import features_of
from enrich.zones import zones_of
from sosik.catalogue.learned import Example, LearnedWords
from sosik.model.article import Article
from sosik.model.ports.tokenizer import Tokenizer

_ROUNDS = 6
_ORDERS = 4  # the order of the examples moves a fit by as much as a point of F1: the mean of several stands
_STEP = 0.1
_FIRST_BIAS = -3.0  # few articles are about any one topic
_GIVEN = 1e-3  # what the sum of squares begins with, so that no first step is endless
_SURE = 0.02  # an answer so near the right one teaches nothing
_LEAST_ARTICLES = 3  # words of fewer say nothing of others
_LEAST_WEIGHT = 0.5  # smaller ones are left out of the file

Features = dict[str, float]


def learn(
    examples: Sequence[Example],
    topics: Sequence[str],
    tokenizer: Tokenizer,
    digest: str,
    tell: Callable[[int], None] = lambda topics: None,
) -> LearnedWords:
    """Return the weights that examples teach; the same ones teach the same.

    `digest` is kept with the weights; `tell` hears of how many topics are done.
    """
    features = _features(examples, tokenizer)
    rarity = _rarity(features)
    scaled = [[(word, value * rarity[word]) for word, value in each.items() if word in rarity] for each in features]
    wanted = [frozenset(each.topics) for each in examples]
    bias: dict[str, float] = {}
    weights: dict[str, dict[str, float]] = {}
    for number, topic in enumerate(topics):
        tell(number)
        bias[topic], fitted = _fit(scaled, [topic in each for each in wanted])
        raw = {word: weight * rarity[word] for word, weight in fitted.items()}
        weights[topic] = {word: weight for word, weight in raw.items() if abs(weight) >= _LEAST_WEIGHT}
    return LearnedWords(bias=bias, weights=weights, examples=digest)


def _features(examples: Sequence[Example], tokenizer: Tokenizer) -> list[Features]:
    found = []
    for each in examples:
        article = Article(id="example", source="example", url="", title=each.title, text=each.text)
        zones = zones_of(article.title, article.text)
        found.append(features_of(article.whole, tokenizer.tokenize(article.whole), zones))
    return found


def _rarity(features: Sequence[Features]) -> dict[str, float]:
    """Return the words of several articles, each with the logarithm of how rare it is."""
    articles = Counter(word for each in features for word in each)
    return {word: math.log(len(features) / n) for word, n in articles.items() if n >= _LEAST_ARTICLES}


def _fit(features: Sequence[Sequence[tuple[str, float]]], wanted: Sequence[bool]) -> tuple[float, Features]:
    """Return the bias and the weights of one topic: the mean of fits that took the examples in different orders."""
    bias: float = 0.0
    weights: defaultdict[str, float] = defaultdict(float)
    for order in range(_ORDERS):
        own_bias, own_weights = _fit_once(features, wanted, random.Random(order))  # noqa: S311  # an order, no secret
        bias += own_bias / _ORDERS
        for word, weight in own_weights.items():
            weights[word] += weight / _ORDERS
    return bias, weights


def _fit_once(
    features: Sequence[Sequence[tuple[str, float]]], wanted: Sequence[bool], chance: random.Random
) -> tuple[float, Features]:
    weights: Features = {}
    squares: Features = {}
    bias, bias_squares = _FIRST_BIAS, _GIVEN
    order = list(range(len(features)))
    for _ in range(_ROUNDS):
        chance.shuffle(order)
        for place in order:
            odds = bias + sum(weights.get(word, 0.0) * value for word, value in features[place])
            error = 1 / (1 + math.exp(-odds)) - wanted[place]
            if abs(error) < _SURE:
                continue
            bias_squares += error * error
            bias -= _STEP * error / math.sqrt(bias_squares)
            for word, value in features[place]:
                slope = error * value
                squares[word] = squares.get(word, _GIVEN) + slope * slope
                weights[word] = weights.get(word, 0.0) - _STEP * slope / math.sqrt(squares[word])
    return bias, weights
