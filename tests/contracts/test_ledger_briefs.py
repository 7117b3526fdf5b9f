"""What the ledger promises of briefs, on every implementation."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sosik.model.article import Article
from sosik.model.brief import Brief, BriefStatus, Check, CheckResult, GlossaryCard, Sentence, Statement
from sosik.model.errors import NotFound
from sosik.model.ports.ledger import Ledger
from tests.contracts.test_ledger import Opener, clock, opener, server  # noqa: F401 - fixtures of the same ledgers
from tests.storage.samples import START, analysis, article

DRAFTER = "facts 1"


@pytest.fixture
def ledger(opener: Opener) -> Ledger:  # noqa: F811 - the fixture imported above
    return opener()


def brief_of(of: Article, *, drafter: str = DRAFTER, title: str = "Gwangju opens a center") -> Brief:
    """A brief that has something in every field."""
    blocked = Check(result=CheckResult.BLOCK, reasons=("“9” is not in the cited sentences", "없는 이름"))
    return Brief(
        article=of.id,
        revision=of.revision,
        title=title,
        drafter=drafter,
        status=BriefStatus.DRAFT,
        summary=(Statement(text="Gwangju opens it.", cites=(1, 2), check=Check(result=CheckResult.PASS)),),
        story=(Statement(text="Nine of them.", cites=(2,), check=blocked),),
        context=(Statement(text="“<b>”", cites=(1,), check=Check(result=CheckResult.WARN, reasons=("look",))),),
        sentences=(
            Sentence(number=1, start=0, end=2, text="제목"),
            Sentence(number=2, start=3, end=8, text="본문이다."),
        ),
        glossary=(
            GlossaryCard(
                term="실증",
                romanized="siljeung",
                hyphenated="sil-jeung",
                english="demonstration",
                explanation="A trial.",
                examples=(("실증한다.", "siljeunghanda.", "It is tried."),),
            ),
        ),
    )


def put(ledger: Ledger, number: int = 1) -> Article:
    with ledger.write() as unit:
        stored, _ = unit.articles.put(article(number))
        unit.analyses.put(analysis(stored))
    return stored


def stale(ledger: Ledger, drafter: str = DRAFTER) -> list[str]:
    with ledger.read() as unit:
        return [each.id for each in unit.briefs.stale(drafter)]


def test_what_was_put_comes_back(ledger: Ledger) -> None:
    of = put(ledger)
    with ledger.write() as unit:
        assert unit.briefs.put(brief_of(of))
    with ledger.read() as unit:
        assert unit.briefs.get(of.id) == brief_of(of)
        assert unit.briefs.get("nobody") is None
        assert unit.briefs.count() == 1


def test_an_article_wants_a_brief_until_it_has_one_of_its_revision_analysis_and_drafter(ledger: Ledger) -> None:
    of = put(ledger)
    with ledger.write() as unit:
        unit.articles.put(article(2))  # has no analysis yet
    assert stale(ledger) == [of.id]
    with ledger.write() as unit:
        unit.briefs.put(brief_of(of))
    assert stale(ledger) == []
    assert stale(ledger, "facts 2") == [of.id]
    with ledger.write() as unit:
        unit.analyses.put(replace(analysis(of), made_by="steps-2"))
    assert stale(ledger) == [of.id]


def test_the_publishers_edit_makes_it_old(ledger: Ledger) -> None:
    of = put(ledger)
    with ledger.write() as unit:
        unit.briefs.put(brief_of(of))
        revised, _ = unit.articles.put(article(1, text="새 본문이다.", minutes=5))
        assert unit.briefs.get(of.id) is None
        assert not unit.briefs.put(brief_of(of)), "a brief of the older revision comes too late"
        unit.analyses.put(analysis(revised))
    assert stale(ledger) == [of.id]
    with ledger.write() as unit:
        assert unit.briefs.put(brief_of(revised))
        assert unit.briefs.count() == 1


@pytest.mark.parametrize("status", [BriefStatus.APPROVED, BriefStatus.WITHDRAWN])
def test_what_an_editor_decided_stays_until_the_article_changes(ledger: Ledger, status: BriefStatus) -> None:
    of = put(ledger)
    with ledger.write() as unit:
        unit.briefs.put(brief_of(of))
        assert unit.briefs.decide(of.id, status)
        assert not unit.briefs.decide(of.id, status)
        assert not unit.briefs.put(brief_of(of, title="Another"))
        kept = unit.briefs.get(of.id)
        assert kept == replace(brief_of(of), status=status)
    assert stale(ledger, "facts 2") == []
    with ledger.write() as unit:
        revised, _ = unit.articles.put(article(1, text="새 본문이다.", minutes=5))
        unit.analyses.put(analysis(revised))
    assert stale(ledger, "facts 2") == [of.id]


def test_a_new_title_raises_the_version_and_nothing_else_does(ledger: Ledger) -> None:
    of = put(ledger)

    def version() -> int:
        with ledger.read() as unit:
            return unit.versions([of.id])[of.id]

    before = version()
    with ledger.write() as unit:
        unit.briefs.put(brief_of(of))
    assert version() == before + 1
    with ledger.write() as unit:
        unit.briefs.put(brief_of(of, drafter="facts 2"))
    assert version() == before + 1
    with ledger.write() as unit:
        unit.briefs.decide(of.id, BriefStatus.WITHDRAWN)
    assert version() == before + 2


def test_gone_articles_want_none(ledger: Ledger) -> None:
    of = put(ledger)
    with ledger.write() as unit:
        unit.articles.mark_gone(of.id, START + timedelta(days=1))
    assert stale(ledger) == []


def test_without_its_article_there_is_no_brief(ledger: Ledger) -> None:
    with ledger.write() as unit:
        with pytest.raises(NotFound):
            unit.briefs.put(brief_of(article(7)))
        with pytest.raises(NotFound):
            unit.briefs.decide(article(7).id, BriefStatus.APPROVED)


def test_stale_ones_come_in_pages(ledger: Ledger) -> None:
    ids = sorted(put(ledger, number).id for number in range(1, 6))
    with ledger.read() as unit:
        first = unit.briefs.stale(DRAFTER, limit=2)
        rest = unit.briefs.stale(DRAFTER, first[-1].id)
    assert [each.id for each in (*first, *rest)] == ids
