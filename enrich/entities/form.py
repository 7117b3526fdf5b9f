"""An organisation as its name was found in a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Form:
    """An organisation found by the form of its name."""

    name: str
    start: int
    end: int
