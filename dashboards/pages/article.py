"""An article: the Korean with what was found in it, the brief beside it, and what it was before it was edited."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dashboards.marks import evidence, figure_text, lines
from dashboards.pages.series import mark_of
from dashboards.reading import FoundArticle
from dashboards.site import Site
from sosik.model.analysis import Analysis, MentionKind
from sosik.model.article import Article
from sosik.model.brief import Brief, Statement
from sosik.model.search import FacetField

_GROUPS = {
    "People": (FacetField.PERSON, (MentionKind.PERSON,)),
    "Organisations": (FacetField.ORGANISATION, (MentionKind.ORGANISATION,)),
    "Programmes and terms": (None, (MentionKind.PROGRAMME, MentionKind.TERM)),
    "Places": (None, (MentionKind.PLACE, MentionKind.REGION)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement of a brief with its number on the page."""

    number: int
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What an edit took away and what it put there, line by line."""

    revision: int
    title: str
    changes: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


def routes(site: Site) -> APIRouter:
    """Return the page."""
    router = APIRouter()

    @router.api_route("/articles/{name}", methods=["GET", "HEAD"])
    def article(request: Request, name: str) -> HTMLResponse:
        """One article."""
        found = site.reader.article(name)
        analysis, brief = found.analysis, found.brief
        topics = {each.id: each.english for each in site.reader.topics()}
        marks = evidence(analysis, topics) if analysis and analysis.revision == found.article.revision else ()
        current = brief is not None and brief.revision == found.article.revision
        document = site.reader.documents([found.article.id]).get(found.article.id)
        return site.views.page(
            request,
            "article.html",
            title=found.article.title,
            found=found,
            article=found.article,
            analysis=analysis,
            english=brief.title if brief else document.english if document else "",
            lines=lines(found.article.whole, marks, brief.sentences if brief and current else ()),
            marked=bool(marks),
            topics=topics,
            brief=brief,
            brief_is_current=current,
            sections=sections(brief) if brief else [],
            cited=cited(brief) if brief else {},
            groups=groups(site, analysis) if analysis else [],
            figure=figure_text,
            edits=edits(found.revisions),
            part=part_of(found),
            mark=mark_of,
        )

    return router


def sections(brief: Brief) -> list[tuple[str, list[Said]]]:
    """Return the headings of a brief with their statements, numbered through."""
    found, number = [], 0
    for heading, statements in (
        ("Summary", brief.summary),
        ("Full story", brief.story),
        ("Context", brief.context),
    ):
        said = [Said(number=number + place, statement=each) for place, each in enumerate(statements, 1)]
        number += len(said)
        if said:
            found.append((heading, said))
    return found


def cited(brief: Brief) -> dict[int, int]:
    """Return, for each sentence of the source, the first statement that cites it."""
    first: dict[int, int] = {}
    for _, statements in sections(brief):
        for each in statements:
            for sentence in each.statement.cites:
                first.setdefault(sentence, each.number)
    return first


def groups(site: Site, analysis: Analysis) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return what was named, by kind: Korean, English or role, and the field to search it by."""
    found = []
    for heading, (field, kinds) in _GROUPS.items():
        names: dict[str, tuple[str, str, str]] = {}
        for each in analysis.mentions:
            if each.kind in kinds and each.name not in names:
                english = site.reader.english(field or FacetField.REGION, each.name)
                more = ", ".join(part for part in (english if english != each.name else "", each.role) if part)
                names[each.name] = (each.name, more, field.value if field else "")
        if names:
            found.append((heading, list(names.values())))
    return found


def edits(revisions: tuple[Article, ...]) -> list[Edit]:
    """Return what each edit changed, newest first."""
    found = []
    for before, after in pairwise(revisions):
        old, new = before.whole.split("\n"), after.whole.split("\n")
        codes = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
        changes = tuple((tuple(old[a:b]), tuple(new[c:d])) for tag, a, b, c, d in codes if tag != "equal")
        found.append(Edit(revision=after.revision, title=before.title, changes=changes))
    return found[::-1]


def part_of(found: FoundArticle) -> int | None:
    """Return the place of the article in its series, from 0."""
    parts = found.series.installments if found.series else ()
    return next((place for place, each in enumerate(parts) if each.article == found.article.id), None)
