import pickle
from dataclasses import replace

import pytest

from enrich.briefs.checker import Checker
from enrich.briefs.facts import FactsDrafter
from enrich.briefs.names import NameBook
from enrich.pipeline import Pipeline
from sosik.demo.outlets import demo_sources
from sosik.model.analysis import Analysis
from sosik.model.article import Article
from sosik.model.brief import Brief, BriefStatus, CheckResult
from sosik.model.instants import Provenance, Published

Demo = list[tuple[Article, Analysis]]


def test_every_statement_of_every_demo_article_cites_and_passes(facts: FactsDrafter, demo: Demo) -> None:
    for article, analysis in demo:
        brief = facts.draft(article, analysis)
        numbers = {each.number for each in brief.sentences}
        statements = [*brief.summary, *brief.story, *brief.context]
        assert brief.status is BriefStatus.DRAFT
        assert brief.summary or article.id == "saebyeok-news-2002", "a column without a name, a date or a figure"
        for each in statements:
            assert each.cites, each.text
            assert set(each.cites) <= numbers
            assert each.check.result is not CheckResult.BLOCK, (article.id, each.text, each.check.reasons)


def test_few_need_a_second_look(facts: FactsDrafter, demo: Demo) -> None:
    briefs = [facts.draft(article, analysis) for article, analysis in demo]
    statements = [each for brief in briefs for each in (*brief.summary, *brief.story, *brief.context)]
    warned = [each for each in statements if each.check.result is CheckResult.WARN]
    assert len(warned) <= len(statements) * 0.02, [(each.text, each.check.reasons) for each in warned]


@pytest.fixture
def write(facts: FactsDrafter, pipeline: Pipeline) -> "Writer":
    return Writer(facts, pipeline)


class Writer:
    """Drafts a brief of a text made up by a test, published on 12 March 2026."""

    def __init__(self, facts: FactsDrafter, pipeline: Pipeline) -> None:
        self._facts, self._pipeline = facts, pipeline

    def __call__(self, text: str, *, source: str = "it-life", title: str = "새 소식") -> Brief:
        published = Published.from_iso("2026-03-12T09:00:00+09:00", Provenance.IMPORTED)
        article = Article(id="a", source=source, url="http://a.test/1", title=title, text=text, published=published)
        return self._facts.draft(article, self._pipeline.analyse(article))


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        (
            "광주시는 11일 시청에서 나주시, 무등대학교와 업무협약을 체결했다.",
            (
                "Gwangju Metropolitan City signed a memorandum of understanding with Naju City and Mudeung University "
                "(무등대학교) on 11 March 2026."
            ),
        ),
        (
            "광주시는 11일 ‘AI 클라우드’를 공개했다.",
            "Gwangju Metropolitan City presented “AI Cloud” (AI 클라우드) on 11 March 2026.",
        ),
        (
            "총사업비는 120억 원이며 국비가 70억 원, 시비가 50억 원이다.",
            "The total project cost is given as 12 billion won.",
        ),
        (
            "재원은 국비 70억 원과 시비 50억 원이다.",
            "The funding includes 7 billion won from national funds and 5 billion won from city funds.",
        ),
        ("광주시는 참여 기업 150개사를 모집한다.", "Gwangju Metropolitan City is looking for 150 companies."),
        ("신청은 3월 9일부터 27일까지 누리집에서 받는다.", "The application period is given as 9–27 March 2026."),
        ("이 공장은 불량률을 4.1%에서 1.3%로 낮췄다.", "Defect rate fell from 4.1% to 1.3%."),
        ("과학기술정보통신부는 300억원을 투입한다.", "Ministry of Science and ICT is to spend 30 billion won."),
    ],
)
def test_frames(write: Writer, korean: str, english: str) -> None:
    brief = write(korean)
    assert english in [each.text for each in (*brief.summary, *brief.story)]


def test_a_sentence_without_its_parts_gives_nothing(write: Writer) -> None:
    brief = write("두 기관은 업무협약을 체결할 예정이다. 그는 내년에 공장을 연다고 말했다.")
    said = " ".join(each.text for each in (*brief.summary, *brief.story))
    assert "signed" not in said
    assert "open" not in said


def test_words_of_others_are_pointed_to_and_not_translated(write: Writer) -> None:
    brief = write("한서우 무등대학교 총장은 “모두를 위한 기술을 만들겠다”고 말했다.")
    (quoted,) = [each for each in (*brief.summary, *brief.story) if each.text.startswith("Quoted: ")]
    assert "Han Seo-u (한서우)" in quoted.text
    assert "technology" not in quoted.text


def test_rights_decide_on_the_full_story(facts: FactsDrafter, book: NameBook, checker: Checker, demo: Demo) -> None:
    article, analysis = next(each for each in demo if each[0].id == "it-life-1010")
    assert facts.draft(article, analysis).story
    guarded = {each.id: replace(each, full_text=False) for each in demo_sources()}
    careful = FactsDrafter(book, terms=(), sources=guarded, topics={}, checker=checker)
    brief = careful.draft(article, analysis)
    assert brief.summary
    assert not brief.story


def test_the_sample_headline_explains_its_term(facts: FactsDrafter, demo: Demo) -> None:
    article, analysis = next(each for each in demo if each[0].id == "it-life-1010")
    assert [each.term for each in facts.draft(article, analysis).glossary] == ["실증"]


def test_the_other_diffusion_is_not_explained(write: Writer) -> None:
    brief = write("조류인플루엔자 확산을 막으려고 농장을 닫았다.", title="조류인플루엔자 확산")
    assert "확산" not in [each.term for each in brief.glossary]


def test_any_text(write: Writer) -> None:
    for text in ("가", "<script>alert(1)</script>", "=1+1", "‘’", "“" * 50, "\u202e다.", "1234 " * 200):
        brief = write(text)
        assert all(each.check.result is not CheckResult.BLOCK for each in brief.summary)


def test_it_goes_into_a_child_process(facts: FactsDrafter, demo: Demo) -> None:
    article, analysis = demo[0]
    copy = pickle.loads(pickle.dumps(facts))
    assert copy.draft(article, analysis) == facts.draft(article, analysis)
    assert copy.name == facts.name
