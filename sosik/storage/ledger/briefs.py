"""English briefs."""

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from sosik.model.article import Article
from sosik.model.brief import Brief, BriefStatus, Check, CheckResult, GlossaryCard, Sentence, Statement
from sosik.model.errors import NotFound
from sosik.storage.ledger.articles import read_article
from sosik.storage.ledger.brief_tables import brief as table
from sosik.storage.ledger.tables import analysis, article
from sosik.storage.ledger.transaction import Transaction


class SqlBriefs:
    """One brief for each article, of its newest revision."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def put(self, brief: Brief) -> bool:
        """Write a brief in place of the one before; say whether it was taken. Raises NotFound without its article."""
        statement = (
            sa.select(
                article.c.revision,
                analysis.c.made_by,
                table.c.revision.label("of"),
                table.c.status,
                table.c.title,
            )
            .select_from(
                article.join(analysis, analysis.c.article == article.c.id, isouter=True).join(
                    table, table.c.article == article.c.id, isouter=True
                )
            )
            .where(article.c.id == brief.article)
        )
        known = self._transaction.read(statement).first()
        if known is None:
            raise NotFound("article", brief.article)
        decided = known.status is not None and known.status != BriefStatus.DRAFT
        if brief.revision != known.revision or (decided and known.of == brief.revision):
            return False
        row = {
            "article": brief.article,
            "revision": brief.revision,
            "drafter": brief.drafter,
            "made_of": known.made_by or "",
            "status": brief.status.value,
            "title": brief.title,
            "content": _encode(brief),
            "drafted": self._transaction.clock.now(),
        }
        self._transaction.upsert(table, row)
        if brief.title != (known.title or ""):
            self._transaction.show(brief.article)
        return True

    def get(self, article_id: str) -> Brief | None:
        """Return the brief of an article, or None where there is none of its newest revision."""
        statement = (
            sa.select(table)
            .join(article, article.c.id == table.c.article)
            .where(table.c.article == article_id, table.c.revision == article.c.revision)
        )
        row = self._transaction.read(statement).mappings().first()
        return None if row is None else _decode(row)

    def decide(self, article_id: str, status: BriefStatus) -> bool:
        """Set what editors say of a brief; say whether that changed anything. Raises NotFound where there is none."""
        if self.get(article_id) is None:
            raise NotFound("brief of an article", article_id)
        change = sa.update(table).where(table.c.article == article_id, table.c.status != status.value)
        changed = self._transaction.change(change.values(status=status.value)) > 0
        if changed:
            self._transaction.show(article_id)
        return changed

    def stale(self, drafter: str, after: str = "", limit: int = 500) -> tuple[Article, ...]:
        """Return analysed articles, by id, whose brief is to be drafted: it is missing, or made of something older."""
        as_now = sa.and_(table.c.drafter == drafter, table.c.made_of == analysis.c.made_by)
        fresh = sa.exists().where(
            table.c.article == article.c.id,
            table.c.revision == article.c.revision,
            sa.or_(as_now, table.c.status != BriefStatus.DRAFT.value),
        )
        statement = (
            sa.select(article)
            .join(analysis, sa.and_(analysis.c.article == article.c.id, analysis.c.revision == article.c.revision))
            .where(article.c.id > after, article.c.gone_at.is_(None), ~fresh)
            .order_by(article.c.id)
            .limit(limit)
        )
        return tuple(read_article(row) for row in self._transaction.read(statement).mappings())

    def count(self) -> int:
        """Return how many briefs there are."""
        return int(self._transaction.read(sa.select(sa.func.count()).select_from(table)).scalar_one())


def _encode(brief: Brief) -> str:
    content = {
        "summary": _statements(brief.summary),
        "story": _statements(brief.story),
        "context": _statements(brief.context),
        "sentences": [[each.number, each.start, each.end, each.text] for each in brief.sentences],
        "glossary": [
            {
                "term": each.term,
                "romanized": each.romanized,
                "hyphenated": each.hyphenated,
                "english": each.english,
                "explanation": each.explanation,
                "examples": each.examples,
            }
            for each in brief.glossary
        ],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _statements(statements: Iterable[Statement]) -> list[dict[str, Any]]:
    return [
        {"text": each.text, "cites": each.cites, "check": each.check.result.value, "reasons": each.check.reasons}
        for each in statements
    ]


def _decode(row: sa.RowMapping) -> Brief:
    content = json.loads(row["content"])
    return Brief(
        article=row["article"],
        revision=row["revision"],
        title=row["title"],
        drafter=row["drafter"],
        status=BriefStatus(row["status"]),
        summary=_read_statements(content["summary"]),
        story=_read_statements(content["story"]),
        context=_read_statements(content["context"]),
        sentences=tuple(
            Sentence(number=number, start=start, end=end, text=text)
            for number, start, end, text in content["sentences"]
        ),
        glossary=tuple(_card(each) for each in content["glossary"]),
    )


def _read_statements(rows: list[dict[str, Any]]) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            text=each["text"],
            cites=tuple(each["cites"]),
            check=Check(result=CheckResult(each["check"]), reasons=tuple(each["reasons"])),
        )
        for each in rows
    )


def _card(row: dict[str, Any]) -> GlossaryCard:
    examples = tuple((korean, romanized, english) for korean, romanized, english in row["examples"])
    return GlossaryCard(**row | {"examples": examples})
