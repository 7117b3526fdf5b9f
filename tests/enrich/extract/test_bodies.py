import unicodedata

import pytest

from enrich.extract.blocks import lines_of
from enrich.extract.body import lines_of_fragment
from enrich.extract.extractor import Extractor
from enrich.extract.phrases import kind_of
from enrich.extract.wording import clean
from sosik.model.article import CutKind, Extraction
from sosik.model.instants import Provenance
from sosik.model.source import Layout
from tests.enrich.extract.conftest import BODY, MakePage

URL = "https://a.example/news/1"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("저작권자 © 무등신문 무단전재 및 재배포 금지", CutKind.NOTICE),
        ("<저작권자(c) 새벽통신, 무단 전재-재배포, AI 학습 및 활용 금지>", CutKind.NOTICE),
        ("Copyright ⓒ 무등신문. All rights reserved.", CutKind.NOTICE),
        ("ⓒ 무등신문 & mudeung.example, 무단전재 및 수집, 재배포금지", CutKind.NOTICE),
        ("※ '당신의 제보가 뉴스가 됩니다'", CutKind.NOTICE),
        ("[카카오톡] YTV 검색해 채널 추가", CutKind.NOTICE),
        ("[전화] 02-000-8585", CutKind.NOTICE),
        ("▷ 전화 : 02-000-4000", CutKind.NOTICE),
        ("새벽TV 기사문의 및 제보 : 카톡/라인 jebo00", CutKind.NOTICE),
        ("본 저작물은 공공누리 제1유형에 따라 이용할 수 있습니다.", CutKind.NOTICE),
        ("이도현 기자 dohyun@a.example", CutKind.BYLINE),
        ("YTV 이도현 (dohyun@a.example)", CutKind.BYLINE),
        ("[ 이도현 기자 / dohyun@a.example ]", CutKind.BYLINE),
        ("영상취재 : 임보라, 영상편집 : 채은우", CutKind.BYLINE),
        ("글·사진=이도현 기자", CutKind.BYLINE),
        ("dohyun@a.example", CutKind.BYLINE),
        ("▲ 무등시청 전경", CutKind.CAPTION),
        ("무등시청 전경. (사진=무등시 제공)", CutKind.CAPTION),
        ("무등시청 전경 [연합뉴스]", CutKind.CAPTION),
        ("사진설명 : 참가자들이 기념 촬영을 하고 있다.", CutKind.CAPTION),
        ("[정정보도] 구간 길이를 8km로 바로잡습니다.", CutKind.EDITOR_NOTE),
        ("알려왔습니다 무등시는 사실과 다르다고 밝혀왔습니다.", CutKind.EDITOR_NOTE),
        ("1. 보도자료.hwp", CutKind.ATTACHMENT),
        ("첨부파일 0302 보도자료.hwpx (12KB)", CutKind.ATTACHMENT),
        ("#인공지능 #실증도시", CutKind.OTHER),
        ("글자크기 작게 크게", CutKind.OTHER),
        ("입력 2026.03.02 09:10 수정 2026.03.02 10:00", CutKind.OTHER),
        ("페이스북 트위터 카카오톡 URL복사", CutKind.OTHER),
        ("해당 기사를 북마크했습니다.", CutKind.OTHER),
        ("조회수 52", CutKind.OTHER),
        ("dohyun@a.example 이도현 기자", CutKind.BYLINE),
        ("[무등=새벽통신] 이도현 기자 = 시민들이 손을 흔들고 있다. 2026.03.02 photo@a.example", CutKind.CAPTION),
        ("무등시청 앞 광장. 2026.3.2/새벽통신 ⓒ 새벽통신 이도현 기자", CutKind.CAPTION),
        ("붙임 사진 2부. 끝.", CutKind.ATTACHMENT),
        ("<영상취재: 김가람 / 영상편집: 함세윤>", CutKind.BYLINE),
        ("매주 화요일 기술 업계의 소식을 받아보세요", CutKind.OTHER),
        ("5분 읽기", CutKind.OTHER),
        ("촬영 김가람", CutKind.BYLINE),
        ("제작진", CutKind.OTHER),
        ("[관련기사] 실증도시 1단계, 무엇이 남았나", CutKind.OTHER),
        ("자동 추출 기술로 요약된 내용입니다. 전체 맥락을 이해하기 위해서는 본문 보기를 권장합니다.", CutKind.OTHER),
        ("AI 요약은 최신 기술로 만들었습니다. 전체 맥락을 이해하려면 기사 본문을 함께 확인하세요.", CutKind.OTHER),
        ("(끝)", CutKind.OTHER),
    ],
)
def test_lines_that_are_no_body(line: str, kind: CutKind) -> None:
    assert kind_of(line) is kind


@pytest.mark.parametrize(
    "line",
    [
        "무등시가 인공지능 실증도시 2단계 사업에 착수했다고 2일 밝혔다.",
        "경찰은 시민의 제보를 받아 용의자를 붙잡았다고 밝혔다.",
        "시는 카카오톡과 네이버 밴드에 안내 창구를 열었다.",
        "저작권 보호를 위한 조례가 3월부터 시행된다.",
        "▲주차장 21곳 ▲텃밭 14곳 ▲마을 공방 5곳이 들어섰다.",
        "■ 사용량이 알려준 빈집",
        "[앵커]",
        "취재 결과",
        "편집 과정의 잘못",
        "<질문 1> 이 현상은 어떻게 봐야 할까요?",
        "◇ 박진행: 오늘 말씀 여기까지 듣겠습니다.",
        "기자 출신인 강하늘 시장은 언론의 역할을 강조했다.",
        "이 소식을 전한 이도현 기자는 현장에 열흘을 머물렀다.",
        "사진 속 건물은 1935년에 지어졌다.",
        "구독 서비스 이용자는 지난해보다 두 배 늘었다.",
        "문의가 잇따르자 시는 담당 부서를 늘리기로 했다.",
    ],
)
def test_lines_that_are_body(line: str) -> None:
    assert kind_of(line) is None


def test_line_breaks_make_lines() -> None:
    lines = lines_of_fragment("<div>첫 줄이다.<br><br>둘째 <b>줄</b>이다.<p>셋째 줄이다.</p>넷째 줄이다.</div>")
    assert [line.text for line in lines] == ["첫 줄이다.", "둘째 줄이다.", "셋째 줄이다.", "넷째 줄이다."]


def test_plain_text_keeps_its_lines() -> None:
    assert [line.text for line in lines_of_fragment("첫 줄이다.\n\n수온이 3 < 5 이면 둘째다.")] == [
        "첫 줄이다.",
        "수온이 3 < 5 이면 둘째다.",
    ]


def test_the_markup_says_what_is_no_body() -> None:
    lines = lines_of_fragment(
        "<div><figure><img><figcaption>전경</figcaption></figure><p>무등시가 사업을 시작했다고 밝혔다.</p>"
        "<div class='articleCopyright'>권리</div><div style='display: none'>숨은 글</div><button>공유</button>"
        "<div class='photo_caption'>그림 설명</div><p>예산은 320억원이며 2년 동안 쓴다.</p></div>"
    )
    kinds = {line.text: line.kind for line in lines}
    assert kinds == {
        "전경": CutKind.CAPTION,
        "무등시가 사업을 시작했다고 밝혔다.": None,
        "권리": CutKind.NOTICE,
        "그림 설명": CutKind.CAPTION,
        "예산은 320억원이며 2년 동안 쓴다.": None,
    }


def _texts(found: Extraction) -> list[str]:
    return found.text.split("\n")


@pytest.mark.parametrize(
    "box",
    [
        "<div><h2>독자들의 <em>PICK!</em></h2><ul><li><h3><a>무등산 눈꽃 보러 가자</a></h3></li></ul></div>",
        "<p>[새벽통신 베스트 기사]</p><div><a><b>첫차 기사의 하루</b><i>새벽 네 시, 시동을 건다.</i></a></div>",
        "<ul><li><a>[사설] 임금 체계 손볼 때 됐다</a></li></ul>",
        "<div class='photo'><img><div>무등시장이 실증 차량에 올라 손을 흔들고 있다.</div></div>",
        "<div class='ai_summary'><b>AI 3줄 요약</b><p>무등시가 실증도시 2단계에 들어갔다.</p></div>",
        "<div class='video-player'>동영상플레이어 단축키를 이용하세요. 음량이 5씩 늘어납니다.</div>",
    ],
)  # fmt: skip
def test_boxes_inside_a_body_are_no_body(box: str, extractor: Extractor, make_page: MakePage) -> None:
    first, second, third = BODY.split("</p><p>")
    page = make_page(body=f"{first}</p>{box}<p>{second}</p><p>{third}")
    assert _texts(extractor.extract(page, url=URL)) == _texts(extractor.extract(make_page(), url=URL))


def test_a_list_of_appointments_is_body_though_captions_begin_as_its_lines_do(
    extractor: Extractor, make_page: MakePage
) -> None:
    names = ["▲자치행정국장 갈하온", "▲인공지능산업실장 견마루", "▲창업진흥과장 계나래"]
    items = "".join(f"<p>{name}</p>" for name in names)
    found = extractor.extract(make_page(title="[인사] 무등광역시", body=f"<p>◇3급 승진</p>{items}{BODY}"), url=URL)
    assert found.title == "[인사] 무등광역시"
    assert _texts(found)[:4] == ["◇3급 승진", *names]


def test_a_long_imprint_does_not_outweigh_a_short_body(extractor: Extractor) -> None:
    imprint = "무등특별자치도 무등시 새벽로 한길 1 | 대표전화 062-000-0000 | 등록번호 무등 아00 | 발행인·편집인 한가람"
    first, second = "섬마을 주민이 마을회관의 단추를 누르면 택시가 온다.", "군은 이 모델을 14개 섬으로 넓힌다고 밝혔다."
    linked = second.replace("14개 섬", "<a>14개 섬</a>")
    body = f"<div>{first}</div><div>한 달 이용자는 구백 명이 넘고 값은 천원이다.</div><div>{linked}</div>"
    page = f"<html><body><div>무등시의 하루</div><div>{body}</div><div id='foot'><p>{imprint}</p></div></body></html>"
    found = extractor.extract(page.encode(), url=URL, hints={"title": "무등시의 하루"})
    assert _texts(found) == [first, "한 달 이용자는 구백 명이 넘고 값은 천원이다.", second]


def test_readers_comments_end_the_article(extractor: Extractor) -> None:
    said = (
        "<h3>댓글 2</h3><div><b>지나가던이</b><p>장치를 다는 데만 다섯 해가 걸립니다. 믿기 어려운 계획이네요.</p></div>"
    )
    page = f"<html><body><h1>무등시의 하루</h1><main><div>{BODY}</div><div>{said}</div></main></body></html>"
    assert _texts(extractor.extract(page.encode(), url=URL)) == [
        line.text for line in lines_of_fragment(f"<div>{BODY}</div>")
    ]


@pytest.mark.parametrize(
    "box",
    [
        "<div class='con_summary'><p>무등시가 실증도시 2단계 사업에 들어갔습니다.</p></div>",
        "<p><a>무등시 누리집</a>에서 신청하면 된다.</p>",
        "<p><a>시는 누리집에서 신청을 받는다.</a></p>",
    ],
)
def test_what_only_looks_like_a_box_is_body(box: str, extractor: Extractor, make_page: MakePage) -> None:
    assert len(_texts(extractor.extract(make_page(body=BODY + box), url=URL))) == len(BODY.split("</p><p>")) + 1


def test_the_tools_of_a_portal_do_not_outweigh_a_short_body(extractor: Extractor, make_page: MakePage) -> None:
    tools = (
        "<div class='util_wrap'><p>기사 제목과 주요 문장을 바탕으로 고른 결과이니 끝까지 읽기를 권합니다.</p>"
        "<p>(예시) 무등포털은 날마다 수많은 소식을 빠르고 다양하게 전하며 언제나 독자 곁에 있습니다. 나라 안팎 큰일과 "
        "실시간 속보, 문화와 생활까지 온갖 분야의 소식을 입체로 엮어 아침저녁으로 전해 드리고 있습니다.</p>"
        "<p>무등포털의 모든 소식은 누구나 값없이 볼 수 있으며, 글자 모양과 크기도 마음대로 바꿀 수 있습니다.</p></div>"
    )
    body = BODY + "<p>정해솔 무등시 산업실장은 시민이 느끼는 변화를 먼저 보이겠다고 말했다. 성과는 해마다 공개한다.</p>"
    body += "<p>사업에는 지역 대학 세 곳과 공공기관 다섯 곳도 참여해 자료를 모으고 안전을 살핀다고 시는 덧붙였다.</p>"
    found = extractor.extract(make_page(above=tools, body=body), url=URL)
    assert _texts(found) == _texts(extractor.extract(make_page(body=body), url=URL))


def test_a_summary_beside_the_body_does_not_widen_it(extractor: Extractor) -> None:
    summary = (
        "<div class='summary-zone'><b>요약</b><p>무등시의 실증도시 사업이 둘째 단계로 넘어가며 예산이 크게 늘었다.</p>"
        "<p>교차로마다 장치가 놓이고, 참여할 회사는 봄에 가려지며 사용료 일부를 시가 낸다.</p></div>"
    )
    page = (
        f"<html><body><h1>무등시의 하루</h1><article>{summary}<div class='story'>{BODY}</div></article></body></html>"
    )
    found = extractor.extract(page.encode(), url=URL)
    assert len(_texts(found)) == len(BODY.split("</p><p>"))
    assert "둘째 단계로" not in found.text


def test_a_wrapper_of_the_whole_body_is_body_whatever_its_name() -> None:
    lines = lines_of_fragment("<div><div class='share'><p>무등시가 사업을 시작했다고 밝혔다.</p></div></div>")
    assert [line.kind for line in lines] == [None]
    assert lines_of.__module__ == "enrich.extract.blocks"


def test_text_is_normalised(extractor: Extractor, make_page: MakePage) -> None:
    odd = "무등시가\u00a0인공\u200b지능 \u3000 사업을&nbsp;시작했다고\ufeff 2일\x07 밝혔다.\u2028다음 줄이라고 했다."
    page = make_page(body=f"<p>{unicodedata.normalize('NFD', odd)}</p>{BODY}")
    text = extractor.extract(page, url=URL).text
    assert text.startswith("무등시가 인공지능 사업을 시작했다고 2일 밝혔다.")
    assert unicodedata.is_normalized("NFC", text)
    assert "\n\n" not in text
    assert all(line == line.strip() and character.isprintable() for line in text.split("\n") for character in line)


def test_clean_keeps_lines_and_nothing_invisible() -> None:
    assert clean(" 가\u200b \t나\r\n\n\n다\u00a0 라 ") == "가 나\n다 라"


@pytest.mark.parametrize(
    ("body", "rest"),
    [
        (
            "[무등=새벽통신] 이도현 기자 = 무등시가 사업을 시작했다고 2일 밝혔다.",
            "무등시가 사업을 시작했다고 2일 밝혔다.",
        ),
        (
            "(무등=새벽통신) 이도현 기자 = 무등시가 사업을 시작했다고 2일 밝혔다.",
            "무등시가 사업을 시작했다고 2일 밝혔다.",
        ),
        ("무등시가 사업을 시작했다고 2일 밝혔다. 이도현 기자 d@a.example", "무등시가 사업을 시작했다고 2일 밝혔다."),
        ("무등시가 사업을 시작했다고 2일 밝혔다. ⓒ 무등신문 무단전재 금지", "무등시가 사업을 시작했다고 2일 밝혔다."),
    ],
)
def test_what_hangs_on_a_paragraph_is_cut(body: str, rest: str, extractor: Extractor, make_page: MakePage) -> None:
    page = make_page(body=f"<p>{body}</p>")
    found = extractor.extract(page, url=URL)
    assert found.text == rest
    assert any(cut.text in body for cut in found.cuts)


def test_a_short_paragraph_with_byline_and_notice_at_its_end_stays(extractor: Extractor, make_page: MakePage) -> None:
    tail = " / 이도현 기자 dohyun@a.example ⓒ 무등신문 무단전재 및 재배포금지"
    found = extractor.extract(make_page(body=f"{BODY}<p>시는 내년에 넓힌다.{tail}</p>"), url=URL)
    assert _texts(found)[-1] == "시는 내년에 넓힌다."


def test_a_layout_is_asked_first(extractor: Extractor) -> None:
    body = (
        f"<html><head><title>무등신문</title></head><body><h1>무등신문</h1><b class=t>무등시 실증도시</b>"
        f"<i class=d>2026-03-02 09:10</i>"
        f"<u class=w>이도현</u><div class=long>{BODY * 3}</div><div class=short><p>이것이 본문이라고 배치가 말한다.</p>"
        f"<p class=no>이 문단은 배치가 지우라고 한 것이다.</p></div></body></html>"
    ).encode()
    layout = Layout(name="odd", body=".short", title=".t", published=".d", authors=".w", remove=(".no",))
    found = extractor.extract(body, url=URL, layout=layout)
    assert (found.title, found.text, found.authors) == (
        "무등시 실증도시",
        "이것이 본문이라고 배치가 말한다.",
        ("이도현",),
    )
    assert found.published is not None
    assert (found.published.iso(), found.published.provenance) == ("2026-03-02T09:10:00+09:00", Provenance.PRINTED)


def test_a_layout_that_no_longer_fits_leaves_the_general_rules(extractor: Extractor, make_page: MakePage) -> None:
    layout = Layout(name="old", body=".gone", title=".gone", published=".gone", authors=".gone")
    with_layout = extractor.extract(make_page(), url=URL, layout=layout)
    assert with_layout == extractor.extract(make_page(), url=URL)
    assert "영상 분석 장치를 설치한다" in with_layout.text
