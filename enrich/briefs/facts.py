"""The facts drafter: rules and no model. It says what its frames find, and nothing where they find nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from enrich.briefs.checker import Checker
from enrich.briefs.context import context_lines
from enrich.briefs.frames import (
    agreement,
    appointment,
    change,
    designation,
    event,
    funding,
    launch,
    opening,
    speech,
)
from enrich.briefs.glossary import choose_cards
from enrich.briefs.names import NameBook
from enrich.briefs.reading import Reading, read_sentence
from enrich.briefs.sentences import split_sentences
from enrich.briefs.sheet import Line, date_lines, figure_lines, people_lines, place_lines
from sosik.catalogue.term import Term
from sosik.model.analysis import Analysis
from sosik.model.article import Article
from sosik.model.brief import Brief, BriefStatus, CheckResult, Sentence, Statement
from sosik.model.source import Source

VERSION = "1"
Frame = Callable[[Reading], Iterator[str]]
FRAMES: tuple[Frame, ...] = (
    agreement.find, designation.find, launch.find, opening.find, funding.find, appointment.find, event.find,
    change.find, speech.find,
)  # fmt: skip

_SUMMARY = 5
_LEAD = 4  # sentences, the title among them, that make a headline
_STORY = 14
_HEADLINE = 160  # characters
_QUOTED = "Quoted: "
_NO_HEADLINE = (_QUOTED, "The ")


class FactsDrafter:
    """Drafts briefs by rules. Where no frame fits, as in features, the brief is a fact sheet in the same form.

    Of outlets whose rights do not allow more than a summary there is no full story. `topics` are the English names of
    topics by id. Picklable.
    """

    def __init__(
        self,
        book: NameBook,
        *,
        terms: Sequence[Term],
        sources: Mapping[str, Source],
        topics: Mapping[str, str],
        checker: Checker,
    ) -> None:
        self._book = book
        self._terms = tuple(terms)
        self._sources = sources
        self._topics = topics
        self._checker = checker
        self._name = f"facts {VERSION}-{book.digest}"

    @property
    def name(self) -> str:
        """Facts, the version, and a digest of the words and names that it knows."""
        return self._name

    def draft(self, article: Article, analysis: Analysis) -> Brief:
        """Return what can be said of an article; asks nobody, so that it never raises Away."""
        sentences = split_sentences(article.title, article.text)
        readings = self._readings(sentences, analysis)
        framed = list(_framed(readings))
        source = self._sources.get(article.source)
        summary, story = _shared_out(framed, readings, whole=source is None or source.full_text)
        context = list(context_lines(article, analysis, sentences, source, self._topics, self._book))
        published = article.published.day if article.published else None
        granted = [source.name_en] if source else []
        granted += [self._topics.get(each.topic, each.topic) for each in analysis.topics]
        checked = [
            self._checker.check(each, sentences, published, granted=granted) for each in (summary, story, context)
        ]
        return Brief(
            article=article.id,
            revision=article.revision,
            title=_headline(framed, checked[0]),
            drafter=self._name,
            status=BriefStatus.DRAFT,
            summary=checked[0],
            story=checked[1],
            context=checked[2],
            sentences=sentences,
            glossary=choose_cards(article, self._terms),
        )

    def _readings(self, sentences: Sequence[Sentence], analysis: Analysis) -> list[Reading]:
        return [
            read_sentence(each, analysis.mentions, analysis.figures, analysis.dates, self._book) for each in sentences
        ]


def _framed(readings: Sequence[Reading]) -> Iterator[Line]:
    """What the frames find, in the order of the text; the same thing said twice is said once."""
    seen: set[str] = set()
    for reading in readings[1:]:  # the title is in telegraph style and leaves the particles out
        for frame in FRAMES:
            for text in frame(reading):
                if text not in seen:
                    seen.add(text)
                    yield text, (reading.sentence.number,)


def _shared_out(framed: Sequence[Line], readings: Sequence[Reading], *, whole: bool) -> tuple[list[Line], list[Line]]:
    """The summary, then the full story: what the frames found first, then who, where, when and how much."""
    said = [each for each in framed if not each[0].startswith(_QUOTED)]
    speeches = [each for each in framed if each[0].startswith(_QUOTED)]
    summary = said[:_SUMMARY]
    body = readings[1:]
    sheet = [*people_lines(readings), *place_lines(readings), *date_lines(body)]
    told = {number for _, cites in said for number in cites}
    figures = [each for each in figure_lines(body) if each[1][0] not in told]
    if len(summary) < _SUMMARY:
        summary += [*sheet, *figures[:2], *speeches[:2]][: _SUMMARY + 1 - len(summary)]
    story = [each for each in (*said[_SUMMARY:], *sheet, *figures, *speeches) if each not in summary]
    story.sort(key=lambda each: (len(each[1]) == 1, each[1]))
    return summary, story[:_STORY] if whole else []


def _headline(framed: Sequence[Line], summary: Sequence[Statement]) -> str:
    """The first thing that happened, if it stands at the beginning of the article and passed its checks."""
    passed = {each.text for each in summary if each.check.result is CheckResult.PASS}
    for text, cites in framed:
        if cites[0] <= _LEAD and text in passed and not text.startswith(_NO_HEADLINE) and " given as " not in text:
            return text.rstrip(".") if len(text) <= _HEADLINE else ""
    return ""
