"""What some outlets put beside or instead of markup: embedded JSON that scripts turn into a page, and attachments."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from sosik.demo.texts import DemoArticle

if TYPE_CHECKING:
    from sosik.demo.outlets import Outlet
    from sosik.demo.site import Entry

DOWNLOAD = "/board/download.do"
_ROW = 1200  # characters of the stream that one script carries


def fusion(entry: "Entry", outlet: "Outlet") -> Markup:
    """Return the article object of a Fusion page: the text as `content_elements`, times in UTC."""
    article, shown = entry.article, entry.shown
    elements: list[dict[str, object]] = [
        {"_id": f"T{article.number}{place:02d}", "type": "text", "content": str(escape(paragraph))}
        for place, paragraph in enumerate(shown.paragraphs)
    ]
    picture = {
        "type": "image",
        "url": f"{outlet.root}/images/{article.number}.jpg",
        "caption": f"{article.section} 자료사진",
    }
    content = {
        "_id": f"HB{article.number}",
        "type": "story",
        "version": "0.10.9",
        "canonical_url": entry.path,
        "website": outlet.id,
        "headlines": {"basic": shown.title, "mobile": ""},
        "subheadlines": {"basic": article.subtitle},
        "credits": {"by": [{"type": "author", "name": f"{name} 기자"} for name in article.authors]},
        "first_publish_date": _zulu(article.published),
        "display_date": _zulu(article.published),
        "last_updated_date": _zulu(entry.changed),
        "taxonomy": {"primary_section": {"_id": "/news", "name": article.section}},
        "content_elements": [*elements[:1], picture, *elements[1:]],
        "copyright": f"© {outlet.name}. 무단전재 및 재배포 금지",
    }
    return Markup(json.dumps(content, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 (escaped for a script)


def next_stream(entry: "Entry", outlet: "Outlet") -> list[Markup]:
    """Return the pieces of a Next.js stream, each a JSON string for one `self.__next_f.push([1, …])`.

    The body is a text row of its own (`2f:T<bytes in hex>,…`) to which the article object points with `$2f`; rows are
    cut into pieces without regard to where they end, as the real thing does.
    """
    article, shown = entry.article, entry.shown
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in shown.paragraphs)
    data = {
        "id": article.number,
        "headline": shown.title,
        "subHeadline": article.subtitle,
        "reporters": [{"name": name, "email": f"desk@{outlet.host}"} for name in article.authors],
        "section": article.section,
        "publishedAt": article.published.isoformat(),
        "updatedAt": entry.changed.isoformat(),
        "content": "$2f",
        "url": entry.url,
    }
    rows = [
        '1:"$Sreact.fragment"\n',
        '2:I[39756,["/_next/static/chunks/app/layout.js"],"default"]\n',
        f"2f:T{len(body.encode()):x},{body}",
        "5:" + json.dumps(["$", "$L2", None, {"article": data}], ensure_ascii=False) + "\n",
        '6:["$","footer",null,{"children":"제보는 새벽뉴스 카카오톡 채널로 보내 주세요"}]\n',
    ]
    stream = "".join(rows)
    pieces = [stream[start : start + _ROW] for start in range(0, len(stream), _ROW)]
    escaped = [json.dumps(piece, ensure_ascii=False).replace("<", "\\u003c") for piece in pieces]
    return [Markup(piece) for piece in escaped]  # noqa: S704 (escaped for a script)


def attachments(article: DemoArticle) -> list[dict[str, str]]:
    """Return the query of every file that hangs on a notice of a press board."""
    if article.outlet != "city-hall":
        return []
    return [{"seq": str(article.number), "file": "1"}, {"seq": str(article.number), "file": "2"}]


def _zulu(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
