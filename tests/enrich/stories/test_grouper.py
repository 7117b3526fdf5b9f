"""Profiles, keys and grouping in memory."""

import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest

from enrich.stories.grouper import Grouper, links_of
from enrich.stories.judge import judge
from enrich.stories.keys import CROWD, keys_of
from enrich.stories.profile import Profile
from tests.enrich.stories.conftest import ProfileMaker
from tests.enrich.stories.test_judge import (
    REWRITE,
    REWRITE_TITLE,
    TEMPLATE,
    TEMPLATE_TITLE,
    TEXT,
    TITLE,
)

STRANGE = {
    "one word": ("소식", "소식"),
    "no Hangul": ("AI cluster opens", "The cluster opened on Monday with 120 servers."),
    "digits": ("1 2 3", "4 5 6 " * 200),
    "marks": ("!!!", "… · ※ ♥ \u200b"),
    "emoji": ("로봇 🤖 축제", "로봇이 춤을 춘다 🤖🎉 " * 5),
    "quotes": ("“‘", "“" * 500 + "가나다" + "”" * 500),
    "decomposed": (normalize("NFD", "학교 급식실에 로봇"), normalize("NFD", "하늬초등학교가 로봇 네 대를 들였다.")),
    "Hanja": ("韓中 人工知能 協力", "兩國은 人工知能 協力에 合意했다."),
}


@pytest.fixture
def three(profile: ProfileMaker) -> list[Profile]:
    return [
        profile(TITLE, TEXT, source="a", name="release"),
        profile(REWRITE_TITLE, REWRITE, source="b", name="rewrite", day="2026-03-03"),
        profile(TEMPLATE_TITLE, TEMPLATE, source="c", name="look-alike", day="2026-03-04"),
    ]


def grouped(profiles: list[Profile]) -> list[tuple[str, ...]]:
    grouper = Grouper()
    for each in profiles:
        grouper.add(each)
    return [each.articles for each in grouper.stories()]


def test_rewrites_are_joined_and_look_alikes_are_not_in_any_order(three: list[Profile]) -> None:
    for seed in range(6):
        random.Random(seed).shuffle(three)
        assert grouped(three) == [("release", "rewrite")]


def test_an_outlets_own_copy_is_linked_however_many_copies_there_are(profile: ProfileMaker) -> None:
    others = [profile(TITLE, TEXT, source=f"outlet-{number:02}", name=f"{number:02}") for number in range(30)]
    again = profile(TITLE, TEXT, source="outlet-29", name="again")
    links = links_of(again, others)
    assert len(links) == 13
    assert {("29", "again")} == {(each.one, each.other) for each in links if "29" in (each.one, each.other)}


def test_articles_of_one_place_are_compared(three: list[Profile]) -> None:
    bare = [
        replace(each, fingerprint=(), title=frozenset(), figures=frozenset(), people=frozenset(), quotes=frozenset())
        for each in three
    ]
    here, there, elsewhere = (
        replace(each, places=frozenset({place}))
        for each, place in zip(bare, ("새별항", "새별항", "한솔만"), strict=True)
    )
    assert set(keys_of(here).posted) & set(keys_of(there).looked_up)
    assert not set(keys_of(here).posted) & set(keys_of(elsewhere).looked_up)


def test_a_profile_is_kept_without_loss(three: list[Profile]) -> None:
    for each in three:
        assert Profile.from_bytes(each.to_bytes()) == each


@pytest.mark.parametrize("kind", STRANGE)
def test_strange_input_is_grouped_with_its_copy_alone(profile: ProfileMaker, kind: str) -> None:
    title, text = STRANGE[kind]
    one, copy = (profile(title, text, source=name, name=name) for name in "ab")
    assert Profile.from_bytes(one.to_bytes()) == one
    assert grouped([one, profile(TITLE, TEXT, name="c")]) == []
    assert grouped([one, copy]) in ([("a", "b")], [])


def test_the_fullest_tells_most_of_the_story_not_most_about_the_page(profile: ProfileMaker) -> None:
    notices = (
        "\n\n나라라 기자 nara@news.example\n저작권자 ⓒ 아침소식, 무단전재 및 재배포 금지\n관련기사\n"
        + "다른 소식\n" * 9
    )
    more = TEXT + " 시는 가을까지 거리마다 쉼터를 둘 계획이라고 덧붙였다."
    short, signed, fuller = (
        profile(TITLE, text, source=name, name=name, day=f"2026-03-0{day}")
        for day, (name, text) in enumerate({"short": TEXT, "signed": TEXT + notices, "fuller": more}.items(), start=2)
    )
    assert short.length == signed.length < fuller.length
    grouper = Grouper()
    for each in (fuller, signed, short):
        grouper.add(each)
    (story,) = grouper.stories()
    assert (story.first, story.fullest) == ("short", "fuller")


@pytest.mark.parametrize("title", ["알림", "빛내시 새 소식"])
def test_texts_of_hardly_any_wording_are_one_only_if_they_are_the_same(profile: ProfileMaker, title: str) -> None:
    texts = ("가-가-" * 300, "가\n가\n" * 300, "가·가·" * 300, "가·가·" * 300)
    one, two, three, copy = (
        profile(title, text, source=f"s{number}", name=f"{number}") for number, text in enumerate(texts)
    )
    assert {judge(one, two).wording, judge(two, three).wording, judge(one, three).wording} == {0.0}
    assert judge(three, copy).wording == 1.0
    assert grouped([one, two, three]) == []
    assert grouped([three, copy]) == [("2", "3")]


def test_decomposed_syllables_are_the_same_syllables(profile: ProfileMaker) -> None:
    decomposed = profile(normalize("NFD", TITLE), normalize("NFD", TEXT), source="b", name="b")
    assert grouped([profile(TITLE, TEXT, name="a"), decomposed]) == [("a", "b")]


def test_an_enormous_text(profile: ProfileMaker) -> None:
    text = "".join(f"{TEXT} 제{number}호. " for number in range(1400))[:200_000]
    one, copy = (profile(TITLE, text, source=name, name=name) for name in "ab")
    assert len(one.to_bytes()) < 64_000
    assert grouped([one, copy]) == [("a", "b")]


def test_the_like_of_an_article_is_found_across_the_end_of_a_period(profile: ProfileMaker) -> None:
    for day in range(1, 32):
        one, later = (
            profile(TITLE, TEXT, day=f"2026-03-{place:02}", name=f"{day}-{place}") for place in (day, min(31, day + 9))
        )
        assert set(keys_of(later).looked_up) & set(keys_of(one).posted)
        assert set(keys_of(one).looked_up) & set(keys_of(later).posted)


def test_a_crowd_of_copies_is_one_story(profile: ProfileMaker) -> None:
    crowd = [profile(TITLE, TEXT, source=str(number), name=f"{number:03}") for number in range(3 * CROWD)]
    assert grouped(crowd) == [tuple(each.article for each in crowd)]


def test_fingerprints_and_keys_are_the_same_in_another_process(profile: ProfileMaker) -> None:
    ours = profile(TITLE, TEXT, name="x")
    program = (
        "from pathlib import Path\n"
        "from sosik.app.settings import Settings\n"
        "from sosik.app.wiring import Wiring\n"
        "from sosik.model.article import Article\n"
        "from sosik.model.instants import Provenance, Published\n"
        "from enrich.stories.profile import profile_of\n"
        "from enrich.stories.keys import keys_of\n"
        "import sys\n"
        "article = Article(id='x', source='a', url='', title=sys.argv[1], text=sys.argv[2],\n"
        "    published=Published.from_iso('2026-03-02', Provenance.META))\n"
        "made = profile_of(article, Wiring(Settings(data=Path('unused'))).pipeline().analyse(article))\n"
        "print(made.fingerprint, keys_of(made).posted)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, TITLE, TEXT],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[3],
        check=True,
    )
    assert run.stdout.strip() == f"{ours.fingerprint} {keys_of(ours).posted}"
    assert len(ours.fingerprint) == 64
