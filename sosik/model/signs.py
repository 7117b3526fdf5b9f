"""What one visit shows of an outlet that is ill, compared with the visits before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import comb

from sosik.model.capture import CaptureKind
from sosik.model.instants import end_of_day
from sosik.model.run import Announcement, PageFacts, SourceRun


class HealthState(StrEnum):
    """How an outlet is."""

    FINE = "fine"
    QUIET = "quiet"  # nothing new, inside its own rhythm
    SILENT = "silent"  # nothing new, beyond it
    BROKEN_FEED = "broken-feed"  # a feed, sitemap or list that does not announce what it should
    BROKEN_EXTRACTION = "broken-extraction"  # pages that do not give what they gave
    BLOCKED = "blocked"  # it turns us away: 403, 429, robots.txt
    AWAY = "away"  # it does not answer
    UNKNOWN = "unknown"  # never visited to the end


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that is wrong: what sort of thing, its short name, and what was seen."""

    state: HealthState
    cause: str
    evidence: str


_TURNED_AWAY = ("status 401", "status 403", "status 429", "status 451", "robots.txt")
_SILENCE = (
    "timeout", "no such host", "connection refused", "connection lost", "no connection", "proxy refused", "cut short",
    "robots.txt did not answer", "certificate not valid", "certificate of another host", "no TLS",
)  # fmt: skip
_HOME = ("redirects to a page already visited", "too many redirects")
_NOT_THERE = ("status 404", "status 410")
_LEAST = 3  # articles of which at least half must share a fate
_CERTAIN = 1e-3  # chance below which a drop is no accident
_NEARLY_ALWAYS = 0.97  # no outlet fills a field more surely than that
_WORTH_NOTING = 0.5  # a field that fewer articles have is not missed
_HISTORY = 5  # pages that must be known
_SHORT = 0.35  # of the usual length
_DAY = timedelta(days=1)


# Who does not let us in, or is not there


def access_sign(run: SourceRun) -> Sign | None:
    """Return what is wrong where an outlet turns us away or does not answer."""
    for state, causes in ((HealthState.BLOCKED, _TURNED_AWAY), (HealthState.AWAY, _SILENCE)):
        found = [each for each in run.announcements if _is_cause(_cause(each.outcome), causes)]
        everything = run.announcements and len(found) == len(run.announcements)
        if found and (everything or state is HealthState.BLOCKED):
            return Sign(state, _cause(found[0].outcome), f"{found[0].url}: {found[0].outcome}")
        if (common := _common(run, causes)) is not None:
            return Sign(state, common[0], common[1])
    return None


def _is_cause(cause: str, causes: Sequence[str]) -> bool:
    return cause in causes or (causes is _SILENCE and cause.startswith("status 5"))


def _cause(outcome: str) -> str:
    return outcome.partition(": ")[2]


def _common(run: SourceRun, causes: Sequence[str]) -> tuple[str, str] | None:
    """Return cause and evidence where at least half of the articles asked for share one of these fates."""
    counts = {cause: count for cause, count in run.articles_failed.items() if _is_cause(cause, causes)}
    known = max(0, run.unchanged - sum(not each.failed for each in run.announcements))
    asked = run.new + run.changed + known + sum(run.articles_failed.values())
    total = sum(counts.values())
    if total < _LEAST or 2 * total < asked:
        return None
    cause = max(counts, key=lambda each: counts[each])
    return cause, f"{total} of {asked} articles: {cause}"


# What is announced


def announcing_sign(run: SourceRun, last: SourceRun | None, past: Sequence[SourceRun]) -> Sign | None:
    """Return what is wrong with feeds, sitemaps and lists, or with what they announce. An empty feed is not broken.

    `last` is the visit before, `past` are those with which nothing was wrong.
    """
    for each in run.announcements:
        before = [one for other in past for one in other.announcements if one.url == each.url and not one.failed]
        found = _failed(each) or _layout(each, before) or _entries(each, before) or _frozen(each, run, last, past)
        if found is not None:
            return Sign(HealthState.BROKEN_FEED, found[0], f"{each.url}: {found[1]}")
    if (common := _common(run, _NOT_THERE)) is not None:
        return Sign(HealthState.BROKEN_FEED, "not-there", f"it announces what is not there: {common[1]}")
    return _clock(run.facts, past)


def _clock(facts: PageFacts, past: Sequence[SourceRun]) -> Sign | None:
    if facts.skewed < _LEAST or 2 * facts.skewed < facts.dated:
        return None
    dated, skewed = sum(each.facts.dated for each in past), sum(each.facts.skewed for each in past)
    if 4 * skewed > dated:
        return None
    evidence = f"the announced time of {facts.skewed} of {facts.dated} articles is more than two hours off the page's"
    return Sign(HealthState.BROKEN_FEED, "clock", evidence)


_Found = tuple[str, str] | None


def _failed(each: Announcement) -> _Found:
    return (_cause(each.outcome), each.outcome) if each.failed else None


def _layout(each: Announcement, before: Sequence[Announcement]) -> _Found:
    most = max((one.entries or 0 for one in before), default=0)
    if each.kind is CaptureKind.LIST and each.entries == 0 and most:
        return "list-layout", f"names no article any more; it named up to {most}"
    return None


def _entries(each: Announcement, before: Sequence[Announcement]) -> _Found:
    entries = each.entries or 0
    usual = [one for one in before if one.entries]
    if (
        entries >= _LEAST
        and 3 * each.addresses <= entries
        and not any(3 * one.addresses <= one.entries for one in usual if one.entries)
    ):
        return "doubles", f"{entries} entries lead to {each.addresses} address{'es' if each.addresses > 1 else ''}"
    if each.future >= 2 and 2 * each.future >= entries:
        return "future-dates", f"{each.future} of {entries} entries are dated beyond tomorrow"
    if each.titled >= _HISTORY and each.titles == 1 and all(one.titles > 1 for one in usual if one.titled > 1):
        return "same-titles", f"{each.titled} entries have one title"
    return None


def _frozen(each: Announcement, run: SourceRun, last: SourceRun | None, past: Sequence[SourceRun]) -> _Found:
    """Compare with what else is known to be published: another feed or list, or the articles themselves."""
    lag = _lag(each, run)
    if each.kind is CaptureKind.SITEMAP or lag is None or each.newest is None:
        return None
    before = [one.newest for one in (last.announcements if last else ()) if one.url == each.url]
    usual = [
        found for other in past for one in other.announcements if one.url == each.url and (found := _lag(one, other))
    ]
    if each.newest not in before or lag <= max(_DAY, 2 * max(_calm(usual), default=timedelta())):
        return None
    return (
        "frozen",
        f"its newest entry is {lag.days} day{'s' if lag.days > 1 else ''} older than what the outlet has published",
    )


def _calm(lags: Sequence[timedelta]) -> Sequence[timedelta]:
    return sorted(lags)[: max(1, len(lags) * 9 // 10)]


def _lag(each: Announcement, run: SourceRun) -> timedelta | None:
    others = [one.newest for one in run.announcements if one.url != each.url and one.newest is not None]
    newest = max(others, default=None)
    days = [day for day in run.facts.days if end_of_day(day) - _DAY <= run.started]
    if newest is None and days:
        newest = end_of_day(max(days)) - _DAY
    if newest is None or each.newest is None:
        return None
    return max(timedelta(), min(newest, run.started) - each.newest)


# What pages give


def page_sign(run: SourceRun, recent: PageFacts, usual: PageFacts) -> Sign | None:
    """Return what is wrong with what pages give.

    `recent` adds the two visits before to this one's pages, `usual` is what healthy visits gave.
    """
    facts = run.facts
    if (common := _common(run, _HOME)) is not None:
        return Sign(HealthState.BROKEN_EXTRACTION, "home-page", f"articles lead elsewhere: {common[1]}")
    found = _unread(facts, recent, usual) or _same(facts, usual)
    if found is None and usual.pages >= _HISTORY and facts.read:
        found = _fields(facts, recent, usual) or _short(facts, usual)
    return None if found is None else Sign(HealthState.BROKEN_EXTRACTION, *found)


def _unread(facts: PageFacts, recent: PageFacts, usual: PageFacts) -> _Found:
    share = usual.read / usual.pages if usual.pages >= _HISTORY else 1.0
    if facts.pages and _dropped(facts.read, facts.pages, share) and _chance(recent.read, recent.pages, share):
        reason = max(facts.errors, key=lambda each: facts.errors[each], default="no text")
        return "no-text", f"{facts.pages - facts.read} of {facts.pages} pages gave no article: {reason}"
    return None


def _same(facts: PageFacts, usual: PageFacts) -> _Found:
    for name, distinct, was in (("title", facts.titles, usual.titles), ("text", facts.texts, usual.texts)):
        if facts.read >= _LEAST and 3 * distinct <= facts.read and 2 * was >= usual.read:
            return f"same-{name}s", f"{facts.read} articles have {distinct} {name}{'s' if distinct > 1 else ''}"
    return None


def _fields(facts: PageFacts, recent: PageFacts, usual: PageFacts) -> _Found:
    for name in ("minute", "author"):
        share = getattr(usual, name) / usual.read if usual.read else 0.0
        have, pooled = getattr(facts, name), getattr(recent, name)
        if _dropped(have, facts.read, share) and _chance(pooled, recent.read, share):
            return name, f"{have} of {facts.read} articles have {_CALLED[name]}; {share:.0%} had"
    return None


_CALLED: Mapping[str, str] = {"minute": "a time of publication", "author": "an author"}


def _short(facts: PageFacts, usual: PageFacts) -> _Found:
    least = _SHORT * usual.body
    if len(facts.lengths) < _LEAST or facts.body >= least:
        return None
    share = sum(each >= least for each in usual.lengths) / len(usual.lengths)
    if not _chance(sum(each >= least for each in facts.lengths), len(facts.lengths), share):
        return None
    return "body", f"bodies have {facts.body} characters; they had {usual.body}"


def _dropped(have: int, of: int, share: float) -> bool:
    return share >= _WORTH_NOTING and have < share * of / 2


def _chance(have: int, of: int, share: float) -> bool:
    """Would so few of so many be no accident?"""
    p = min(share, _NEARLY_ALWAYS)
    return sum(comb(of, k) * p**k * (1 - p) ** (of - k) for k in range(have + 1)) < _CERTAIN


def newest_of(run: SourceRun) -> datetime | None:
    """Return the newest publication that was announced in a run and is not in its future."""
    return max((each.newest for each in run.announcements if each.newest and each.newest <= run.started), default=None)
