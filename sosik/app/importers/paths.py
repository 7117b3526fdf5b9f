"""Which importer reads which file."""

from collections.abc import Iterator
from pathlib import Path

from sosik.app.importers.bigkinds import SUFFIX as SPREADSHEET
from sosik.app.importers.bigkinds import read_bigkinds
from sosik.app.importers.items import Item, Outlets, Refusal
from sosik.app.importers.rows import is_manifest, json_lines, read_rows
from sosik.app.importers.saved_pages import SUFFIXES as PAGES
from sosik.app.importers.saved_pages import read_manifest, read_page
from sosik.app.importers.web_archives import SUFFIXES as WEB_ARCHIVES
from sosik.app.importers.web_archives import read_web_archive

KNOWN = (*PAGES, ".jsonl", SPREADSHEET, *WEB_ARCHIVES)


def read_path(path: Path, outlets: Outlets) -> Iterator[Item]:
    """Give what a file or folder holds; what cannot be taken is a Refusal, never an exception."""
    if path.is_dir():
        yield from _read_folder(path, outlets)
        return
    name = path.name.lower()
    try:
        if name.endswith(WEB_ARCHIVES):
            yield from read_web_archive(path)
        elif name.endswith(SPREADSHEET):
            yield from read_bigkinds(path, outlets)
        elif name.endswith(PAGES):
            yield from _read_page_with_manifests(path)
        elif name.endswith(".jsonl"):
            yield from read_manifest(path) if names_pages(path) else read_rows(path, outlets)
        else:
            yield Refusal(file=path, item="file", reason=f"unknown kind; known: {', '.join(KNOWN)}")
    except OSError as error:
        yield Refusal(file=path, item="file", reason=error.strerror or str(error))


def names_pages(file: Path) -> bool:
    """Is this .jsonl a manifest of pages? Its first readable row says so."""
    return next((is_manifest(value) for _, value in json_lines(file) if isinstance(value, dict)), False)


def _read_folder(folder: Path, outlets: Outlets) -> Iterator[Item]:
    files = sorted(each for each in folder.rglob("*") if each.is_file() and each.name.lower().endswith(KNOWN))
    if not files:
        yield Refusal(file=folder, item="folder", reason=f"nothing to import in it; known: {', '.join(KNOWN)}")
    manifests = [each for each in files if each.suffix.lower() == ".jsonl" and names_pages(each)]
    named = {(each.parent / name).resolve() for each in manifests for name in _names(each)}
    for file in files:
        if file.resolve() not in named:
            yield from read_path(file, outlets) if not file.name.lower().endswith(PAGES) else read_page(file)


def _names(manifest: Path) -> Iterator[str]:
    for _, value in json_lines(manifest):
        if isinstance(value, dict) and is_manifest(value):
            yield value["file"]


def _read_page_with_manifests(page: Path) -> Iterator[Item]:
    for manifest in sorted(page.parent.glob("*.jsonl")):
        if names_pages(manifest) and page.name in set(_names(manifest)):
            yield from (each for each in read_manifest(manifest) if each.item == page.name)
            return
    yield from read_page(page)
