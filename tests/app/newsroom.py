"""A ledger filled by hand, for tests that need an event and not a crawl."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from sosik.app.flows.read import write_article
from sosik.app.flows.series import SeriesReport, follow_series
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.clock import DemoClock
from sosik.model.article import Article, article_id
from sosik.model.instants import KST, Provenance, Published
from tests.alerts.mail_server import PASSWORD, USER

MORNING = datetime(2026, 3, 30, 9, 0, tzinfo=KST)
TEXT = (
    "광주광역시는 첨단3지구 인공지능 집적단지에서 인공지능 실증 사업을 시작한다고 30일 밝혔다.\n"
    "광주시는 인공지능 실증에 80억원을 들여 기업 35곳의 실증을 돕는다."
)


def mail_settings(data: Path, port: int, certificate: Path) -> Settings:
    """Settings under which mails go to the mail server of the tests."""
    return Settings(
        data=data,
        workers=1,
        public_url="https://news.example",
        secret=SecretStr("a long random text"),
        mail_from="sosik@news.example",
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_user=USER,
        smtp_password=SecretStr(PASSWORD),
        smtp_ca_file=certificate,
    )


@dataclass(frozen=True)
class Newsroom:
    """Publishes articles straight into the ledger, analysed, and follows the series."""

    wiring: Wiring
    clock: DemoClock

    def publish(
        self, title: str, *, number: int, source: str = "it-life", text: str = TEXT, age: timedelta = timedelta()
    ) -> Article:
        """Write an article published `age` before now, and return it."""
        now = self.clock.now()
        url = f"http://{source}.test/article/{number}"
        article = Article(
            id=article_id(source, url),
            source=source,
            url=url,
            title=title,
            text=text,
            published=Published.at_minute(now - age, Provenance.META),
            captured=now,
        )
        analysis = self.wiring.pipeline().analyse(article)
        with self.wiring.ledger() as ledger, ledger.write() as unit:
            write_article(unit, article, analysis)
        return article

    def follow(self) -> SeriesReport:
        """Put what was published into series."""
        return follow_series(self.wiring)

    def open_day(self) -> None:
        """Have the outlet followed since this morning: what it publishes from now on is news."""
        self.publish("어제의 기사", number=1, age=timedelta(days=1))
        self.follow()
        self.clock.advance(timedelta(hours=1))
