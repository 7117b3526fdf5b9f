"""The colours of charts: those of the style sheet, by day and by night."""

from dataclasses import dataclass
from enum import StrEnum

FONT = "Noto Sans KR"  # registered with vl-convert; a family that it does not know makes all text vanish


class Theme(StrEnum):
    """Which colours."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Colours of bars, of labels and of grid lines."""

    bar: str
    soft: str
    line: str


LOOKS = {
    Theme.LIGHT: Look(bar="#2c6e68", soft="#5a625f", line="#e3e1d9"),
    Theme.DARK: Look(bar="#7fc4b8", soft="#a5aea9", line="#2e3735"),
}
