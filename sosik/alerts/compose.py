"""What a message says: plain facts, the Korean headline, and how to stop it. HTML and text from one notice."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import jinja2

from sosik.model.alert import Alert, AlertRule, Event, EventKind
from sosik.model.article import Article
from sosik.model.brief import Brief, CheckResult, Statement
from sosik.model.instants import KST, Published
from sosik.model.series import Installment, Series

_LOADER = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
_LONGEST_SUBJECT = 180  # characters
_PARTS_SHOWN = 12
_BLANK_LINES = re.compile(r"\n{3,}")
_WHAT = {
    EventKind.NEW_SERIES: "New series",
    EventKind.NEW_INSTALLMENT: "New part",
    EventKind.FINAL_INSTALLMENT: "Final part",
    EventKind.LATE_INSTALLMENT: "Late part",
    EventKind.NEW_ARTICLE: "New article",
    EventKind.SOURCE_BROKEN: "Source broken",
}
_LABELS = {"상": "first part (상)", "중": "middle part (중)", "하": "last part (하)", "프롤로그": "prologue"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Why a topic was given: its English name and the words in the article that matched."""

    topic: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """All that a message is made from. `facts` are label and value, shown where there is no brief.

    `page` is the article's address on our dashboard, or empty where nobody outside can reach it.
    """

    event: Event
    rule: AlertRule
    article: Article
    outlet: str
    outlet_in_english: str
    facts: tuple[tuple[str, str], ...]
    proofs: tuple[Proof, ...]
    stop: str
    series: Series | None = None
    brief: Brief | None = None
    page: str = ""
    english: str = ""  # the line in English that every hit has
    names: Mapping[str, str] = field(default_factory=dict)  # topics by id, in English


class Composer:
    """Makes alerts of notices. `domain` is the right side of every Message-ID."""

    def __init__(self, *, domain: str) -> None:
        self._domain = domain
        self._html = html_templates()
        self._text = jinja2.Environment(
            loader=_LOADER,
            autoescape=False,  # noqa: S701 - plain text: what is escaped would be read as &amp;
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def message_id(self, rule: str, event: int) -> str:
        """Return the Message-ID that a message has however often it is sent."""
        return message_id(rule, event, domain=self._domain)

    def compose(self, notice: Notice) -> Alert:
        """Return the message."""
        shown = _shown(notice)
        return Alert(
            rule=notice.rule.id,
            event=notice.event.id,
            subscriber=notice.rule.subscriber,
            message_id=self.message_id(notice.rule.id, notice.event.id),
            subject=_subject(notice),
            text=_tidy(self._text.get_template("alert.txt").render(shown)),
            html=self._html.get_template("alert.html").render(shown),
            stop=notice.stop,
            about=_about(notice),
        )


def html_templates() -> jinja2.Environment:
    """Return the templates of HTML. Whatever an outlet writes stays text: they escape, whoever writes them."""
    return jinja2.Environment(loader=_LOADER, autoescape=True, undefined=jinja2.StrictUndefined)


def message_id(rule: str, event: int, *, domain: str) -> str:
    """Return the Message-ID that a message has however often it is sent."""
    return f"<{rule}.{event}@{domain}>"


def one_line(text: str) -> str:
    """Return text as one line without control and formatting characters: fit for a header or a list."""
    plain = (" " if each.isspace() else each for each in text)
    return " ".join("".join(each for each in plain if unicodedata.category(each) not in ("Cc", "Cf", "Cs")).split())


def mark_of(part: Installment | None) -> str:
    """Return what stands for a part: ⑩, (24), first part (상); empty where its headline does not say."""
    if part is None:
        return ""
    if part.number is not None:
        return chr(ord("①") + part.number - 1) if 1 <= part.number <= 20 else f"({part.number})"
    return _LABELS.get(part.label, one_line(part.label)) if part.label else ""


def _subject(notice: Notice) -> str:
    part = _this(notice)
    what, title = _WHAT[notice.event.kind], one_line(notice.article.title)
    if notice.series is None or part is None or notice.event.kind is EventKind.NEW_ARTICLE:
        subject = f"{what}: {title} ({notice.outlet_in_english})"
    elif notice.event.kind is EventKind.NEW_SERIES:
        subject = f"{what} at {notice.outlet_in_english}: {one_line(notice.series.name)}"
    else:
        subject = f"{what}{_space(mark_of(part))} of {one_line(notice.series.name)} ({notice.outlet_in_english})"
    subject = one_line(subject)
    return subject if len(subject) <= _LONGEST_SUBJECT else subject[: _LONGEST_SUBJECT - 1] + "…"


def link(url: str) -> str:
    """Return an address that may be followed; one of any other kind (javascript:) came with an import and is not."""
    return url if url.startswith(("https://", "http://")) else "about:blank"


def _space(text: str) -> str:
    return f" {text}" if text else ""


def _this(notice: Notice) -> Installment | None:
    parts = notice.series.installments if notice.series else ()
    return next((each for each in parts if each.article == notice.article.id), None)


def _shown(notice: Notice) -> dict[str, object]:
    part = _this(notice)
    parts = notice.series.installments if notice.series else ()
    brief = notice.brief
    return {
        "what": _WHAT[notice.event.kind],
        "why": why(notice.rule, notice.names),
        "title": one_line(notice.article.title),
        "url": link(notice.article.url),
        "page": notice.page,
        "outlet": one_line(notice.outlet),
        "outlet_in_english": one_line(notice.outlet_in_english),
        "published": when(notice.article.published),
        "series": one_line(notice.series.name) if notice.series else "",
        "mark": mark_of(part),
        "final": part is not None and part.final,
        "gaps": notice.series.gap_ranges if notice.series else (),
        "parts": [_part_row(each, notice.article.id) for each in parts[-_PARTS_SHOWN:]],
        "earlier": max(0, len(parts) - _PARTS_SHOWN),
        "facts": [(one_line(label), one_line(value)) for label, value in notice.facts],
        "proofs": [(each.topic, [one_line(word) for word in each.words]) for each in notice.proofs],
        "brief": None if brief is None else _brief(brief),
        "stop": notice.stop,
    }


def _about(notice: Notice) -> dict[str, object]:
    """Return what programs are told: the texts as they came, for JSON needs no other care."""
    article, part = notice.article, _this(notice)
    return {
        "event": notice.event.kind.value,
        "happened": notice.event.happened.astimezone(KST).isoformat(timespec="seconds"),
        "article": {
            "id": article.id,
            "title": article.title,
            "url": link(article.url),
            "outlet": notice.outlet,
            "outlet_in_english": notice.outlet_in_english,
            "published": article.published.iso() if article.published else None,
            "english": notice.english,
            "page": notice.page or None,
        },
        "series": None
        if notice.series is None
        else {
            "id": notice.series.id,
            "name": notice.series.name,
            "installment": part.number if part else None,
            "label": part.label if part else None,
            "final": part is not None and part.final,
        },
    }


def _part_row(part: Installment, current: str) -> dict[str, object]:
    return {
        "mark": mark_of(part),
        "final": part.final,
        "title": one_line(part.title),
        "url": link(part.url),
        "published": when(part.published),
        "current": part.article == current,
    }


def _brief(brief: Brief) -> dict[str, object]:
    def passed(statements: tuple[Statement, ...]) -> list[str]:
        return [one_line(each.text) for each in statements if each.check.result is not CheckResult.BLOCK]

    return {
        "title": one_line(brief.title),
        "status": brief.status.value,
        "drafter": one_line(brief.drafter),
        "summary": passed(brief.summary),
        "context": passed(brief.context),
        "glossary": [
            (one_line(each.term), one_line(each.romanized), one_line(each.english), one_line(each.explanation))
            for each in brief.glossary
        ],
    }


def why(rule: AlertRule, names: Mapping[str, str]) -> str:
    """Say in a sentence what the subscriber asked for."""
    if rule.query:
        asked = f"articles that match “{one_line(rule.query)}”"
    elif rule.series:
        asked = f"new parts of the series “{one_line(rule.series)}”"
    else:
        asked = "new series"
    limits = limits_of(topics=rule.topics, regions=rule.regions, outlets=rule.outlets, names=names)
    return f"You asked to hear of {asked}{limits}."


def limits_of(
    *, topics: Sequence[str], regions: Sequence[str], outlets: Sequence[str], names: Mapping[str, str]
) -> str:
    """Say what something is narrowed to: " about AI cluster on 광주"; empty where it is not."""
    limits = (("about", [names.get(each, each) for each in topics]), ("on", regions), ("at", outlets))
    return "".join(f" {word} {' or '.join(map(one_line, values))}" for word, values in limits if values)


def when(published: Published | None) -> str:
    """Return when an article was published, for people: in Korea, to the minute where that is known."""
    if published is None:
        return "undated"
    if published.instant is None:
        return published.day.isoformat()
    return f"{published.instant.astimezone(KST):%Y-%m-%d %H:%M} KST"


def _tidy(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return _BLANK_LINES.sub("\n\n", lines) + "\n"
