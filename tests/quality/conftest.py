"""The repository's own quality sets: made-up articles and headlines with what must be found in them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.demo.texts import ARTICLES, DemoArticle, read_article, read_articles

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def wiring(tmp_path_factory: pytest.TempPathFactory) -> Wiring:
    """A wiring without data: figures are made of the gold alone."""
    return Wiring(Settings(data=tmp_path_factory.mktemp("quality")))


@pytest.fixture(scope="module")
def article_files() -> tuple[Path, ...]:
    """The files of the articles: those of the demonstration and the ones beside this file."""
    return (*sorted(ARTICLES.glob("*/*.toml")), *sorted((HERE / "articles").glob("*.toml")))


@pytest.fixture(scope="module")
def article_gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All articles as one gold file, as `sosik eval` reads it."""
    articles = (*read_articles(), *(read_article(each) for each in sorted((HERE / "articles").glob("*.toml"))))
    file = tmp_path_factory.mktemp("gold") / "articles.jsonl"
    file.write_text("".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in _rows(articles)), encoding="utf-8")
    return file


def _rows(articles: tuple[DemoArticle, ...]) -> Iterator[dict[str, Any]]:
    for each in articles:
        yield {
            "id": f"{each.outlet}/{each.number}",
            "title": each.title,
            "text": each.text,
            "published": each.published.isoformat(),
            "outlet": each.outlet,
            "gold": {
                "topics": each.expected.topics,
                "regions": each.expected.regions,
                "orgs": each.expected.organisations,
                "persons": each.expected.people,
                "amounts": [{"krw": value} for value in each.expected.amounts],
                "dates": [{"iso": value} for value in each.expected.dates],
            },
        }
