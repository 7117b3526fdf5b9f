"""Planned is not done, and denied is not said: warns where English and Korean differ in that."""

import re
from collections.abc import Iterator

from enrich.briefs.checks.finding import Finding, warn
from enrich.briefs.source import Evidence

_KOREAN_NO = re.compile(
    r"않|못\s?하|못했|없(?!이\s|애)|아니(?!라\s)|불가|중단|취소|무산|철회|부결|반대|거부|금지|제외|미뤄|보류|말아야|안\s(?:되|된|돼)|그치지|실패|미달|부족|면제"
)
_ENGLISH_NO = re.compile(
    r"\b(?:not|no|never|none|without|neither|nor|cannot|fail(?:s|ed)?|cancel(?:led|s)?|reject(?:ed|s)?|suspend(?:ed|s)?"
    r"|scrapp?(?:ed)?|oppos(?:ed|es)|ban(?:ned|s)?|exclud(?:ed|es)|withdr[ae]wn?|lack(?:s|ed)?|free|exempt(?:ed)?"
    r"|refus(?:ed|es)|halt(?:ed|s)?|unable|beyond|stop(?:ped|s)?|prohibit(?:s|ed)?|deni(?:ed|es)|short)\b|n['’]t\b",
    re.IGNORECASE,
)
_KOREAN_PLAN = re.compile(
    r"예정|계획|방침|추진|하기로|기로\s?했|할\s?것|검토|목표|전망|겠다|구상|앞둔|앞두고|오는\s|(?:한다|된다|연다|짓는다|들어선다|늘린다|넓힌다|낸다|만든다"
    r"|준다|받는다|시작한다|열린다|간다|옮긴다|나온다|쓴다|뽑는다|세운다|맡는다)(?:는|고|[.”’\"']|$)"
)
_KOREAN_DONE = re.compile(
    r"(?:했|됐|되었|하였|었|았|였|렸|냈|갔|섰|쳤|졌|샀|혔|겼|뒀|켰|꼈|랐|났|찼)(?:다|습니다|고|으며|지만|으나|던)"
)
_SAID = re.compile(r"(?:밝혔|말했|전했|설명했|강조했|덧붙였|발표했|지적했|당부했|평가했|고 했)다[.\s]*$")
_ENGLISH_PLAN = re.compile(
    r"\b(?:will|plan(?:s|ned|ning)?|would|intend(?:s|ed)?|aim(?:s|ed|ing)?|expect(?:s|ed)?|schedul(?:e|ed)|to be|is to"
    r"|are to"
    r"|propos(?:e|es|ed|al)|agree[ds]?|seek(?:s|ing)?|target(?:s|ed)?|prepar(?:e|es|ed|ing)"
    r"|going to|due to|set to|from|until"
    r"|deadline|upcoming|forecast(?:s)?|decided to|consider(?:s|ing)?|goal|hopes?|may|could|should|must|open for"
    r"|vow(?:s|ed)?)\b",
    re.IGNORECASE,
)
_ENGLISH_DONE = re.compile(
    r"\b(?:has|have|had|was|were)\s(?:been\s)?\w+(?:ed|en|wn|lt|ut|ld|nt|un|de)\b|\b(?:"
    r"opened|completed|launched|finished|began|started|signed|built"
    r"|selected|invested|raised|established|introduced|secured|held|approved)\b",
    re.IGNORECASE,
)


def check_certainty(evidence: Evidence) -> Iterator[Finding]:
    """Give warnings where one language says no, or not yet, and the other does not."""
    korean, english = evidence.cited.text, evidence.statement
    if not evidence.cited.sentences or evidence.lists:
        return
    denied, denies = _KOREAN_NO.search(korean) is not None, _ENGLISH_NO.search(english) is not None
    if denies and not denied:
        yield warn("the English denies something that the cited sentences do not deny")
    if denied and not denies and len(evidence.cited.sentences) == 1 and _denies_its_verb(korean):
        yield warn("the cited sentence denies something; the English does not")
    yield from _planned_or_done(korean, english)


def _denies_its_verb(korean: str) -> bool:
    return _KOREAN_NO.search(korean[-14:]) is not None


def _planned_or_done(korean: str, english: str) -> Iterator[Finding]:
    planned = _KOREAN_PLAN.search(korean) is not None
    done = any(_KOREAN_DONE.search(_SAID.sub("", each)) for each in korean.split("\n"))
    plans, does = _ENGLISH_PLAN.search(english) is not None, _ENGLISH_DONE.search(english) is not None
    if does and not plans and planned and not done:
        yield warn("the English says that it is done; the cited sentences say that it is planned")
    if re.search(r"\bwill\b|\bplans? to\b", english) and done and not planned:
        yield warn("the English says that it is planned; the cited sentences say that it is done")
