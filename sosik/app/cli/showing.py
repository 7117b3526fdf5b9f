"""Groups whose first word may be a name: `story ID` means `story show ID`."""

from collections.abc import MutableSequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

SHOW = "show"
By = Annotated[str, typer.Option(help="Who decides; kept with the decision.")]


class ShowingGroup(TyperGroup):
    """A group that puts `show` before what is no command of its own; where it `lists`, before nothing, too."""

    lists = True

    def parse_args(self, ctx: Any, args: MutableSequence[str]) -> list[str]:  # Typer brings a click of its own
        """Read the words after the group's name."""
        words = list(args)
        asks_help = any(each in ctx.help_option_names for each in words[:1])
        if not asks_help and (words[0] not in self.commands if words else self.lists):
            words.insert(0, SHOW)
        return list(super().parse_args(ctx, words))
