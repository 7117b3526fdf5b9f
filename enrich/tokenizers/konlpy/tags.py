"""From each tagger's tags to Sejong's, which everything after the tokenizer reads."""

import re
from collections.abc import Iterator, Mapping

_OKT = {
    "Noun": "NNG", "ProperNoun": "NNP", "Verb": "VV", "Adjective": "VA", "Josa": "JX", "Number": "SN", "Alpha": "SL",
    "Suffix": "XSN", "Determiner": "MM", "Modifier": "MM", "Adverb": "MAG", "Conjunction": "MAJ", "Exclamation": "IC",
    "Punctuation": "SF", "KoreanParticle": "IC", "Eomi": "EF", "PreEomi": "EP", "NounPrefix": "XPN",
    "VerbPrefix": "XPN", "Hashtag": "SL", "ScreenName": "SL", "Email": "SL", "URL": "SL", "Unknown": "UNKNOWN",
    "Foreign": "SY",
}  # fmt: skip
_HANNANUM = {
    "NC": "NNG", "NQ": "NNP", "NB": "NNB", "NP": "NP", "NN": "NR", "PV": "VV", "PA": "VA", "PX": "VX", "JC": "JKB",
    "JX": "JX", "JP": "VCP", "MM": "MM", "MA": "MAG", "II": "IC", "EP": "EP", "EC": "EC", "EF": "EF", "ET": "ETM",
    "XP": "XPN", "XS": "XSV", "S": "SY", "F": "SL",
}  # fmt: skip
_KKMA = {
    "NNM": "NNBC", "NN": "NNG", "UN": "UNKNOWN", "OL": "SL", "OH": "SH", "ON": "SN", "MAC": "MAJ", "MDN": "MM",
    "MDT": "MM", "MD": "MM", "VXV": "VX", "VXA": "VX", "XPV": "XPN", "EMO": "IC", "JKM": "JKB", "JKI": "JKV",
}  # fmt: skip
_KOMORAN = {"NA": "UNKNOWN", "NF": "NNG", "NV": "VV"}
MAPS: Mapping[str, Mapping[str, str]] = {
    "okt": _OKT, "hannanum": _HANNANUM, "kkma": _KKMA, "komoran": _KOMORAN, "mecab": {},
}  # fmt: skip

_NOUNS = frozenset({"NNG", "NNP", "NNB", "NNBC", "NR", "SN", "SL", "SH", "SY", "UNKNOWN", "MM"})
_PIECES = re.compile(
    r"(?P<SN>[0-9]+)|(?P<SL>[A-Za-zÀ-ɏ]+)|(?P<SH>[㐀-䶵一-鿿豈-龎]+)|(?P<HANGUL>[가-힣ㄱ-ㆎᄀ-ᇿ]+)|(?P<SY>.)", re.DOTALL
)


def sejong(tagger: str, tag: str) -> str:
    """Return the Sejong tag of a tagger's own; of a fused one (VV+EP) each part."""
    names = MAPS[tagger]
    return "+".join(names.get(each, each) for each in tag.split("+"))


def pieces(surface: str, tag: str) -> Iterator[tuple[str, str, int]]:
    """Give a token cut where its digits and signs begin and end, with tag and place of each piece.

    Taggers differ in what they keep together: 3,000억원 is one token or five, a word in quotation marks one or three. A
    token of nothing but digits, letters, Hanja or signs has the tag of those, whatever the tagger calls it.
    """
    if tag not in _NOUNS:
        yield surface, tag, 0
        return
    found = [(each.group(), str(each.lastgroup), each.start()) for each in _PIECES.finditer(surface)]
    if len(found) > 1 and not any(kind in ("SN", "SY") for _, kind, _ in found):
        yield surface, tag, 0  # letters of several kinds that belong together: AI반도체
        return
    noun = "NNG" if tag in ("SN", "SL", "SH", "SY") else tag
    for piece, kind, place in found:
        yield piece, noun if kind == "HANGUL" else kind, place
