"""The colours of charts: those of the style sheet, by day and by night."""

from dataclasses import dataclass
from enum import StrEnum

# The first is registered with vl-convert, where a family that it does not know makes all text vanish; the others are
# for browsers, which have it seldom.
FONT = (
    "Noto Sans KR, Segoe UI, Roboto, Helvetica Neue, Apple SD Gothic Neo, Malgun Gothic, NanumBarunGothic, sans-serif"
)


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
