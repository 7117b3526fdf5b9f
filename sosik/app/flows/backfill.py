"""How far back a backfill came, honestly."""

from datetime import datetime

from crawler.job import SourceReport
from sosik.model.instants import KST


def reached(report: SourceReport, since: datetime) -> str:
    """Say in one line whether the beginning of the span was reached, and if not, what ended first."""
    if report.cut:
        return f"stopped at the limit of {report.cut}; the same command goes on with what is missing"
    if report.oldest is None:
        return "nothing that the outlet announces has a date: how far back it goes is not known"
    oldest = report.oldest.astimezone(KST).date().isoformat()
    if report.oldest <= since:
        return f"reached {since.astimezone(KST).date().isoformat()}"
    return f"the outlet's lists end at {oldest}"
