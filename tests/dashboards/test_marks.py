from hypothesis import given
from hypothesis import strategies as st

from dashboards.marks import Mark, figure_text, lines, pieces, snippet
from sosik.model.brief import Sentence
from sosik.model.search import Highlight

TEXT = st.text(alphabet="가나다 \nab", min_size=1, max_size=40)


def spans(most: int = 45) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(0, most), st.integers(0, most))


@given(TEXT, st.lists(spans(), max_size=6))
def test_pieces_are_the_text_and_each_bears_what_covers_it(text: str, places: list[tuple[int, int]]) -> None:
    marks = [Mark(start=start, end=end, kind=str(number)) for number, (start, end) in enumerate(places)]
    found = pieces(text, 0, len(text), marks)
    assert "".join(each.text for each in found) == text
    place = 0
    for each in found:
        for offset in range(place, place + len(each.text)):
            covering = {mark.kind for mark in marks if mark.start <= offset < mark.end}
            assert covering == {mark.kind for mark in each.marks}
        place += len(each.text)


@given(TEXT, st.lists(spans(), max_size=4))
def test_lines_are_the_lines_whatever_the_sentences_claim(text: str, places: list[tuple[int, int]]) -> None:
    sentences = [
        Sentence(number=number, start=min(place), end=max(place), text="") for number, place in enumerate(places)
    ]
    found = ["".join(piece.text for run in line for piece in run.pieces) for line in lines(text, (), sentences)]
    assert found == [line for line in text.split("\n") if line.strip()]


def test_a_sentence_over_two_lines_begins_once() -> None:
    sentence = Sentence(number=3, start=0, end=5, text="가나\n다라")
    found = [(run.number, run.first) for line in lines("가나\n다라", (), [sentence]) for run in line]
    assert found == [(3, True), (3, False)]


def test_the_snippet_is_where_most_was_found() -> None:
    whole = "제목\n" + "가 " * 300 + "광주 AI 광주" + " 나" * 300
    start = whole.index("광주")
    places = [start, start + 3, start + 6]
    found = snippet(whole, 2, [Highlight(start=place, end=place + 2) for place in places])
    assert [each.text for each in found if each.marks] == ["광주", "AI", "광주"]
    assert (found[0].text, found[-1].text) == ("… ", " …")


def test_the_snippet_begins_with_the_text_where_only_the_title_matched() -> None:
    found = snippet("광주\n첫 문장", 2, [Highlight(start=0, end=2)])
    assert [each.text for each in found] == ["첫 문장"]


def test_figures_are_written_in_english() -> None:
    assert figure_text(600_000_000_000, "KRW") == "KRW 600 billion"
    assert figure_text(1_250_000_000_000, "KRW") == "KRW 1.25 trillion"
    assert figure_text(5_000, "KRW") == "KRW 5,000"
    assert figure_text(60, "%") == "60%"
    assert figure_text(88.5, "PFlops") == "88.5 PFlops"
    assert figure_text(35, "piece") == "35"
