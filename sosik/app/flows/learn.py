"""Learns what words say of topics from the examples of a folder."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sosik.app.flows.progress import Progress, silent
from sosik.catalogue.readers.learned import EXAMPLES, LEARNED, digest_of, read_examples, write_learned
from sosik.model.errors import NotFound, Refused

if TYPE_CHECKING:
    from sosik.app.wiring import Wiring


@dataclass(frozen=True, slots=True)
class Learnt:
    """How many examples taught how many words, and where the weights are."""

    examples: int
    words: int
    file: Path


def learn_topics(wiring: "Wiring", folder: Path, progress: Progress = silent) -> Learnt:
    """Learn from `_examples.tsv` and write `_learned.tsv` beside it; raises NotFound, CatalogueMistake."""
    from enrich.topics.learning import learn

    file = folder / EXAMPLES
    if not file.is_file():
        raise NotFound("file of examples", str(file), hint="write topics, headline and opening, with tabs between")
    digest = digest_of(file)
    examples = read_examples(file, [each.id for each in wiring.catalogue.topics_of(folder)])
    topics = sorted({topic for each in examples for topic in each.topics})
    if not topics:
        raise Refused(f"{file} has no example of any topic: write topics, headline and opening, with tabs between")

    def tell(done: int) -> None:
        progress("topics learnt", done, len(topics))

    learned = learn(examples, topics, wiring.tokenizer_of_topics(), digest, tell)
    write_learned(folder / LEARNED, learned)
    return Learnt(len(examples), len({word for each in learned.weights.values() for word in each}), folder / LEARNED)
