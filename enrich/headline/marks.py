"""The marks of a part: numbers, labels and brackets as outlets write them, and how they are read.

They are looked for on a copy of the headline with brackets unified one for one.
"""

import re
from dataclasses import dataclass

BRACKETS = str.maketrans("［］【】〔〕「」『』＜＞〈〉⟨⟩《》‹›（）", "[][][][][]<><><><><>()")
# Runs of enclosed numbers in Unicode: first character, first value, length.
_ENCLOSED_RUNS = (
    ("①", 1, 20), ("㉑", 21, 15), ("㊱", 36, 15), ("❶", 1, 10), ("➀", 1, 10), ("➊", 1, 10),
    ("⑴", 1, 20), ("⒈", 1, 20), ("⓵", 1, 10), ("⓫", 11, 10),
)  # fmt: skip
ENCLOSED = {chr(ord(first) + step): value + step for first, value, length in _ENCLOSED_RUNS for step in range(length)}
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
# Letters that are no word or letter of a name by themselves, as I, V and X are.
_ROMAN_LETTERS = {"II": "Ⅱ", "III": "Ⅲ", "IV": "Ⅳ", "VI": "Ⅵ", "VII": "Ⅶ", "VIII": "Ⅷ", "IX": "Ⅸ"}
_HANJA_PARTS = {"上": "상", "中": "중", "下": "하"}
_LAST = r"마지막\s?회|최종\s?회"
_END = rf"(?:끝|완결?|{_LAST}|연재\s?끝|終|完)"
_CIRCLED = f"[{''.join(ENCLOSED)}]"
_COUNTER = r"(?:회|편|부|화|강|탄)"
_DASH = r"[-–—·・/:,\s]"
_EPISODE = r"(?:[Ee][Pp]\.?|DAY|Day|[Vv]ol\.?|VOL\.?|#)"
# What may stand inside a bracket of its own: 3, 3회, 제3화, 5·끝, 상, 끝, 프롤로그.
OWN = re.compile(
    rf"\s*(?:제?\s?(?P<number>\d{{1,3}})\s?{_COUNTER}?|(?P<circled>{_CIRCLED})"
    rf"|(?P<part>[상중하上中下])편?|(?P<label>프롤로그|에필로그|번외편?))?"
    rf"{_DASH}*(?P<end>{_END})?\s*"
)
# A number that follows something, without a bracket of its own: ⑩끝, 제3화, 8부: …, EP.2, 프롤로그.
OPEN = re.compile(
    rf"(?:(?P<circled>{_CIRCLED})|제\s?(?P<number>\d{{1,3}})\s?[화편강부]"
    rf"|{_EPISODE}\s?(?P<episode>\d{{1,3}})(?!\d)|(?P<counted>\d{{1,3}})\s?(?:{_COUNTER}(?=[.:])|[화편](?=\s))"
    rf"|(?P<label>프롤로그|에필로그)(?![가-힣])|(?P<closed>{_LAST})(?=$|\s?[-–—:]))\s?{_DASH}?(?P<end>(?:{_END})(?![가-힣]))?"
)
# The end of a bracket's content: 골목②, 시리즈1, 바다 이야기 8부, 한 줄 영어-216, 셈법下, 섬에서(중), 오래된 가게 40.
TAIL = re.compile(
    rf"^(?P<name>.*?)"
    rf"(?:\s*[│|]?\s*(?P<circled>{_CIRCLED})"
    rf"|\s*[(<\[]\s*(?P<boxed>[^()<>\[\]]{{1,8}})\s*[)>\]]"
    rf"|[-–—·\s]?(?:제\s?)?(?<![\d.,])(?P<counted>\d{{1,4}})\s?{_COUNTER}"
    rf"|\s(?:{_EPISODE}|N[Oo]\.(?!\s?1(?!\d)))\s?(?P<episode>\d{{1,3}})"
    rf"|\s(?P<roman>[{_ROMAN}]|(?<=[가-힣]\s)(?:{'|'.join(_ROMAN_LETTERS)}))"
    rf"|(?P<hyphen>[-–—])\s?(?P<hyphened>\d{{1,3}})"
    rf"|\s(?P<spaced>\d{{1,2}})|(?<=[가-힣])·(?P<dotted>\d{{1,2}})"
    rf"|(?<=시리즈)\s?(?P<numbered>\d{{1,3}})"
    rf"|(?<=[가-힣])(?P<attached>\d{{1,2}})(?=\s?[-–—·]\s?{_END}\s*$)"
    rf"|(?P<hanja>\s?[上中下])"
    rf"|[-–—·/](?P<hangul>[상중하])"
    rf")(?:\s?{_DASH}?(?P<end>{_END}))?\s*$"
)
# A bracket's content that ends without a number: 섬에서-끝, 섬에서·完, 오래된 가게 마지막회, 오래된 가게 프롤로그.
ENDING = re.compile(
    rf"^(?P<name>\S.{{2,}}\S)(?:\s?[-–—·]\s?(?P<end>{_END})|\s(?P<closed>완결?|{_LAST}|終|完)"
    rf"|(?:(?<!의)\s|\s?[-–—·:]\s?)(?P<label>프롤로그|에필로그|번외편))$"
)
# A number in the middle of a bracket's content, the part's own name after it: 장터를 걷다│① 포구장, 각축①-냉각.
MIDDLE = re.compile(rf"^(?P<name>.*?\w.*?)[\s│|/:·–—-]*(?P<circled>{_CIRCLED})")
# A number before the name, in its bracket: ②다시 여는 포구.
LEADING = re.compile(rf"^(?P<circled>{_CIRCLED})[\s.:|│–—-]*(?P<name>[‘“'\"]?[^\W\d].{{3,}})$")
# A part written as in a list, right after a name's bracket: 6. 위판장, 3)볕, 7·끝) 사람, 上. 빈터, 중-돈줄.
LISTED = re.compile(
    rf"(?P<roman>[{_ROMAN}])(?=[.\s])|(?P<counted>\d{{1,2}})부\s(?!리그|투어|승격|강등|.*{_CIRCLED})"
    rf"|(?:(?P<number>\d{{1,3}})(?!\d|\s?[-–—:](?!\s?{_END}))|(?P<part>[상중하上中下])(?=[.)]|\s?[-–—:]\s?[가-힣]{{2}}))"
    rf"(?:\s?[·,-]?\s?(?P<end>{_END}))?(?:[.)](?!\d)|\s?[-–—:])(?:\s?\((?P<closed>{_END})\))?"
)
# A part between dashes, or after the last one: 이름 - 下 - 제목, 이름-상.
DASHED = re.compile(r"[-–—]\s?(?P<part>[상중하上中下])(?:\s?[-–—](?=\s)|$)")
# A counted part that says it is the last needs no bracket: 이름 12회·끝 - 제목.
ENDED = re.compile(rf"(?<=\s)제?\s?(?P<counted>\d{{1,3}})\s?{_COUNTER}\s?[·,(/-]\s?(?P<end>{_END})(?![가-힣])\)?")
# A count right after a bracket of several words, if nothing follows that is counted so: [이름 몇 마디] 3회 제목.
ROUND = re.compile(
    r"\s*(?P<counted>\d{1,2})회\s+(?!연속|연임|추경|만에|이상|이하|정기|임시|본회의|공연|졸업|대회|수상|우승|선발|출전|등판|[초말]\s)"
)
# A counted part after a genre of several parts: [연재] 이름 7회 - 제목, [기획] 이름 - 제7편; 제7회 is an edition.
AFTER_GENRE = re.compile(
    r"\s*(?P<name>[^,…\"“”\[\]<>()]{4,25}?)\s(?:[-–—]\s?)?"
    r"(?:제\s?(?P<number>\d{1,3})\s?[편화부](?=\s?[-–—:]|\s*$)|(?P<counted>\d{1,3})\s?[회편화](?=\s?[-–—:]))"
)
# A plain name of several words before a hyphen: 이름 몇 마디-4 제목; no score, virus or line of a railway.
HYPHENED = re.compile(
    r"^(?P<name>[가-힣][가-힣A-Za-z·\s]{3,24}[가-힣])(?<!코로나)-(?P<hyphened>\d{1,2})\s(?!호선|구역|지구|단지|공구|블록|차전|번지|로\s)"
)
_IN_ROUND = re.compile(r"\(([\d상하])\)")


@dataclass(frozen=True, slots=True)
class Group:
    """A bracketed piece: where it stands and what it holds."""

    start: int
    end: int
    open: str
    content: str


@dataclass(frozen=True, slots=True)
class Part:
    """Which part: a number, or a label, and whether it is the last."""

    number: int | None = None
    label: str | None = None
    final: bool = False
    circled: bool = False
    bracket: str = ""


def with_its_last_bracket(text: str) -> str:
    """Close the bracket in which a listing cut a headline off: 제목[대리점의 봄①..."""
    opened = text.rfind("[")
    cut = re.search(r"\s*(?:\.{2,}|…)$", text)
    if opened <= 0 or cut is None or "]" in text[opened:]:
        return text
    return text[: cut.start()] + "]"


def is_list(text: str) -> bool:
    """Is it a list of points (①… ②…, (1)… (2)…), rather than a part of something?"""
    circled = {ENCLOSED[character] for character in text if character in ENCLOSED}
    lettered = set(_IN_ROUND.findall(text))
    return len(circled) > 1 or {"1", "2"} <= lettered or {"상", "하"} <= lettered


def groups_of(text: str) -> list[Group]:
    """Return the outermost bracketed pieces, left to right; an unclosed bracket is text."""
    closing = {"[": "]", "<": ">", "(": ")"}
    groups: list[Group] = []
    position = 0
    while position < len(text):
        end = _closing(text, position, closing) if text[position] in closing else -1
        if end < 0:
            position += 1
            continue
        groups.append(Group(position, end + 1, text[position], text[position + 1 : end].strip()))
        position = end + 1
    return groups


def _closing(text: str, start: int, closing: dict[str, str]) -> int:
    depth = 0
    for position in range(start, len(text)):
        if text[position] == text[start]:
            depth += 1
        elif text[position] == closing[text[start]]:
            depth -= 1
            if depth == 0:
                return position
    return -1


def own_part(group: Group) -> Part | None:
    """Read a bracket that holds nothing but a part: <3>, (하), [5·끝]."""
    match = OWN.fullmatch(group.content)
    if match is None or not any(match.groups()):
        return None
    return part_of(match, bracket=group.open)


def part_of(match: re.Match[str], *, bracket: str = "") -> Part:
    """Return the part that one of the expressions found."""
    fields = match.groupdict()
    circled = fields.get("circled")
    roman = fields.get("roman") or ""
    roman = _ROMAN_LETTERS.get(roman, roman)
    names = ("number", "counted", "hyphened", "spaced", "dotted", "numbered", "attached", "episode")
    digits = next((fields[name] for name in names if fields.get(name)), None)
    part = (fields.get("part") or fields.get("hanja") or fields.get("hangul") or "").strip()
    label = _HANJA_PARTS.get(part, part) or fields.get("label")
    return Part(
        number=ENCLOSED[circled] if circled else int(digits) if digits else _ROMAN.index(roman) + 1 if roman else None,
        label=label,
        final=bool(fields.get("end") or fields.get("closed")) or label == "하",
        circled=bool(circled),
        bracket=bracket,
    )
