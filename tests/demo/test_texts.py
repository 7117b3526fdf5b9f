from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path

import pytest

import sosik.catalogue
from sosik.catalogue.readers.gazetteer import read_gazetteer
from sosik.demo.clock import DEMO_NOW, DEMO_START
from sosik.demo.outlets import OUTLETS
from sosik.demo.texts import ARTICLES, DemoArticle, read_article
from sosik.model.errors import CatalogueMistake
from sosik.model.instants import KST

TOPICS = frozenset(
    {
        "ai-cluster",
        "demonstration-project",
        "diffusion-adoption",
        "computing-infrastructure",
        "talent-education",
        "startup-support",
        "public-funding",
        "partnership-mou",
        "policy-regulation",
        "smart-city-mobility",
        "healthcare-bio",
        "manufacturing-ax",
        "semiconductors",
        "energy-climate",
        "robotics-drones",
        "public-services",
        "culture-content",
        "agriculture-food",
        "space-defense",
        "telecom-security",
        "foreign-cooperation",
        "events-competitions",
        "company-news",
        "research-development",
    }
)
GAZETTEER = read_gazetteer([Path(sosik.catalogue.__file__).parent / "gazetteer"])
FILES = sorted(ARTICLES.glob("*/*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_article_file_is_whole(path: Path) -> None:
    article = read_article(path)
    assert article.outlet in {outlet.id for outlet in OUTLETS}
    assert 400 <= len(article.text) <= 2000
    assert DEMO_START <= article.published <= DEMO_NOW
    assert set(article.expected.topics) <= TOPICS
    assert "\n" not in article.title
    assert article.title == article.title.strip()
    for edit in article.edits:
        assert article.published < edit.at <= DEMO_NOW
        assert edit.title or edit.text
    for part in (*article.expected.organisations, *article.expected.people):
        shown = article.as_of(DEMO_NOW)
        assert shown is not None
        # Organisations are expected by their official names: 광주광역시 for 광주시, 광주광역시의회 for 시의회.
        written = {part, *(called for entry in GAZETTEER if entry.name == part for called in entry.aliases)}
        written |= {part[start:] for start in range(1, len(part) - 2)}
        assert any(each in f"{shown.title}\n{shown.text}" for each in written), written


def test_there_are_at_least_seventy_and_each_number_is_used_once_in_its_outlet(
    articles: tuple[DemoArticle, ...],
) -> None:
    assert len(articles) >= 70
    assert max(Counter((each.outlet, each.number) for each in articles).values()) == 1


def test_the_ten_part_series_is_in_order_and_ends_with_the_headline_of_the_sample(
    articles: tuple[DemoArticle, ...],
) -> None:
    parts = [each for each in articles if each.series is not None and each.series.name == "모두의 AI 광주"]
    assert [each.series.number for each in parts if each.series] == list(range(1, 11))
    assert {each.outlet for each in parts} == {"it-life"}
    assert [each.series.final for each in parts if each.series] == [False] * 9 + [True]
    assert parts[-1].title == "인공지능 실증에 머물지 않고 확산 체계 구축[모두의 AI 광주⑩끝]"
    assert parts[-1].published.astimezone(KST).date() == datetime(2026, 3, 31).date()  # noqa: DTZ001 (a day)


def test_a_press_release_runs_in_four_outlets(articles: tuple[DemoArticle, ...]) -> None:
    outlets = defaultdict(set)
    for each in articles:
        if each.release:
            outlets[each.release].add(each.outlet)
    assert max(len(copies) for copies in outlets.values()) >= 4


def test_some_articles_are_about_no_topic(articles: tuple[DemoArticle, ...]) -> None:
    assert sum(not each.expected.topics for each in articles) >= 5


GOOD = """
number = 7
published = 2026-03-02T09:10:00+09:00
title = "제목"
text = "본문"
"""


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (GOOD + 'autors = ["가"]', "autors"),
        (GOOD.replace("number = 7", "number = 8"), "number"),
        (GOOD.replace("+09:00", ""), "published"),
        (GOOD.replace('title = "제목"', "title = 3"), "title"),
        (GOOD + "[expected]\ntopic = []", "expected.topic"),
        (GOOD + "[[edits]]\nat = 2026-03-02", "at"),
        ("number = ", ""),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_key(tmp_path: Path, text: str, key: str) -> None:
    path = tmp_path / "it-life" / "7.toml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueMistake) as caught:
        read_article(path)
    assert (caught.value.file, caught.value.key) == (path, key)


def test_a_text_is_shown_from_publication_to_withdrawal_and_as_it_was_edited(articles: tuple[DemoArticle, ...]) -> None:
    edited = next(each for each in articles if each.edits and each.edits[0].title)
    before = edited.as_of(edited.published)
    after = edited.as_of(DEMO_NOW)
    assert before is not None
    assert after is not None
    assert (before.title, before.modified) == (edited.title, None)
    assert (after.title, after.modified) == (edited.edits[-1].title, edited.edits[-1].at)
    assert edited.as_of(DEMO_START) is None
