import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from enrich.pipeline import Draft, Pipeline, Step
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
