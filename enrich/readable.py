"""Any string that Python can hold, made readable for libraries written in C, with the way back to the original."""

import unicodedata


def readable(text: str) -> tuple[str, list[int] | None]:
    """Return a text in NFC without NUL and lone surrogates, and where each character (and the end) stood before.

    The second is None where nothing moved.
    """
    # MeCab stops at NUL, and nothing that wants UTF-8 can be handed a lone surrogate.
    clean = text.replace("\0", " ") if "\0" in text else text
    try:
        clean.encode()
    except UnicodeEncodeError:
        clean = clean.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if len(clean) != len(text):  # two lone halves that make a pair when they meet
            clean = "".join("\ufffd" if "\ud800" <= each <= "\udfff" else each for each in text.replace("\0", " "))
    if unicodedata.is_normalized("NFC", clean):
        return clean, None
    return _composed(clean)


def _composed(text: str) -> tuple[str, list[int]]:
    """Compose a text (NFC), and say for each character of the result, and for its end, where it stood."""
    pieces: list[str] = []
    origin: list[int] = []
    start = 0
    for end in [*(place for place in range(1, len(text)) if _begins(text[place])), len(text)]:
        piece = text[start:end]
        composed = unicodedata.normalize("NFC", piece)
        pieces.append(composed)
        origin.extend(start + place * len(piece) // len(composed) for place in range(len(composed)))
        start = end
    return "".join(pieces), [*origin, len(text)]


def _begins(character: str) -> bool:
    """Can this character only begin a composed one, never continue it? Others are left with the ones before."""
    return character < "\u0300" or "\u3400" <= character <= "\ud7a3" or "\u1100" <= character <= "\u115f"
