"""Korean in Latin letters, by the Revised Romanization of 2000.

Sounds are written as spoken (sinmunno, dongnip), with two rules of its own: in nouns an h after a stop stays
(Mukho, Jiphyeonjeon), while verbs melt it (sijakada); the given names of people do not assimilate (Han Bok-nam).
"""

import re
from functools import lru_cache

from hangulpy import romanize as _spoken

_TWO_SYLLABLE_SURNAMES = frozenset({"남궁", "독고", "제갈", "황보", "선우", "사공", "서문", "동방"})
_HANGUL_RUN = re.compile(r"[가-힣]+")
_FIRST, _FINALS, _VOWELS = 0xAC00, 28, 21
_STOPS = frozenset((1, 7, 17))  # finals ㄱ ㄷ ㅂ
_H = 18  # the initial ㅎ
_NG = 21  # the final ㅇ
_MELTING = "히힌힐힘혀혔혁힙힌"  # of verbs: 밝히다, 잡혔다
_DO = frozenset("하해했한할함합")  # of verbs made of nouns: 시작하다
# Clusters before 히: the second consonant joins the h. Final → what stays, the new initial.
_JOINED = {9: (8, 15), 11: (8, 17), 5: (4, 14)}  # ㄺ → ㄹ+ㅋ, ㄼ → ㄹ+ㅍ, ㄵ → ㄴ+ㅊ
_AS_SPOKEN = {"여덟": "여덜"}


def romanize(text: str) -> str:
    """Return the text with every run of Hangul in Latin letters, small; the rest stays as it is."""
    return _HANGUL_RUN.sub(lambda match: _word(match[0]), text)


def romanize_name(name: str) -> str:
    """Return a Korean person's name: Gang Gi-jeong, Namgung Seul. A name with a space is romanized word by word."""
    if " " in name or not _HANGUL_RUN.fullmatch(name) or len(name) < 2:
        return capitalized(romanize(name))
    cut = 2 if name[:2] in _TWO_SYLLABLE_SURNAMES and len(name) > 2 else 1
    given = "-".join(_word(each) for each in name[cut:])
    return f"{_word(name[:cut]).capitalize()} {given.capitalize()}"


def hyphenate(word: str) -> str:
    """Return a word syllable by syllable as it is spoken: sil-jeung, eom-mu-hyeo-byak."""
    pieces: list[str] = []
    whole = romanize(word).replace(" ", "")
    rest = whole
    for syllable in re.findall(r"[가-힣]", word)[:-1]:
        vowel = _vowel_of(syllable)
        at = rest.find(vowel)
        # Consonants between two vowels: one begins the next syllable, of two the first ends this one.
        end = at + len(vowel)
        consonants = re.match(r"(?:ng|kk|tt|pp|ss|jj|ch|[bcdfghjklmnprst])*", rest[end:])
        found = consonants[0] if consonants else ""
        if (ord(syllable) - _FIRST) % _FINALS == _NG:
            keep = len("ng")
        else:  # in-gong: what looks like ng are two letters
            keep = len("".join(re.findall(r"kk|tt|pp|ss|jj|ch|[bcdfghjklmnprst]", found)[:-1]))
        pieces.append(rest[: end + keep])
        rest = rest[end + keep :]
    return "-".join([*pieces, rest])


def capitalized(text: str) -> str:
    """Return the text with every word beginning with a capital."""
    return " ".join(each[:1].upper() + each[1:] for each in text.split(" "))


def _vowel_of(syllable: str) -> str:
    bare = chr(_FIRST + ((11 * _VOWELS) + ((ord(syllable) - _FIRST) // _FINALS) % _VOWELS) * _FINALS)
    return str(_spoken(bare))


@lru_cache(maxsize=8192)
def _word(word: str) -> str:
    for written, spoken in _AS_SPOKEN.items():
        word = word.replace(written, spoken)
    return "".join(str(_spoken(part)) for part in _parts(word))


def _parts(word: str) -> list[str]:
    """Cut a word where the h of a noun would melt into the stop before it."""
    parts, begin = [], 0
    letters = list(word)
    for place in range(1, len(letters)):
        before, here = ord(letters[place - 1]) - _FIRST, ord(letters[place]) - _FIRST
        if here // (_VOWELS * _FINALS) != _H:
            continue
        final = before % _FINALS
        if final in _JOINED and word[place] in _MELTING:
            stays, initial = _JOINED[final]
            letters[place - 1] = chr(_FIRST + before - final + stays)
            letters[place] = chr(_FIRST + here + (initial - _H) * _VOWELS * _FINALS)
        elif final in _STOPS and not _is_verb(word, place):
            parts.append("".join(letters[begin:place]))
            begin = place
    return [*parts, "".join(letters[begin:])]


def _is_verb(word: str, place: int) -> bool:
    if word[place] in _MELTING:
        return True
    return word[place] in _DO and place >= _SHORTEST_VERB and word[place : place + 2] not in _NOUNS


_NOUNS = frozenset({"한글", "한국", "합동", "하천", "한옥", "하우", "해양", "해안"})
_SHORTEST_VERB = 2  # syllables before 하다: 시작하다; 낙하 is a noun
