"""One event or two."""

from dataclasses import replace

from enrich.stories.judge import ENOUGH, ENOUGH_SOON, WINDOW, judge, overlap
from sosik.model.story import StoryKind
from tests.enrich.stories.conftest import ProfileMaker

TITLE = "새별시, 자율주행 순찰차 9대 도입"
TEXT = (
    "새별시는 2일 자율주행 순찰차 9대를 들여와 공단 18km 구간을 밤마다 돌게 한다고 밝혔다. "
    "차값은 대당 2억7천만 원이며 국비 14억 원이 들어갔다. "
    "위아람 새별시 안전정책과장은 “사람이 다니기 어려운 밤길을 살피겠다”고 말했다."
)
REWRITE_TITLE = "밤길 순찰, 이제 자율주행차가…새별시 9대 투입"
REWRITE = (
    "공단의 밤길을 자율주행차가 지킨다. 새별시가 순찰차 9대를 18km 구간에 투입했다. 한 대 값은 2억7천만 원, "
    "국비는 14억 원이다. 위아람 안전정책과장은 사람이 다니기 어려운 밤길을 살피겠다고 했다."
)
TEMPLATE_TITLE = "한솔군, 자율주행 순찰차 4대 도입"
TEMPLATE = (
    "한솔군은 4일 자율주행 순찰차 4대를 들여와 해안 11km 구간을 밤마다 돌게 한다고 밝혔다. "
    "차값은 대당 3억1천만 원이며 국비 8억 원이 들어갔다. "
    "도가람 한솔군 안전총괄과장은 “사람이 다니기 어려운 밤길을 살피겠다”고 말했다."
)


def test_the_same_text_is_verbatim_and_says_why(profile: ProfileMaker) -> None:
    verdict = judge(profile(TITLE, TEXT, source="a"), profile(TITLE, TEXT, source="b"))
    assert verdict.kind is StoryKind.VERBATIM
    assert verdict.wording == 1.0
    assert "100%" in verdict.reason
    assert "1.4 billion KRW" in verdict.reason


def test_a_rewrite_shares_facts_rather_than_words(profile: ProfileMaker) -> None:
    verdict = judge(profile(TITLE, TEXT, source="a"), profile(REWRITE_TITLE, REWRITE, source="b"))
    assert verdict.kind in (StoryKind.PRESS_RELEASE_REWRITE, StoryKind.SAME_EVENT)
    assert verdict.points >= ENOUGH
    assert verdict.wording < 0.8


def test_a_template_shares_words_rather_than_facts(profile: ProfileMaker) -> None:
    release, look_alike = (
        profile(TITLE, TEXT, source="a"),
        profile(TEMPLATE_TITLE, TEMPLATE, day="2026-03-04", source="c"),
    )
    rewrite = profile(REWRITE_TITLE, REWRITE, source="b")
    assert overlap(release, look_alike) > overlap(release, rewrite)
    verdict = judge(release, look_alike)
    assert verdict.kind is None
    assert verdict.reason


def test_it_is_the_same_whichever_comes_first(profile: ProfileMaker) -> None:
    every = [profile(TITLE, TEXT), profile(REWRITE_TITLE, REWRITE), profile(TEMPLATE_TITLE, TEMPLATE)]
    for one in every:
        for other in every:
            here, there = judge(one, other), judge(other, one)
            assert (here.kind, here.points, here.wording) == (there.kind, there.points, there.wording)


def test_far_apart_in_time_is_another_event(profile: ProfileMaker) -> None:
    one = profile(TITLE, TEXT)
    assert one.day is not None
    near, far = replace(one, day=one.day + WINDOW), replace(one, day=one.day + WINDOW + 1)
    assert judge(one, near).kind is StoryKind.VERBATIM
    assert judge(one, far).kind is None
    assert "15 days" in judge(one, far).reason


def test_a_day_that_is_not_known_is_no_reason_against(profile: ProfileMaker) -> None:
    assert judge(profile(TITLE, TEXT), profile(TITLE, TEXT, day="")).kind is StoryKind.VERBATIM


def test_the_next_report_of_one_outlet_about_another_place_is_another_event(profile: ProfileMaker) -> None:
    text = (
        "가축방역청은 {}에서 신고된 오리가 고병원성 조류인플루엔자로 확진됐다고 밝혔다. 방역청은 출입을 막고 소독했다."
    )
    places = ("전남 나주시", "전남 영암군")
    one, other = (
        profile(f"{place} 오리 농장 확진", text.format(place), day=f"2026-03-0{day}", source="a")
        for day, place in enumerate(places, start=2)
    )
    assert judge(one, other).kind is None
    assert "나주" in judge(one, other).reason


def test_long_texts_are_compared_by_samples(profile: ProfileMaker) -> None:
    streets = [
        f"{first}{second}로 {number}번지" for first in "가나다라마바사" for second in "동서남북" for number in range(40)
    ]
    long_text = "\n".join(f"순찰차는 {street}에 {place * 37}번 들른다." for place, street in enumerate(streets))
    one, half = profile(TITLE, long_text), profile(TITLE, long_text[: len(long_text) // 2], source="b")
    assert one.ceiling < 2**32
    assert judge(one, profile(TITLE, long_text, source="b")).wording == 1.0
    assert 0.5 < overlap(one, half) < 1.0


FIRE_TITLE = "한솔군 별내시장 화재…점포 6곳 피해"
FIRE = (
    "3월 2일 오전 5시 40분께 한솔군 별내시장의 한 건어물 가게에서 불이 나 1시간 20분 만에 꺼졌다. "
    "점포 6곳이 타거나 그을렸고 다친 사람은 없다. 소방당국은 전기 배선에서 불이 시작된 것으로 본다."
)
WITNESS_TITLE = "새벽 별내시장 덮친 불길…“점포 6곳 손도 못 써”"
WITNESS = (
    "“연기가 골목을 다 덮어서 앞이 안 보였어요.” 2일 새벽 별내시장 화재 현장에서 만난 상인은 젖은 상자를 치우며 "
    "한숨을 쉬었다. 불은 한 시간 남짓 만에 잡혔지만 점포 6곳은 문을 열지 못한다. 군은 임시 판매대를 놓기로 했다."
)


def test_independent_reports_of_one_day_are_one_event(profile: ProfileMaker) -> None:
    report = profile(FIRE_TITLE, FIRE, source="a")
    witness = profile(WITNESS_TITLE, WITNESS, day="2026-03-03", source="b")
    assert overlap(report, witness) < 0.15
    assert judge(report, witness).kind is StoryKind.SAME_EVENT
    later = replace(witness, day=report.day + 9 if report.day else None)
    assert judge(report, later).kind is None


def test_less_is_enough_within_two_days(profile: ProfileMaker) -> None:
    report = profile(FIRE_TITLE, FIRE, source="a")
    assert report.day is not None
    vague = replace(profile(WITNESS_TITLE, WITNESS, source="b"), days=frozenset())
    soon, later = replace(vague, day=report.day + 2), replace(vague, day=report.day + 3)
    assert ENOUGH_SOON <= judge(report, soon).points < ENOUGH
    assert judge(report, soon).kind is StoryKind.SAME_EVENT
    assert judge(report, later).kind is None


def test_numbers_that_the_other_does_not_know_speak_against(profile: ProfileMaker) -> None:
    one = profile(FIRE_TITLE, FIRE, source="a")
    other = profile(WITNESS_TITLE, WITNESS, source="b")
    strange = replace(other, headline_numbers=frozenset({"31"}))
    assert judge(one, strange).points == judge(one, other).points
    both = replace(one, headline_numbers=frozenset({"29"}))
    assert judge(both, strange).points < judge(one, other).points


def test_an_opinion_on_an_event_is_no_report_of_it(profile: ProfileMaker) -> None:
    report = profile(FIRE_TITLE, FIRE, source="a")
    opinion = profile(f"[사설] {WITNESS_TITLE}", WITNESS, day="2026-03-03", source="b")
    assert opinion.is_opinion
    assert not report.is_opinion
    assert judge(report, opinion).kind is None


def test_a_second_report_of_one_outlet_has_to_share_more(profile: ProfileMaker) -> None:
    report, witness = profile(FIRE_TITLE, FIRE, source="a"), profile(WITNESS_TITLE, WITNESS, day="2026-03-03")
    assert report.source == witness.source
    assert judge(report, replace(witness, source="b")).kind is StoryKind.SAME_EVENT
    assert judge(report, witness).kind is None
    corrected = profile(f"{FIRE_TITLE}(종합)", f"{FIRE}\n불은 별내소방서 대원 40명이 껐다.", source="a")
    assert judge(report, corrected).kind is StoryKind.VERBATIM


def test_a_flash_is_followed_by_its_outlets_report_on_the_same_day(profile: ProfileMaker) -> None:
    flash, report = profile(f"[속보] {FIRE_TITLE}", FIRE, source="a"), profile(WITNESS_TITLE, WITNESS, source="a")
    assert judge(flash, report).kind is StoryKind.SAME_EVENT
    assert judge(flash, profile(WITNESS_TITLE, WITNESS, day="2026-03-03", source="a")).kind is None
    assert judge(flash, profile(f"[속보] {WITNESS_TITLE}", WITNESS, source="a")).kind is None


def test_one_of_several_in_a_row_is_not_whom_an_article_is_about(profile: ProfileMaker) -> None:
    won = "과학기술정보통신부는 2일 인공지능 실증도시로 {} 등 4곳을 뽑았다고 밝혔다. 나라에서 80억 원을 받는다."
    named = "광주, 강원 춘천, 경북 포항, 경남 창원"
    lines = "{0}는 {1}에 인공지능을 쓴다. {0} 관계자는 “{1}이 달라질 것”이라고 말했다."
    harbour = profile(
        "포항시, 인공지능 실증도시 선정", f"{won.format(named)} {lines.format('포항시', '항만')}", source="a"
    )
    factory = profile(
        "창원시, 인공지능 실증도시 선정", f"{won.format(named)} {lines.format('창원시', '공장')}", source="b"
    )
    assert "창원" in harbour.listed
    assert judge(harbour, factory).kind is None
    both = "포항시와 창원시는 함께 신청했다."
    told = profile(
        "포항·창원, 인공지능 실증도시 선정", f"{won.format(named)} {both} {lines.format('포항시', '항만')}", source="b"
    )
    assert judge(harbour, told).kind is not None
