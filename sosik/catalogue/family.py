"""What outlets on one content management system have in common."""

import re
from dataclasses import dataclass

from sosik.model.source import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A CMS family: how its pages are known, and how they are built.

    `marks` are regular expressions, of which a page of the family holds one. `article` is one that the address of an
    article matches, "" where addresses differ. `feeds` and `lists` are paths from the root where outlets of the
    family usually have them: worth a look, never taken for granted. `page` is the parameter that turns those lists.
    """

    id: str
    name: str
    marks: tuple[str, ...]
    article: str = ""
    feeds: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    page: str = ""
    layouts: tuple[Layout, ...] = ()
    source: str = ""

    def built(self, markup: str) -> bool:
        """Does a page bear a mark of the family?"""
        return any(re.search(mark, markup) for mark in self.marks)
