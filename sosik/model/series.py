"""Numbered features and their parts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Installment:
    """One part of a series. `number` is None where the outlet gives a label only (상, 하)."""

    article: str
    number: int | None
    label: str | None
    final: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A numbered feature of one outlet, its installments in order."""

    id: str
    source: str
    name: str
    installments: tuple[Installment, ...]

    @property
    def finished(self) -> bool:
        """Has the outlet said that it is over?"""
        return any(each.final for each in self.installments)
