"""What a check finds."""

from dataclasses import dataclass

from sosik.model.brief import CheckResult


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong with a statement (BLOCK), or may be (WARN), in one sentence."""

    result: CheckResult
    reason: str


def block(reason: str) -> Finding:
    """It must not be shown as true."""
    return Finding(CheckResult.BLOCK, reason)


def warn(reason: str) -> Finding:
    """A person should look at it."""
    return Finding(CheckResult.WARN, reason)
