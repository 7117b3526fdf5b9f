"""The shapes in which commands and API show things: the keys of these dictionaries are fixed, more may be added."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sosik.model.alert import AlertRule, Delivery, OutboxRow
from sosik.model.analysis import Analysis, Figure, Mention, MentionKind, TopicTag
from sosik.model.article import Article, Extraction
from sosik.model.check import SourceCheck
from sosik.model.health import Health
from sosik.model.instants import KST
from sosik.model.search import Hit
from sosik.model.series import Series
from sosik.model.source import Source
from sosik.model.story import Story
from sosik.model.takedown import Takedown

if TYPE_CHECKING:
    from enrich.series import Rename
    from sosik.app.flows.differences import Difference
    from sosik.app.flows.series import SeriesView
    from sosik.app.flows.source_add import Added


def extraction_object(found: Extraction, url: str) -> dict[str, Any]:
    """What `sosik extract` prints of a page."""
    return {
        "title": found.title,
        "text": found.text,
        "authors": list(found.authors),
        "published": found.published.iso() if found.published else None,
        "precision": found.published.precision.value if found.published else None,
        "provenance": found.published.provenance.value if found.published else None,
        "modified": found.modified.iso() if found.modified else None,
        "url": url,
        "charset": found.charset,
        "cuts": [{"kind": each.kind.value, "text": each.text} for each in found.cuts],
        "error": found.error,
    }


def topic_object(tag: TopicTag) -> dict[str, Any]:
    """A topic with its evidence."""
    evidence = [{"start": each.start, "end": each.end, "text": each.text, "rule": each.rule} for each in tag.evidence]
    return {"id": tag.topic, "score": round(tag.score, 3), "evidence": evidence}


def amount_objects(figure: Figure) -> list[dict[str, Any]]:
    """A figure as one amount; a range as two, one for each end: both are amounts that the text names."""
    ends = (figure.value,) if figure.high is None else (figure.value, figure.high)
    low, high = (None, None) if figure.high is None else map(_number, ends)
    return [
        {
            "surface": figure.surface,
            "value": _number(value),
            "low": low,
            "high": high,
            "unit": figure.unit,
            "approximate": figure.approximate,
            "counts": figure.counts or None,
            "start": figure.start,
            "end": figure.end,
        }
        for value in ends
    ]


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else value


def mention_object(mention: Mention) -> dict[str, Any]:
    """A name with its id in the gazetteer; none where it is unconfirmed."""
    return {"name": mention.name, "entry": mention.entry, "start": mention.start, "end": mention.end}


def analysis_object(analysis: Analysis) -> dict[str, Any]:
    """What was found in an article; offsets count characters of title, newline and text."""
    organisations = [each for each in analysis.mentions if each.kind is MentionKind.ORGANISATION]
    people = [each for each in analysis.mentions if each.kind is MentionKind.PERSON]
    return {
        "topics": [topic_object(each) for each in analysis.topics],
        "regions": list(analysis.regions),
        "organisations": [mention_object(each) for each in organisations],
        "people": [{**mention_object(each), "role": each.role} for each in people],
        "amounts": [amount for each in analysis.figures for amount in amount_objects(each)],
        "dates": [
            {
                "surface": each.surface,
                "iso": each.iso,
                "precision": _precision(each.iso),
                "start": each.start,
                "end": each.end,
            }
            for each in analysis.dates
            if each.iso is not None
        ],
        "unresolved_dates": [
            {"surface": each.surface, "why": each.why, "start": each.start, "end": each.end}
            for each in analysis.dates
            if each.iso is None
        ],
    }


def _precision(iso: str) -> str:
    """Tell how exactly a date is known, a range by its first end: 2025-12 to the month."""
    return ("year", "month", "day")[iso.partition("/")[0].count("-")]


def hit_object(hit: Hit) -> dict[str, Any]:
    """What `sosik search` prints of a hit."""
    document = hit.document
    whole = f"{document.title}\n{document.text}"
    return {
        "id": document.article,
        "title": document.title,
        "outlet": document.outlet,
        "published": document.published.iso() if document.published else None,
        "url": document.url,
        "topics": list(document.topics),
        "score": round(hit.score, 4),
        "highlights": [
            {"start": each.start, "end": each.end, "text": whole[each.start : each.end]} for each in hit.highlights
        ],
        "english": document.english,
        "gone": document.gone,
    }


def article_object(
    article: Article, analysis: Analysis | None, revisions: Sequence[Article], source: Source | None
) -> dict[str, Any]:
    """What `sosik show` prints of an article."""
    return {
        "id": article.id,
        "source": article.source,
        "outlet": source.name if source else article.source,
        "title": article.title,
        "text": article.text,
        "authors": list(article.authors),
        "published": article.published.iso() if article.published else None,
        "precision": article.published.precision.value if article.published else None,
        "provenance": article.published.provenance.value if article.published else None,
        "modified": article.modified.iso() if article.modified else None,
        "url": article.url,
        "revision": article.revision,
        "revisions": [{"revision": each.revision, "title": each.title} for each in revisions],
        "gone": article.gone,
        "capture": f"{article.capture.file}:{article.capture.offset}" if article.capture else None,
        **(analysis_object(analysis) if analysis else {"topics": []}),
    }


def difference_object(difference: "Difference") -> dict[str, Any]:
    """What `sosik show --revisions` prints of an edit; `changes` are pairs of sentences, before and after."""
    return {
        "revision": difference.revision,
        "title": None if difference.title is None else {"before": difference.title[0], "after": difference.title[1]},
        "changes": [{"before": before, "after": after} for before, after in difference.changes],
        "kept": difference.kept,
    }


def health_object(health: Health, source: Source | None) -> dict[str, Any]:
    """What `sosik sources health` prints of an outlet."""
    return {
        "source": health.source,
        "name": source.name if source else health.source,
        "health": health.state.value,
        "since": health.since.astimezone(KST).isoformat(timespec="minutes") if health.since else None,
        "cause": health.cause or None,
        "evidence": health.evidence,
        "notes": list(health.notes),
    }


def takedown_object(mark: Takedown) -> dict[str, Any]:
    """What `sosik takedown` and `sosik show` print of an article that was taken down."""
    return {
        "id": mark.article,
        "source": mark.source,
        "taken_down": mark.at.astimezone(KST).isoformat(timespec="seconds"),
        "reason": mark.reason,
    }


def source_object(source: Source) -> dict[str, Any]:
    """What `sosik sources list` prints of an outlet."""
    return {
        "id": source.id,
        "name": source.name,
        "name_en": source.name_en,
        "region": source.region,
        "kind": source.kind.value,
        "home": source.home,
        "feeds": list(source.feed_urls),
        "sitemaps": list(source.sitemaps),
        "lists": [each.url for each in source.lists],
        "family": source.family or None,
        "enabled": source.enabled,
        "checked": source.checked.isoformat() if source.checked else None,
    }


def source_check_object(check: SourceCheck) -> dict[str, Any]:
    """What `sosik sources check` prints of an outlet."""
    return {
        "id": check.source,
        "passed": check.passed,
        "checked": check.at.astimezone(KST).date().isoformat(),
        "reachable": check.reachable,
        "robots": check.robots,
        "announced": check.announced,
        "dated": check.dated,
        "fetched": check.fetched,
        "complete": check.complete,
        "charsets": list(check.charsets),
        "addresses": dict(check.addresses),
        "problems": list(check.problems),
    }


def added_object(added: "Added") -> dict[str, Any]:
    """What `sosik sources add` prints: the outlet, where its file is, its check, and what five articles gave."""
    return {
        **source_object(added.source),
        "file": str(added.file),
        "check": source_check_object(added.check),
        "articles": [extraction_object(found, url) for url, found in added.articles],
    }


def series_object(series: Series, *, now: datetime, parts: bool = True) -> dict[str, Any]:
    """What `sosik series` prints of a series; without its parts in a list."""
    silence = series.silent(now)
    shown: dict[str, Any] = {
        "id": series.id,
        "series": series.name,
        "source": series.source,
        "names": list(series.names),
        "parts": len(series.installments),
        "finished": series.finished,
        "gaps": list(series.gaps),
        "silent_days": silence.days if silence else None,
    }
    if parts:
        shown["installments"] = [
            {
                "article": each.article,
                "installment": each.number,
                "label": each.label,
                "final": each.final,
                "title": each.title,
                "url": each.url,
                "published": each.published.iso() if each.published else None,
            }
            for each in series.installments
        ]
    return shown


def series_view_object(view: "SeriesView", *, now: datetime) -> dict[str, Any]:
    """What `sosik series NAME` prints: a series with what editors decided about it."""
    decisions = [
        {"kind": each.kind.value, "series": each.series, "other": each.other, "at": each.at.isoformat(), "by": each.by}
        for each in view.decisions
    ]
    return {**series_object(view.series, now=now), "decisions": decisions}


def rename_object(rename: "Rename") -> dict[str, Any]:
    """A pair of series that may be one under two names."""
    return {"may_be_one": [rename.old.id, rename.new.id], "reason": rename.reason}


def rule_object(rule: AlertRule) -> dict[str, Any]:
    """What `sosik alert` prints of a rule."""
    return {
        "id": rule.id,
        "to": rule.subscriber,
        "by": rule.channel,
        "digest": rule.digest or None,
        "kinds": [each.value for each in rule.kinds],
        "series": rule.series,
        "query": rule.query,
        "topics": list(rule.topics),
        "regions": list(rule.regions),
        "outlets": list(rule.outlets),
    }


def story_object(story: Story) -> dict[str, Any]:
    """What `sosik group` prints of a story; `first` came first, `fullest` says most, `copies` repeat another."""
    return {
        "story": story.id,
        "kind": story.kind.value,
        "articles": list(story.articles),
        "reason": story.reason,
        "first": story.first,
        "fullest": story.fullest,
        "copies": list(story.copies),
    }


def message_object(row: OutboxRow, deliveries: Sequence[Delivery]) -> dict[str, Any]:
    """What `sosik alert log` prints of a message."""
    return {
        "message_id": row.message_id,
        "rule": row.rule,
        "to": row.subscriber,
        "status": row.status.value,
        "attempts": row.attempts,
        "doubts": row.doubts,
        "queued": instant_text(row.queued),
        "deliveries": [
            {"outcome": each.outcome.value, "detail": each.detail, "at": instant_text(each.at)} for each in deliveries
        ],
    }


def instant_text(instant: datetime) -> str:
    """An instant as every edge shows it: in Korea, to the second."""
    return instant.astimezone(KST).isoformat(timespec="seconds")
