"""Outlets whose TLS fails: named by the look at their health after one visit, the others unharmed."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sosik.app.flows.crawl import visit
from sosik.app.flows.health import health_of
from sosik.demo.outlets import demo_sources
from tests.app.conftest import wiring_on
from tests.app.tls_sites import ELSEWHERE, Authority, served


def test_certificates_that_are_wrong_are_named_within_one_visit(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    plain = replace(demo_sources()[0], special_feeds=(), sitemaps=(), lists=(), delay=0.0, local=True)
    certificates = {
        "good": authority.certify("good"),
        "expired": authority.certify("expired", since=timedelta(days=-60)),
        "early": authority.certify("early", since=timedelta(days=5)),
        "self-signed": authority.certify("self-signed", by_itself=True),
        "other-host": authority.certify("other-host", ELSEWHERE),
    }
    wiring = wiring_on(data)
    with ExitStack() as sites:
        roots = {name: sites.enter_context(served(file)) for name, file in certificates.items()}
        roots["no-tls"] = sites.enter_context(served(None))
        outlets = [replace(plain, id=name, home=f"{root}/", feeds=(f"{root}/rss",)) for name, root in roots.items()]
        report = visit(wiring, outlets)
    assert {name: each.new for name, each in report.sources.items() if each.new} == {"good": 1}
    found = {each.source: (each.state.value, each.cause) for each in health_of(wiring, outlets)}
    assert found == {
        "good": ("fine", ""),
        "expired": ("away", "certificate not valid"),
        "early": ("away", "certificate not valid"),
        "self-signed": ("away", "certificate not valid"),
        "other-host": ("away", "certificate of another host"),
        "no-tls": ("away", "no TLS"),
    }
