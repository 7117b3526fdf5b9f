from itertools import pairwise

import pytest

from enrich.briefs.sentences import split_sentences
from sosik.demo.texts import read_articles


def split(text: str) -> list[str]:
    return [each.text for each in split_sentences("", text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("문을 열었다. 사람이 왔다.", ["문을 열었다.", "사람이 왔다."]),
        ("그는 “된다. 꼭 된다”고 말했다. 그리고 갔다.", ["그는 “된다. 꼭 된다”고 말했다.", "그리고 갔다."]),
        ('그는 "된다. 꼭 된다"고 했다. 끝.', ['그는 "된다. 꼭 된다"고 했다.', "끝."]),
        ("연산 용량은 88.5PF다. 2026.3.2. 시작했다.", ["연산 용량은 88.5PF다.", "2026.3.2. 시작했다."]),
        ("될까요? 됩니다!", ["될까요?", "됩니다!"]),
        ("○ 첫째 항목이다.\n○ 둘째 항목이다.", ["첫째 항목이다.", "둘째 항목이다."]),
        ("센터(소장 김하늘. 전 교수)는 열렸다. 끝났다.", ["센터(소장 김하늘. 전 교수)는 열렸다.", "끝났다."]),
        ("줄이 “열린 채 끝났다. 다음 말이다.\n새 줄이다.", ["줄이 “열린 채 끝났다.", "다음 말이다.", "새 줄이다."]),
        ("’25년 시작했다. ’26년 끝난다.", ["’25년 시작했다.", "’26년 끝난다."]),
        ("마쳤다.그는 갔다.", ["마쳤다.", "그는 갔다."]),
    ],
)
def test_where_sentences_end(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_offsets_count_title_newline_and_text() -> None:
    for each in read_articles():
        whole = f"{each.title}\n{each.text}"
        found = split_sentences(each.title, each.text)
        assert [one.number for one in found] == list(range(1, len(found) + 1))
        assert found[0].text == each.title
        assert all(whole[one.start : one.end] == one.text for one in found)
        assert all(one.end <= other.start for one, other in pairwise(found))
        # Nothing but white space and the marks of list items is between them.
        between = "".join(whole[one.end : other.start] for one, other in pairwise(found))
        assert set(between) <= set(" \n○●ㅇ-▲■□※·")


@pytest.mark.parametrize("text", ["", " \n ", "“", "(" * 200, "." * 500, "가" * 5000, "\x00다. \ud800다."])
def test_any_text(text: str) -> None:
    found = split_sentences("제목", text)
    assert found[0].text == "제목"
    assert all(each.text for each in found)
