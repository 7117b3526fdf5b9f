"""How a subscriber stops an alert."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from sosik.alerts.stop import StopLinks
from sosik.model.errors import SettingsMistake


def links(secret: str = "a long random text", public_url: str = "https://news.example/") -> StopLinks:
    return StopLinks(public_url=public_url, secret=secret, operator="sosik@news.example")


def token_of(link: str) -> str:
    return parse_qs(urlsplit(link).query)["token"][0]


def test_a_link_proves_its_own_rule_only() -> None:
    link = links().of("r1")
    assert link.startswith("https://news.example/alerts/stop?rule=r1&token=")
    assert links().proves("r1", token_of(link))
    assert not links().proves("r2", token_of(link))
    assert not links("another secret").proves("r1", token_of(link))
    assert links().of("r1") == link


@pytest.mark.parametrize("token", ["", "0", "é", "\ud800", "0" * 40])
def test_no_other_token_proves_anything(token: str) -> None:
    assert not links().proves("r1", token)


def test_a_public_address_needs_a_secret() -> None:
    with pytest.raises(SettingsMistake, match="SOSIK_SECRET"):
        links(secret="").of("r1")


def test_without_a_public_address_it_is_a_mail() -> None:
    made = links(secret="", public_url="")
    link = urlsplit(made.of("r1"))
    assert (link.scheme, link.path) == ("mailto", "sosik@news.example")
    assert unquote(parse_qs(link.query)["subject"][0]) == "stop r1"
    assert not made.proves("r1", "")
