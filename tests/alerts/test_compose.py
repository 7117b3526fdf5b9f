"""What a message says."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from sosik.alerts.compose import Composer, Notice, Proof, mark_of, one_line
from sosik.model.alert import Alert, AlertRule, Event, EventKind
from sosik.model.brief import Brief, BriefStatus, Check, CheckResult, GlossaryCard, Statement
from sosik.model.series import Installment, Series
from tests.storage.samples import START, article

NASTY = "<script>alert(1)</script>\r\nBcc: all@example.org \u202egnp.exe =1+1 {{ 7*7 }} {% raw %}"


def part(number: int | None, title: str = "앞의 글", label: str | None = None) -> Installment:
    of = article(number or 99)
    return Installment(
        article=of.id, number=number, label=label, final=False, title=title, url=of.url, published=of.published
    )


SERIES = Series(id="s1", source="it-life", name="골목의 인공지능", installments=(part(1), part(3), part(4)))
NOTICE = Notice(
    event=Event(id=7, kind=EventKind.NEW_INSTALLMENT, subject="s1", happened=START, article=article(4).id),
    rule=AlertRule(
        id="r1", subscriber="reader@example.org", kinds=(EventKind.NEW_INSTALLMENT,), series="골목의 인공지능"
    ),
    article=article(4, title="시장이 배운 것[골목의 인공지능④]"),
    outlet="IT라이프",
    outlet_in_english="IT Life",
    facts=(("Regions", "광주"), ("Figures", "80억원")),
    proofs=(Proof(topic="AI cluster", words=("집적단지", "실증")),),
    stop="https://news.example/alerts/stop?rule=r1&token=00",
    series=SERIES,
    page="https://news.example/articles/a4",
)
BRIEF = Brief(
    article="a4",
    revision=1,
    title="EN brief: 시장이 배운 것",
    drafter="facts-1",
    status=BriefStatus.DRAFT,
    summary=(
        Statement(text="Gwangju opened a market.", cites=(1,), check=Check(result=CheckResult.PASS)),
        Statement(text="It cost a billion won.", cites=(2,), check=Check(result=CheckResult.BLOCK, reasons=("no",))),
    ),
    story=(),
    context=(Statement(text="It is part 4.", cites=(1,), check=Check(result=CheckResult.WARN)),),
    sentences=(),
    glossary=(
        GlossaryCard(
            term="실증", romanized="siljeung", hyphenated="sil-jeung", english="demonstration", explanation="A test."
        ),
    ),
)


class Page(HTMLParser):
    """The tags of a page, the addresses that it links to, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def compose(notice: Notice = NOTICE) -> Alert:
    return Composer(domain="news.example").compose(notice)


def test_the_text_whole() -> None:
    url = "http://it-life.test/news"
    assert compose().text == (
        "New part ④ of the series “골목의 인공지능”, IT Life (IT라이프)\n"
        "\n"
        "시장이 배운 것[골목의 인공지능④]\n"
        f"{url}/4\n"
        "Published 2026-03-02 09:10 KST\n"
        "\n"
        "FACTS\n"
        "Regions: 광주\n"
        "Figures: 80억원\n"
        "\n"
        "EVIDENCE\n"
        "AI cluster: 집적단지, 실증\n"
        "\n"
        "THE SERIES SO FAR\n"
        "  ① 앞의 글\n"
        f"    2026-03-02 09:10 KST  {url}/1\n"
        "  ③ 앞의 글\n"
        f"    2026-03-02 09:10 KST  {url}/3\n"
        "> ④ 앞의 글\n"
        f"    2026-03-02 09:10 KST  {url}/4\n"
        "Not seen: 2\n"
        "\n"
        "In Sosik: https://news.example/articles/a4\n"
        "\n"
        "--\n"
        "You asked to hear of new parts of the series “골목의 인공지능”.\n"
        "To stop this alert: https://news.example/alerts/stop?rule=r1&token=00\n"
    )


def test_html_says_the_same() -> None:
    page = Page(compose().html)
    for words in ("New part ④", "시장이 배운 것", "80억원", "집적단지, 실증", "Not seen: 2", "You asked to hear"):
        assert words in page.text
    assert set(page.links) == {
        *(f"http://it-life.test/news/{number}" for number in (1, 3, 4)),
        NOTICE.page,
        NOTICE.stop,
    }


def test_a_brief_takes_the_place_of_the_facts() -> None:
    alert = compose(replace(NOTICE, brief=BRIEF))
    for words in (alert.text, Page(alert.html).text):
        assert "Gwangju opened a market." in words
        assert "draft, drafted by facts-1" in words
        assert "It is part 4." in words
        assert "siljeung" in words
        assert "billion" not in words, "what the checks blocked is not sent"
        assert "80억원" not in words


@pytest.mark.parametrize(
    ("kind", "subject"),
    [
        (EventKind.NEW_INSTALLMENT, "New part ④ of 골목의 인공지능 (IT Life)"),
        (EventKind.FINAL_INSTALLMENT, "Final part ④ of 골목의 인공지능 (IT Life)"),
        (EventKind.LATE_INSTALLMENT, "Late part ④ of 골목의 인공지능 (IT Life)"),
        (EventKind.NEW_SERIES, "New series at IT Life: 골목의 인공지능"),
        (EventKind.NEW_ARTICLE, "New article: 시장이 배운 것[골목의 인공지능④] (IT Life)"),
    ],
)
def test_subjects(kind: EventKind, subject: str) -> None:
    assert compose(replace(NOTICE, event=replace(NOTICE.event, kind=kind))).subject == subject


@pytest.mark.parametrize(
    ("changed", "asked"),
    [
        ({"query": "실증 -교통"}, "articles that match “실증 -교통”"),
        ({"series": ""}, "new series"),
        ({"series": "", "topics": ("t1", "t2"), "regions": ("광주",)}, "new series about One or t2 on 광주"),
        ({"series": "", "outlets": ("it-life",)}, "new series at it-life"),
    ],
)
def test_why(changed: dict[str, str], asked: str) -> None:
    rule = replace(NOTICE.rule, **changed)  # type: ignore[arg-type]  # fields of a rule
    assert f"You asked to hear of {asked}." in compose(replace(NOTICE, rule=rule, names={"t1": "One"})).text


def test_what_others_write_stays_text() -> None:
    nasty = replace(
        NOTICE,
        article=article(4, title=NASTY),
        facts=((f"{NASTY}", NASTY),),
        proofs=(Proof(topic="AI", words=(NASTY,)),),
        series=replace(SERIES, name=NASTY, installments=(part(4, NASTY),)),
        brief=replace(BRIEF, title=NASTY, drafter=NASTY),
        outlet=NASTY,
    )
    for notice in (nasty, replace(nasty, brief=None)):
        alert = compose(notice)
        clean = Page(compose(replace(NOTICE, brief=notice.brief and BRIEF)).html)
        page = Page(alert.html)
        assert "script" not in page.tags
        assert set(page.tags) == set(clean.tags)
        assert "<script>alert(1)</script>" in page.text
        assert "{{ 7*7 }} {% raw %}" in page.text
        assert "{{ 7*7 }} {% raw %}" in alert.text
        assert "\n" not in alert.subject
        assert "\r" not in alert.subject
        assert "\u202e" not in alert.subject + alert.text + alert.html
        assert "\nBcc" not in alert.text


def test_only_web_addresses_are_linked() -> None:
    evil = "javascript:alert(1)"
    of = replace(NOTICE.article, url=evil)
    installments = (replace(part(4), url=evil),)
    alert = compose(replace(NOTICE, article=of, series=replace(SERIES, installments=installments)))
    assert evil not in alert.html
    assert evil not in alert.text


def test_long_things_are_cut() -> None:
    many = tuple(part(number, "글" * 300) for number in range(1, 41))
    notice = replace(
        NOTICE,
        article=article(4, title="글" * 500),
        event=replace(NOTICE.event, kind=EventKind.NEW_ARTICLE),
        series=replace(SERIES, installments=many),
    )
    alert = compose(notice)
    assert len(alert.subject) == 180
    assert alert.subject.endswith("…")
    assert "(28 earlier parts are not shown)" in alert.text
    assert Page(alert.html).tags.count("tr") == 12 + len(NOTICE.facts) + len(NOTICE.proofs)


@pytest.mark.parametrize(
    ("installment", "mark"),
    [
        (part(1), "①"),
        (part(20), "⑳"),
        (part(21), "(21)"),
        (part(0), "(0)"),
        (part(None, label="하"), "last part (하)"),
        (part(None, label="번외"), "번외"),
        (part(None), ""),
        (None, ""),
    ],
)
def test_marks(installment: Installment | None, mark: str) -> None:
    assert mark_of(installment) == mark


def test_one_line() -> None:
    assert one_line(" a\r\n\tb\x00\u2028c\u200b\ud800 ") == "a b c"
