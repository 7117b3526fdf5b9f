"""Two days as a subscriber lives them, on the demonstration newspapers: a quiet one, and the one of the last part."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sosik.app.flows.alert_rules import Wish, add_rule
from sosik.app.flows.alerts import match_alerts, send_alerts
from sosik.app.flows.ask import ask
from sosik.app.flows.crawl import gather
from sosik.app.flows.series import view_series
from sosik.app.flows.trends import trend
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.clock import DemoClock
from sosik.demo.outlets import IT_LIFE, demo_sources
from sosik.demo.process import DemoProcess
from sosik.model.instants import KST
from sosik.model.query import parse
from sosik.model.search import FacetField, Interval, Query
from tests.alerts.mail_server import Post, serving
from tests.app.newsroom import mail_settings

DAY_1 = datetime(2026, 3, 30, 18, 0, tzinfo=KST)
DAY_2 = datetime(2026, 3, 31, 18, 0, tzinfo=KST)
LAST = "인공지능 실증에 머물지 않고 확산 체계 구축[모두의 AI 광주⑩끝]"
READER = "reader@example.org"


@dataclass(frozen=True)
class Desk:
    """An operator's desk: newspapers, a mail server, and a clock for all."""

    wiring: Wiring
    clock: DemoClock
    newspapers: DemoProcess
    post: Post

    def daily_run(self, at: datetime) -> tuple[int, int]:
        """Crawl IT Life at that moment, and tell who wants to know; return how much was queued and sent."""
        self.clock.move_to(at)
        self.newspapers.move_to(at)
        outlet = [each for each in demo_sources() if each.id == IT_LIFE.id]
        gather(self.wiring, outlet, proxy=self.newspapers.proxy)
        return match_alerts(self.wiring).queued, send_alerts(self.wiring).sent


@pytest.fixture
def desk(data: Path, tmp_path: Path) -> Iterator[Desk]:
    post, clock = Post(), DemoClock(DAY_1)
    with serving(post, tmp_path) as (port, certificate), DemoProcess(at=DAY_1) as newspapers:
        yield Desk(Wiring(mail_settings(data, port, certificate), clock), clock, newspapers, post)


def test_the_last_part_of_a_series_is_one_mail(desk: Desk) -> None:
    rule = add_rule(desk.wiring, Wish(to=READER, series="모두의 AI 광주"))
    assert desk.daily_run(DAY_1) == (0, 0)
    (before,) = [each.series for each in view_series(desk.wiring, "모두의AI광주")]
    assert (before.numbers, before.finished, before.gaps) == (tuple(range(1, 10)), False, ())

    assert desk.daily_run(DAY_2) == (1, 1)
    (message,) = desk.post.taken
    (after,) = [each.series for each in view_series(desk.wiring, before.id)]
    last = after.installments[-1]
    assert (after.numbers, after.finished, last.title) == (tuple(range(1, 11)), True, LAST)

    assert desk.post.recipients == [READER]
    assert desk.post.encrypted == [True]
    assert message["Subject"] == "Final part ⑩ of 모두의 AI 광주 (IT Life)"
    assert message["Message-ID"].startswith(f"<{rule.id}.")
    stop = str(message["List-Unsubscribe"]).strip("<>")
    assert stop == desk.wiring.stop_links().of(rule.id)
    assert stop.startswith("https://news.example/")
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part is not None
        words = part.get_content()
        assert "Final part ⑩" in words
        assert "This is the last part" in words
        assert LAST in words
        assert last.url in words
        assert f"https://news.example/articles/{last.article}" in words
        assert "You asked to hear of new parts of the series “모두의 AI 광주”." in words
        assert "2025-10-14" in words, "the first part of the series so far"
        assert "Demonstration project" in words
        assert "실증 시설" in words, "the evidence of a topic"
        assert stop.replace("&", "&amp;") in words if kind == "html" else stop in words

    assert desk.daily_run(DAY_2 + timedelta(minutes=30)) == (0, 0)
    assert len(desk.post.taken) == 1


def test_a_series_is_found_by_name_and_by_id(demo_data: Path) -> None:
    wiring = Wiring(Settings(data=demo_data, workers=1), DemoClock())
    (series,) = [each.series for each in view_series(wiring, "모두의 AI 광주")]
    by_id, by_name, drifted = (
        {hit.document.article for hit in ask(wiring, Query(where=parse(f'series:"{name}"'), limit=50)).hits}
        for name in (series.id, "모두의 AI 광주", "모두의AI 광주")
    )
    assert by_id == by_name == drifted == {each.article for each in series.installments}
    others = ask(wiring, Query(where=parse("-series:모두의AI광주"), limit=1)).total
    assert others == ask(wiring, Query(limit=1)).total - len(series.installments)
    assert ask(wiring, Query(where=parse("series:없는것"))).total == 0
    counts = Counter[str | None]()
    for row in trend(wiring, parse(""), interval=Interval.MONTH, by=FacetField.SERIES):
        counts[row.key] += row.count
    assert counts["모두의 AI 광주"] == len(series.installments)
    assert series.id not in counts
