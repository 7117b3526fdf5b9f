"""Finds firms by the people who head them (홍길동 한빛소프트 대표) and by what they are called (기업 한빛소프트)."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from ahocorasick_rs import AhoCorasick, MatchKind

from enrich.entities.form import Form
from enrich.entities.forms import GENERIC
from enrich.entities.names import WORD_END
from enrich.entities.people import Person
from sosik.model.analysis import Morpheme

_HEADS = r"(?:공동대표|대표이사|대표|CEO|CTO|최고경영자|부사장|사장|전무|상무)"
_AFTER_NAME = re.compile(rf"(?P<firm>[가-힣A-Za-z0-9&]{{2,15}})(?:\(주\)|㈜)?\s{_HEADS}$")
_BEFORE_NAME = re.compile(r"(?:^|[\s(“‘'\"㈜])([가-힣A-Za-z0-9&]{2,15})\s$")
# 홍길동 한빛리서치 팀장: what stands before the title of one who is no head of it
_STAFF = re.compile(
    r"^(?P<firm>[가-힣A-Za-z0-9&]{2,15}) (?:[가-힣A-Za-z]{1,10})?(?:팀장|본부장|연구위원|연구원"
    r"|애널리스트|이사|실장|부장|그룹장|매니저|센터장)$"
)
_UNIT = re.compile(
    r"(?:과|팀|실|국|부|센터|단|본부|처|청|원|소|대|학부|학과|그룹|사업|분야|담당|전략|기획|수석|책임|선임|교수|정책|[시군구도])$"
)
_TITLE_ALONE = re.compile(rf"^{_HEADS}$")
_PARTICLE = re.compile(r"(?:에서|에게|으로|하는|한다|했다|은|는|을|를|의|에|로|와|과|며|던|된|할|한)$")
_NO_FIRM = frozenset({
    "신임", "전임", "현직", "공동", "각자", "이날", "이어", "이에", "한편", "또한", "그리고", "당시", "현재", "최근",
    "특히", "업체", "기업", "회사", "단체", "상근", "상임", "창업자", "설립자",
})  # fmt: skip
_BACK = 20
_CALLED = re.compile(
    r"(?:기업|업체|회사|스타트업|벤처|상장사|운영사|제조사|개발사|운용사|투자사|시공사|건설사|제약사|통신사|게임사|항공사|물류사|유통사"
    r"|벤처캐피[탈털]|액셀러레이터|자회사|계열사|(?:연구|운영|주관|수행|평가|인증|시험|조사)기관"
    r"|법인|기관(?=인))(?:인)? (?:㈜|\(주\))?"
    r"(?P<firm>[가-힣A-Za-z0-9&]{3,12}?)(?=(?:[은는이가의과와을를]|에서)?(?:[ ,(\n’”]))"
)
_QUOTED_CALLED = re.compile(
    r"(?:기업|업체|스타트업|벤처|상장사)(?:인)? [‘'“\"](?P<firm>[가-힣A-Za-z0-9&]{3,12})[’'”\"]"
    r"(?=(?:\([^()\n]{1,30}\))?[은는이가과와의][ ,])"
)
# Names that are put together of words: 반도체 장비 기업 테라웨이브는, 나주에 본사를 둔 가람파워는
_COINED_CALLED = re.compile(
    r"(?:(?<![대소])기업|업체|스타트업|벤처|상장사) (?P<firm>[가-힣]{3,12}?)(?=[은는이가과와의][ ,])"
)
_SEATED = re.compile(r"(?:본사|본점)[을를] 둔 (?P<firm>[가-힣A-Za-z0-9&]{3,12}?(?<!사))(?=[은는이가과와][ ,])")
_TRANSCRIBED = re.compile(
    r"[테텍텔템텐트튜티틱팅퍼펙펠펫푸프플픽핏브블빅뷰드디딕딥덱크클킹킷키케켐켓콤컴쿠퀀퀘스슬싱즈츠젠젯엑엔엘엠에웨웰웹윈윙워"
    r"랩랜램레렉렌렘롭룩룸르릭릿맵메믹넥넷뉴앱파피너러]"
)
_LOAN_WORD = re.compile(
    r"(?:데이터|플랫폼|펀드|샌드박스|데이|스케일업|밸류업|컨소시엄|솔루션|소프트웨어|하드웨어|캠퍼스|서비스|시스템|네트워크"
    r"|네트워킹|컨설팅|프로그램|프로젝트|포럼|클러스터|센터|마케팅|로드쇼|쇼케이스|인센티브|포트폴리오|이노베이션|액셀러레이팅"
    r"|액셀러레이터|멘토링|인큐베이팅|페스티벌|콘퍼런스|컨퍼런스|세미나|리더|리더십|브랜드|파트너|파트너십|바우처|패키지|엑스포"
    r"|트렌드|이미지|노하우|커뮤니티|부스|모델|인턴십|생태계|아이디어|콘텐츠|에너지|바이오|디스플레이|배터리|모빌리티|로봇|드론"
    r"|테스트베드|테스트|밸리|타운|허브|파크|라운지|오피스|스튜디오|스쿨|아카데미|캠프|클럽|그룹|투어|페어|어워드|어워즈|챌린지"
    r"|해커톤|로드맵|가이드라인|가이드|매뉴얼|리스크|이슈|니즈|인프라|디지털|온라인|오프라인|글로벌|스마트|핀테크|푸드테크|매니저"
    r"|스마트폰|공장|시티|팹|엔지니어|디자이너|개발자|투자자|소비자|관계자|경영자|창업자|종사자)$"
)
_SOUNDS = 2  # syllables that only words from abroad have
_MADE = re.compile(
    r"(?:(?<=[을를] )(?:만드는|만든|개발하는|개발한|생산하는|제조하는|공급하는|운영하는|내놓은)"
    r"|창업한|둔|입주한) (?:㈜|\(주\))?"
    r"(?P<firm>[가-힣A-Za-z0-9&]{3,12}?)(?=(?:[은는이가과와]|에서)[ ,])"
)
# Without one of these, none of the forms below stands in a text.
_QUOTED_SIGNS = ("에 따르면", " 조사한 결과")
_PARTNER_SIGNS = ("로 참여", "로 선정", "로 함께", "로 나서", "로 나섰")
_AMONG_SIGNS = (" 비롯한 ",)
_AGREES_SIGNS = (" 맺", " 체결")
# Who is quoted, and who takes part as one of its kind: 가람리서치와 나래인포에 따르면, 다솔이 협력기관으로 참여한
_QUOTED = re.compile(
    r"(?<![가-힣A-Za-z0-9&])(?P<firm>[가-힣A-Za-z0-9&]{2,12}?)(?:[와과] [가-힣A-Za-z0-9&]{2,12})?"
    r"(?:에 따르면|[이가] 조사한 결과)"
)
_PARTNER = re.compile(
    r"(?<![가-힣A-Za-z0-9&])(?P<firm>[가-힣A-Za-z0-9&]{2,12}?)[이가은는도]? "
    r"(?:협력|참여|주관|수행|운영|공동)(?:사|기관|기업)(?:로|으로) "
    r"(?:참여|선정|함께|나서|나섰)"
)
_AMONG = re.compile(
    r"(?<![가-힣A-Za-z0-9&])(?P<firm>[가-힣A-Za-z0-9&]{2,12}?)[을를] 비롯한 "
    r"(?:[가-힣A-Za-z]+ ){0,2}[가-힣A-Za-z]*(?:기업|업체|회사|경쟁사|사업자|은행|제조사)"
)
# Who says so in the first sentence, and with whom an agreement is made: names of two words or more, named again
_SAYS = re.compile(
    r"\n(?:[^\n]{0,40}= ?)?(?P<firm>[가-힣A-Za-z0-9&]{3,12}?)(?:\([^()\n]{1,30}\))?"
    r"[은는이가] [^\n]{10,300}?(?:밝혔|전했|발표했|말했)다"
)
_AGREES = re.compile(
    r"(?<![가-힣A-Za-z0-9&])(?P<firm>[가-힣A-Za-z0-9&]{3,12}?)[와과] (?:[가-힣·‘’'“”A-Za-z]{1,12} ){0,5}?"
    r"(?:업무 ?협약|협약|양해각서|MOU|공급 ?계약|투자 ?협약|파트너십)(?:\([A-Za-z]+\))?[을를]? (?:맺|체결)"
)
_NOBODY = re.compile(
    r"(?:정부|여당|야당|당정|경찰|검찰|법원|업계|학계|재계|연구팀|연구진|주민|농가|청년|상대|양측|양사|회원사|[가-힣]들|지역|사회"
    r"|[시군구도청부처서원소회당팀사측국장자인])$"
)
# A headline that begins with a firm names it, even if it is a word: 소리결, 음성 비서 출시
_SUBJECT = re.compile(r"(?:\[[^\]\n]{1,12}\]\s?)?[‘'“]?(?P<firm>[가-힣A-Za-z0-9&]{3,12})[’'”]?,")
_INSIDE_WORD = re.compile(r"[가-힣A-Za-z0-9]")
_WORDS = frozenset({"NNG", "XSN", "XSV", "XSA", "XPN", "SN", "NNB", "NNBC", "NR", "MM", "MAG", "NP"})


def find_firms(
    text: str, people: Iterable[Person], morphemes: Sequence[Morpheme], called: Iterable[str] = ()
) -> Iterator[Form]:
    """Give the firms that people are said to head, and those that are `called` so, wherever the text names them."""
    starts = [each.start for each in morphemes]
    firms = {firm for each in people for firm in _headed(text, each, starts, morphemes)}
    firms.update(called)
    for firm, start, end in _places(firms, text):
        if _INSIDE_WORD.match(text[start - 1 : start]) is None and WORD_END.match(text, end):
            yield Form(firm, start, end)


def _headed(text: str, person: Person, starts: Sequence[int], morphemes: Sequence[Morpheme]) -> Iterator[str]:
    after = _AFTER_NAME.search(person.role)
    if after and not is_common(after["firm"]) and text.find(person.role, person.end, person.end + _BACK) >= 0:
        yield after["firm"]
    elif staff := _STAFF.match(person.role):
        start = text.find(person.role, person.end, person.end + _BACK)
        if start >= 0 and not _UNIT.search(staff["firm"]) and is_no_word(staff["firm"], start, starts, morphemes):
            yield staff["firm"]
    elif _TITLE_ALONE.match(person.role):
        back = max(person.start - _BACK, 0)
        before = _BEFORE_NAME.search(text[back : person.start])
        if before and not is_common(before[1]) and not _one_word(back + before.start(1), before[1], starts, morphemes):
            yield before[1]


def firms_called(text: str, morphemes: Sequence[Morpheme]) -> frozenset[str]:
    """Return the names that a text calls firms: 기업 한빛소프트, 로봇을 만드는 한빛소프트는."""
    return frozenset(_called(text, [each.start for each in morphemes], morphemes))


def _called(text: str, starts: Sequence[int], morphemes: Sequence[Morpheme]) -> Iterator[str]:
    subject = _SUBJECT.match(text)
    for match in chain(
        _CALLED.finditer(text),
        _MADE.finditer(text),
        _finditer(_QUOTED, _QUOTED_SIGNS, text),
        _finditer(_PARTNER, _PARTNER_SIGNS, text),
        _finditer(_AMONG, _AMONG_SIGNS, text),
    ):
        firm = match["firm"]
        named = subject is not None and subject["firm"] == firm and not is_common(firm)
        if named or is_no_word(firm, match.start("firm"), starts, morphemes):
            yield firm
    for match in _QUOTED_CALLED.finditer(text):
        if is_no_word(match["firm"], match.start("firm"), starts, morphemes):
            yield match["firm"]
    for match in _COINED_CALLED.finditer(text):
        if _sounds_coined(match["firm"]) and is_coined(match["firm"], match.start("firm"), starts, morphemes):
            yield match["firm"]
    for match in _SEATED.finditer(text):
        if _may_act(match["firm"]) and is_coined(match["firm"], match.start("firm"), starts, morphemes):
            yield match["firm"]
    acting = {
        match["firm"]
        for match in chain(_SAYS.finditer(text), _finditer(_AGREES, _AGREES_SIGNS, text))
        if _may_act(match["firm"]) and is_coined(match["firm"], match.start("firm"), starts, morphemes)
    }
    named = Counter(firm for firm, *_ in _places(acting, text))
    yield from (firm for firm in acting if named[firm] > 1)


def _finditer(form: re.Pattern[str], signs: Iterable[str], text: str) -> Iterator[re.Match[str]]:
    if any(each in text for each in signs):
        yield from form.finditer(text)


def _sounds_coined(word: str) -> bool:
    """Is it spelt like a word from abroad, without being a common one?"""
    return len(_TRANSCRIBED.findall(word)) >= _SOUNDS and not is_common(word) and _LOAN_WORD.search(word) is None


def _may_act(word: str) -> bool:
    return not is_common(word) and _NOBODY.search(word) is None


def _places(words: Collection[str], text: str) -> Iterator[tuple[str, int, int]]:
    """Give where words stand, also inside others; all are looked for at once."""
    if words:
        ordered = sorted(words)
        found = AhoCorasick(ordered, matchkind=MatchKind.Standard).find_matches_as_indexes(text, overlapping=True)
        for number, start, end in found:
            yield ordered[number], start, end


def is_coined(word: str, start: int, starts: Sequence[int], morphemes: Sequence[Morpheme]) -> bool:
    """Is it no word, or made of more than one?"""
    several = bisect_left(starts, start + len(word)) - bisect_left(starts, start) > 1
    return several or is_no_word(word, start, starts, morphemes)


def is_no_word(word: str, start: int, starts: Sequence[int], morphemes: Sequence[Morpheme]) -> bool:
    """Is it none of the dictionary's common words, nor made of them?"""
    inside = morphemes[bisect_left(starts, start) : bisect_left(starts, start + len(word))]
    known = all(each.tag in _WORDS or each.tag[0] in "JEV" for each in inside)
    return bool(inside) and not known and not is_common(word)


def is_common(word: str) -> bool:
    """Is it the name of a kind of body, or a word with its particle?"""
    return word in _NO_FIRM or GENERIC.search(word) is not None or _PARTICLE.search(word) is not None


def _one_word(start: int, word: str, starts: Sequence[int], morphemes: Sequence[Morpheme]) -> bool:
    """Is it one word of the dictionary, and so hardly the name of a firm?"""
    place = bisect_left(starts, start)
    return place < len(morphemes) and morphemes[place].end == start + len(word) and morphemes[place].tag != "SL"
