"""What the tests of the extractor share: pages built around a body, so that each test shows only what it is about."""

from collections.abc import Callable

import pytest

from enrich.extract.extractor import Extractor

BODY = (
    "<p>무등시가 인공지능 실증도시 2단계 사업에 착수했다고 2일 밝혔다.</p>"
    "<p>시는 올해 320억원을 들여 도심 교차로 120곳에 영상 분석 장치를 설치한다.</p>"
    "<p>참여 기업은 4월 공모를 거쳐 5월 초 확정되며, 시는 사용료의 절반을 지원한다.</p>"
)

MakePage = Callable[..., bytes]


@pytest.fixture
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture
def make_page() -> MakePage:
    """Build a page: `head` goes into <head>, `above` between the title and the body, `below` after it."""

    def make(
        *,
        title: str = "무등시, 실증도시 2단계 착수",
        head: str = "",
        above: str = "",
        body: str = BODY,
        below: str = "",
    ) -> bytes:
        return (
            f"<!DOCTYPE html><html lang='ko'><head><title>{title}</title>{head}</head><body><div id='wrap'>"
            f"<h1>{title}</h1><div class='info'>{above}</div><div class='article_body'>{body}</div>"
            f"<div class='after'>{below}</div></div></body></html>"
        ).encode()

    return make
