"""The matched words in their surroundings, in colour on a terminal and in «quotation marks» elsewhere."""

from collections.abc import Sequence

from rich.text import Text

from sosik.model.search import Document, Highlight

_BEFORE, _WIDTH = 30, 120  # characters


def marked_title(document: Document, highlights: Sequence[Highlight], *, colour: bool) -> Text:
    """Return the title with the matched words marked."""
    return _marked(document.title, 0, len(document.title), highlights, colour=colour, style="bold")


def marked_snippet(document: Document, highlights: Sequence[Highlight], *, colour: bool) -> Text | None:
    """Return the piece of text round the densest matches, or None where only the title matched."""
    whole = f"{document.title}\n{document.text}"
    body = len(document.title) + 1
    inside = [each for each in highlights if each.start >= body]
    if not inside:
        return None
    best = max(inside, key=lambda first: sum(first.start <= each.start < first.start + _WIDTH for each in inside))
    start = max(body, best.start - _BEFORE)
    end = min(len(whole), start + _WIDTH + _BEFORE)
    text = Text("  ")
    text.append("… " if start > body else "")
    text.append_text(_marked(whole, start, end, highlights, colour=colour))
    text.append(" …" if end < len(whole) else "")
    return text


def _marked(
    whole: str, start: int, end: int, highlights: Sequence[Highlight], *, colour: bool, style: str = ""
) -> Text:
    text = Text(style=style)
    place = start
    for each in sorted(highlights, key=lambda each: each.start):
        if each.start < place or each.end > end:
            continue
        text.append(_line(whole[place : each.start]))
        word = _line(whole[each.start : each.end])
        text.append(word if colour else f"«{word}»", style="bold yellow" if colour else "")
        place = each.end
    text.append(_line(whole[place:end]))
    return text


def _line(text: str) -> str:
    return text.replace("\n", " ")
