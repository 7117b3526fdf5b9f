"""Small rules for strings that every part of the Korean layer shares."""

import html
import re
import unicodedata

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_NOT_LETTERS = re.compile(r"[\W_]+")
_NOT_HANGUL = re.compile(r"[^가-힣]+")
_SENTENCE_END = re.compile(r"(?:[.?!…]|[가-힣]다|[가-힣]요|[가-힣]까|[가-힣]죠)[\"'”’」』)\]>]*\s*$")


def clean(text: str) -> str:
    """Normalise a text of several lines: NFC, nothing invisible, single spaces, no empty lines, stripped."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text.replace("\u2028", "\n").replace("\u2029", "\n")))
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def one_line(text: str, *, entities: bool = True) -> str:
    """As `clean`, with line breaks as spaces and, where asked, entities that were escaped twice resolved."""
    if entities and "&" in text:
        text = html.unescape(html.unescape(text))
    return unicodedata.normalize("NFC", " ".join(_INVISIBLE.sub("", text).split()))


def letters(text: str) -> str:
    """What two spellings of one text have in common: letters and digits, in lower case."""
    return _NOT_LETTERS.sub("", text).lower()


def hangul(text: str) -> int:
    """Count the Hangul syllables."""
    return len(_NOT_HANGUL.sub("", text))


def ends_sentence(line: str) -> bool:
    """Does the line end as a sentence of an article does, and a headline or a button does not?"""
    return _SENTENCE_END.search(line, max(len(line) - 12, 0)) is not None
