"""How briefs are shown: as Markdown in the form of the sample, and as JSON."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from sosik.model.article import Article
from sosik.model.brief import Brief, BriefStatus, CheckResult, GlossaryCard, Statement
from sosik.model.source import Source

_BY_RULES = "facts"
_NO_TRANSLATION = (
    "Put together by rules from the names, figures and dates of the article; it is no translation, and what has no "
    "line here may still stand in the Korean."
)
_NOTHING = "No names, dates or figures that the rules can put into English; the Korean has to be read."


def title_line(brief: Brief, article: Article) -> str:
    """The first line: the Korean headline, the source's id, and how many glossary terms are explained."""
    count = len(brief.glossary)
    headline = " ".join(_clean(article.title).split())
    return f"EN brief: {headline} ({article.source}) + {count} glossary term{'' if count == 1 else 's'}."


def statements_of(brief: Brief) -> tuple[tuple[str, Statement], ...]:
    """Every statement with the name of its section."""
    sections = (("summary", brief.summary), ("story", brief.story), ("context", brief.context))
    return tuple((name, each) for name, several in sections for each in several)


def brief_object(brief: Brief, article: Article) -> dict[str, Any]:
    """What `sosik brief --json` prints."""
    statements = [
        {
            "section": section,
            "text": each.text,
            "cites": list(each.cites),
            "check": each.check.result.value,
            "reasons": list(each.check.reasons),
        }
        for section, each in statements_of(brief)
    ]
    return {
        "article": brief.article,
        "title": brief.title or title_line(brief, article),
        "title_line": title_line(brief, article),
        "english_title": brief.title or None,
        "outlet": article.source,
        "published": article.published.iso() if article.published else None,
        "url": article.url,
        "status": brief.status.value,
        "drafter": brief.drafter,
        "revision": brief.revision,
        "statements": statements,
        "sentences": [
            {"n": each.number, "start": each.start, "end": each.end, "text": each.text} for each in brief.sentences
        ],
        "glossary": [card_object(each) for each in brief.glossary],
        "blocked": [each for each in statements if each["check"] == CheckResult.BLOCK.value],
    }


def card_object(card: GlossaryCard) -> dict[str, Any]:
    """What `sosik glossary --json` prints of a term."""
    return {
        "term": card.term,
        "romanized": card.romanized,
        "hyphenated": card.hyphenated,
        "english": card.english,
        "explanation": card.explanation,
        "examples": [
            {"korean": korean, "romanized": romanized, "english": english}
            for korean, romanized, english in card.examples
        ],
    }


def brief_markdown(brief: Brief, article: Article, source: Source | None) -> str:
    """What `sosik brief` prints: under each statement the Korean that it rests on."""
    return "\n".join([title_line(brief, article), "", *_body(brief, article, source)]) + "\n"


def _body(brief: Brief, article: Article, source: Source | None) -> Iterator[str]:
    by_rules = brief.drafter.startswith(_BY_RULES)
    reviewed = "not reviewed" if brief.status is BriefStatus.DRAFT else "by an editor"
    yield f"*Status: {brief.status.value} ({reviewed}) · drafter: {brief.drafter} · revision {brief.revision}*  "
    when = article.published.iso()[:16].replace("T", " ") if article.published else "undated"
    yield f"*{source.name_en if source else article.source} · {when} · <{_clean(article.url)}>*"
    yield from ("", "## Summary", "")
    if brief.title and not any(each.text.rstrip(".") == brief.title for each in brief.summary):
        yield from (f"**{_text(brief.title)}**", "")
    yield from _statements(brief.summary, brief)
    if not brief.summary:
        yield from (_NOTHING, "")
    for card in brief.glossary:
        yield from (*_card(card), "")
    if by_rules:
        yield from (f"*{_NO_TRANSLATION}*", "")
    if brief.story:
        how = "facts of the article" if by_rules else "translated & rewritten"
        yield from (f"## Full story ({how})", "")
        yield from _statements(brief.story, brief)
    elif source is not None and not source.full_text:
        yield from ("## Full story", "", f"Not reproduced: the outlet's rights allow a summary. <{article.url}>", "")
    yield from ("## Context", "")
    yield from _statements(brief.context, brief)
    examples = [each for card in brief.glossary for each in card.examples]
    if examples:
        yield from ("## Examples", "")
        yield from (f"- {korean}  \n  {romanized} — {english}" for korean, romanized, english in examples)


def _statements(statements: Sequence[Statement], brief: Brief) -> Iterator[str]:
    korean = {each.number: each.text for each in brief.sentences}
    for each in statements:
        cites = "".join(f"[{number}]" for number in each.cites)
        if each.check.result is CheckResult.BLOCK:
            yield f"- **Blocked:** ~~{_text(each.text)}~~ {cites}"
        else:
            yield f"- {_text(each.text)} {cites}"
        if each.check.result is not CheckResult.PASS:
            label = "why" if each.check.result is CheckResult.BLOCK else "to be looked at"
            yield f"  *{label}: {_text('; '.join(each.check.reasons))}*"
        for number in each.cites:
            if number in korean:
                yield f"  > {number}. {_text(korean[number])}"
        yield ""


def _card(card: GlossaryCard) -> Iterator[str]:
    yield f"**{card.term}** *{card.romanized}* ({card.hyphenated}): “{card.english}”. {card.explanation}"


def card_markdown(card: GlossaryCard) -> str:
    """What `sosik glossary TERM` prints."""
    examples = [f"- {korean}  \n  {romanized} — {english}" for korean, romanized, english in card.examples]
    return "\n".join([*_card(card), "", *examples]) + "\n"


def _text(text: str) -> str:
    """Text of others inside Markdown: no markup of theirs, on one line."""
    one_line = " ".join(_clean(text).split())
    return "".join(f"\\{each}" if each in "\\`*_<~" else each for each in one_line)


def _clean(text: str) -> str:
    """Without control characters, which terminals obey."""
    return "".join(" " if unicodedata.category(each) == "Cc" else each for each in text)
