"""XML of strangers, read without entities, network or huge trees."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from crawler.entries import Unreadable

_DECLARED = re.compile(rb"^<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"'][^>]{0,200}\?>")
_KOREAN = frozenset({"euc-kr", "euckr", "ks_c_5601-1987", "ksc5601", "cp949", "ms949", "x-windows-949", "windows-949"})


def parse_xml(body: bytes, *, kind: str) -> etree._Element:
    """Return the root of an XML document.

    Raises Unreadable: 'refused: XML entities' where the document declares any (no feed needs its own, bombs do), and
    'failed: not a …' with `kind` where there is no XML to be read.
    """
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        # The stubs do not know that a recovering parser returns None for what is beyond recovery.
        root: etree._Element | None = etree.fromstring(_as_utf8(body), parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"failed: not a {kind}") from error
    if root is None:
        raise Unreadable(f"failed: not a {kind}")
    internal: Any = root.getroottree().docinfo.internalDTD  # Any: the stubs know neither its None nor its entities
    if internal is not None and any(True for _ in internal.iterentities()):
        raise Unreadable("refused: XML entities")
    return root


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace, in small letters; empty for what is no element."""
    tag: object = element.tag  # a function, of comments and processing instructions
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def text_of(element: etree._Element) -> str:
    """Return all text inside an element."""
    return "".join(str(piece) for piece in element.itertext())


def children(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Give the child elements with their local names."""
    for child in element:
        if name := local_name(child):
            yield name, child


def _as_utf8(body: bytes) -> bytes:
    """Old Korean sites declare encodings that libxml2 may not know; and some write blank lines before the XML."""
    body = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    declared = _DECLARED.match(body)
    if declared is None or declared.group(1).decode().lower() not in _KOREAN:
        return body
    return body[declared.end() :].decode("cp949", "replace").encode()
