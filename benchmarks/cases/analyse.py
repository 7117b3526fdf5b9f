"""Analysis with every step, beside the morphemes of KoNLPy's Okt alone."""

import importlib.util
import shutil
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from benchmarks.measure import Duel, Scale, alternate, per_second, seconds
from benchmarks.rows import Goal, Row
from benchmarks.runner import fresh
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.generated import generated_records
from sosik.model.article import Article

_GOAL = Goal(at_least=10)
_FIRST = 100  # articles of a fresh process
_Work = Callable[[Article], object]


def measure(scale: Scale) -> Iterator[Row]:
    """Articles a second in one process: once both are warm, and the first hundred of a fresh process."""
    count = scale.of(500, least=3)
    missing = _missing()
    if missing:
        work = _pipeline()
        articles = list(generated_records(count))
        figure = count / seconds(lambda: [work(each) for each in articles])
        yield Row(name="analyse", unit="articles/s", ours=figure, note=f"no baseline: {missing}")
        return
    yield _row(
        "analyse", _warm(count, scale), f"{count} generated articles a round, all steps; Okt().morphs, warmed up"
    )
    first = scale.of(_FIRST, least=2)
    duel = alternate(lambda: fresh(_first, "ours", first), lambda: fresh(_first, "okt", first), rounds=scale.rounds(3))
    yield _row(
        "analyse, at first", duel, f"the first {first} articles of a process, dictionaries loaded, Java not warm"
    )


def _warm(count: int, scale: Scale) -> Duel:
    """No article comes twice: in each round both read the next ones of the same row."""
    rounds = scale.rounds(5)
    ours, okt = _pipeline(), _okt()
    texts = {name: generated_records(count * (rounds + 1)) for name in ("ours", "okt")}
    for name, work in (("ours", ours), ("okt", okt)):  # Java compiles what it has run often
        for article in islice(texts[name], count):
            work(article)

    def measured(name: str, work: _Work) -> Callable[[], float]:
        def figure() -> float:
            articles = list(islice(texts[name], count))
            return per_second(lambda: [work(each) for each in articles], count)()

        return figure

    return alternate(measured("ours", ours), measured("okt", okt), rounds=rounds)


def _first(who: str, count: int) -> float:
    work = _pipeline() if who == "ours" else _okt()
    articles = list(generated_records(count))
    return count / seconds(lambda: [work(each) for each in articles])


def _pipeline() -> _Work:
    pipeline = Wiring(Settings(data=Path("unused"))).pipeline()
    pipeline.analyse(next(generated_records(1)))
    return pipeline.analyse


def _okt() -> _Work:
    from konlpy.tag import Okt

    okt = Okt()
    okt.morphs("사전을 읽는다")

    def work(article: Article) -> object:
        return okt.morphs(article.whole)

    return work


def _missing() -> str:
    absent = [each for each in ("konlpy", "jpype") if importlib.util.find_spec(each) is None]
    if absent:
        return f"{' and '.join(absent)} not installed (the extra konlpy)"
    return "" if shutil.which("java") else "no Java"


def _row(name: str, duel: Duel, note: str) -> Row:
    return Row(
        name=name,
        unit="articles/s",
        ours=duel.ours,
        baseline=duel.baseline,
        ratio=duel.ratio,
        goal=_GOAL,
        note=note,
    )
