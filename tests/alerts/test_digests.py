"""What a digest looks like."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from sosik.alerts.digests import DigestComposer, digest_object, escape, markdown
from sosik.model.alert import AlertRule, Event, EventKind
from sosik.model.digest import (
    Cadence,
    Digest,
    DigestPart,
    DigestRise,
    DigestSection,
    DigestStory,
    DigestWish,
)
from sosik.model.instants import KST, Provenance, Published
from sosik.model.search import Period
from sosik.model.series import Installment, Series

NASTY = "# <script>alert(1)</script>\r\n- [글](javascript:alert(1)) *굵게* `x` &copy; | 1"
WISH = DigestWish(period=Period(first=date(2026, 3, 23), last=date(2026, 3, 29)))
PUBLISHED = Published.at_minute(datetime(2026, 3, 24, 9, 0, tzinfo=KST), Provenance.META)
STORY = DigestStory(
    article="a1",
    story="s1",
    title="실증 사업 시작",
    english="Gwangju begins a demonstration",
    outlet="IT Life",
    published=PUBLISHED,
    url="http://it-life.test/1",
    page="https://news.example/articles/a1",
    articles=4,
    copies=2,
)
PART = Installment(
    article="a9",
    number=9,
    label=None,
    final=True,
    title="사람[골목⑨]",
    url="http://it-life.test/9",
    published=PUBLISHED,
)
DIGEST = Digest(
    wish=WISH,
    articles=5,
    copies=2,
    stories=2,
    parts=(
        DigestPart(
            series=Series(id="x", source="it-life", name="골목", installments=(PART,)),
            part=PART,
            english="Talent",
            outlet="IT Life",
            page="",
        ),
    ),
    rising=(DigestRise(topic="ai-cluster", name="AI cluster", now=3, expected=0.5),),
    sections=(
        DigestSection(topic="ai-cluster", name="AI cluster", articles=4, copies=2, stories=(STORY,), more=0),
        DigestSection(topic=None, name="Other", articles=1, copies=0, stories=(), more=1),
    ),
)
RULE = AlertRule(id="r1", subscriber="reader@example.org", kinds=(EventKind.DIGEST_DUE,), digest="weekly")
EVENT = Event(id=7, kind=EventKind.DIGEST_DUE, subject="weekly", happened=datetime(2026, 3, 29, 15, tzinfo=UTC))
STOP = "https://news.example/alerts/stop?rule=r1&token=00"


def test_markdown() -> None:
    assert markdown(DIGEST) == (
        "# Sosik digest, 2026-03-23 to 2026-03-29\n"
        "\n"
        "5 articles, 3 without copies, in 2 stories.\n"
        "\n"
        "## New parts of series\n"
        "\n"
        "- **골목** ⑨ (final), IT Life, 2026-03-24 09:00 KST: Talent: [사람\\[골목⑨\\]](http://it-life.test/9)\n"
        "\n"
        "## Rising topics\n"
        "\n"
        "- AI cluster: 3 articles where 0.5 were to be expected\n"
        "\n"
        "## AI cluster: 4 articles, 2 without copies\n"
        "\n"
        "- Gwangju begins a demonstration: [실증 사업 시작](http://it-life.test/1) "
        "([in Sosik](https://news.example/articles/a1)); IT Life, 2026-03-24 09:00 KST (4 articles, 2 without copies)\n"
        "\n"
        "## Other: 1 article\n"
        "\n"
        "- and 1 more story\n"
    )


def test_nothing_is_said_to_be_nothing() -> None:
    wish = replace(WISH, topics=("ai-cluster",), regions=("광주",), query="실증 -교통")
    none = replace(
        DIGEST, wish=wish, articles=0, stories=0, parts=(), rising=(), sections=(), names={"ai-cluster": "AI cluster"}
    )
    assert markdown(none).splitlines()[2] == "No articles about AI cluster on 광주 that match “실증 -교통”."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# 제목", "\\# 제목"),
        ("- 하나", "\\- 하나"),
        ("1. 하나", "1\\. 하나"),
        ("12) 하나", "12\\) 하나"),
        ("80억원 <b>", "80억원 \\<b\\>"),
        ("a\r\n# b", "a # b"),
        ("\u202e거꾸로", "거꾸로"),
        ("\\[x\\](y)", "\\\\\\[x\\\\\\](y)"),
    ],
)
def test_what_outlets_write_is_no_markup(text: str, shown: str) -> None:
    assert escape(text) == shown


def nasty() -> Digest:
    story = replace(STORY, title=NASTY, english=NASTY, outlet=NASTY, url="javascript:alert(1)")
    hostile = replace(story, url="http://x.test/a) [b](http://evil.test/\r\n<c>")
    section = replace(DIGEST.sections[0], stories=(story, hostile))
    series = replace(DIGEST.parts[0].series, name=NASTY)
    part = replace(DIGEST.parts[0], series=series, part=replace(PART, title=NASTY), english=NASTY, outlet=NASTY)
    wish = replace(WISH, query=NASTY, outlets=(NASTY,))
    return replace(DIGEST, wish=wish, parts=(part,), sections=(section,))


def test_nothing_untrusted_is_markup_in_markdown() -> None:
    shown = markdown(nasty())
    assert len(shown.splitlines()) == len(markdown(DIGEST).splitlines()) - 3
    assert "<script" not in shown.replace("\\<script", "")
    assert "](javascript:" not in shown.replace("\\](javascript:", "")
    assert "](http://evil.test" not in shown
    assert "(http://x.test/a%29%20%5Bb%5D%28http://evil.test/%20%3Cc%3E)" in shown


def test_a_mail_of_it_is_safe_wherever_it_goes() -> None:
    alert = DigestComposer(domain="news.example").compose(nasty(), RULE, EVENT, stop=STOP)
    assert alert.message_id == "<r1.7@news.example>"
    assert "\n" not in alert.subject
    assert "\r" not in alert.subject
    assert len(alert.subject) <= 180
    assert "<script" not in alert.html
    assert 'href="javascript' not in alert.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in alert.html
    told = json.loads(json.dumps(alert.about))
    assert told["digest"]["topics"][0]["stories"][0]["title"] == NASTY
    assert told["digest"]["topics"][0]["stories"][0]["url"] == "about:blank"


def test_a_mail_says_why_it_came_and_how_it_is_stopped() -> None:
    alert = DigestComposer(domain="news.example").compose(DIGEST, RULE, EVENT, stop=STOP)
    assert alert.subject == "Sosik digest, 2026-03-23 to 2026-03-29: 5 articles"
    assert alert.text.startswith(markdown(DIGEST))
    assert alert.text.endswith(f"You asked for this weekly digest.\n\nTo stop this digest: {STOP}\n")
    assert STOP.replace("&", "&amp;") in alert.html
    for said in ("골목", "⑨ (final)", "AI cluster", "실증 사업 시작", "Gwangju begins a demonstration"):
        assert said in alert.html
        assert said in alert.text
    assert alert.about == {"event": "digest-due", "digest": digest_object(DIGEST)}


@pytest.mark.parametrize(
    ("cadence", "now", "over", "first", "last"),
    [
        (Cadence.WEEKLY, "2026-03-30T00:00+09:00", "2026-03-30", "2026-03-23", "2026-03-29"),
        (Cadence.WEEKLY, "2026-03-29T23:59+09:00", "2026-03-23", "2026-03-16", "2026-03-22"),
        (Cadence.WEEKLY, "2026-03-29T15:30+00:00", "2026-03-30", "2026-03-23", "2026-03-29"),
        (Cadence.DAILY, "2026-03-01T05:30+09:00", "2026-03-01", "2026-02-28", "2026-02-28"),
    ],
)
def test_spans_are_korean_days(cadence: Cadence, now: str, over: str, first: str, last: str) -> None:
    end = cadence.over_at(datetime.fromisoformat(now))
    assert end == datetime.fromisoformat(f"{over}T00:00+09:00")
    assert cadence.span_before(end) == Period(first=date.fromisoformat(first), last=date.fromisoformat(last))
