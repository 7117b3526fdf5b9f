"""A word to whoever runs Sosik."""

import html
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from sosik.model.alert import Alert, Delivery
from sosik.model.instants import KST
from sosik.model.job import JobRun, JobState

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring

_BAD = (JobState.FAILED, JobState.MISSED)
_QUIET = timedelta(hours=12)  # after one mail about a job: what fails every quarter of an hour is told once
_LOOKED_AT = 100  # runs


def tell_operator(wiring: "Wiring", run: JobRun) -> Delivery | None:
    """Send a mail about a run that failed or was missed, to SOSIK_OPERATOR; None where there is nothing to tell.

    Nothing is told of a job that failed within the twelve hours before, too.
    """
    if run.state not in _BAD or not wiring.settings.operator or _told_before(wiring, run):
        return None
    return wiring.channel().send(_message(wiring, run))


def _told_before(wiring: "Wiring", run: JobRun) -> bool:
    now = wiring.clock.now()
    with wiring.ledger() as ledger, ledger.read() as unit:
        runs = unit.jobs.runs(run.job, _LOOKED_AT)
    others = [each for each in runs if each.state in _BAD and each.scheduled_for != run.scheduled_for]
    return any(each.ended is not None and now - _QUIET < each.ended <= now for each in others)


def _message(wiring: "Wiring", run: JobRun) -> Alert:
    settings = wiring.settings
    when = run.scheduled_for.astimezone(KST)
    verb = "failed" if run.state is JobState.FAILED else "was missed"
    subject = f"Sosik: the job {run.job} of {when:%Y-%m-%d %H:%M} {verb}"
    lines = [
        f"{subject} (times are Korean).",
        "",
        *run.detail.split(" · "),
        "",
        f"Begun by {run.owner or 'nobody'}; data in {settings.data.absolute()}.",
        f"`sosik schedule list` shows how jobs stand; `sosik schedule now {run.job}` runs it again.",
    ]
    text = "\n".join(lines)
    domain = settings.mail_from.rpartition("@")[2] or "localhost"
    return Alert(
        rule="operator",
        event=0,
        subscriber=settings.operator,
        message_id=f"<job.{run.job}.{when:%Y%m%dT%H%M%S%f}@{domain}>",
        subject=subject,
        text=text,
        html=f'<pre style="white-space: pre-wrap">{html.escape(text)}</pre>',
        stop=f"mailto:{quote(settings.mail_from, safe='@')}?subject={quote('stop mails to the operator')}",
    )
