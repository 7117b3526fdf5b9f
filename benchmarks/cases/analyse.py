"""Analysis with every step, beside the morphemes of KoNLPy's Okt alone."""

import importlib.util
import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Scale, alternate, per_second, seconds
from benchmarks.rows import Goal, Row
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.generated import generated_records

_GOAL = Goal(at_least=10)


def measure(scale: Scale) -> Iterator[Row]:
    """Articles a second, in one process."""
    articles = list(generated_records(scale.of(1000, least=5)))
    pipeline = Wiring(Settings(data=Path("unused"))).pipeline()

    def ours() -> None:
        for article in articles:
            pipeline.analyse(article)

    seconds(ours)
    measured = per_second(ours, len(articles))
    missing = _missing()
    if missing:
        yield Row(name="analyse", unit="articles/s", ours=measured(), goal=None, note=f"no baseline: {missing}")
        return
    from konlpy.tag import Okt

    okt = Okt()
    some = articles[: scale.of(60, least=2)]

    def bare() -> None:
        for article in some:
            okt.morphs(article.whole)

    seconds(bare)  # the machine of Java compiles what it runs often
    duel = alternate(measured, per_second(bare, len(some)), rounds=scale.rounds(5))
    yield Row(
        name="analyse",
        unit="articles/s",
        ours=duel.ours,
        baseline=duel.baseline,
        ratio=duel.ratio,
        goal=_GOAL,
        note=f"{len(articles)} generated articles, all steps; Okt().morphs on {len(some)} of them",
    )


def _missing() -> str:
    absent = [each for each in ("konlpy", "jpype") if importlib.util.find_spec(each) is None]
    if absent:
        return f"{' and '.join(absent)} not installed (the extra konlpy)"
    return "" if shutil.which("java") else "no Java"
