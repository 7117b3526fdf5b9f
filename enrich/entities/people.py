"""Finds people by surname, given name and title."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sosik.model.analysis import Morpheme

_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연"
    "위표명기반왕금옥육인맹제모탁국어은편용예경봉사부태두계견피감해증나라"
)
_TWO_SYLLABLE = ("남궁", "황보", "제갈", "선우", "사공", "서문", "독고")
# Syllables that given names are made of; a word of others is hardly a name.
_GIVEN = frozenset(
    "가강건겸본경계고곤관광교구국권규균그근금기길김나낙난남내노녹누다단달담대덕도동두들라란람래량려련렬령례로록룡루류률리린림"
    "만말매명모목무묵문미민바배백범병보복봉부비빈빛사산삼상새생서석선설섭성세소솔송수숙순술숭슬승시식신실심아안애양언업여연열염엽영"
    "예오옥온완요용우욱운웅원월위유육윤율은을음의이익인일임자장재전정제조종주준중지진찬창채천철청초춘출충치탁탄태택투평표필하학"
    "랑락결겨온한해행향헌혁현협형혜호홍화환황회효후훈휘흔흠희름별봄샘빈롬결힘늘겨울찬울"
)
_TITLE_TEXT = """
    박사과정생 석사과정생 통합과정생
    대통령 국무총리 부총리 총리 장관 차관 처장 청장 차장 도지사 지사 시장 부시장 군수 부군수 구청장
    부구청장 교육감 부교육감 교육장 의장 부의장 국회의원 시의원 도의원 군의원 구의원 의원 위원장 부위원장 위원
    본부장 실장 국장 과장 팀장 부장 센터장 원장 부원장 소장 연구소장 부소장 단장 추진단장 사업단장 회장 부회장
    사장 부사장 이사장 대표이사 공동대표 대표 이사 전무 상무 총장 부총장 학장 교수 부교수 조교수 명예교수
    특임교수 겸임교수 연구원 선임연구원 책임연구원 수석연구원 박사 교장 교감 교사 선생님 정책관 담당관 기획관
    심의관 조정관 협력관 비서관 행정관 보좌관 수석 대변인 주무관 사무관 서기관 변호사 회계사 변리사 작가 시인
    감독 배우 가수 화가 서예가 선수 코치 평론가 연구자 전문가 디자이너 큐레이터 아티스트 사무총장 사무처장
    사무국장 총괄 그룹장 매니저 파트장 지점장 지사장 공장장 관장 서장 장학관 장학사 연구관 연구사 학예사
    활동가 반장 심사역 지도사 사령관 참모총장 중장 대령 중령 학생 대학원생 여사 의사 독립운동가 교육생 부대표
    부행장 행장 은행장 CEO CTO 농부 본부장대행 직무대행 권한대행 창업자 담당 임원 간사 지회장
    지부장 조합장 이장 학과장 지청장 PD 프로듀서
"""
_TITLES = tuple(_TITLE_TEXT.split())
_ROLES = rf"(?:{'|'.join(_TITLES)}|(?<![가-힣])(?:군|양|씨|옹))"
_A_ROLE = re.compile(_ROLES)
_AFTER_ROLE = r"(?=[^가-힣A-Za-z0-9]|$|[은는이가을를과와의도]|에게|에서|으로|께서|이며|이고|이다|등|님|팀)"
_NAME = rf"(?:(?:{'|'.join(_TWO_SYLLABLE)})[가-힣]{{1,2}}|[{_SURNAMES}][가-힣]{{1,2}})"
_INSIDE = r"[가-힣A-Za-z0-9&·ㆍ㈜]"  # of a word; words are bounded, lest a text without spaces take for ever
_ASIDE = r"\([^()\n]{1,14}\)"
_PARTY = r"\([가-힣]{1,9}(?:당|의힘|무소속)[·ㆍ,/ ][^()\n]{1,30}\)"  # 더불어민주당·담양함평영광장성
_MIDDLE = (  # never read in two ways, lest a page of names take for ever
    rf"(?:(?:\([재사주]\))?{_INSIDE}{{1,20}}+(?:{_ASIDE}{_INSIDE}{{0,20}}+)?"
    r"(?<![은는을를며])(?<!에서)(?<!에게)(?<!으로)(?<!하고)[ \u00a0])"
)
_EARLIER = r"(?<![가-힣A-Za-z])"
# Every form is a look-ahead, so that a word that turns out to be no name does not hide the name after it.
_BEFORE_ROLE = re.compile(rf"{_EARLIER}(?=(?P<name>{_NAME})(?:{_ASIDE}|{_PARTY})?[ \u00a0](?P<rest>))")
_ITS_ROLE = re.compile(rf"(?P<role>(?:전\s|신임\s)?{_MIDDLE}{{0,4}}?{_INSIDE}{{0,20}}?{_ROLES}){_AFTER_ROLE}")
_NEARER = re.compile(rf"\s(?P<name>{_NAME})\s{_INSIDE}{{0,20}}{_ROLES}$")
_SURNAME_ONLY = re.compile(rf"(?:^|\s)[{_SURNAMES}]\s{_ROLES}$")
_ROLE_FIRST = re.compile(
    rf"{_EARLIER}(?=(?P<role>{_INSIDE}{{0,20}}{_ROLES})(?:님)?(?:\s?[:：]\s?|[ \u00a0])(?P<name>{_NAME})"
    r"(?:(?![가-힣A-Za-z])|(?=(?:은|는|이|가|을|를|과|와|의|도|씨)(?![가-힣A-Za-z]))))"
)
_HEADED = re.compile(
    rf"[(（](?=(?P<role>(?:{_INSIDE}{{1,20}}[ \u00a0]){{0,3}}?{_INSIDE}{{0,20}}?{_ROLES})"
    rf"\s?[:：]?\s?(?P<name>{_NAME})\s?[,)·ㆍ）])"
)
_BRACKETED = re.compile(rf"{_EARLIER}(?=(?P<name>{_NAME})\((?P<role>[^()]{{0,40}}?{_ROLES})(?=\s?[,)/·]))")
_IN_HANJA = re.compile(
    rf"(?:^|[^가-힣])(?P<name>[가-힣]{{2,5}}(?: [가-힣]{{1,6}})?)\([\u4e00-\u9fff]{{2,5}}\)\s?"
    rf"\((?P<role>[^()]{{0,40}}?{_ROLES})(?=[,)/·\s])"
)
_CALLED = re.compile(
    rf"{_EARLIER}(?=(?P<name>{_NAME})(?:\(\d{{2}}(?:세|살)?(?:[,·ㆍ][^()\n]{{0,12}})?\)\s?(?P<role>씨|군|양|옹|할머니|할아버지|어르신)?"
    r"|[ \u00a0](?P<title>씨|옹|할머니|할아버지))(?:[^가-힣]|[은는이가를와의도]))"
)
_INTERVIEWED = re.compile(rf"인터뷰\s?[:：]\s?(?P<name>{_NAME})\s?[/·,]\s?(?P<role>[^\]\n/]{{1,25}})")
_FOREIGN = re.compile(
    rf"(?<![가-힣])(?P<name>[가-힣]{{2,6}} [가-힣]{{2,6}})\s?\([A-Z][A-Za-z.\-]+(?: [A-Z][A-Za-z.\-]+)+\)\s?"
    rf"(?P<role>{_MIDDLE}{{0,4}}?{_INSIDE}{{0,20}}?{_ROLES}){_AFTER_ROLE}"
)
_GROUP = re.compile(rf"(?P<role>{_ROLES})들?\s?\d{{1,2}}\s?(?:인|명)\s?\((?P<list>[^()\n]{{4,200}})\)")
_FOREIGN_BEFORE = re.compile(
    r"(?:^|[^가-힣])(?P<name>[가-힣]{2,6} [가-힣]{2,6})\s?\([A-Z][A-Za-z.\-]+(?: [A-Z][A-Za-z.\-]+)+\)\s?[,·]\s?$"
)
_IN_GROUP = re.compile(rf"(?:^|[\s,])({_NAME})\s?(?=,|$)")
# Signs without which a form need not be looked for, and words before what may be a name.
_IN_LATIN = re.compile(r"\([A-Z][A-Za-z.\-]+ [A-Z]")
_HANJA = re.compile(r"\([\u4e00-\u9fff]")
_COUNTED = re.compile(r"\d\s?(?:인|명)\s?\(")
_BEFORE_A_NAME = re.compile(rf"(?<!{_INSIDE}){_INSIDE}++(?=(?:\s?[:：]\s?|[ \u00a0]){_NAME})")
_LAST_WORDS = (*_TITLES, "군", "양", "씨", "옹", "님")
_LONGEST = 4  # syllables of a name
_LISTED_AFTER = re.compile(rf"\s?[·ㆍ,、/]\s?({_NAME})(?![가-힣A-Za-z])(?!\s?{_INSIDE}{{0,20}}{_ROLES})")
_LISTED_BEFORE = re.compile(rf"(?:^|[^가-힣A-Za-z])({_NAME})\s?[·ㆍ,、]\s?$")
_BEGINS = re.compile(r"(?:^|[\n.”\"’○■▲◇※\-]\s*)$")
_PLACED = re.compile(r"(?:대|과|부|국|실|팀|처|원|소|교|중|고|초|시|군|구|도|청|센터|재단|협회|㈜) $")
_FOREIGN_SURNAME = re.compile(
    r"(?P<name>[가-힣]{2,6}) (?P<role>교수|박사|연구원|대표|회장|부회장|사장|부사장|장관|대사|총리)"
)
_UNNAMED = re.compile(rf"(?:{'|'.join(_TWO_SYLLABLE)}|[{_SURNAMES}])모")  # 박모(62) 씨
_AT_ONCE = re.compile(r"교수|교사|박사|연구관|연구사|장학관|장학사|학예사|활동가|과장|팀장|사무국장|연구소장")
_AGED = re.compile(r"\(\d{2}(?:세|살)?\)\s?(?:씨|할머니|할아버지|어르신)")
_SPEAKS = re.compile(r"[은는도]\s[^.\n“”]{0,20}[“\"]")
_AGE = re.compile(r"^\d{2}(?:세|살)?[,·ㆍ/] ?")
_BARE = frozenset({"", "씨", "군", "양", "옹", "할머니", "할아버지", "어르신"})  # no office
_REPORTER = re.compile(r"기자|특파원|앵커|리포터|사진")
_COMMON_TAGS = frozenset({"NNG", "NNB", "NR", "XSN", "XPN", "MM"})
_NOUN_TAGS = frozenset({"NNG", "NNB", "NR", "MAG", "MAJ", "MM", "XR", "VV", "VA", "NP", "IC"})


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NOT_NAMES = _words("""
    반도체 부동산 강사진 모기업 추진단 진흥원 부총리 지원단 조합원 연구원 사업단 위원회 기획단 사무국 지난달 지난해
    이날도 이어서 이외에
    주최한 주관한 관계자
    도의회 시의회 군의회 구의회 하버드 국내외
    이사회 이용자 정부는 정책관 전문가 한국형 신기술 공무원 대통령 국회의 장애인 정보원 고위급 도지사 부지사 부시장
    전남도 경남도 경북도 강원도 제주도 국가적 구성원 지역구 주요국 오픈형 전국적 우리나 조직위 이날은 한편은 기업인
    교육부 국방부 외교부 환경부 고용부 국토부 산업부 기재부 과기부 중기부 여가부 법무부 통일부 복지부 문체부 해수부
    행안부 농식품 방사청 경찰청 조달청 이번에 신임은 전임은 상임이 공동
""")
_LIST_LIMIT = 30
_FOREIGN_BACK = 60
_BACK = 10  # characters before a name in which the one before it in a list stands
# What common words of three syllables end in: 정보화, 이용자, 조합원.
_HANGS_ON = frozenset("화원체사인직자들급형부과관팀단용권회성층계별력률업론실대도시군구청당측장국처적")


@dataclass(frozen=True, slots=True)
class Person:
    """A person, and the title beside the name as written."""

    name: str
    role: str
    start: int
    end: int


class PeopleFinder:
    """Finds names beside titles. `others` are names of regions, organisations and the like, which no person bears."""

    def __init__(self, others: Collection[str]) -> None:
        self._others = frozenset(others)

    def find(self, text: str, morphemes: Sequence[Morpheme]) -> list[Person]:
        """Return the people in a text, a person as often as a title stands beside the name; offices come first."""
        reading = _Reading(text, [each.start for each in morphemes], morphemes, self._others)
        people: list[Person] = []
        for pattern in (_HEADED, _CALLED, _INTERVIEWED):
            people += [each for match in pattern.finditer(text) for each in reading.read(match, sure=True)]
        for match in _BEFORE_ROLE.finditer(text):
            people += reading.before_role(match)
        for match in (*_roles_first(text), *_bracketed(text)):
            people += reading.read(match, sure=False)
        for pattern, sign in ((_FOREIGN, _IN_LATIN), (_IN_HANJA, _HANJA)):
            if sign.search(text):
                people += [each for match in pattern.finditer(text) for each in reading.written(match)]
        if _COUNTED.search(text):
            for match in _GROUP.finditer(text):
                people += reading.group(match)
        return sorted(people, key=lambda each: each.role in _BARE)


def _roles_first(text: str) -> Iterator[re.Match[str]]:
    """Give the matches of _ROLE_FIRST; looks only into words that end in a title before what may be a name."""
    for word in _BEFORE_A_NAME.finditer(text):
        if word.group().endswith(_LAST_WORDS):
            for place in range(word.start(), word.end()):
                match = _ROLE_FIRST.match(text, place)
                if match is not None:
                    yield match


def _bracketed(text: str) -> Iterator[re.Match[str]]:
    """Give the matches of _BRACKETED; looks only before brackets."""
    place = text.find("(")
    while place >= 0:
        for start in range(max(place - _LONGEST, 0), place - 1):
            match = _BRACKETED.match(text, start)
            if match is not None and match.end("name") == place:
                yield match
        place = text.find("(", place + 1)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text with its morphemes."""

    text: str
    starts: Sequence[int]
    morphemes: Sequence[Morpheme]
    others: frozenset[str]

    def read(self, match: re.Match[str], *, sure: bool) -> Iterator[Person]:
        """Give the person of a match, and the others of a list that share the title."""
        found = match.groupdict()
        role = _AGE.sub("", _spaced(found.get("role") or found.get("title") or ""))
        name, start, end = match["name"], match.start("name"), match.end("name")
        aged = _AGED.match(self.text, end) is not None and self._may_be(name)
        if _REPORTER.search(role) or not (aged or self.is_name(name, start, sure=sure)):
            return
        yield Person(name, role, start, end)
        if found.get("role") and match.start("role") < start:
            yield from self._after(role, end)
        else:
            yield from self._before(role, start)

    def before_role(self, match: re.Match[str]) -> Iterator[Person]:
        """Give the person of a name after which a title is looked for, if it is one at all."""
        name, start = match["name"], match.start("name")
        begins = _BEGINS.search(self.text, max(start - 3, 0), start) is not None
        likely = self.is_name(name, start, sure=True)
        if not likely and not ((begins or self._is_placed(start)) and self._sounds_like_name(name)):
            return
        found = _ITS_ROLE.match(self.text, match.start("rest"))
        if found is None or _REPORTER.search(found["role"]) or self._names_another(found):
            return
        sure = _SPEAKS.match(self.text, found.end()) is not None
        if likely:
            sure = sure or (begins and name[-1] not in _HANGS_ON) or self.is_name(name, start, sure=False)
        surname = _FOREIGN_SURNAME.fullmatch(found["role"])
        if surname and self._is_foreign(name, start, surname["name"], found.start()):
            yield Person(f"{name} {surname['name']}", surname["role"], start, found.start() + surname.end("name"))
        elif sure or self._is_of_a_unit(name, start, found["role"]):
            role = _spaced(found["role"])
            yield Person(name, role, start, match.end("name"))
            yield from self._before(role, start)

    def _names_another(self, role: re.Match[str]) -> bool:
        """Does the title belong to a name nearer to it: 한빛대 홍길동 교수?"""
        if _SURNAME_ONLY.search(role["role"]):
            return True
        inner = _NEARER.search(role["role"])
        return inner is not None and self.is_name(inner["name"], role.start("role") + inner.start("name"), sure=False)

    def _is_placed(self, start: int) -> bool:
        """Is the word before it a body or a unit?"""
        return _PLACED.search(self.text, max(start - 3, 0), start) is not None

    def _is_of_a_unit(self, name: str, start: int, role: str) -> bool:
        """Does it read like a name between a unit and a title: 신소재공학부 홍길동 교수?"""
        if not (_AT_ONCE.fullmatch(role) and self._is_placed(start) and self._sounds_like_name(name)):
            return False
        inside = self._inside(start, start + len(name))
        return name[-1] not in _HANGS_ON and len(inside) > 1 and inside[0].tag != "XPN"

    def _is_foreign(self, name: str, start: int, surname: str, after: int) -> bool:
        """Are both words names of the dictionary or of none, and no Korean name the first: 오스카 페인터 교수?"""
        if _is_given(name) or surname in self.others:
            return False
        inside = [*self._inside(start, start + len(name)), *self._inside(after, after + len(surname))]
        return inside[0].tag == "NNP" and any(each.tag not in _COMMON_TAGS for each in inside[1:])

    def _sounds_like_name(self, name: str) -> bool:
        return len(name) == _USUAL_LENGTH and name[-1] not in _NO_ENDING and self._may_be(name) and _is_given(name)

    def written(self, match: re.Match[str]) -> Iterator[Person]:
        """Give the person of a match that says itself that it is a name, and foreign names listed before it."""
        role = _spaced(match["role"])
        yield Person(match["name"], role, match.start("name"), match.end("name"))
        place = match.start("name")
        for _ in range(_LIST_LIMIT):
            back = max(place - _FOREIGN_BACK, 0)
            before = _FOREIGN_BEFORE.search(self.text[back:place])
            if before is None:
                return
            place = back + before.start("name")
            yield Person(before["name"], role, place, place + len(before["name"]))

    def group(self, match: re.Match[str]) -> Iterator[Person]:
        """Give the names of a list that is headed by a title and a number."""
        for each in _IN_GROUP.finditer(match["list"]):
            start = match.start("list") + each.start(1)
            if each[1] not in self.others:
                yield Person(each[1], match["role"], start, start + len(each[1]))

    def _after(self, role: str, place: int) -> Iterator[Person]:
        for _ in range(_LIST_LIMIT):
            after = _LISTED_AFTER.match(self.text, place)
            if after is None or not self.is_name(after[1], after.start(1), sure=False):
                return
            yield Person(after[1], role, after.start(1), after.end(1))
            place = after.end()

    def _before(self, role: str, place: int) -> Iterator[Person]:
        for _ in range(_LIST_LIMIT):
            back = max(place - _BACK, 0)
            before = _LISTED_BEFORE.search(self.text[back:place])
            if before is None or not self.is_name(before[1], back + before.start(1), sure="·" in before[0]):
                return
            place = back + before.start(1)
            yield Person(before[1], role, place, place + len(before[1]))

    def _may_be(self, name: str) -> bool:
        if name in self.others or name in _NOT_NAMES or _A_ROLE.fullmatch(name) or _UNNAMED.fullmatch(name):
            return False
        return name[-1] not in _PARTICLES or name[:-1] not in self.others

    def is_name(self, name: str, start: int, *, sure: bool) -> bool:
        """Can it be a name? `sure` says that what stands around it leaves little doubt."""
        if not self._may_be(name):
            return False
        inside = self._inside(start, start + len(name))
        if len(name) < _USUAL_LENGTH:
            return len(inside) == 1 and inside[0].tag == "NNP" and name[1] in _GIVEN and name[0] in _COMMON_SURNAMES
        if len(inside) == 1 and inside[0].tag == "NNP":
            return True
        if not sure and not _is_given(name):
            return False
        return _reads_as_name(name, start, inside, sure=sure)

    def _inside(self, start: int, end: int) -> list[Morpheme]:
        place = bisect_left(self.starts, start)
        if place and self.morphemes[place - 1].end > start:
            place -= 1
        return list(self.morphemes[place : bisect_left(self.starts, end)])


_USUAL_LENGTH = 3
_PARTICLES = frozenset("의은는을를에도로와과이가")
_NO_ENDING = frozenset("의은는을를에와과")
_NO_BEGINNING = frozenset({"MM", "NP", "MA", "VV", "VA", "VX"})
_PREDICATES = frozenset({"VCP", "XSV", "XSA"})  # 고향인, 반대한: a noun made a verb
_COMMON_SURNAMES = frozenset("김이박최정강조윤장임한오서신권황안송류유전홍문양배백허남심노하곽차주우민진")


def _is_given(name: str) -> bool:
    return all(each in _GIVEN for each in name[1:])


def _reads_as_name(name: str, start: int, inside: Sequence[Morpheme], *, sure: bool) -> bool:
    """Do the morphemes leave room for a name? A common noun is none, nor is one with something hung on it."""
    if not inside:
        return sure
    first, last = inside[0], inside[-1]
    if first.start <= start and first.end >= start + len(name):
        return first.tag == "NNP" or (sure and first.tag not in _NOUN_TAGS)
    if not sure and first.tag[:2] in _NO_BEGINNING:
        return False
    hung = len(first.surface) == len(name) - 1 and first.start == start
    if last.tag[0] == "J" and name[-1] in _PARTICLES:
        return False
    if not hung:
        return True
    if first.tag[0] == "V" and last.tag[0] == "E" and name[-1] in "지고며면서게":
        return False
    if last.tag[:3] in _PREDICATES or last.tag == "XSN":
        return False
    return sure or name[-1] not in _HANGS_ON or first.tag not in ("NNG", "NNP")


def _spaced(text: str) -> str:
    return " ".join(text.split())
