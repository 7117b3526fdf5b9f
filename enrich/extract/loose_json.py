"""JSON as pages hold it: with comments, trailing commas and raw line breaks, or followed by more script."""

import json
import re
from collections.abc import Iterator

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

_DECODER = json.JSONDecoder(strict=False)
# A string is matched first, so that // inside an address is no comment.
_STRING_OR_COMMENT = re.compile(r'("(?:[^"\\\n]|\\.)*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_MAX_NODES = 100_000


def read_json(source: str) -> Json:
    """Read a value, mended where it has comments or trailing commas; None where it cannot be read at all."""
    source = (
        source.strip().removeprefix("<!--").removeprefix("<![CDATA[").removesuffix("-->").removesuffix("]]>").strip()
    )
    value = read_json_at(source, 0)
    if value is None and source[:1] in ("{", "["):
        mended = _STRING_OR_COMMENT.sub(lambda found: found.group(1) or "", source)
        value = read_json_at(_TRAILING_COMMA.sub("", mended), 0)
    return value


def read_json_at(source: str, start: int) -> Json:
    """Read the value that begins at `start`, whatever follows it; None where there is none."""
    try:
        value: Json = _DECODER.raw_decode(source, start)[0]
    except (ValueError, RecursionError):
        return None
    return value


def objects(value: Json) -> Iterator[dict[str, Json]]:
    """Yield every object inside a value, outermost first, in document order; bounded, and without recursion."""
    waiting: list[Json] = [value]
    seen = 0
    while waiting and seen < _MAX_NODES:
        seen += 1
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(reversed(list(node.values())))
        elif isinstance(node, list):
            waiting.extend(reversed(node))


def strings(value: Json) -> Iterator[str]:
    """Yield a string, the strings of a list, or the `name`, `basic`, `text` or `content` of objects in it."""
    for node in value if isinstance(value, list) else [value]:
        if isinstance(node, str):
            yield node
        elif isinstance(node, int) and not isinstance(node, bool):
            yield str(node)
        elif isinstance(node, dict):
            named = next(
                (node[key] for key in ("name", "basic", "text", "content") if isinstance(node.get(key), str)), None
            )
            if isinstance(named, str):
                yield named
