"""What an article is about: topics with the words that say so."""

import dataclasses
import hashlib
import math
from collections.abc import Iterable, Sequence
from pathlib import Path

from enrich.pipeline import Draft
from enrich.topics.learned import LearnedOpinion, WordsOfArticle
from enrich.topics.rules import Finding, TopicRules
from enrich.zones import zones_of
from sosik.catalogue.learned import LearnedWords
from sosik.catalogue.topic import Topic
from sosik.model.analysis import Evidence, TopicTag
from sosik.model.article import Article
from sosik.model.errors import CatalogueMistake
from sosik.model.ports.tokenizer import Tokenizer

_VERSION = "6"

_MOST_TAGS = 4
_MOST_EVIDENCE = 12
# A score by the rules is multiplied by exp(_PULL * log-odds + _LIFT): by one where the odds are as usual for a tag.
_PULL = 0.2
_LIFT = 0.7
_MOST_ODDS = 5.0  # either way: words alone neither make a tag nor unmake one that rules are sure of


class TopicStep:
    """Tags an article with the topics it is materially about.

    A topic whose score by its rules (enrich/topics/rules.py) reaches 1 is a tag. Where weights were `learned` from
    examples, the words of the article then raise or lower the scores, so that a topic near its threshold may come to
    stand on the other side; an article of which no topic reaches 1 by rules has none. Of many tags the strongest stay.

    Words count where morphemes begin and end: those of `tokenizer`, or where none is given those of the draft.
    """

    name = "topics"
    needs = frozenset({"morphemes"})
    gives = frozenset({"topics"})

    def __init__(
        self, topics: Sequence[Topic], tokenizer: Tokenizer | None = None, learned: LearnedWords | None = None
    ) -> None:
        self._topics = tuple(topics)
        self._tokenizer = tokenizer
        self._learned = learned
        self._rules = TopicRules(self._topics)
        self._opinion = None if learned is None else LearnedOpinion(learned)
        self._version = "-".join([_VERSION, _digest(self._topics), *([_digest(learned)] if learned else [])])

    def __reduce__(self) -> tuple[type["TopicStep"], tuple[tuple[Topic, ...], Tokenizer | None, LearnedWords | None]]:
        return TopicStep, (self._topics, self._tokenizer, self._learned)

    @property
    def version(self) -> str:
        """The version of the step, a digest of the topics, and one of the examples."""
        return self._version

    def __call__(self, draft: Draft) -> Draft:
        """Return the draft with its topics, the strongest first."""
        return dataclasses.replace(draft, topics=select(self.scored(draft)))

    def scored(self, draft: Draft) -> list[TopicTag]:
        """Return every topic that has any evidence, with its score, before the choice is made."""
        own = self._tokenizer
        morphemes = draft.morphemes if own is None else tuple(own.tokenize(draft.whole))
        zones = zones_of(draft.article.title, draft.article.text)
        findings = list(self._rules.find(draft.whole, morphemes, zones))
        if self._opinion is None or all(each.score < 1 for each in findings):
            return [_tag(each, draft.whole, each.score) for each in findings]
        words = WordsOfArticle(draft.whole, morphemes, zones)
        scores = [_moved(each.score, self._opinion.odds(each.topic, words)) for each in findings]
        # Whether an article is about any topic is for the rules to say: the strongest that reached 1 by them stays.
        strongest = max(score for each, score in zip(findings, scores, strict=True) if each.score >= 1)
        return [
            _tag(
                each,
                draft.whole,
                max(score, 1.0) if score == strongest and each.score >= 1 else score,
                self._opinion.speaking(each.topic, words) if score >= 1 else (),
            )
            for each, score in zip(findings, scores, strict=True)
        ]


def select(tags: Iterable[TopicTag]) -> tuple[TopicTag, ...]:
    """Return the tags that stay: the strongest of those that reach their threshold."""
    over = sorted((tag for tag in tags if tag.score >= 1), key=lambda tag: (-tag.score, tag.topic))
    return tuple(over[:_MOST_TAGS])


def check_topics(topics: Sequence[Topic], tokenizer: Tokenizer, folder: Path = Path()) -> tuple[CatalogueMistake, ...]:
    """Return a mistake for every sample sentence that its own topic answers wrongly.

    A sample is read as the title and the first sentence of an article. `folder` is only named in the messages.
    """
    step = TopicStep(topics)
    mistakes = []
    for topic in topics:
        for key, samples, wanted in (("match", topic.matching_samples, True), ("other", topic.other_samples, False)):
            for sample in samples:
                article = Article(id="sample", source="sample", url="", title=sample, text=f"{sample}.")
                draft = Draft(article=article, whole=article.whole, morphemes=tuple(tokenizer.tokenize(article.whole)))
                score = next((tag.score for tag in step.scored(draft) if tag.topic == topic.id), 0.0)
                if (score >= 1) is not wanted:
                    aim = "reach it" if wanted else "stay below it"
                    problem = f"{sample!r} gets {score:.2f} of the topic's threshold, and should {aim}"
                    file = folder / f"{topic.id}.toml"
                    fix = "Mend the words of the topic, or the sample"
                    mistakes.append(CatalogueMistake(file, f"samples.{key}", problem, fix=fix))
    return tuple(mistakes)


def _digest(what: object) -> str:
    return hashlib.blake2b(repr(what).encode(), digest_size=6).hexdigest()


def _moved(score: float, odds: float | None) -> float:
    """Return a score by rules as the words of the article raise or lower it."""
    return score if odds is None else score * math.exp(_PULL * max(-_MOST_ODDS, min(odds, _MOST_ODDS)) + _LIFT)


def _tag(finding: Finding, text: str, score: float, speaking: Iterable[tuple[int, int]] = ()) -> TopicTag:
    counting = [each for each in finding.matches if each.points > 0]
    weightiest = sorted(counting, key=lambda each: (-each.points, each.start))[:_MOST_EVIDENCE]
    evidence = [_evidence(finding.topic, text, each.start, each.end, each.rule) for each in weightiest]
    said = [(each.start, each.end) for each in evidence]
    evidence += [
        _evidence(finding.topic, text, start, end, "learned")
        for start, end in speaking
        if all(end <= first or start >= last for first, last in said)
    ]
    return TopicTag(
        topic=finding.topic, score=round(score, 3), evidence=tuple(sorted(evidence, key=lambda each: each.start))
    )


def _evidence(topic: str, text: str, start: int, end: int, rule: str) -> Evidence:
    return Evidence(start=start, end=end, text=text[start:end], rule=f"{topic}/{rule}")
