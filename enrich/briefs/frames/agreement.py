"""Agreements: who signed what with whom, and when."""

import re
from collections.abc import Iterator

from enrich.briefs.english.writing import listed
from enrich.briefs.reading import Reading

_SIGNED = re.compile(
    r"(업무협약|투자협약|공동연구 협약|협약|양해각서|공급 계약|계약)"
    r"(?:(?:을|를)?\s?(?:체결|맺)(?P<form>했|었|하고|고|으며)|서에\s(?:오늘\s)?서명했)"
)
_OPEN = ("하고", "고", "으며")  # what the end of the sentence must put into the past
_PAST = re.compile(r"^(?!.*(?:예정|계획|방침|목표|전망|기로\s)).*[했었였됐]다\.?$", re.DOTALL)
_KINDS = {
    "업무협약": "a memorandum of understanding", "양해각서": "a memorandum of understanding",
    "투자협약": "an investment agreement", "공급 계약": "a supply contract", "계약": "a contract",
}  # fmt: skip


def find(reading: Reading) -> Iterator[str]:
    """Give the agreement that the sentence reports as signed."""
    match = _SIGNED.search(reading.text)
    if match is None or (match["form"] in _OPEN and not _PAST.search(reading.text)):
        return
    kind = _KINDS.get(match[1], "an agreement")
    subjects, partners = reading.subjects(), reading.partners()
    if subjects and partners:
        yield f"{listed(subjects)} signed {kind} with {listed(partners)}{reading.dated()}."
    elif len(subjects) > 1:
        yield f"{listed(subjects)} signed {kind}{reading.dated()}."
    elif not subjects and reading.dated():
        yield f"{kind[0].upper()}{kind[1:]} was signed{reading.dated()}."
