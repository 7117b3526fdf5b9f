"""What runs by the clock, as editors wrote it."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job and its times, in Korea.

    `does` names what is done. `cron` has five fields: minute, hour, day, month, day of the week by its name. A firing
    that nobody attended is made up within `grace`. A run that takes longer than `limit` is ended; so is its crawl
    when it holds more than `memory` bytes.
    """

    id: str
    does: str
    cron: str
    grace: timedelta
    limit: timedelta
    memory: int
