"""Makes profiles of made-up articles by the whole pipeline, once for all tests of the folder."""

from collections.abc import Callable
from pathlib import Path

import pytest

from enrich.pipeline import Pipeline
from enrich.stories.profile import Profile, profile_of
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.model.article import Article
from sosik.model.instants import Provenance, Published

ProfileMaker = Callable[..., Profile]


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    return Wiring(Settings(data=Path("unused"))).pipeline()


@pytest.fixture(scope="session")
def profile(pipeline: Pipeline) -> ProfileMaker:
    """Return what makes a profile of a title and a text."""

    def make(title: str, text: str, *, day: str = "2026-03-02", source: str = "a", name: str = "") -> Profile:
        published = Published.from_iso(day, Provenance.META) if day else None
        article = Article(
            id=name or f"{source}-{abs(hash((title, text, day)))}",
            source=source,
            url="",
            title=title,
            text=text,
            published=published,
        )
        return profile_of(article, pipeline.analyse(article))

    return make
