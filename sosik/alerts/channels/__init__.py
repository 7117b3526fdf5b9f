"""How alerts leave: every module here that has an `open_channel` is a channel, which rules name as its file is named.

A new channel is a new file: `open_channel(settings, clock)` gives a Channel, of the settings by their names. Nothing
else knows of it; `sosik alert add --by NAME` and the contract suite find it here.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from typing import Any

from sosik.model.errors import NotFound
from sosik.model.ports.channel import Channel
from sosik.model.ports.clock import Clock

Settings = Mapping[str, Any]
"""Settings by their names in small letters, secrets in clear."""


def names() -> tuple[str, ...]:
    """Return the channels that there are."""
    found = (each.name for each in pkgutil.iter_modules(__path__))
    return tuple(sorted(each for each in found if hasattr(_module(each), "open_channel")))


def open_channel(name: str, settings: Settings, clock: Clock) -> Channel:
    """Return a channel, as settings say; raises NotFound, and SettingsMistake where one that it needs is missing."""
    known = names()
    if name not in known:
        raise NotFound("channel", name, known=known)
    opened: Channel = _module(name).open_channel(settings, clock)
    return opened


def _module(name: str) -> Any:
    return importlib.import_module(f"{__name__}.{name}")
