import pytest

from enrich.extract.bylines import is_person, names_in
from enrich.extract.extractor import Extractor
from sosik.model.article import CutKind
from tests.enrich.extract.conftest import BODY, MakePage


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("이도현 기자", ["이도현"]),
        ("이도현기자", ["이도현"]),
        ("이도현 기자 dohyun@a.example", ["이도현"]),
        ("광주=이도현 기자", ["이도현"]),
        ("[무등=새벽통신] 이도현 기자 =", ["이도현"]),
        ("이도현·한서윤 기자", ["이도현", "한서윤"]),
        ("이도현, 한서윤 기자", ["이도현", "한서윤"]),
        ("이도현 한서윤 기자", ["이도현", "한서윤"]),
        ("이도현 기자, 한서윤 인턴기자", ["이도현", "한서윤"]),
        ("이도현 선임기자", ["이도현"]),
        ("워싱턴=이도현 특파원", ["이도현"]),
        ("이도현 논설위원", ["이도현"]),
        ("이도현 앵커", ["이도현"]),
        ("방주연 PD (bang@a.example)", ["방주연"]),
        ("정치부 이도현 기자", ["이도현"]),
        ("YTV 이도현 (dohyun@a.example)", ["이도현"]),
        ("남궁민수 기자", ["남궁민수"]),
        ("김시원 기자", ["김시원"]),
        ("(취재 : 이도현 / 영상취재 : 김가람)", ["이도현"]),
        ("(영상 취재 : 김가람)", []),
        ("영상취재: 김가람 / 영상편집: 함세윤 이도현 기자", ["이도현"]),
        ("글·사진=이도현 기자", ["이도현"]),
        ("무등=이도현 기자 사진=김가람 기자", ["이도현"]),
        ("기자명 이도현 기자", ["이도현"]),
        ("기자명 이도현", ["이도현"]),
        ("기자명 무등신문", []),
        ("취재 이도현", ["이도현"]),
        ("촬영 김가람", []),
        ("온라인뉴스팀", []),
        ("디지털뉴스부 기자", []),
        ("편집국 기자", []),
        ("홍보담당관", []),
        ("무등신문 기자", []),
        ("", []),
    ],
)
def test_names_with_an_office_or_an_address(text: str, names: list[str]) -> None:
    assert names_in(text, frozenset({"무등신문"})) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("이도현", ["이도현"]),
        ("이도현;한서윤", ["이도현", "한서윤"]),
        ("Lee Do-hyun", ["Lee Do-hyun"]),
        ("무등신문", []),
        ("관리자", []),
        ("대변인실", []),
        ("노인복지과", []),
        ("여들시청", []),
        ("남궁민수", ["남궁민수"]),
        ("황보하은", ["황보하은"]),
        ("webmaster", []),
        ("https://a.example/authors/7", []),
    ],
)
def test_bare_names_are_taken_from_metadata_only(text: str, names: list[str]) -> None:
    assert names_in(text, frozenset({"무등신문"}), bare=True) == names


@pytest.mark.parametrize(
    "name",
    ["이수정", "김경남", "조선희", "구성민", "이사라", "김병국", "이은실", "한승원", "남궁민", "제갈성준", "허준"],
)
def test_names_that_look_like_words_are_names(name: str) -> None:
    assert is_person(name, frozenset())


@pytest.mark.parametrize(
    "name",
    ["정치부", "홍보팀", "강원도", "이메일", "편집국", "정책기획과", "무등시", "기자단", "이", "다섯글자이름", "뉴스1"],
)
def test_desks_and_places_are_no_persons(name: str) -> None:
    assert not is_person(name, frozenset())


@pytest.mark.parametrize(
    ("head", "above", "below_body", "authors"),
    [
        ('<meta name="author" content="이도현 기자">', "", "", ("이도현",)),
        (
            '<meta name="author" content="무등신문"><meta property="og:site_name" content="무등신문">',
            "", "<p>이도현 기자 d@a.example</p>", ("이도현",),
        ),
        (
            '<meta property="dable:author" content="이도현">',
            "", "<p>이도현·한서윤 기자 d@a.example</p>", ("이도현", "한서윤"),
        ),
        ("", '<span class="writer">이도현 기자</span>', "", ("이도현",)),
        ("", "이도현 기자 | 입력 2026.03.02 09:10", "", ("이도현",)),
        ("", "", "<p>/이도현 기자 d@a.example</p>", ("이도현",)),
        ("", "", "<p>시는 내년에 사업을 넓힌다. 이도현 기자 d@a.example</p>", ("이도현",)),
        ("", "", "<p>이도현 기자가 보도합니다.</p>", ("이도현",)),
        ("", "담당부서 홍보실 | 담당자 이도현 | 연락처 061-000-0000", "", ()),
        ("", "작성자 홍보실", "", ()),
        ("", "", "<p>이 자리에는 이도현 위원장과 한서윤 국장이 참석했다.</p>", ()),
    ],
)  # fmt: skip
def test_who_signs(
    head: str, above: str, below_body: str, authors: tuple[str, ...], extractor: Extractor, make_page: MakePage
) -> None:
    found = extractor.extract(make_page(head=head, above=above, body=BODY + below_body), url="https://a.example/news/1")
    assert found.authors == authors
    assert "@" not in found.text


def test_a_byline_that_is_cut_is_kept_as_data(extractor: Extractor, make_page: MakePage) -> None:
    page = make_page(body=BODY + "<p>이도현 기자 dohyun@a.example</p>")
    cuts = extractor.extract(page, url="https://a.example/news/1").cuts
    assert (CutKind.BYLINE, "이도현 기자 dohyun@a.example") in [(cut.kind, cut.text) for cut in cuts]


def test_the_speaker_signs_off_before_those_who_filmed(extractor: Extractor, make_page: MakePage) -> None:
    page = make_page(body=f"{BODY}<p>무등A 뉴스 이도현입니다.</p><p>영상취재: 김가람 / 영상편집: 함세윤</p>")
    assert extractor.extract(page, url="https://a.example/news/1").authors == ("이도현",)


@pytest.mark.parametrize("above", ["26.03.02 09:10 ㅣ 이도현(dohyun)", "by 이도현 2026. 3. 2. 09:10"])
def test_a_citizen_signs_without_an_office(above: str, extractor: Extractor, make_page: MakePage) -> None:
    page = make_page(above=above)
    assert extractor.extract(page, url="https://a.example/news/1").authors == ("이도현",)


def test_a_link_to_the_authors_page_names_the_author(extractor: Extractor, make_page: MakePage) -> None:
    page = make_page(above="<a href='/author/12'>이도현</a> · 2026년 3월 2일 오전 9:10")
    assert extractor.extract(page, url="https://a.example/news/1").authors == ("이도현",)
