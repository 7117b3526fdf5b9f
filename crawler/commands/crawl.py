"""`scrapy crawl`, which is not how crawls are started."""

from argparse import Namespace

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError


class Command(ScrapyCommand):
    """Refuses, and names our command."""

    requires_project = True

    def syntax(self) -> str:
        """Return the arguments, as Scrapy's help shows them."""
        return "<spider>"

    def short_desc(self) -> str:
        """Return the line of Scrapy's help."""
        return "Refuses: crawls are started with `sosik crawl`"

    def run(self, args: list[str], opts: Namespace) -> None:
        """Refuse."""
        raise UsageError(
            "crawls are started with `sosik crawl [SOURCE…]`: it hands over the archive and the ledger, "
            "without which a page would be fetched and lost",
            print_help=False,
        )
