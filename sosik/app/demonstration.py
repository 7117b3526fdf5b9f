"""The mark of a data folder that holds nothing but the demonstration: it is read on the demonstration's clock.

The mark is a file with an instant. The demonstration writes it into a folder without articles; whoever collects
anything else takes it away before the first page is kept. A ledger elsewhere (SOSIK_LEDGER_URL) is never its own.
"""

from datetime import datetime

from sosik.app.settings import Settings

FILE = "demonstration"


def moment(settings: Settings) -> datetime | None:
    """Return the demonstration's present of this data folder; None for any other folder."""
    if settings.ledger_url:
        return None
    try:
        found = datetime.fromisoformat((settings.data / FILE).read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return None
    return found if found.tzinfo else None


def mark(settings: Settings, at: datetime) -> None:
    """Have this data folder read as of then."""
    if not settings.ledger_url:
        settings.data.mkdir(parents=True, exist_ok=True)
        (settings.data / FILE).write_text(f"{at.isoformat()}\n", encoding="utf-8")


def forget(settings: Settings) -> None:
    """Have this data folder read as of the time of day: what is collected now is no demonstration."""
    (settings.data / FILE).unlink(missing_ok=True)
