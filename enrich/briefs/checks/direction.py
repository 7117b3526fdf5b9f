"""Up is not down, passed is not rejected: where the Korean says one, the English must not say the opposite."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from enrich.briefs.checks.finding import Finding, block
from enrich.briefs.source import Evidence


@dataclass(frozen=True, slots=True)
class _Side:
    """What one of two opposites is called in both languages."""

    korean: re.Pattern[str]
    english: re.Pattern[str]


def _side(korean: str, english: str) -> _Side:
    return _Side(re.compile(korean), re.compile(rf"\b(?:{english})\b", re.IGNORECASE))


_RISE = _side(
    r"증가|늘었|늘린|늘려|늘어|상승|올랐|올라|급증|높아|높였|높인|확대|향상|커졌|넓혔|넓힌|웃돌",
    r"increas(?:e|es|ed|ing)|r(?:ise|ises|ose|isen|ising)|gr(?:ew|ow|ows|own|owing)|rais(?:ed|es)|up by"
    r"|expand(?:s|ed|ing)?|doubled|tripled|improved|higher|climbed|jumped|soared",
)
_FALL = _side(
    r"감소|줄었|줄인|줄여|줄어|줄이|하락|떨어|급감|낮아|낮췄|낮춘|축소|깎|밑돌|덜어|내렸|내려|단축|짧아",
    r"decreas(?:e|es|ed|ing)|f(?:all|ell|alls|allen|alling)|declin(?:e|es|ed|ing)|dropp?(?:s|ed)?"
    r"|reduc(?:e|es|ed|ing)|cut(?:s|ting)?|down by|lower(?:s|ed|ing)?|shr[aiu]nk|halved|slashed|plunged|shortened",
)
_PASS = _side(
    r"통과|의결했|가결|승인(?:했|받|됐)|찬성",
    r"pass(?:es|ed)|approv(?:es|ed)|adopt(?:s|ed)|in favou?r|cleared",
)
_REJECT = _side(
    r"부결|거부|기각|불허|반려|철회|무산|반대", r"reject(?:s|ed)?|den(?:ied|ies)|voted down|refus(?:es|ed)|turned down"
)
_GAIN = _side(r"흑자", r"profits?|surplus(?:es)?|in the black")
_LOSS = _side(r"적자|손실", r"loss(?:es)?|deficits?|in the red")
_OPPOSITES = ((_RISE, _FALL), (_PASS, _REJECT), (_GAIN, _LOSS))


def check_direction(evidence: Evidence) -> Iterator[Finding]:
    """Give a block where the Korean has only one of two opposites and the English only the other."""
    for one, other in _OPPOSITES:
        for said, opposite in ((one, other), (other, one)):
            found = said.korean.search(evidence.cited.text)
            if found is None or opposite.korean.search(evidence.cited.text):
                continue
            wrong = opposite.english.search(evidence.statement)
            if wrong is not None and said.english.search(evidence.statement) is None:
                yield block(f"“{wrong[0]}”: the cited sentences say {found[0]}, the opposite")
