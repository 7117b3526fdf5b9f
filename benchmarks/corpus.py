"""What is measured on: pages of the demonstration newspapers, and any number of documents made of their texts."""

import http.client
import random
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from enrich.tokenizers.terms import MorphemeTermCutter
from sosik.demo.clock import DEMO_NOW, DEMO_START
from sosik.demo.generated import generated_articles, generated_records
from sosik.demo.outlets import OUTLETS
from sosik.demo.process import DemoProcess
from sosik.demo.texts import DemoArticle, read_articles
from sosik.model.analysis import Terms
from sosik.model.article import article_id
from sosik.model.capture import Capture, CaptureKind
from sosik.model.instants import Provenance, Published
from sosik.model.search import Document

_BASE = 300  # generated articles whose paragraphs the documents are put together from
_MINUTES = int((DEMO_NOW - DEMO_START) / timedelta(minutes=1))


def captures(count: int) -> Iterator[Capture]:
    """Fetch that many article pages from the demonstration server: those written out, then generated ones."""
    urls = {outlet.id: outlet.url_of for outlet in OUTLETS}
    written = read_articles()
    generated = max(0, count - len(written) + 10)  # some written ones are withdrawn
    with DemoProcess(generated=generated) as server:
        connection = http.client.HTTPConnection(urlsplit(server.proxy).netloc)
        left = count
        for article in (*written, *generated_articles(generated)):
            if not left:
                break
            capture = _fetch(connection, article, urls[article.outlet](article))
            if capture is not None:
                yield capture
                left -= 1
        connection.close()


def _fetch(connection: http.client.HTTPConnection, article: DemoArticle, url: str) -> Capture | None:
    connection.request("GET", url)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != http.client.OK:
        return None
    return Capture(
        source=article.outlet,
        kind=CaptureKind.ARTICLE,
        url=url,
        final_url=url,
        status=answer.status,
        headers=tuple(answer.getheaders()),
        body=body,
        fetched=DEMO_NOW,
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of text with its terms, whose offsets count from the start of the piece."""

    text: str
    joined: str
    offsets: tuple[int, ...]


def documents(count: int, cutter: MorphemeTermCutter, *, seed: int = 1) -> Iterator[Document]:
    """Yield index documents of ordinary length, the same in every run.

    To cut 100,000 articles into terms takes minutes, so the paragraphs of some hundred generated articles are cut
    once, and each document is a title and paragraphs drawn from them: terms and offsets are right, no two texts are
    alike, frequencies of words are those of the demonstration. Topics are those of the title's article; regions,
    organisations and people are drawn from what the written articles name; dates spread over half a year.
    """
    draw = random.Random(seed)
    base = list(generated_articles(_BASE))
    records = list(generated_records(_BASE))
    titles = [_piece(each.title, cutter) for each in records]
    paragraphs = [_piece(text, cutter) for each in records for text in each.text.split("\n") if text]
    expected = [each.expected for each in read_articles() if each.expected.organisations]
    for place in range(count):
        outlet = OUTLETS[place % len(OUTLETS)]
        main = draw.randrange(_BASE)
        names = draw.choice(expected)
        title = titles[main]
        text, terms = _joined(draw.choices(paragraphs, k=draw.randint(4, 7)), start=len(title.text) + 1)
        url = f"{outlet.root}/{place}"
        yield Document(
            article=article_id(outlet.id, url),
            version=1,
            source=outlet.id,
            outlet=outlet.name,
            kind=outlet.kind.value,
            url=url,
            title=title.text,
            text=text,
            english=", ".join(base[main].expected.topics),
            published=Published.at_minute(DEMO_START + timedelta(minutes=draw.randrange(_MINUTES)), Provenance.PRINTED),
            title_terms=Terms(joined=title.joined, spans=array("I", title.offsets).tobytes()),
            text_terms=terms,
            topics=base[main].expected.topics,
            regions=names.regions,
            organisations=names.organisations,
            people=names.people,
        )


def _piece(text: str, cutter: MorphemeTermCutter) -> _Piece:
    terms = cutter.cut(text)
    return _Piece(text, terms.joined, tuple(number for pair in terms.offsets() for number in pair))


def _joined(pieces: Sequence[_Piece], start: int) -> tuple[str, Terms]:
    spans = array("I")
    for piece in pieces:
        spans.extend(number + start for number in piece.offsets)
        start += len(piece.text) + 1
    joined = " ".join(piece.joined for piece in pieces if piece.joined)
    return "\n".join(piece.text for piece in pieces), Terms(joined=joined, spans=spans.tobytes())
