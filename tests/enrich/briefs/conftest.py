from collections.abc import Sequence
from datetime import date

import pytest

from enrich.briefs.checker import Checker, usual_checks
from enrich.briefs.facts import FactsDrafter
from enrich.briefs.names import NameBook
from enrich.pipeline import Pipeline
from enrich.steps.dates import DateStep
from enrich.steps.entities import EntityStep
from enrich.steps.figures import FigureStep
from enrich.steps.headline import HeadlineStep
from enrich.steps.morphemes import MorphemeStep
from enrich.steps.topics import TopicStep
from enrich.tokenizers.mecab import MecabTokenizer
from enrich.tokenizers.terms import MorphemeTermCutter
from sosik.catalogue.readers.gazetteer import read_gazetteer
from sosik.catalogue.readers.glossary import read_glossary, read_words
from sosik.catalogue.readers.topics import read_topics
from sosik.demo.outlets import demo_sources
from sosik.demo.texts import read_articles
from sosik.model.analysis import Analysis
from sosik.model.article import Article
from sosik.model.brief import Sentence
from sosik.model.instants import Provenance, Published


@pytest.fixture(scope="session")
def book() -> NameBook:
    return NameBook(read_gazetteer(), read_words(), read_glossary())


@pytest.fixture(scope="session")
def checker(book: NameBook) -> Checker:
    return Checker(usual_checks(book))


@pytest.fixture(scope="session")
def facts(book: NameBook, checker: Checker) -> FactsDrafter:
    return FactsDrafter(
        book,
        terms=read_glossary(),
        sources={each.id: each for each in demo_sources()},
        topics={each.id: each.english for each in read_topics()},
        checker=checker,
    )


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    tokenizer = MecabTokenizer()
    outlets = {each.id: each.region for each in demo_sources()}
    return Pipeline(
        [
            MorphemeStep(tokenizer, MorphemeTermCutter(tokenizer)),
            TopicStep(read_topics()),
            EntityStep(read_gazetteer(), outlets),
            FigureStep(),
            DateStep(),
            HeadlineStep(),
        ]
    )


@pytest.fixture(scope="session")
def demo(pipeline: Pipeline) -> list[tuple[Article, Analysis]]:
    """Every article of the demonstration newspapers, analysed."""
    articles = [
        Article(
            id=f"{each.outlet}-{each.number}",
            source=each.outlet,
            url=f"http://{each.outlet}.test/{each.number}",
            title=each.title,
            text=each.text,
            published=Published.at_minute(each.published, Provenance.META),
        )
        for each in read_articles()
    ]
    return [(each, pipeline.analyse(each)) for each in articles]


def numbered(texts: Sequence[str]) -> tuple[Sentence, ...]:
    return tuple(Sentence(number=number, start=0, end=len(text), text=text) for number, text in enumerate(texts, 1))


DAY = date(2026, 3, 12)
