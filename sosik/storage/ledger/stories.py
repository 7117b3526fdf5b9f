"""Stories, what articles are compared by, and what editors decided."""

import struct
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from sosik.model.analysis import Analysis
from sosik.model.article import Article
from sosik.model.errors import NotFound
from sosik.model.ports.stories import Footprint, Place
from sosik.model.story import Decision, DecisionKind, Link, Member, Story, StoryKind
from sosik.storage.ledger.articles import read_article
from sosik.storage.ledger.codec import decode
from sosik.storage.ledger.story_tables import (
    decision,
    decision_article,
    footprint,
    footprint_key,
    story,
    story_link,
    story_member,
)
from sosik.storage.ledger.tables import analysis, article
from sosik.storage.ledger.transaction import Transaction, chunks

_analysed = article.join(
    analysis, sa.and_(analysis.c.article == article.c.id, analysis.c.revision == article.c.revision)
)
_member_rows = (
    sa.select(story_member.c.story, story_member.c.article, story_member.c.copy, footprint.c.order, footprint.c.length)
    .select_from(story_member.join(footprint, footprint.c.article == story_member.c.article))
    .order_by(footprint.c.order, story_member.c.article)
)


class SqlStories:
    """Stories and their members, links between articles, and footprints with their keys."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def outdated(self, articles: Sequence[str], made_by: str) -> tuple[str, ...]:
        """Return those whose footprint is missing or made of something older."""
        made_of = _analysed.join(footprint, footprint.c.article == article.c.id, isouter=True)
        fresh = sa.and_(
            footprint.c.digest == analysis.c.digest,
            footprint.c.made_by == made_by,
            footprint.c.published_day.is_not_distinct_from(article.c.published_day),
        )
        stale = sa.select(article.c.id).select_from(made_of).where(sa.or_(footprint.c.number.is_(None), ~fresh))
        return tuple(row[0] for row in self._rows(stale, article.c.id, articles))

    def sources(self, articles: Sequence[str]) -> tuple[tuple[Article, Analysis], ...]:
        """Return articles and their analyses."""
        analyses = sa.select(analysis).select_from(_analysed)
        made = {row["article"]: decode(row) for row in self._of(analyses, analysis.c.article, articles)}
        found = {row["id"]: read_article(row) for row in self._of(sa.select(article), article.c.id, made)}
        return tuple((found[each], made[each]) for each in made)

    def file(self, footprints: Iterable[Footprint], made_by: str) -> None:
        """Write footprints in place of the ones before. Raises NotFound where an article has no analysis."""
        wanted = {each.article: each for each in footprints}
        known = self._unfile(wanted)
        made_of = article.join(analysis, analysis.c.article == article.c.id)
        columns = sa.select(article.c.id, article.c.published_day, analysis.c.digest).select_from(made_of)
        sources = {row["id"]: row for row in self._of(columns, article.c.id, wanted)}
        last = self._transaction.read(sa.select(sa.func.max(footprint.c.number))).scalar_one() or 0
        for name, each in wanted.items():
            if name not in sources:
                raise NotFound("analysis of article", name)
            if name not in known:
                last += 1
                known[name] = last
            row = {
                "number": known[name],
                "article": name,
                "made_by": made_by,
                "digest": sources[name]["digest"],
                "published_day": sources[name]["published_day"],
                "order": each.order,
                "length": each.length,
                "keys": struct.pack(f"<{len(each.keys)}q", *each.keys),
                "profile": each.profile,
            }
            self._transaction.upsert(footprint, row)
        keys = [(key, known[name]) for name, each in wanted.items() for key in dict.fromkeys(each.keys)]
        self._transaction.insert_many(footprint_key, ("key", "footprint"), sorted(keys))

    def filed(self, keys: Iterable[int]) -> dict[int, list[str]]:
        """Return the articles under each of these keys that has any, the one filed first first."""
        found: dict[int, list[str]] = defaultdict(list)
        ordered = sa.select(footprint_key).order_by(footprint_key.c.key, footprint_key.c.footprint)
        rows = self._rows(ordered, footprint_key.c.key, keys)
        columns = sa.select(footprint.c.number, footprint.c.article)
        # Not joined: of the same few footprints each is named by many keys.
        names = dict(map(tuple, self._rows(columns, footprint.c.number, {number for _, number in rows})))
        for key, number in rows:
            if number in names:
                found[key].append(names[number])
        return dict(found)

    def profiles(self, articles: Iterable[str]) -> dict[str, bytes]:
        """Return the profiles of those articles that have one."""
        columns = sa.select(footprint.c.article, footprint.c.profile)
        return dict(self._rows(columns, footprint.c.article, articles))

    def measures(self, articles: Iterable[str]) -> dict[str, Member]:
        """Return where and when articles with a footprint were published, and how long they are."""
        filed = footprint.join(article, article.c.id == footprint.c.article)
        columns = sa.select(article.c.id, article.c.source, footprint.c.order, footprint.c.length).select_from(filed)
        return {row[0]: Member(*row) for row in self._rows(columns, footprint.c.article, articles)}

    def relink(self, articles: Sequence[str], links: Iterable[Link]) -> None:
        """Forget every link of these articles, and write these."""
        for chunk in chunks(articles):
            for end in (story_link.c.one, story_link.c.other):
                self._transaction.change(sa.delete(story_link).where(end.in_(chunk)))
        unique = {(link.one, link.other): link for link in links}
        rows = [
            (one, other, each.kind.value, each.points, each.wording, each.reason)
            for (one, other), each in unique.items()
        ]
        self._transaction.insert_many(story_link, ("one", "other", "kind", "points", "wording", "reason"), rows)

    def links(self, articles: Iterable[str]) -> tuple[Link, ...]:
        """Return every link of any of these articles."""
        wanted = list(articles)
        found = {}
        for end in (story_link.c.one, story_link.c.other):
            for row in self._of(sa.select(story_link), end, wanted):
                found[row["one"], row["other"]] = Link(**{**row, "kind": StoryKind(row["kind"])})
        return tuple(found[pair] for pair in sorted(found))

    def stories_of(self, articles: Iterable[str]) -> dict[str, str]:
        """Return the story of each article that is in one."""
        columns = sa.select(story_member.c.article, story_member.c.story)
        return dict(self._rows(columns, story_member.c.article, articles))

    def members(self, stories: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the articles of each of these stories."""
        gathered: dict[str, list[str]] = defaultdict(list)
        for row in self._of(_member_rows, story_member.c.story, stories):
            gathered[row["story"]].append(row["article"])
        return {name: tuple(articles) for name, articles in gathered.items()}

    def put(self, stories: Iterable[Story], articles: Iterable[str], former: Mapping[str, str | None]) -> int:
        """Write stories; `articles` that are in none of them leave theirs. Return how many articles that moves."""
        told = list(stories)
        for each in told:
            row = {"id": each.id, "kind": each.kind.value, "reason": each.reason, "into": None}
            self._transaction.upsert(story, row)
        wanted = {name: (each.id, name in each.copies) for each in told for name in each.articles}
        every = dict.fromkeys([*wanted, *articles])
        columns = sa.select(story_member.c.article, story_member.c.story, story_member.c.copy)
        before = {row[0]: (row[1], row[2]) for row in self._rows(columns, story_member.c.article, every)}
        moved = [name for name in every if before.get(name) != wanted.get(name)]
        for name in moved:
            if name in wanted:
                belongs, copy = wanted[name]
                self._transaction.upsert(story_member, {"article": name, "story": belongs, "copy": copy})
            self._transaction.show(name)
        for chunk in chunks(name for name in moved if name not in wanted):
            self._transaction.change(sa.delete(story_member).where(story_member.c.article.in_(chunk)))
        for name, into in former.items():
            self._transaction.change(sa.update(story).where(story.c.id == name).values({"into": into, "reason": ""}))
        return len(moved)

    def place(self, article: str) -> Place | None:
        """Return where an article stands, or None where it is in no story."""
        columns = sa.select(story_member.c.story, story_member.c.copy).where(story_member.c.article == article)
        row = self._transaction.read(columns).first()
        return None if row is None else Place(*row)

    def get(self, story_id: str) -> Story | None:
        """Return a story by its id, or by the id of one that went into it."""
        seen: set[str] = set()
        name: str | None = story_id
        while name is not None and name not in seen:
            seen.add(name)
            found = self._read([name])
            if found:
                return found[0]
            name = self._transaction.read(sa.select(story.c.into).where(story.c.id == name)).scalar_one_or_none()
        return None

    def largest(self, limit: int = 20) -> tuple[Story, ...]:
        """Return the stories with most articles."""
        size = sa.func.count()
        counted = sa.select(story_member.c.story).group_by(story_member.c.story).having(size > 1)
        ids = self._transaction.read(counted.order_by(size.desc(), story_member.c.story).limit(limit)).scalars().all()
        return tuple(self._read(ids))

    def count(self) -> int:
        """Return how many stories there are."""
        grouped = sa.select(story_member.c.story).group_by(story_member.c.story).having(sa.func.count() > 1)
        return int(self._transaction.read(sa.select(sa.func.count()).select_from(grouped.subquery())).scalar_one())

    def _unfile(self, articles: Iterable[str]) -> dict[str, int]:
        """Forget the keys of these articles; return the numbers of those that had a footprint."""
        columns = sa.select(footprint.c.article, footprint.c.number, footprint.c["keys"])
        numbers = {}
        for name, number, packed in self._rows(columns, footprint.c.article, articles):
            numbers[name] = number
            keys = struct.unpack(f"<{len(packed) // 8}q", packed)
            mine = sa.delete(footprint_key).where(footprint_key.c.footprint == number)
            self._transaction.change(mine.where(footprint_key.c.key.in_(keys)))
        return numbers

    def _read(self, names: Sequence[str]) -> list[Story]:
        heads = {row["id"]: row for row in self._of(sa.select(story), story.c.id, names)}
        parts: dict[str, list[sa.RowMapping]] = defaultdict(list)
        for row in self._of(_member_rows, story_member.c.story, names):
            parts[row["story"]].append(row)
        return [_story(heads[name], parts[name]) for name in names if parts[name]]

    def _rows(self, statement: sa.Select[Any], column: sa.ColumnElement[Any], values: Iterable[Any]) -> Sequence[Any]:
        """Return the rows whose column has one of the values, in the statement's order."""
        wanted = list(values)
        return self._transaction.read_among(statement, column, wanted).all() if wanted else ()

    def _of(
        self, statement: sa.Select[Any], column: sa.ColumnElement[Any], values: Iterable[Any]
    ) -> Iterable[sa.RowMapping]:
        wanted = list(values)
        return self._transaction.read_among(statement, column, wanted).mappings() if wanted else ()


def _story(head: sa.RowMapping, parts: Sequence[sa.RowMapping]) -> Story:
    """Make a story of its row and those of its members, in order: one may have been taken down since it was told."""
    articles = tuple(each["article"] for each in parts)
    return Story(
        id=head["id"],
        kind=StoryKind(head["kind"]),
        articles=articles,
        copies=tuple(each["article"] for each in parts if each["copy"]),
        first=articles[0],
        fullest=max(parts, key=lambda each: each["length"])["article"],
        reason=head["reason"],
    )


class SqlDecisions:
    """Rows of decisions, and for each article those that name it."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, made: Decision) -> None:
        """Write a decision."""
        number = (self._transaction.read(sa.select(sa.func.max(decision.c.number))).scalar_one() or 0) + 1
        row = {"kind": made.kind.value, "articles": list(made.articles), "others": list(made.others)}
        self._transaction.insert(decision, {"number": number, **row, "at": made.at, "by": made.by})
        for name in dict.fromkeys((*made.articles, *made.others)):
            self._transaction.insert(decision_article, {"article": name, "decision": number})

    def about(self, articles: Iterable[str]) -> tuple[Decision, ...]:
        """Return the decisions that name any of these articles, oldest first."""
        found: dict[int, Decision] = {}
        joined = decision.join(decision_article, decision_article.c.decision == decision.c.number)
        for chunk in chunks(articles):
            statement = sa.select(decision).select_from(joined).where(decision_article.c.article.in_(chunk))
            for row in self._transaction.read(statement).mappings():
                found[row["number"]] = _decision(row)
        return tuple(found[number] for number in sorted(found))


def _decision(row: sa.RowMapping) -> Decision:
    return Decision(
        kind=DecisionKind(row["kind"]),
        articles=tuple(row["articles"]),
        others=tuple(row["others"]),
        at=row["at"],
        by=row["by"],
    )
