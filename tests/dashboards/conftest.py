from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from dashboards.app import create_app
from sosik.app import formats
from sosik.app.flows.index import index_pending
from sosik.app.reading import LedgerStopper, StoredReader, open_reader
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.clock import DemoClock
from sosik.model.analysis import Analysis, Evidence, Mention, MentionKind, TopicTag
from sosik.model.article import Article, article_id
from sosik.model.brief import Brief, BriefStatus, Check, CheckResult, Sentence, Statement
from sosik.model.instants import Provenance, Published

BASE = "http://127.0.0.1:8000"

HOSTILE_TITLES = {
    "script": "<script>alert(1)</script> 광주 인공지능",
    "formula": '=HYPERLINK("http://evil.example","눌러 보세요") 광주',
    "header": "광주\r\nSet-Cookie: a=b\r\n\r\n<h1>x</h1>",
    "attribute": "\"><img src=x onerror=alert(1)> 광주 ' onmouseover='alert(2)",
    "template": "{{ 7 * 7 }} {% raw %} ${7*7} 광주",
    "markup": "]]></title><!-- & &amp; &lt;b&gt; 광주",
}


@pytest.fixture(scope="session")
def wiring(finished_demo: Path) -> Wiring:
    return Wiring(Settings(data=finished_demo, workers=1), clock=DemoClock())


@pytest.fixture(scope="session")
def reader(wiring: Wiring) -> Iterator[StoredReader]:
    with open_reader(wiring) as opened:
        yield opened


@pytest.fixture(scope="session")
def client(reader: StoredReader) -> Iterator[TestClient]:
    """The demonstration's dashboard."""
    with TestClient(create_app(reader, shapes=formats), base_url=BASE) as opened:
        yield opened


def page(client: TestClient, address: str, status: int = 200) -> html.HtmlElement:
    """The parsed page of an address."""
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return html.fromstring(answer.content.decode("utf-8"))


def texts(found: html.HtmlElement, path: str) -> list[str]:
    """The texts of the elements of an XPath, white space made single."""
    return [" ".join(each.text_content().split()) for each in found.xpath(path)]


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Wiring:
    """Articles whose outlets are not to be trusted, with a brief of which the checks blocked a statement."""
    folder = tmp_path_factory.mktemp("hostile") / "data"
    wiring = Wiring(Settings(data=folder, workers=1), clock=DemoClock())
    cutter = wiring.cutter()
    with wiring.ledger() as ledger, ledger.write() as unit:
        for name, title in HOSTILE_TITLES.items():
            url = f"http://outlet.example/{name}"
            text = f"{title}\n광주가 발표했다. <b>{name}</b>"
            article = Article(
                id=article_id("it-life", url),
                source="it-life",
                url=url if name != "script" else "javascript:alert(1)",
                title=title,
                text=text,
                authors=("<i>기자</i>",),
                published=Published.at_minute(datetime(2026, 3, 30, 1, tzinfo=UTC), Provenance.META),
            )
            kept, _ = unit.articles.put(article)
            unit.analyses.put(
                Analysis(
                    article=kept.id,
                    revision=kept.revision,
                    made_by="test",
                    tokenizer=cutter.name,
                    title_terms=cutter.cut(title),
                    text_terms=cutter.cut(text, len(title) + 1),
                    topics=(
                        TopicTag(
                            topic="ai-cluster",
                            score=1.5,
                            evidence=(Evidence(start=0, end=4, text=title[:4], rule="<rule>"),),
                        ),
                    ),
                    mentions=(Mention(kind=MentionKind.PERSON, name=title[:6], start=0, end=6, role="<u>시장</u>"),),
                )
            )
            unit.briefs.put(
                Brief(
                    article=kept.id,
                    revision=kept.revision,
                    title="<b>Gwangju</b> announced something",
                    drafter="test <1>",
                    status=BriefStatus.DRAFT,
                    summary=(
                        Statement(text="Gwangju announced <it>.", cites=(2,), check=Check(result=CheckResult.PASS)),
                        Statement(
                            text="It cost 9 trillion won.",
                            cites=(2,),
                            check=Check(result=CheckResult.BLOCK, reasons=("9 trillion <is> not in sentence 2",)),
                        ),
                        Statement(
                            text="It may cost something.",
                            cites=(1, 2),
                            check=Check(result=CheckResult.WARN, reasons=("no figure",)),
                        ),
                    ),
                    story=(),
                    context=(),
                    sentences=(
                        Sentence(number=1, start=0, end=len(title), text=title),
                        Sentence(number=2, start=len(title) + 1, end=len(title) + 1 + len(text), text=text),
                    ),
                    glossary=(),
                )
            )
    index_pending(wiring)
    return wiring


@pytest.fixture(scope="session")
def hostile_client(hostile: Wiring) -> Iterator[TestClient]:
    with (
        open_reader(hostile) as opened,
        TestClient(create_app(opened, shapes=formats), base_url=BASE) as client,
    ):
        yield client


@pytest.fixture
def stopping(tmp_path: Path) -> Iterator[tuple[TestClient, Wiring]]:
    """A dashboard that others reach, with somebody who may stop an alert."""
    settings = Settings.model_validate(
        {"data": tmp_path / "data", "workers": 1, "secret": "s" * 40, "public_url": "https://sosik.example"}
    )
    wiring = replace(Wiring(settings), clock=DemoClock())
    with open_reader(wiring) as opened:
        app = create_app(opened, shapes=formats, public_url=settings.public_url, stopper=LedgerStopper(wiring))
        with TestClient(app, base_url="https://sosik.example") as client:
            yield client, wiring
