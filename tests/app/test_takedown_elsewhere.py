"""Where a takedown looks besides ledger and archive: other generations of the index, and mails in the folder."""

from contextlib import closing
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from sosik.app.flows.index import index_pending
from sosik.app.flows.reindex import reindex
from sosik.app.flows.takedown import take_down
from sosik.demo.clock import DemoClock
from tests.app.conftest import wiring_on
from tests.app.newsroom import TEXT, Newsroom


@pytest.fixture
def newsroom(data: Path) -> Newsroom:
    clock = DemoClock()
    return Newsroom(replace(wiring_on(data), clock=clock), clock)


def test_no_former_index_and_no_unfinished_one_keeps_it(newsroom: Newsroom, data: Path) -> None:
    article = newsroom.publish("실증에 나선 도시", number=1)
    newsroom.publish("다른 도시", number=2, text=TEXT.replace("80억원", "90억원"))
    index_pending(newsroom.wiring)
    reindex(newsroom.wiring)  # which leaves a former one

    def stop(what: str, done: int, total: int | None = None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reindex(newsroom.wiring, progress=stop)  # killed when all was written
    with newsroom.wiring.generations() as generations:
        left = generations.filling()
        assert left is not None
        with closing(generations.open(left)) as index:
            assert index.get(article.id) is not None
        assert generations.former() is not None

    take_down(newsroom.wiring, article.id, "law")
    with newsroom.wiring.generations() as generations:
        assert generations.former() is None
        left = generations.filling()
        if left is not None:
            with closing(generations.open(left)) as index:
                assert index.count() == 0
    assert len(list((data / "index").glob("generation-*"))) <= 2
    report = reindex(newsroom.wiring)
    assert (report.documents, report.resumed) == (1, False)


def test_mails_that_name_it_go_and_those_of_a_longer_address_stay(newsroom: Newsroom, data: Path) -> None:
    article = newsroom.publish("실증에 나선 도시", number=1)
    other = newsroom.publish("다른 도시", number=10)
    assert other.url.startswith(article.url)
    outbox = data / "outbox"
    outbox.mkdir()
    for name, text in (
        ("mine.eml", f"제목\n{article.url}\n끝"),
        ("cut-short.new", f"제목\n{article.url}"),
        ("ours.eml", f"제목\nhttp://127.0.0.1:8000/articles/{article.id}"),
        ("other.eml", f"제목\n{other.url}\n"),
    ):
        mail = EmailMessage()
        mail.set_content(text)
        (outbox / name).write_bytes(mail.as_bytes())
    report = take_down(newsroom.wiring, article.id, "law")
    assert report.cleaned.mails == 3
    assert [each.name for each in outbox.iterdir()] == ["other.eml"]
