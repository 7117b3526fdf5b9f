"""Reads what was learnt of topics, and the examples that it was learnt from: tables of tab-separated values.

`_learned.tsv` is written by `sosik learn`: a line of the examples' digest and the topics, one of their
biases, and one for each word with its weights, as number of the topic, a colon and the weight. `_examples.tsv` is
written by hand: topics with commas between (or -), headline, opening; a line that begins with # is a comment.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from sosik.catalogue.learned import Example, LearnedWords
from sosik.catalogue.readers.topics import SHIPPED
from sosik.model.errors import CatalogueMistake

LEARNED = "_learned.tsv"
EXAMPLES = "_examples.tsv"
_READABLE = 0o644
_NONE = "-"
_RELEARN = "Write it anew: sosik learn FOLDER"


def read_learned(folders: Sequence[Path] = (SHIPPED,)) -> LearnedWords | None:
    """Return what was learnt, of the last folder that has any; raises CatalogueMistake."""
    files = [file for file in (folder / LEARNED for folder in folders) if file.is_file()]
    if not files:
        return None
    file = files[-1]
    try:
        (digest, *topics), biases, *rows = (line.split("\t") for line in _text(file).split("\n") if line)
        bias = dict(zip(topics, map(float, biases), strict=True))
        weights: dict[str, dict[str, float]] = {topic: {} for topic in topics}
        for word, *pairs in rows:
            for pair in pairs:
                number, _, weight = pair.partition(":")
                weights[topics[int(number)]][word] = float(weight)
    except (ValueError, IndexError) as error:
        raise CatalogueMistake(file, "", f"is not a table of weights: {error}", fix=_RELEARN) from error
    return LearnedWords(bias=bias, weights=weights, examples=digest)


def write_learned(file: Path, learned: LearnedWords) -> None:
    """Write what was learnt, as `read_learned` reads it."""
    rows: dict[str, list[str]] = {}
    for number, topic in enumerate(learned.bias):
        for word, weight in learned.weights[topic].items():
            rows.setdefault(word, []).append(f"{number}:{weight:.1f}")
    lines = ["\t".join([learned.examples, *learned.bias]), "\t".join(f"{each:.2f}" for each in learned.bias.values())]
    lines += ["\t".join([word, *rows[word]]) for word in sorted(rows)]
    with NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, suffix=".part", delete=False) as written:
        written.write("\n".join(lines) + "\n")
    Path(written.name).chmod(_READABLE)
    Path(written.name).replace(file)


def read_examples(file: Path, known: Sequence[str]) -> tuple[Example, ...]:
    """Return the examples of a file, of the topics that are known; raises CatalogueMistake."""
    examples = []
    for number, line in enumerate(_text(file).split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != len(("topics", "title", "text")) or not all(each.strip() for each in fields):
            fix = "Write topics, headline and opening with tabs between"
            raise CatalogueMistake(file, f"line {number}", "has not three fields", fix=fix)
        topics = () if fields[0] == _NONE else tuple(fields[0].split(","))
        unknown = sorted(set(topics) - set(known))
        if unknown:
            fix = f"Known: {', '.join(known)}"
            raise CatalogueMistake(file, f"line {number}", f"names no topic: {unknown[0]!r}", fix=fix)
        examples.append(Example(topics=topics, title=fields[1], text=fields[2]))
    return tuple(examples)


def check_learned(folder: Path, known: Sequence[str]) -> None:
    """Raise CatalogueMistake where examples cannot be read, or the weights beside them are not what they taught."""
    read_examples(folder / EXAMPLES, known)
    learned = read_learned([folder])
    if learned is None or learned.examples != digest_of(folder / EXAMPLES):
        problem = "is missing" if learned is None else "was learnt from other examples"
        raise CatalogueMistake(folder / LEARNED, "", problem, fix=f"Run sosik learn {folder}")


def digest_of(file: Path) -> str:
    """Return what tells one state of the examples from another."""
    return hashlib.blake2b(file.read_bytes(), digest_size=6).hexdigest()


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CatalogueMistake(file, "", "is not UTF-8", fix="Save it as UTF-8") from error
