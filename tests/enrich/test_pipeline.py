import dataclasses
import pickle
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from enrich.pipeline import Draft, Pipeline, Step
from enrich.steps.dates import DateStep
from enrich.steps.figures import FigureStep
from enrich.steps.morphemes import MorphemeStep
from enrich.tokenizers.mecab import MecabTokenizer
from enrich.tokenizers.terms import MorphemeTermCutter
from sosik.model.article import Article
from sosik.model.errors import OutOfOrder

TOKENIZER = MecabTokenizer()
CUTTER = MorphemeTermCutter(TOKENIZER)
ARTICLE = Article(
    id="0011223344556677",
    source="it-life",
    url="https://it-life.test/1",
    title="광주 인공지능 실증",
    text="광주시가 인공지능을 실증한다.",
    revision=3,
)


@dataclass(frozen=True)
class Given:
    """A step that gives a region, for trying orders."""

    name: str
    needs: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()
    version: str = "1"
    regions: tuple[str, ...] = field(default=("광주",))

    def __call__(self, draft: Draft) -> Draft:
        return dataclasses.replace(draft, regions=draft.regions + self.regions)


def step(name: str, *, needs: str = "", gives: str = "") -> Step:
    return Given(name, frozenset(needs.split()), frozenset(gives.split()))


def test_the_first_step_gives_morphemes_and_terms_of_title_and_text() -> None:
    analysis = Pipeline([MorphemeStep(TOKENIZER, CUTTER)]).analyse(ARTICLE)
    assert (analysis.article, analysis.revision) == (ARTICLE.id, 3)
    assert analysis.tokenizer == CUTTER.name
    assert analysis.title_terms == CUTTER.cut(ARTICLE.title)
    assert analysis.text_terms == CUTTER.cut(ARTICLE.text, offset=len(ARTICLE.title) + 1)


def test_made_by_names_steps_and_versions() -> None:
    pipeline = Pipeline([MorphemeStep(TOKENIZER, CUTTER), step("regions", gives="regions")])
    assert pipeline.made_by == f"morphemes={CUTTER.name};regions=1"
    assert pipeline.analyse(ARTICLE).made_by == pipeline.made_by


def test_steps_add_to_each_other() -> None:
    both = Pipeline([step("one", gives="regions"), step("two", gives="regions")])
    assert both.analyse(ARTICLE).regions == ("광주", "광주")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: [step("topics", needs="morphemes", gives="topics")], "add a step that gives morphemes"),
        (
            lambda: [step("a", needs="mentions", gives="regions"), step("b", gives="mentions")],
            "put it after 'b'",
        ),
        (
            lambda: [step("b", gives="mentions"), step("a", needs="mentions"), step("c", gives="mentions")],
            "reads mentions before 'c' adds to it",
        ),
        (lambda: [step("a"), step("a")], "two steps are named 'a'"),
        (lambda: [step("a", gives="colour")], "names colour"),
        (lambda: [step("a", gives="article")], "names article"),
    ],
)
def test_a_wrong_order_fails_when_built(make: Callable[[], list[Step]], message: str) -> None:
    with pytest.raises(OutOfOrder, match=message):
        Pipeline(make())


def test_a_pickled_pipeline_analyses_alike() -> None:
    pipeline = Pipeline([MorphemeStep(TOKENIZER, CUTTER)])
    again = pickle.loads(pickle.dumps(pipeline))
    assert again.analyse(ARTICLE) == pipeline.analyse(ARTICLE)


def test_decomposed_text_gives_the_same_figures_and_dates_at_its_own_places() -> None:
    text = "센터는 2026년 3월 15일 6000억원을 들여 문을 연다."
    apart = unicodedata.normalize("NFD", text)
    article = dataclasses.replace(ARTICLE, text=apart)
    analysis = Pipeline([FigureStep(), DateStep()]).analyse(article)
    composed = Pipeline([FigureStep(), DateStep()]).analyse(dataclasses.replace(ARTICLE, text=text))
    assert [(each.value, each.unit) for each in analysis.figures] == [(600_000_000_000, "KRW")]
    assert [each.iso for each in analysis.dates] == ["2026-03-15"]
    found = [(each.surface, each.start, each.end) for each in analysis.figures]
    found += [(each.surface, each.start, each.end) for each in analysis.dates]
    assert all(article.whole[start:end] == surface for surface, start, end in found)
    meant = [each.surface for each in composed.figures] + [each.surface for each in composed.dates]
    assert [unicodedata.normalize("NFC", surface) for surface, _, _ in found] == meant
