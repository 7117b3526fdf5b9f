"""Which IP addresses are anybody's to visit: the rule of the crawler, and of whatever else goes where others say."""

import ipaddress
import socket

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Public by number, but it answers with the secrets of the machine that asks (a cloud's metadata service).
_METADATA = frozenset({ipaddress.ip_address("168.63.129.16")})
# Closed, whatever the Python at hand says of them: its list of private networks has grown from version to version.
_CLOSED = (
    ipaddress.ip_network("192.0.0.0/24"),
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("fec0::/10"),
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOCAL_NAMES = ("localhost", "local", "internal", "localdomain")


def is_public(address: str) -> bool:
    """Say whether an IP address may be visited by anybody; an IPv4 address inside an IPv6 one is what counts."""
    ip: _Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = _embedded(ip)
        if inner is not None:
            return is_public(str(inner))
    closed = ip.is_multicast or ip in _METADATA or any(ip in network for network in _CLOSED)
    return ip.is_global and not closed


def _embedded(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    if ip in _NAT64 or int(ip) >> 32 == 0:  # the last are the deprecated ::127.0.0.1
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def literal(host: str) -> str | None:
    """Return the IP address that a host stands for without a name server, in any spelling (127.1, 0x7f000001)."""
    try:
        return str(ipaddress.ip_address(host.strip("[]").partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))
    except (OSError, UnicodeEncodeError):
        return None


def private_by_sight(host: str) -> bool:
    """Say whether a host is on a private network by its name alone; a name server may tell of others."""
    address = literal(host)
    if address is not None:
        return not is_public(address)
    return host.rpartition(".")[2] in _LOCAL_NAMES
