"""Whole pages of every shape met in Korea, each a pair of files in cases/: the page, and what must come of it."""

import tomllib
from pathlib import Path

import pytest

from enrich.extract.extractor import Extractor

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_a_page_says_what_its_case_says(case: Path, extractor: Extractor) -> None:
    expected = tomllib.loads(case.read_text(encoding="utf-8"))
    found = extractor.extract(case.with_suffix(".html").read_bytes(), url=expected["url"])

    assert found.error is None
    assert found.title == expected["title"]
    assert found.published is not None
    assert found.published.iso() == expected["published"]
    assert found.published.provenance == expected["provenance"]
    assert (found.modified.iso() if found.modified else None) == expected.get("modified")
    assert list(found.authors) == expected["authors"]
    assert [snippet for snippet in expected["must"] if snippet not in found.text] == []
    assert [snippet for snippet in expected["must_not"] if snippet in found.text] == []
    for kind, snippet in expected.get("cuts", {}).items():
        assert any(cut.kind == kind and snippet in cut.text for cut in found.cuts), (kind, found.cuts)


def test_every_page_has_its_case() -> None:
    folder = Path(__file__).parent / "cases"
    assert {path.stem for path in folder.glob("*.html")} == {path.stem for path in CASES} != set()
