"""What a digest looks like: Markdown, JSON, and a mail of it."""

import re
from collections.abc import Iterator
from typing import Any

from sosik.alerts.compose import html_templates, limits_of, link, mark_of, message_id, one_line, when
from sosik.model.alert import Alert, AlertRule, Event
from sosik.model.digest import Digest, DigestPart, DigestSection, DigestStory, DigestWish

_MARKUP = re.compile(r"([\\`*_\[\]<>|~&])")
_AT_START = re.compile(r"^(\d*)([#+\-=.)])")  # headings, lists and lines: a list's item may begin with any of them
_UNSAFE = {each: f"%{ord(each):02X}" for each in '<>()[]\\` "'}


class DigestComposer:
    """Makes messages of digests. `domain` is the right side of every Message-ID."""

    def __init__(self, *, domain: str) -> None:
        self._domain = domain
        self._html = html_templates()

    def compose(self, digest: Digest, rule: AlertRule, event: Event, *, stop: str) -> Alert:
        """Return the message of a digest."""
        why = f"You asked for this {rule.digest} digest{limits_in_words(digest)}."
        return Alert(
            rule=rule.id,
            event=event.id,
            subscriber=rule.subscriber,
            message_id=message_id(rule.id, event.id, domain=self._domain),
            subject=one_line(f"{title_of(digest)}: {_count(digest.articles, 'article')}{limits_in_words(digest)}")[
                :180
            ],
            text=f"{markdown(digest)}\n---\n\n{escape(why)}\n\nTo stop this digest: {stop}\n",
            html=self._html.get_template("digest.html").render(
                digest=digest,
                title=title_of(digest),
                summary=summary(digest),
                why=why,
                stop=stop,
                one_line=one_line,
                link=link,
                when=when,
                mark_of=mark_of,
                counted=counted,
            ),
            stop=stop,
            about={"event": event.kind.value, "digest": digest_object(digest)},
        )


def title_of(digest: Digest) -> str:
    """Return its title: the span."""
    period = digest.wish.period
    span = f"{period.first}" if period.first == period.last else f"{period.first} to {period.last}"
    return f"Sosik digest, {span}"


def summary(digest: Digest) -> str:
    """Say in a sentence how much there was."""
    if not digest.articles:
        return f"No articles{limits_in_words(digest)}."
    single = digest.articles - digest.copies
    return (
        f"{_count(digest.articles, 'article')}{limits_in_words(digest)}, {single} without copies, "
        f"in {_count(digest.stories, 'story', 'stories')}."
    )


def limits_in_words(digest: Digest) -> str:
    """Say what it is narrowed to."""
    wish = digest.wish
    limits = limits_of(topics=wish.topics, regions=wish.regions, outlets=wish.outlets, names=digest.names)
    return limits + (f" that match “{one_line(wish.query)}”" if wish.query else "")


def counted(found: DigestSection | DigestStory) -> str:
    """Say how many articles there are, without copies too where there are any; empty for a story of one article."""
    if isinstance(found, DigestStory) and found.articles == 1:
        return ""
    single = f", {found.articles - found.copies} without copies" if found.copies else ""
    return f"{_count(found.articles, 'article')}{single}"


def markdown(digest: Digest) -> str:
    """Return it as Markdown; what outlets wrote is text in it, never markup."""
    return "\n".join([f"# {title_of(digest)}", "", escape(summary(digest)), *_blocks(digest)]) + "\n"


def _blocks(digest: Digest) -> Iterator[str]:
    if digest.parts:
        yield from ("", "## New parts of series", "")
        yield from (_part_line(each) for each in digest.parts)
    if digest.rising:
        yield from ("", "## Rising topics", "")
        for rise in digest.rising:
            count = _count(rise.now, "article")
            yield f"- {escape(rise.name)}: {count} where {rise.expected:.1f} were to be expected"
    for section in digest.sections:
        yield from ("", f"## {escape(section.name)}: {counted(section)}", "")
        yield from (_story_line(each) for each in section.stories)
        if section.more:
            yield f"- and {_count(section.more, 'more story', 'more stories')}"


def _part_line(part: DigestPart) -> str:
    mark = mark_of(part.part)
    name = f"**{escape(part.series.name)}**{' ' + escape(mark) if mark else ''}{' (final)' if part.part.final else ''}"
    return f"- {name}, {escape(part.outlet)}, {when(part.part.published)}: " + _links(
        part.part.title, part.part.url, part.english, part.page
    )


def _story_line(story: DigestStory) -> str:
    links = _links(story.title, story.url, story.english, story.page)
    more = counted(story)
    return f"- {links}; {escape(story.outlet)}, {when(story.published)}{f' ({more})' if more else ''}"


def _links(title: str, url: str, english: str, page: str) -> str:
    """Return the English line, and the Korean headline with its link."""
    korean = f"[{escape(title)}]({_target(link(url))})"
    own = f" ([in Sosik]({_target(page)}))" if page else ""
    return f"{escape(english)}: {korean}{own}" if english else f"{korean}{own}"


def escape(text: str) -> str:
    """Return text that Markdown shows as it is."""
    return _AT_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", one_line(text)))


def _target(url: str) -> str:
    return "".join(_UNSAFE.get(each, each) for each in one_line(url))


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def digest_object(digest: Digest) -> dict[str, Any]:
    """Return it as JSON shows it."""
    return {
        **_wish_object(digest.wish),
        "articles": digest.articles,
        "articles_without_copies": digest.articles - digest.copies,
        "stories": digest.stories,
        "parts": [_part_object(each) for each in digest.parts],
        "rising": [
            {"topic": each.topic, "name": each.name, "count": each.now, "expected": round(each.expected, 2)}
            for each in digest.rising
        ],
        "topics": [
            {
                "topic": each.topic,
                "name": each.name,
                "articles": each.articles,
                "articles_without_copies": each.articles - each.copies,
                "stories": [_story_object(story) for story in each.stories],
                "more_stories": each.more,
            }
            for each in digest.sections
        ],
    }


def _wish_object(wish: DigestWish) -> dict[str, Any]:
    return {
        "since": wish.period.first.isoformat(),
        "until": wish.period.last.isoformat(),
        "only": {
            "topics": list(wish.topics),
            "regions": list(wish.regions),
            "outlets": list(wish.outlets),
            "query": wish.query,
        },
    }


def _part_object(part: DigestPart) -> dict[str, Any]:
    return {
        "series": part.series.name,
        "series_id": part.series.id,
        "installment": part.part.number,
        "label": part.part.label,
        "final": part.part.final,
        "article": part.part.article,
        "title": part.part.title,
        "english": part.english,
        "outlet": part.outlet,
        "published": part.part.published.iso() if part.part.published else None,
        "url": link(part.part.url),
        "page": part.page or None,
    }


def _story_object(story: DigestStory) -> dict[str, Any]:
    return {
        "story": story.story,
        "article": story.article,
        "title": story.title,
        "english": story.english,
        "outlet": story.outlet,
        "published": story.published.iso() if story.published else None,
        "url": link(story.url),
        "page": story.page or None,
        "articles": story.articles,
        "articles_without_copies": story.articles - story.copies,
    }
