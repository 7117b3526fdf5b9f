"""Analysis beside the morphemes of KoNLPy's Okt alone: with topics, and with every step."""

import importlib.util
import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.measure import Duel, Scale, alternate, per_second, seconds
from benchmarks.rows import Goal, Row
from benchmarks.runner import fresh
from enrich.pipeline import Pipeline, Step
from enrich.steps.morphemes import MorphemeStep
from enrich.steps.topics import TopicStep
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.clock import DEMO_NOW
from sosik.demo.generated import generated_records
from sosik.demo.texts import read_articles
from sosik.model.article import Article
from sosik.model.instants import Provenance, Published

_GOAL = Goal(at_least=10)
_TOPICS, _ALL, _OKT = "topics", "all steps", "okt"
_Work = Callable[[Article], object]


def measure(scale: Scale) -> Iterator[Row]:
    """Articles a second in one process: of a fresh one, and once both are warm."""
    written = scale.of(len(read_articles()), least=2)
    missing = _missing()
    if missing:
        for kind in (_TOPICS, _ALL):
            figure = fresh(_first, kind, written)
            yield Row(name=f"analyse, {kind}", unit="articles/s", ours=figure, note=f"no baseline: {missing}")
        return
    for kind in (_TOPICS, _ALL):
        duel = alternate(
            lambda kind=kind: fresh(_first, kind, written),  # type: ignore[misc]  # bound at once: it is called here
            lambda: fresh(_first, _OKT, written),
            rounds=scale.rounds(3),
        )
        note = f"the {written} written articles in a fresh process, dictionaries loaded; Okt().morphs likewise"
        yield _row(f"analyse, {kind}", duel, note, _GOAL if kind == _TOPICS else None)
    count = scale.of(500, least=3)
    note = f"{count} generated articles a round, after a round to warm up; Okt().morphs likewise"
    yield _row("analyse, topics, warm", _warm(count, scale), note, _GOAL)


def _first(kind: str, count: int) -> float:
    work, articles = _work(kind), _written(count)
    return count / seconds(lambda: [work(each) for each in articles])


def _warm(count: int, scale: Scale) -> Duel:
    """No article comes twice: in each round both read the next ones of the same row."""
    rounds = scale.rounds(5)
    works = {kind: _work(kind) for kind in (_TOPICS, _OKT)}
    texts = {kind: generated_records(count * (rounds + 1)) for kind in works}
    for kind, work in works.items():  # Java compiles what it has run often
        for article in islice(texts[kind], count):
            work(article)

    def measured(kind: str) -> Callable[[], float]:
        def figure() -> float:
            articles = list(islice(texts[kind], count))
            return per_second(lambda: [works[kind](each) for each in articles], count)()

        return figure

    return alternate(measured(_TOPICS), measured(_OKT), rounds=rounds)


def _work(kind: str) -> _Work:
    """Return what is timed, its dictionaries loaded."""
    if kind == _OKT:
        from konlpy.tag import Okt

        okt = Okt()
        okt.morphs("사전을 읽는다")
        return lambda article: okt.morphs(article.whole)
    wiring = Wiring(Settings(data=Path("unused")))
    topics = TopicStep(wiring.catalogue.topics(), learned=wiring.catalogue.learned())
    with_topics: list[Step] = [MorphemeStep(wiring.tokenizer(), wiring.cutter()), topics]
    pipeline = wiring.pipeline() if kind == _ALL else Pipeline(with_topics)
    pipeline.analyse(next(generated_records(1)))
    return pipeline.analyse


def _written(count: int) -> Sequence[Article]:
    """Return articles that were written one by one: in generated ones the same sentences come again."""
    when = Published.at_minute(DEMO_NOW, Provenance.PRINTED)
    return [
        Article(id=f"{place:016x}", source=each.outlet, url="", title=each.title, text=each.text, published=when)
        for place, each in enumerate(read_articles()[:count])
    ]


def _missing() -> str:
    absent = [each for each in ("konlpy", "jpype") if importlib.util.find_spec(each) is None]
    if absent:
        return f"{' and '.join(absent)} not installed (the extra konlpy)"
    return "" if shutil.which("java") else "no Java"


def _row(name: str, duel: Duel, note: str, goal: Goal | None) -> Row:
    return Row(
        name=name,
        unit="articles/s",
        ours=duel.ours,
        baseline=duel.baseline,
        ratio=duel.ratio,
        goal=goal,
        note=note,
    )
