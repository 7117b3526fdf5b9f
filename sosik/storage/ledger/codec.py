"""An analysis as columns: JSON for what people ask about, one compressed block for terms."""

import hashlib
import json
import struct
import zlib
from typing import Any

import sqlalchemy as sa

from sosik.model.analysis import (
    Analysis,
    DateMention,
    Evidence,
    Figure,
    HeadlineKind,
    Mention,
    MentionKind,
    SeriesMarker,
    Terms,
    TopicTag,
)

_LEVEL = 1  # level 6 takes three times as long to save a tenth
_LENGTHS = struct.Struct("<IIII")
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # Korean as it is: half the size of escapes


def encode(analysis: Analysis) -> dict[str, Any]:
    """Return the row of an analysis; `digest` is over all that a reader of the analysis could see a change in."""
    terms = _join(analysis.title_terms, analysis.text_terms)
    row: dict[str, Any] = {
        "topics": _encoder.encode([_topic(each) for each in analysis.topics]),
        "regions": _encoder.encode(analysis.regions),
        "mentions": _encoder.encode([_mention(each) for each in analysis.mentions]),
        "figures": _encoder.encode([_figure(each) for each in analysis.figures]),
        "dates": _encoder.encode([_date(each) for each in analysis.dates]),
        "marker": _encoder.encode(_marker(analysis.marker)),
        "fingerprint": _pack(analysis.fingerprint),
        "tokenizer": analysis.tokenizer,
    }
    digest = hashlib.blake2b(terms, digest_size=16)
    for value in row.values():
        part = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
        digest.update(len(part).to_bytes(8, "little") + part)
    row["article"] = analysis.article
    row["revision"] = analysis.revision
    row["made_by"] = analysis.made_by
    row["terms"] = zlib.compress(terms, _LEVEL)
    row["digest"] = digest.digest()
    return row


def decode(row: sa.RowMapping) -> Analysis:
    """Return the analysis that a row of `encode` holds."""
    title_terms, text_terms = _split(zlib.decompress(row["terms"]))
    return Analysis(
        article=row["article"],
        revision=row["revision"],
        made_by=row["made_by"],
        tokenizer=row["tokenizer"],
        title_terms=title_terms,
        text_terms=text_terms,
        topics=tuple(_read_topic(each) for each in json.loads(row["topics"])),
        regions=tuple(json.loads(row["regions"])),
        mentions=tuple(Mention(**each | {"kind": MentionKind(each["kind"])}) for each in json.loads(row["mentions"])),
        figures=tuple(Figure(**each) for each in json.loads(row["figures"])),
        dates=tuple(DateMention(**each) for each in json.loads(row["dates"])),
        marker=_read_marker(json.loads(row["marker"])),
        fingerprint=_unpack(row["fingerprint"]),
    )


def _topic(tag: TopicTag) -> dict[str, Any]:
    evidence = [{"start": each.start, "end": each.end, "text": each.text, "rule": each.rule} for each in tag.evidence]
    return {"topic": tag.topic, "score": tag.score, "evidence": evidence}


def _read_topic(data: dict[str, Any]) -> TopicTag:
    evidence = tuple(Evidence(**each) for each in data["evidence"])
    return TopicTag(topic=data["topic"], score=data["score"], evidence=evidence)


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "kind": mention.kind,
        "name": mention.name,
        "start": mention.start,
        "end": mention.end,
        "entry": mention.entry,
        "role": mention.role,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "surface": figure.surface,
        "value": figure.value,
        "unit": figure.unit,
        "approximate": figure.approximate,
        "start": figure.start,
        "end": figure.end,
        "high": figure.high,
        "counts": figure.counts,
    }


def _date(date: DateMention) -> dict[str, Any]:
    return {"surface": date.surface, "iso": date.iso, "start": date.start, "end": date.end, "why": date.why}


def _marker(marker: SeriesMarker) -> dict[str, Any]:
    return {
        "kind": marker.kind,
        "series": marker.series,
        "installment": marker.installment,
        "label": marker.label,
        "final": marker.final,
    }


def _read_marker(data: dict[str, Any]) -> SeriesMarker:
    return SeriesMarker(**data | {"kind": HeadlineKind(data["kind"])})


def _join(title: Terms, text: Terms) -> bytes:
    # surrogatepass: whatever a tokenizer makes of strange text comes back as it was.
    parts = [title.joined.encode("utf-8", "surrogatepass"), title.spans]
    parts += [text.joined.encode("utf-8", "surrogatepass"), text.spans]
    return _LENGTHS.pack(*map(len, parts)) + b"".join(parts)


def _split(block: bytes) -> tuple[Terms, Terms]:
    parts: list[bytes] = []
    start = _LENGTHS.size
    for length in _LENGTHS.unpack_from(block):
        parts.append(block[start : start + length])
        start += length
    title, title_spans, text, text_spans = parts
    return (
        Terms(joined=title.decode("utf-8", "surrogatepass"), spans=title_spans),
        Terms(joined=text.decode("utf-8", "surrogatepass"), spans=text_spans),
    )


def _pack(numbers: tuple[int, ...]) -> bytes:
    """The first byte says how wide each number is: 4 or 8 bytes, or 0 for decimal text where neither holds them."""
    if not numbers:
        return b""
    low, high = min(numbers), max(numbers)
    if low >= 0 and high < 1 << 32:
        return b"\x04" + struct.pack(f"<{len(numbers)}I", *numbers)
    if low >= 0 and high < 1 << 64:
        return b"\x08" + struct.pack(f"<{len(numbers)}Q", *numbers)
    return b"\x00" + " ".join(map(str, numbers)).encode()


def _unpack(block: bytes) -> tuple[int, ...]:
    if not block:
        return ()
    match block[0]:
        case 4:
            return struct.unpack(f"<{(len(block) - 1) // 4}I", block[1:])
        case 8:
            return struct.unpack(f"<{(len(block) - 1) // 8}Q", block[1:])
        case _:
            return tuple(map(int, block[1:].split()))
