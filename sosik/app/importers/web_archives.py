"""WARC and ARC files of other tools, and archive files of other Sosiks."""

from collections.abc import Iterator
from pathlib import Path

from sosik.app.importers.items import Item, Page, Refusal
from sosik.model.capture import Capture, CaptureKind
from sosik.storage.archive.foreign import read_warc

SUFFIXES = (".warc", ".warc.gz", ".arc", ".arc.gz")
_PAGE_TYPES = ("text/html", "application/xhtml+xml")


def read_web_archive(file: Path) -> Iterator[Item]:
    """Give the web pages of a file, and a refusal for everything else that a server sent: images, scripts, errors."""
    for found in read_warc(file):
        if not isinstance(found, Capture):
            yield Refusal(file=file, item=found.item, reason=found.reason)
        elif reason := _why_not(found):
            yield Refusal(file=file, item=found.url, reason=reason)
        else:
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


def _why_not(capture: Capture) -> str:
    """Say why a capture is no page of an article; empty for one."""
    declared = (capture.header("Content-Type") or "").lower()
    if declared and not any(each in declared for each in _PAGE_TYPES):
        return f"not a web page: {declared.partition(';')[0].strip()[:80]}"
    if capture.kind is not CaptureKind.ARTICLE:
        return f"not the page of an article: kept as {capture.kind.value}"
    return "" if 200 <= capture.status < 300 else f"the server answered {capture.status}"
