"""What stands around an article: outlet and date, its series, its topics. All of it is known and none of it told."""

from collections.abc import Iterator, Mapping, Sequence

from enrich.briefs.english.writing import day
from enrich.briefs.names import NameBook
from enrich.briefs.sheet import Line
from sosik.model.analysis import Analysis, HeadlineKind
from sosik.model.article import Article
from sosik.model.brief import Sentence
from sosik.model.source import Source

_TOPICS = 3
_WORDS = 3


def context_lines(
    article: Article,
    analysis: Analysis,
    sentences: Sequence[Sentence],
    source: Source | None,
    topics: Mapping[str, str],
    book: NameBook,
) -> Iterator[Line]:
    """Give the lines of the context."""
    if not sentences:
        return
    title = (sentences[0].number,)
    if article.published is not None:
        outlet = f" by {source.name_en}" if source else ""
        yield f"The article was published{outlet} on {day(article.published.day.isoformat())}.", title
    marker = analysis.marker
    if marker.kind is HeadlineKind.SERIES and marker.series:
        name = book.titled(marker.series)
        part = f"installment {marker.installment}" if marker.installment is not None else "one part"
        last = ", the last one," if marker.final else ""
        yield f"It is {part}{last} of the series {name}.", title
    for topic in analysis.topics[:_TOPICS]:
        found: dict[str, int] = {}
        for each in topic.evidence:
            number = _sentence_at(each.start, sentences)
            if number is not None and len(found) < _WORDS and not any(letter.isdigit() for letter in each.text):
                found.setdefault(" ".join(each.text.split()), number)
        words, numbers = list(found), tuple(dict.fromkeys(found.values()))
        if numbers:
            name = topics.get(topic.topic, topic.topic)
            yield f"Topic: {name}; the words that say so: {', '.join(words)}.", numbers


def _sentence_at(place: int, sentences: Sequence[Sentence]) -> int | None:
    return next((each.number for each in sentences if each.start <= place < each.end), None)
