from enrich.zones import Zone, zones_of

TITLE = "광주시, 로봇 도서관 연다"


def zones(text: str) -> dict[str, Zone]:
    """The zone in which each line begins."""
    found = zones_of(TITLE, text)
    places, place = {}, len(TITLE) + 1
    for line in text.split("\n"):
        places[line] = found.at(place)
        place += len(line) + 1
    return places


def test_title_lead_and_body() -> None:
    lines = [f"{number}번째 문장으로 시는 로봇 도서관을 연다고 밝혔다." for number in range(1, 5)]
    found = zones("\n".join(lines))
    assert [found[line] for line in lines] == [Zone.LEAD, Zone.LEAD, Zone.BODY, Zone.BODY]
    assert zones_of(TITLE, "\n".join(lines)).at(0) is Zone.TITLE


def test_a_lead_in_one_long_line_ends_after_its_second_sentence() -> None:
    first, second, third = "시는 도서관을 열었다. ", "로봇이 책을 나른다.", " 셋째 문장은 몸통이다."
    found = zones_of(TITLE, first + second + third)
    start = len(TITLE) + 1
    assert found.at(start + len(first)) is Zone.LEAD
    assert found.at(start + len(first + second) + 1) is Zone.BODY


def test_subtitles_count_as_lead_and_navigation_as_nothing() -> None:
    text = "홈 > 소식 > 보도자료\n- 책 나르는 로봇 열 대 처음으로 배치\n시는 도서관을 열었다고 밝혔다."
    found = zones(text)
    assert found["홈 > 소식 > 보도자료"] is Zone.NOISE
    assert found["- 책 나르는 로봇 열 대 처음으로 배치"] is Zone.LEAD


def test_the_title_said_again_counts_nothing() -> None:
    assert zones(f"{TITLE}\n시는 도서관을 열었다고 밝혔다.")[TITLE] is Zone.NOISE


def test_contacts_files_notices_and_neighbours_count_nothing() -> None:
    aside = [
        "문의: 로봇산업과 062-000-0000",
        "로봇 도서관 사진.jpg",
        "무단 전재 및 재배포 금지",
        "관련기사",
        "드론 배송도 시작한다고 시가 밝혔다.",
    ]
    found = zones("\n".join(["시는 도서관을 열었다고 밝혔다.", *aside]))
    assert {line: found[line] for line in aside} == dict.fromkeys(aside, Zone.NOISE)


def test_a_story_about_personal_data_or_copyright_is_no_notice() -> None:
    first = "정부가 개인정보 보호와 저작권을 다루는 법안을 냈다."
    found = zones(f"{first}\n개인정보처리방침")
    assert found[first] is Zone.LEAD
    assert found["개인정보처리방침"] is Zone.NOISE


def test_footnotes_count_less() -> None:
    found = zones("시는 도서관을 열었다고 밝혔다.\n* 로봇: 책을 나르는 기계\n개관식은 성황이었다고 한다.")
    assert found["* 로봇: 책을 나르는 기계"] is Zone.NOTE
