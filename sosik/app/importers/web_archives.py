"""WARC and ARC files of other tools, and archive files of other Sosiks."""

from collections.abc import Iterator
from pathlib import Path

from sosik.app.importers.items import Item, Page, Refusal
from sosik.model.capture import Capture, CaptureKind
from sosik.storage.archive.foreign import read_warc

SUFFIXES = (".warc", ".warc.gz", ".arc", ".arc.gz")
_PAGE_TYPES = ("text/html", "application/xhtml+xml")


def read_web_archive(file: Path) -> Iterator[Item]:
    """Give the web pages of a file; images, scripts and the like are passed over in silence."""
    for found in read_warc(file):
        if not isinstance(found, Capture):
            yield Refusal(file=file, item=found.item, reason=found.reason)
        elif found.kind is CaptureKind.ARTICLE and _is_page(found):
            if not 200 <= found.status < 300:
                yield Refusal(file=file, item=found.url, reason=f"the server answered {found.status}")
                continue
            yield Page(
                file=file,
                item=found.url,
                url=found.final_url,
                body=found.body,
                status=found.status,
                headers=found.headers,
                fetched=found.fetched,
                source=found.source,
            )


def _is_page(capture: Capture) -> bool:
    declared = (capture.header("Content-Type") or "").lower()
    return not declared or any(each in declared for each in _PAGE_TYPES)
