"""The phrases by which Korean outlets mark what is not the body of an article."""

import re
from collections.abc import Callable

from enrich.extract.spellings import MOMENT
from enrich.extract.wording import ends_sentence, hangul, letters
from sosik.model.article import Cut, CutKind

EMAIL = r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+"
ROLE = (
    r"(?:(?:선임|수석|인턴|객원|시민|전문|대|책임|의학전문|과학전문|환경전문|북한전문|사진|영상|촬영|편집|"
    r"청년|수습|취재|명예|학생|주재)\s?)*"
    r"(?:기자|특파원|앵커|아나운서|논설위원|논설실장|해설위원|편집위원|편집국장|편집장|에디터|리포터|캐스터|"
    r"통신원|PD|피디)"
)
SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민"
    "진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용"
)
_NAME = r"[가-힣]{2,4}"
# Two names may stand side by side without a mark, where both are surely names: 문가람 최유나 기자.
_FULL_NAME = rf"[{SURNAMES}][가-힣][^\W시군구도부팀국실과a-zA-Z0-9_]"
NAMES = rf"(?:{_NAME}|{_FULL_NAME}(?:\s{_FULL_NAME})+)(?:\s*[·,ㆍ/&]\s*{_NAME})*"
_COPYRIGHT_MARK = r"(?:저작권자(?![가-힣])|저작권\s?[ⓒ©(]|저작권은|copy\s?rights?\b|ⓒ|©|\(c\)|<\s*저작권)"
_FORBIDDEN = (
    r"(?:무단\s?(?:전재|복제|배포|사용|도용|수집|인용|게재)|재배포\s?(?:및\s?[가-힣 ]*)?금지|"
    r"all rights? reserved|AI\s?학습\s?(?:및\s?활용\s?)?(?:이용\s?)?금지)"
)

COPYRIGHT_LINE = re.compile(rf"^\W*{_COPYRIGHT_MARK}|{_FORBIDDEN}|저작권법의? 보호", re.IGNORECASE)
_COPYRIGHT_TAIL = re.compile(
    rf"\s*[<\[(「【ⓒ©]?\s*(?:{_COPYRIGHT_MARK}[^.다]{{0,60}}?)?{_FORBIDDEN}.*$|"
    rf"\s*[<\[(]?\s*{_COPYRIGHT_MARK}[^다]{{0,60}}$",
    re.IGNORECASE,
)
_TIP_OFF = re.compile(
    r"(?:기사\s?|뉴스\s?|영상\s?)?(?:문의\s?및\s?)?제보(?:하기|는|를|가|전화|문의|메일)?\s*(?:[:：▶▷>(]|$)|"
    r"제보가 뉴스가 됩니다|여러분의 (?:소중한 )?제보|"
    r"제보를 (?:기다립니다|받습니다)|(?:카카오톡|카톡|라인|이메일|전화|유튜브|홈페이지|"
    r"문자)[^.]{0,30}(?:제보|검색[^.]{0,10}(?:채널|친구) ?추가)|"
    r"^\W*\[?(?:카카오톡|카톡|전화|이메일|메일|e-?mail|팩스|문자|홈페이지|"
    r"유튜브)\]?\s*[:：▷▶|]?\s*(?:[@'\"‘“]|[\w.+-]+@|0\d{1,2}-|[\w가-힣']+\s?(?:검색|제보|채널))|"
    r"(?:네이버|카카오|유튜브|다음|포털)[^.]{0,40}(?:구독|채널 추가|친구 추가)|(?:구독|팔로우)(?:과|하고|"
    r"해 ?주세요|하기|하세요|[ ,]*좋아요)",
    re.IGNORECASE,
)
_EDITOR_NOTE = re.compile(
    r"^\W*(?:정정\s?보도|반론\s?보도|추후\s?보도|알려왔습니다|바로\s?잡습니다|\[?고침\]?\s|\[?정정\]?\s?[:：])"
)
_CAPTION = re.compile(
    r"^\[(?:사진|그래픽|표|삽화)\]|"
    r"^\W*(?:사진|영상|그래픽|자료\s?사진|이미지|삽화|일러스트)\s*(?:설명|출처|제공|캡처|캡쳐)?\s*[=:：/]|"
    r"^\W*(?:사진|그래픽|자료)\s?(?:설명|제공|출처)\b|"
    r"[\[(/<. ]\s*(?:사진|그래픽|자료|자료사진|이미지|영상|출처|캡처)\s*(?:제공)?\s*[=:ⓒ：/]\s*[^.]{1,40}[\])>.]?$|"
    r"[\[(/<]\s*[^\[(<]{0,20}(?:사진|자료|캡처|캡쳐|갈무리|자료사진|제공|연합뉴스|뉴시스|뉴스1|"
    r"게티이미지(?:뱅크)?|AP|AFP|로이터)\s*[\])>]?\s*$"
)
_DATED_CAPTION = re.compile(
    rf"^[\[(][^\])]{{1,25}}[\])].*20\d{{2}}\.\s?\d{{1,2}}\.\s?\d{{1,2}}\.?\s*(?:{EMAIL})?\W*$|"
    rf"20\d{{2}}\.\s?\d{{1,2}}\.\s?\d{{1,2}}\.?\s*/?\s*[가-힣A-Za-z0-9]{{2,8}}\s?[ⓒ©].{{0,30}}$"
)  # as agencies end a caption: the day, and who took the picture
_FORBIDDEN_SIGN = re.compile(_FORBIDDEN, re.IGNORECASE)
_RESOLD = re.compile(r"재판매\s?(?:및|·)?\s?DB|DB\s?(?:및 재판매 )?금지")
_CAPTION_MARK = re.compile(r"^[▲△◀▶▼◁▷↑↓◆]\s*\S")
_BREADCRUMB = re.compile(r"^(?:홈|home|HOME|Home|메인|뉴스홈)\s*[>»›/]\s*\S.{0,60}$")
_RELATED_LINE = re.compile(r"^\W*(?:관련|연관|참고|함께 볼)\s?(?:기사|뉴스|보도|영상)\s*[:：▶|\])>]")
_TAGS = re.compile(r"^(?:#[^\s#]+[\s,]*)+$|^(?:태그|키워드|해시태그)\s*[:：]?\s*#?")
_ATTACHMENT = re.compile(
    r"^\W*(?:붙임|첨부|별첨)\s*[\d.:：]*\s?.{0,40}\d\s?부\s?\.?\s*(?:끝\s?\.?)?$|^(?:[-·*\d.\s]*첨부\s?파일|[-·*\d.\s]*붙임\s?파일)|\.(?:hwpx?|pdf|docx?|xlsx?|pptx?|zip|jpe?g|png|gif|"
    r"mp4)\s*(?:[\[(]|$|다운로드|바로보기|미리보기)",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"공공누리[^.]*(?:출처|유형|조건)|(?:출처|유형|조건)[^.]*공공누리|^\W*공공누리\W*$|만족하(?:십니까|"
    r"셨습니까|시나요)|만족도\s?(?:조사|평가)|의견을? (?:남겨|등록)"
)
_BOARD = re.compile(
    r"^[-·*\s]*(?:공공누리|출처표시|본 저작물은|최종\s?(?:업데이트|수정일)|QR\s?코드|만족도|매우\s?만족|"
    r"이 페이지에서 제공하는|이 (?:게시물|자료)[은를]|콘텐츠\s?(?:정보)?\s?(?:관리|책임|담당)|"
    r"(?:담당|작성|관리|소관|제공)\s?(?:부서|자|기관|팀)|담당\s?전화|조회\s?수?|등록\s?(?:일|자)|작성\s?일|"
    r"게시\s?일|수정\s?일|날짜|작성자|글쓴이|이전\s?글|다음\s?글|목록|문의\s?(?:처|전화)?\s*[:：]|연락처|"
    r"자료\s?(?:제공|문의)|전화\s?(?:번호)?\s*[:：])"
)
_UI_WORDS = re.compile(
    r"글자\s?크기(?:\s?(?:조절|설정|변경|축소|확대|작게|크게|보통))?|글씨\s?크기|(?:매우 |아주 |"
    r"가장 )?(?:작은|보통|큰|작게|크게)\s?(?:크기)?\s?(?:폰트|글씨|글자)?|폰트\s?(?:크기)?|본문\s?(?:듣기|"
    r"글씨|글자|바로가기)?(?:\s?(?:키우기|줄이기|확대|축소))?|"
    r"해당 기사를? 북마크(?:했습니다|해제했습니다|하였습니다)?|북마크|스크랩|즐겨\s?찾기|공유\s?(?:하기)?|"
    r"기사\s?(?:공유|저장|보기|듣기|스크랩|프린트|인쇄|목록|원문|추천|본문|전체)(?:\s?(?:하기|보기))?|"
    r"목록\s?(?:전체\s?)?보기|"
    r"URL\s?(?:주소)?\s?복사|주소\s?복사|링크\s?복사|복사\s?(?:하기)?|카카오\s?(?:톡|스토리)|페이스북|트위터|"
    r"네이버\s?(?:블로그|밴드|카페)?|밴드|라인|인스타그램|텔레그램|엑스|이메일|메일|프린트|인쇄\s?(?:하기)?|"
    r"댓글\s?(?:쓰기|보기|달기|수)?|좋아요|싫어요|슬퍼요|화나요|훈훈해요|감동이에요|"
    r"후속\s?(?:기사)?\s?(?:원해요|강추)|추천\s?(?:해요)?|유용해요|흥미진진해요|공감(?:백배|해요)?|분석탁월|"
    r"이 기사\s?(?:어땠나요|를 추천합니다|가 좋으셨다면)?|당신의 의견을 남겨주세요|"
    r"구독\s?(?:하기|중|취소)?|알림\s?(?:받기|설정)?|레이어\s?(?:닫기|열기)|창\s?닫기|닫기|열기|더\s?보기|"
    r"접기|펼치기|이전|다음|기사|처음|맨\s?위로|위로|top|광고|advertisement|sponsored|ad|이미지\s?(?:확대|"
    r"크게\s?보기|보기)|사진\s?(?:확대|크게\s?보기)|크게\s?보기|원본\s?보기|확대\s?(?:보기)?|축소|"
    r"동영상\s?(?:뉴스|보기|재생)?|재생\s?(?:하기)?|일시\s?정지|음소거|다시\s?보기|음성\s?(?:으로\s?듣기|"
    r"재생|지원)?|남성|여성|느리게|빠르게|속도|요약\s?(?:봇|보기|문)?|자동\s?요약|번역|다크\s?모드|로그인|"
    r"게시글\s?관리|제작진|회원가입|검색|메뉴|홈|home|facebook|twitter|kakao\s?(?:talk|story)?|band|naver|instagram|youtube|x|"
    r"line|url|copy|print|share|email|sns|"
    r"(?:약 ?)?\d+ ?분 ?(?:읽기|소요)|읽는 ?시간|"
    r"시간|시각|일시|일자|입력|수정|승인|등록|송고|업데이트|조회수?|댓글|가|\+|-|\d+",
    re.IGNORECASE,
)  # fmt: skip
_UI_LINE = re.compile(
    r"이 기사를 공유|기사를 읽어드립니다|your browser does not|브라우저를 (?:사용|이용)|"
    r"지원하지 않는 브라우저|자바스크립트를|이 기사(?:는|를) (?:언론사|좋아요|추천)|기사 섹션 분류|"
    r"글자 ?크기|본문 글씨|음성 재생이|"
    r"해당 언론사|북마크했|구독하면|뉴스레터 (?:구독|신청)|앱에서 (?:보기|더)|다른 기사 ?보기|기사 더 ?보기|"
    r"전체 ?보기$|채널 ?(?:바로가기|구독|추가)|바로가기$|^(?:기자|편집)? ?프로필$|의견을 남겨|로그인 ?후|"
    r"(?:뉴스|레터|소식|흐름|이야기|콘텐츠)[를을가-힣0-9 ]{0,14}(?:받아|읽어|만나) ?보세요|"
    r"스크롤|이동 ?통신망을 이용|이 콘텐츠(?:는|"
    r"를)|선정 ?언론사",
    re.IGNORECASE,
)
_RELATED_HEAD = re.compile(
    r"^\W*(?:이 ?시각 |오늘의 |지금 |함께 |실시간 |가장 |최신 |주요 |많이 |인기 |추천 |분야별 |기자의 |연관 |"
    r"관련 ?)*(?:관련\s?(?:기사|뉴스|보도|콘텐츠|영상|글|이슈|태그)|연관\s?(?:기사|뉴스)|많이 (?:본|읽은|"
    r"보는) (?:뉴스|기사)|인기\s?(?:기사|뉴스|글)|"
    r"(?:[가-힣A-Za-z0-9]{2,8} )?베스트 ?(?:기사|뉴스|클릭)|주요\s?(?:기사|뉴스)|추천\s?(?:기사|뉴스|콘텐츠)|"
    r"최신\s?(?:기사|뉴스)|다른 ?기사|핫이슈|핫클릭|랭킹\s?뉴스|함께 (?:보면 좋은|볼만한|본) (?:기사|뉴스)?|"
    r"(?:'[^']{1,20}' )?카테고리의 (?:다른|인기) ?글|이 ?시각 ?(?:뉴스|헤드라인)|속보|독자들?의 ?(?:pick|픽)|"
    r"(?:이 )?기사 ?(?:속|의)? ?(?:관련 ?)?종목[가-힣 ]{0,5}|(?:지금|요즘) ?뜨는 ?(?:뉴스|기사)|트렌드 ?뉴스|"
    r"(?:더|hot|핫) ?(?:클릭|포토|뉴스|이슈)|(?:ai|당신을 위한|나를 위한|맞춤)[가-힣a-z ]{0,6} ?추천 ?(?:뉴스|기사)|"
    r"(?:당신을 위한 )?맞춤 ?뉴스|포토\s?뉴스|(?:많이|함께) ?본 ?기사)(?:\s?(?:더\s?보기|보기|목록|"
    r"top\s?\d*))?\W*$",
    re.IGNORECASE,
)
_ORIGIN = r"(?:[\[(<]?[가-힣A-Za-z0-9·ㆍ/ ]{1,20}\s?[=/|]\s?)?"  # 광주= or [광주=
_OUTLET = r"(?:[가-힣A-Za-z0-9]{2,12}\s)?"
_SIGNED = rf"{NAMES}\s?{ROLE}(?:\s*[·,ㆍ/\s]\s*{NAMES}\s?{ROLE})*"
_CRAFT = (
    r"(?:글|취재|사진|영상|촬영|편집|그래픽|구성|기획|정리|연출|영상\s?취재|영상\s?편집|촬영\s?기자|"
    r"영상\s?기자|자료\s?조사|진행|제작|작가|디자인|"
    r"영상\s?디자인|출연|CG|화면\s?제공|사진\s?제공|영상\s?제공|자료\s?제공|자막|VJ|리서처|글\s?[·,/]?\s?사진)"
)
_BYLINE_LINE = re.compile(
    rf"^\W*{_ORIGIN}{_OUTLET}{NAMES}\s?{ROLE}?\s?[\])>]?\s*(?:입니다|[/|=:<(\[]?\s*{EMAIL}.*)\W*$|"
    rf"^\W*{_CRAFT}?\s*[·=:：/|]?\s*{_ORIGIN}{_OUTLET}{_SIGNED}\W*(?:{EMAIL})?\W*$|"
    rf"^\W*{_CRAFT}\s*[:：/=|]\s*[가-힣A-Za-z0-9 ·,ㆍ/&:：()]{{2,60}}[>\]】]?$|"
    rf"^\W*{_CRAFT}\s+{_FULL_NAME}(?:[\s,·]+{_FULL_NAME})*$|"
    rf"^\W*{EMAIL}\s+{_OUTLET}{_SIGNED}\W*$|"
    rf"^\W*{EMAIL}\W*$|^\W*(?:e-?mail|이메일|메일)\s*[:：]?\s*{EMAIL}"
)
_BYLINE_HEAD = re.compile(
    rf"^\s*[\[(【<](?:[가-힣A-Za-z0-9·]{{2,12}}\s)?{_SIGNED}[\])】>]\s*(?=\S{{2}})|"
    rf"^\s*(?:[\[(【<][^\])】>=]{{1,20}}[=/][^\])】>]{{1,30}}[\])】>]\s*"
    rf"(?:{_SIGNED}\s*(?:\(?{EMAIL}\)?)?\s*[=-]?\s*|{NAMES}\s*=\s*|=\s*)?|"
    rf"[\[(【<]?[^\])】>=.]{{0,20}}[=/ ]?\s*{NAMES}\s?{ROLE}\s*[\])】>]?\s*(?:\(?{EMAIL}\)?)?\s*[=|]\s*)(?=\S{{2}})"
)
_SENTENCE_BEFORE = r"(?<=[.다\"”'’)\]])"
_BYLINE_TAIL = re.compile(
    rf"{_SENTENCE_BEFORE}\s*[<\[(/▶=|#]*\s*(?:[가-힣A-Za-z0-9·]{{2,12}}\s?[=/]\s?)?{_OUTLET}{NAMES}\s?(?:{ROLE}\s?)?"
    rf"[\])>]?\s*[/|(\[<]?\s*{EMAIL}[\])>]?\s*$|"
    rf"(?<=[.\"”])\s*[<\[(/=]*\s*(?:[가-힣A-Za-z0-9·]{{2,12}}\s?[=/]\s?)?{NAMES}\s?{ROLE}\s*[\])>]?\s*$|"
    rf"{_SENTENCE_BEFORE}\s*[<\[(/]?\s*{EMAIL}\s*[\])>]?\s*$"
)
_SIGN_OFF = re.compile(rf"^[가-힣A-Z0-9]{{2,10}}\s?(?:뉴스|NEWS)?,?\s{_NAME}(?:\s?기자)?(?:이?었습니다|입니다)\.?$")
END_MARK = re.compile(r"^\W*(?:끝|이상|END)\W*$", re.IGNORECASE)
READERS = re.compile(r"^(?:독자 ?)?(?:댓글|의견)\s?[(\[]?\s?\d[\d,]*\s?개?\s?[)\]]?$")
"""The heading over the readers' comments."""
_SHORT = 60
_NOTICE_MAX = 260


def is_related_head(text: str) -> bool:
    """Does the line stand over a list of other articles?"""
    return len(text) <= _SHORT and _RELATED_HEAD.search(text) is not None


def _is_copyright(text: str) -> bool:
    if len(text) > _NOTICE_MAX:
        return False
    found = COPYRIGHT_LINE.search(text)
    if found is None or hangul(text[: found.start()]) >= 30:
        return False
    # A paragraph with a notice at its end, perhaps after a byline, is parted later.
    rest = _BYLINE_TAIL.sub("", _COPYRIGHT_TAIL.sub("", text))
    return hangul(rest) < _LEAST_REST or not ends_sentence(rest)


def _is_tags(text: str) -> bool:
    return len(text) < _NOTICE_MAX and _TAGS.match(text) is not None


def _is_attachment(text: str) -> bool:
    return len(text) < _NOTICE_MAX and _ATTACHMENT.search(text) is not None


def _is_tip_off(text: str) -> bool:
    return len(text) < 120 and _TIP_OFF.search(text) is not None and not _is_sentence_of_news(text)


def _is_sentence_of_news(text: str) -> bool:
    """Tip-off lines ask and offer; reports end in -다 after a subject, and are longer."""
    return len(text) > 70 and re.search(r"(?:했|됐|였|있|한|된)다\.$|(?:했|됐|였|있)습니다\.$", text) is not None


def _is_licence(text: str) -> bool:
    return len(text) < _NOTICE_MAX and _LICENCE.search(text) is not None


def _is_resold(text: str) -> bool:
    return len(text) < _NOTICE_MAX and _RESOLD.search(text) is not None and not _FORBIDDEN_SIGN.search(text)


def _is_caption(text: str) -> bool:
    if _CAPTION_MARK.match(text) and len(text) < 150 and not re.match(r"^▶\s?(?:인터뷰|싱크)", text):
        inner = text[1:]
        return not re.search("[▲△▶]", inner) and bool(_CAPTION.search(text) or (text[0] in "▲△◀" and len(text) < 110))
    if len(text) < _SHORT and "자료사진" in text.replace(" ", "") and not ends_sentence(text):
        return True
    if len(text) < _NOTICE_MAX and _DATED_CAPTION.search(text):
        return True
    return len(text) < 150 and _CAPTION.search(text) is not None and not text.startswith("※")


def _is_byline(text: str) -> bool:
    return len(text) < 110 and (_BYLINE_LINE.search(text) is not None or _SIGN_OFF.match(text) is not None)


def _is_board_row(text: str) -> bool:
    return len(text) < 120 and _BOARD.match(text) is not None and not ends_sentence(text.rstrip("."))


def _is_interface(text: str) -> bool:
    if len(text) > _SHORT and ends_sentence(text):
        return False  # most lines of a body leave here
    if len(text) < 120 and _UI_LINE.search(text) and not _is_sentence_of_news(text):
        return True
    if len(text) > _SHORT + 40:
        return False
    left = _UI_WORDS.sub("", MOMENT.sub("", text))
    return not letters(left)


_READER_NOTICE = re.compile(
    r"전체\s?(?:내용|맥락)을?\s?(?:이해|파악)[^.]{0,20}본문|"
    r"(?:AI|자동)[가로이]?\s?(?:추출|요약)[^.]{0,40}(?:결과|내용|것|요약)(?:입니다|으로|이며)|AI\s?요약은",
    re.IGNORECASE,
)


def _is_reader_notice(text: str) -> bool:
    """Is it what portals and papers say about the machine's summary over an article?"""
    return len(text) < _NOTICE_MAX and ("요약" in text or "맥락" in text) and _READER_NOTICE.search(text) is not None


_RULES: tuple[tuple[Callable[[str], object], CutKind], ...] = (
    (_EDITOR_NOTE.match, CutKind.EDITOR_NOTE),
    (_is_resold, CutKind.CAPTION),
    (_is_copyright, CutKind.NOTICE),
    (_is_licence, CutKind.NOTICE),
    (_is_byline, CutKind.BYLINE),
    (_is_tip_off, CutKind.NOTICE),
    (_is_caption, CutKind.CAPTION),
    (_BREADCRUMB.match, CutKind.OTHER),
    (_RELATED_LINE.match, CutKind.OTHER),
    (_is_tags, CutKind.OTHER),
    (_is_attachment, CutKind.ATTACHMENT),
    (_is_board_row, CutKind.OTHER),
    (END_MARK.match, CutKind.OTHER),
    (_is_reader_notice, CutKind.OTHER),
    (_is_interface, CutKind.OTHER),
)


def kind_of(text: str) -> CutKind | None:
    """Return why a line is no body, by its words alone; None where it is."""
    return next((kind for rule, kind in _RULES if rule(text)), None)


_TAILS = (
    (
        re.compile("무단|재배포|저작권|[ⓒ©]|\\([cC]\\)|[cC]opy|COPY|eserved|RESERVED|학습"),
        _COPYRIGHT_TAIL,
        CutKind.NOTICE,
    ),
    (re.compile("@|기자|특파원|위원|PD|에디터|리포터|앵커|통신원"), _BYLINE_TAIL, CutKind.BYLINE),
)
_EDGE = 220  # characters at either end of a line in which a byline or a notice hangs on a paragraph
_LEAST_REST = 8  # Hangul syllables of a paragraph that are left


def cut_tails(text: str) -> tuple[str, list[Cut]]:
    """Part a paragraph from the notice and the byline at its end: what is left, and what was cut."""
    cuts: list[Cut] = []
    for sign, pattern, kind in _TAILS:
        start = max(len(text) - _EDGE, 0)
        found = pattern.search(text, start) if sign.search(text, start) else None
        if found is not None and hangul(text[: found.start()]) >= _LEAST_REST:
            cuts.append(Cut(kind=kind, text=found.group().strip()))
            text = text[: found.start()].strip()
    return text, cuts


def cut_dateline(text: str) -> tuple[str, list[Cut]]:
    """Part a first paragraph from `[광주=뉴시스] 홍길동 기자 =` before it."""
    head = text[:_EDGE]
    found = _BYLINE_HEAD.match(head) if "=" in head or "기자" in head else None
    if found is None or hangul(text[found.end() :]) < _LEAST_REST:
        return text, []
    return text[found.end() :].strip(), [Cut(kind=CutKind.BYLINE, text=found.group().strip())]
