"""Whether a name in Latin letters can be the reading of a Korean word, in any of the usual spellings.

People and firms spell their names as they like (Kang Gi-jung for 강기정, Lee for 이), and foreign names come back
from Hangul changed (Las Vegas, 라스베이거스). Names are compared by keys in which those spellings meet.
"""

import re
from functools import lru_cache

from enrich.briefs.romanize import romanize

_SURNAMES = {
    "김": "kim gim", "이": "lee yi rhee i", "박": "park pak bak", "최": "choi choe", "정": "jung chung jeong cheong",
    "강": "kang gang", "조": "cho jo", "윤": "yoon yun", "장": "jang chang", "임": "lim im rim", "한": "han",
    "오": "oh o", "서": "seo suh", "신": "shin sin", "권": "kwon gwon", "황": "hwang", "안": "ahn an", "송": "song",
    "류": "ryu yu ryoo", "유": "yoo yu", "전": "jeon jun chun", "홍": "hong", "고": "ko go koh", "문": "moon mun",
    "양": "yang", "손": "son sohn", "배": "bae pae", "백": "baek paik", "허": "heo hur huh", "남": "nam",
    "심": "shim sim", "노": "noh no roh", "하": "ha", "곽": "kwak gwak", "성": "sung seong", "차": "cha",
    "주": "joo ju", "우": "woo u", "구": "koo gu ku", "민": "min", "나": "na ra", "진": "jin chin", "지": "ji chi",
    "엄": "um eom", "채": "chae", "원": "won", "천": "chun cheon", "방": "bang", "공": "kong gong", "현": "hyun hyeon",
    "함": "ham", "변": "byun byeon", "염": "yeom", "여": "yeo", "추": "choo chu", "도": "do", "소": "so", "석": "seok",
    "선": "sun seon", "설": "seol sul", "마": "ma", "길": "gil kil", "연": "yeon", "위": "wi", "표": "pyo",
    "명": "myung myeong", "기": "ki gi", "반": "ban", "라": "ra", "왕": "wang", "금": "keum geum", "옥": "ok",
    "육": "yook yuk", "인": "in", "맹": "maeng", "제": "je", "모": "mo", "탁": "tak", "국": "kook guk", "어": "eo",
    "은": "eun", "편": "pyeon", "용": "yong", "예": "ye", "봉": "bong",
}  # fmt: skip
_FOLDS = (
    ("ce", "se"), ("ci", "si"), ("cy", "si"),
    ("wo", "o"), ("eo", "o"), ("eu", "u"), ("oo", "u"), ("ou", "u"), ("ee", "i"), ("ae", "e"), ("ai", "e"), ("oe", "e"),
    ("ck", "g"), ("sh", "s"), ("ch", "j"), ("ph", "p"), ("yu", "yo"), ("k", "g"), ("q", "g"), ("c", "g"), ("t", "d"),
    ("p", "b"), ("r", "l"), ("z", "j"), ("u", "o"), ("h", ""), ("y", "i"), ("w", ""),
)  # fmt: skip
_FOREIGN = (
    ("x", "gs"),
    ("ch", "j"),
    ("ck", "g"),
    ("ph", "f"),
    ("th", "s"),
    ("c", "g"),
    ("k", "g"),
    ("q", "g"),
    ("v", "b"),
)
_FOREIGN_AFTER = (("p", "b"), ("f", "h"), ("t", "d"), ("r", "l"), ("z", "j"))
_NAME = 3  # syllables of most names
_WHOLE = 40
_LONGEST = 8  # syllables of a piece of a word
_SHORTEST_FOREIGN = 3  # consonants
_HANGUL = re.compile(r"[가-힣]+")


def reads_as(token: str, korean: str) -> bool:
    """Can the token be the reading of a piece of one of the words of a Korean text?"""
    letters = re.sub(r"[^a-z]", "", token.lower())
    if not letters:
        return False
    if letters in _ALL_SURNAMES and any(letters in _SURNAMES.get(each, "").split() for each in dict.fromkeys(korean)):
        return True
    if _key(letters) in _keys(korean):
        return True
    bones = _bones(letters)
    return len(bones) >= _SHORTEST_FOREIGN and bones in _skeletons(korean)


def is_surname(token: str) -> bool:
    """Is it a usual spelling of a Korean surname?"""
    return token.lower() in _ALL_SURNAMES


_ALL_SURNAMES = frozenset(spelling for each in _SURNAMES.values() for spelling in each.split())


def _key(letters: str) -> str:
    for written, folded in _FOLDS:
        letters = letters.replace(written, folded)
    return re.sub(r"(.)\1+", r"\1", letters)


def _bones(letters: str) -> str:
    for written, folded in (*_FOREIGN, *_FOREIGN_AFTER):
        letters = letters.replace(written, folded)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouwy]", "", letters))


@lru_cache(maxsize=256)
def _keys(korean: str) -> frozenset[str]:
    keys = set()
    for word in dict.fromkeys(_HANGUL.findall(korean)):
        for start in range(len(word)):
            # From its beginning a word is read to any length: an institute's name has twenty syllables.
            for end in range(start + 1, min(start + (_WHOLE if start == 0 else _LONGEST), len(word)) + 1):
                # Of single syllables those that can be a surname or a given name by themselves.
                if end - start > 1 or start == 0 or (len(word) == end == _NAME):
                    keys.add(_key(_spelt(word[start:end])))
                    keys.add(_key("".join(_spelt(each) for each in word[start:end])))
    return frozenset(keys)


@lru_cache(maxsize=256)
def _skeletons(korean: str) -> frozenset[str]:
    found = set()
    for word in dict.fromkeys(_HANGUL.findall(korean)):
        for end in range(2, min(_LONGEST, len(word)) + 1):
            found.add(_bones(_spelt(word[:end]).replace("eu", "")))
    return frozenset(found)


@lru_cache(maxsize=65536)
def _spelt(piece: str) -> str:
    return romanize(piece)
