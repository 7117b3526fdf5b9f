"""Up is not down: where the Korean only rises, the English must not fall."""

import re
from collections.abc import Iterator

from enrich.briefs.checks.finding import Finding, block
from enrich.briefs.source import Evidence

_KOREAN_UP = re.compile(r"증가|늘었|늘린|늘려|늘어|상승|올랐|올라|급증|높아|높였|높인|확대|향상|커졌|넓혔|넓힌|웃돌")
_KOREAN_DOWN = re.compile(r"감소|줄었|줄인|줄여|줄어|줄이|하락|떨어|급감|낮아|낮췄|낮춘|축소|깎|밑돌|덜어|내렸|내려")
_ENGLISH_UP = re.compile(
    r"\b(?:increas(?:e|es|ed|ing)|r(?:ise|ises|ose|isen|ising)|gr(?:ew|ow|ows|own|owing)|rais(?:ed|es)|up by"
    r"|expand(?:s|ed|ing)?"
    r"|doubled|tripled|improved|higher|climbed|jumped|soared)\b",
    re.IGNORECASE,
)
_ENGLISH_DOWN = re.compile(
    r"\b(?:decreas(?:e|es|ed|ing)|f(?:all|ell|alls|allen|alling)|declin(?:e|es|ed|ing)"
    r"|dropp?(?:s|ed)?|reduc(?:e|es|ed|ing)|cut(?:s|ting)?"
    r"|down by|lower(?:s|ed|ing)?|shr[aiu]nk|halved|slashed|plunged|fewer than before)\b",
    re.IGNORECASE,
)


def check_direction(evidence: Evidence) -> Iterator[Finding]:
    """Give a block where the English turns a rise into a fall, or a fall into a rise."""
    korean, english = evidence.cited.text, evidence.statement
    up, down = _KOREAN_UP.search(korean), _KOREAN_DOWN.search(korean)
    rises, falls = _ENGLISH_UP.search(english), _ENGLISH_DOWN.search(english)
    if up and not down and falls and not rises:
        yield block(f"“{falls[0]}”: the cited sentences say {up[0]}, the other way")
    if down and not up and rises and not falls:
        yield block(f"“{rises[0]}”: the cited sentences say {down[0]}, the other way")
