"""What the tests of storage write: made-up captures, articles and analyses, and a clock that is set by hand."""

from datetime import UTC, datetime, timedelta

from sosik.model.analysis import (
    Analysis,
    DateMention,
    Evidence,
    Figure,
    HeadlineKind,
    Mention,
    MentionKind,
    SeriesMarker,
    Terms,
    TopicTag,
)
from sosik.model.article import Article, Cut, CutKind, article_id
from sosik.model.capture import Capture, CaptureKind, CaptureRef
from sosik.model.instants import Provenance, Published

START = datetime(2026, 3, 2, 0, 10, 0, 123456, tzinfo=UTC)


class HandClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.instant = START

    def now(self) -> datetime:
        return self.instant

    def move(self, by: timedelta) -> None:
        self.instant += by


def capture(number: int = 1, *, body: bytes | None = None, url: str | None = None) -> Capture:
    address = url or f"http://it-life.test/news/articleView.html?idxno={number}"
    return Capture(
        source="it-life",
        kind=CaptureKind.ARTICLE,
        url=address,
        final_url=address,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")),
        body=f"<html><h1>제목 {number}</h1></html>".encode() if body is None else body,
        fetched=START + timedelta(minutes=number),
        request_headers=(("User-Agent", "sosik"),),
    )


def article(
    number: int = 1, *, text: str = "본문이다.", title: str = "제목", minutes: int = 0, source: str = "it-life"
) -> Article:
    """An article whose capture was fetched so many minutes after the start."""
    url = f"http://{source}.test/news/{number}"
    return Article(
        id=article_id(source, url),
        source=source,
        url=url,
        title=title,
        text=text,
        authors=("김가온", "Lee"),
        published=Published.at_minute(START, Provenance.JSON_LD),
        capture=CaptureRef(file="a.warc.gz", offset=minutes * 100, end=minutes * 100 + 100),
        captured=START + timedelta(minutes=minutes),
        cuts=(Cut(kind=CutKind.BYLINE, text="김가온 기자"),),
    )


def analysis(of: Article, *, made_by: str = "steps-1", topic: str = "ai-cluster", score: float = 1.25) -> Analysis:
    """An analysis that has something in every field."""
    terms = Terms.of([("광주", 0, 2), ("인공지능", 3, 7), ("\U0001f600", 8, 9)])
    return Analysis(
        article=of.id,
        revision=of.revision,
        made_by=made_by,
        tokenizer="mecab-ko-1.0.3",
        title_terms=Terms.of([("제목", 0, 2)]),
        text_terms=terms,
        topics=(TopicTag(topic=topic, score=score, evidence=(Evidence(start=0, end=2, text="광주", rule="r1"),)),),
        regions=("광주", "전남"),
        mentions=(
            Mention(kind=MentionKind.PERSON, name="강가람", start=0, end=3, entry="p1", role="시장"),
            Mention(kind=MentionKind.ORGANISATION, name="AICA", start=5, end=9),
        ),
        figures=(
            Figure(surface="약 4천억 원", value=4e11, unit="KRW", approximate=True, start=1, end=8, high=0.1 + 0.2),
        ),
        dates=(DateMention(surface="지난달", iso=None, start=1, end=4, why="no publication date"),),
        marker=SeriesMarker(kind=HeadlineKind.SERIES, series="모두의 AI 광주", installment=10, label="⑩", final=True),
        fingerprint=(0, 1, 2**32 - 1),
    )
