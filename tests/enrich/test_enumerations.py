import pytest

from enrich.enumerations import enumerations_of


def rows(text: str) -> list[str]:
    found = enumerations_of(text)
    return [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("시는 로봇·바이오·반도체 산업을 키운다", "로봇·바이오·반도체"),
        ("시는 AI, 로봇, 드론 등을 키운다", "AI, 로봇, 드론"),
        ("시는 로봇과 바이오, 에너지 분야를 본다", "로봇과 바이오, 에너지"),
        ("시는 AI, 협동 로봇, 드론 기업을 찾는다", "AI, 협동 로봇, 드론"),
        ("로봇·바이오 등 신산업", "로봇·바이오"),
        (
            "가나다라마바사아자차카타파하로봇·바이오·반도체 산업",
            "마바사아자차카타파하로봇·바이오·반도체",
        ),
        ("인공지능(AI)·반도체·이차전지 특화", "인공지능(AI)·반도체·이차전지"),
    ],
)
def test_things_in_a_row_are_found(text: str, row: str) -> None:
    assert rows(text) == [row]


@pytest.mark.parametrize(
    "text",
    [
        "로봇·드론 실증도시 선정",
        "시는 로봇과 드론을 시험한다",
        "드론을 만들고, 로봇을 세우며, 시는 이를 돕는다",
        "한 회사, 한 도시와 드론 배송 시작",
        "협동 로봇\n드론\n반도체",
        "가·나 등록 안내",
        "",
    ],
)
def test_two_things_and_clauses_are_no_row(text: str) -> None:
    assert rows(text) == []


def test_a_row_holds_what_stands_inside_it() -> None:
    text = "시는 로봇·바이오·반도체 산업 가운데 드론을 키운다"
    found = enumerations_of(text)
    start = text.index("바이오")
    assert found.holds(start, start + 3)
    assert not found.holds(text.index("드론"), text.index("드론") + 2)
    assert not found.holds(text.index("반도체"), text.index("반도체") + len("반도체 산업"))
    assert not found.holds(0, 2)
