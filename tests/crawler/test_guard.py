"""Who may be visited."""

import socket
from dataclasses import replace
from typing import Any

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.guard import Guard, site_of
from crawler.resolver import GuardedResolver
from sosik.model.address import is_public, literal
from sosik.model.source import Source

OPEN = ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
CLOSED = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.100.100.200", "0.0.0.0"),
    *("224.0.0.1", "255.255.255.255", "168.63.129.16", "192.0.0.192", "198.18.0.1"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1"),
    *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "::7f00:1", "fec0::1", "64:ff9b:1::1"),
]


@pytest.mark.parametrize("address", OPEN)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", CLOSED)
def test_addresses_of_private_networks_metadata_and_multicast(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1."])
def test_every_spelling_of_a_literal_address(host: str) -> None:
    assert literal(host) == "127.0.0.1"


def test_a_name_is_no_literal() -> None:
    assert literal("it-life.test") is None


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("m.news.it-life.co.kr", "it-life.co.kr"),
        ("www.gwangju.go.kr", "gwangju.go.kr"),
        ("a.b.gwangju.kr", "b.gwangju.kr"),
        ("www.example.com", "example.com"),
        ("it-life.test", "it-life.test"),
        ("localhost", "localhost"),
        ("10.0.0.1", "10.0.0.1"),
    ],
)
def test_the_site_is_what_was_registered(host: str, site: str) -> None:
    assert site_of(host) == site


@pytest.fixture
def public(sources: dict[str, Source]) -> Source:
    return replace(
        sources["it-life"], id="paper", home="https://www.paper.co.kr/", feeds=(), sitemaps=(), lists=(), local=False
    )


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        ("https://m.paper.co.kr/1", None),
        ("https://other.co.kr/1", "refused: other site"),
        ("http://127.1/1", "refused: private address"),
        ("http://[fe80::1]/1", "refused: private address"),
        ("http://localhost/1", "refused: private address"),
        ("http://vault.internal/1", "refused: private address"),
        ("ftp://www.paper.co.kr/1", "refused: not an http address"),
        ("http:///1", "refused: not an http address"),
        ("http://www.paper.co.kr@127.0.0.1/", "refused: private address"),
    ],
)
def test_verdicts_before_any_name_is_resolved(url: str, verdict: str | None, public: Source) -> None:
    assert Guard([public], None).verdict("paper", url) == verdict


def test_a_private_address_named_as_home_needs_local(public: Source) -> None:
    intranet = replace(public, home="http://10.0.0.5/")
    assert Guard([intranet], None).verdict("paper", "http://10.0.0.5/1") == "refused: private address"
    assert Guard([replace(intranet, local=True)], None).verdict("paper", "http://10.0.0.5/1") is None


class _Receiver:
    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: object) -> None:  # noqa: N802 - Twisted's name
        del resolution

    def addressResolved(self, address: Any) -> None:  # noqa: N802 - Twisted's name
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802 - Twisted's name
        self.complete = True


class _Names:
    """A name server of one's own: /etc/hosts as a mapping."""

    def __init__(self, names: dict[str, list[str]]) -> None:
        self._names = names

    def resolveHostName(self, receiver: Any, host: str, port: int = 0, *_: Any) -> None:  # noqa: N802 - as above
        receiver.resolutionBegan(None)
        for address in self._names[host]:
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()


def _resolve(guard: Guard, host: str, addresses: list[str]) -> list[str]:
    receiver = _Receiver()
    GuardedResolver(_Names({host: addresses}), guard).resolveHostName(receiver, host, 80)
    assert receiver.complete
    return receiver.addresses


def test_a_name_that_resolves_to_a_private_address_resolves_to_nothing(public: Source) -> None:
    guard = Guard([public], None)
    assert _resolve(guard, "www.paper.co.kr", ["127.0.0.1", "::1", "fd00::1"]) == []
    assert guard.was_refused("https://www.paper.co.kr/1")


def test_of_several_addresses_the_public_ones_remain(public: Source) -> None:
    assert _resolve(Guard([public], None), "www.paper.co.kr", ["10.0.0.1", "8.8.8.8"]) == ["8.8.8.8"]


def test_local_sources_and_the_proxy_may_be_private_and_nobody_else(public: Source, sources: dict[str, Source]) -> None:
    guard = Guard([public, sources["it-life"]], "http://proxy.office:3128")
    assert _resolve(guard, "it-life.test", ["192.168.1.9"]) == ["192.168.1.9"]
    assert _resolve(guard, "proxy.office", ["10.0.0.9"]) == ["10.0.0.9"]
    assert _resolve(guard, "www.paper.co.kr", ["10.0.0.9"]) == []


def test_getaddrinfo_itself_knows_odd_spellings() -> None:
    # Why the resolver is where literals are caught: the system's own resolver takes them for addresses.
    assert socket.getaddrinfo("2130706433", 80, proto=socket.IPPROTO_TCP)[0][4][0] == "127.0.0.1"
