"""What can go wrong around a tantivy folder: killed processes, a full disk, a held lock, damaged files."""

import json
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from sosik.model.errors import Busy, Damaged, Mismatch
from sosik.model.query import parse
from sosik.model.search import Document, Query
from sosik.storage.index.generations import Generations
from sosik.storage.index.tantivy_index import TantivyIndex
from tests.contracts.index_corpus import CUTTER, PlainCutter, corpus, document

ROOT = Path(__file__).resolve().parents[2]


def child(script: str, *arguments: str) -> subprocess.Popen[str]:
    """Start a Python process that has `folder` and the corpus at hand; it talks by its standard output."""
    head = """
        import sys
        from pathlib import Path
        from sosik.storage.index.tantivy_index import TantivyIndex
        from tests.contracts.index_corpus import CUTTER, document
        folder = Path(sys.argv[1])
    """
    text = textwrap.dedent(head) + textwrap.dedent(script)
    return subprocess.Popen(
        [sys.executable, "-c", text, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def open_index(folder: Path) -> TantivyIndex:
    return TantivyIndex(folder, cutter=CUTTER, patience=0.2)


@pytest.mark.parametrize("wait", [0.0, 0.01, 0.03, 0.07])
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path, wait: float) -> None:
    writer = child(
        """
        index = TantivyIndex(folder, cutter=CUTTER)
        for batch in range(1_000):
            written = index.upsert(document(f"{batch}-{n}", "광주", "본문 " * 50, version=1) for n in range(50))
            print(batch, len(written.done), flush=True)
        """,
        str(tmp_path / "index"),
    )
    assert writer.stdout is not None
    acknowledged = [writer.stdout.readline() for _ in range(3)]
    threading.Event().wait(wait)  # so that the kill falls on another moment of the next commits
    writer.send_signal(signal.SIGKILL)
    acknowledged += writer.communicate()[0].splitlines()
    batches = [int(line.split()[0]) for line in acknowledged if len(line.split()) == 2]

    index = open_index(tmp_path / "index")
    for batch in batches:
        for n in range(50):
            assert index.get(document(f"{batch}-{n}").article) is not None
    assert index.count() % 50 == 0
    index.upsert(document(f"{batch}-{n}", version=1) for batch in range(len(batches) + 2) for n in range(50))
    assert index.count() == 50 * (len(batches) + 2) == index.search(Query()).total


def test_a_second_writer_is_told_to_wait_and_readers_are_not(tmp_path: Path) -> None:
    index = open_index(tmp_path / "index")
    index.upsert([document("before")])
    writer = child(
        """
        import time
        def until_told():
            for n in range(600):  # more than are taken before the lock is asked for
                yield document(f"during-{n}")
            print("writing", flush=True)
            while not Path(sys.argv[2]).exists():
                time.sleep(0.01)

        TantivyIndex(folder, cutter=CUTTER).upsert(until_told())
        """,
        str(tmp_path / "index"),
        str(tmp_path / "go"),
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "writing\n"
    with pytest.raises(Busy, match="somebody else"):
        index.upsert([document("second")])
    assert index.count() == 1
    (tmp_path / "go").touch()
    assert writer.communicate()[1] == ""
    assert index.count() == 601
    index.upsert([document("second")])
    assert index.count() == 602


def test_the_lock_is_given_back_when_the_documents_end_in_an_error(tmp_path: Path) -> None:
    index = open_index(tmp_path / "index")

    def broken() -> Iterator[Document]:
        for number in range(600):
            yield document(f"lost-{number}")
        raise RuntimeError("the ledger went away")

    with pytest.raises(RuntimeError, match="ledger") as kept:  # the traceback holds on to every local name
        index.upsert(broken())
    assert index.count() == 0
    open_index(tmp_path / "index").upsert([document("a")])
    index.upsert([document("b")])
    assert index.count() == 2
    assert kept.value.args


def test_a_full_disk_is_told_and_nothing_is_lost_by_it(tmp_path: Path) -> None:
    small = 400_000  # bytes that a file may have: as good as a full disk, and it needs no rights
    script = """
        import random, resource
        from sosik.model.errors import StorageFull
        index = TantivyIndex(folder, cutter=CUTTER, patience=0.2)
        dice = random.Random(1)
        def some(name, count):
            for n in range(count):
                text = "".join(chr(dice.randrange(0xAC00, 0xD7A4)) for _ in range(900))
                yield document(f"{name}-{n}", "광주", text)
        index.upsert(some("small", 20))
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
        for _ in range(2):
            try:
                index.upsert(some("large", 2_000))
            except StorageFull as full:
                print(full)
        print(index.count())
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        index.upsert(some("large", 2_000))
        print(index.count())
    """
    process = child(script, str(tmp_path / "index"), str(small))
    lines = process.communicate()[0].splitlines()
    assert len(lines) == 4
    assert all("is full" in line for line in lines[:2])
    assert lines[2:] == ["20", "2020"]


def test_an_index_of_another_schema_is_refused_with_the_remedy(tmp_path: Path) -> None:
    open_index(tmp_path).upsert([document("a")])
    passport = Generations(tmp_path).living() / "sosik-index.json"
    passport.write_text(json.dumps({**json.loads(passport.read_text()), "schema": 0}))
    with pytest.raises(Mismatch, match=r"schema 0.*sosik reindex"):
        open_index(tmp_path)


def test_an_index_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "generation-000001").mkdir()
    (tmp_path / "generation-000001" / "meta.json").write_text("{}")
    with pytest.raises(Mismatch, match="did not make"):
        open_index(tmp_path)


@pytest.mark.parametrize("file", ["meta.json", "sosik-index.json"])
def test_a_damaged_index_says_what_to_do(tmp_path: Path, file: str) -> None:
    open_index(tmp_path).upsert([document("a")])
    (Generations(tmp_path).living() / file).write_text("{ half")
    with pytest.raises(Damaged, match="sosik reindex"):
        open_index(tmp_path)


def test_many_threads_search_while_one_writes(tmp_path: Path) -> None:
    index = open_index(tmp_path)
    index.upsert(document(f"a-{n}") for n in range(50))
    totals: list[int] = []
    ended = threading.Event()

    def search() -> None:
        while not ended.is_set():
            result = index.search(Query())
            totals.append(result.total if len(result.hits) == 10 else -1)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for batch in range(5):
        index.upsert(document(f"b-{batch}-{n}") for n in range(50))
    ended.set()
    for thread in threads:
        thread.join()
    assert set(totals) <= {50, 100, 150, 200, 250, 300}
    assert index.count() == 300


def test_the_next_generation_takes_over_in_one_step_and_the_former_can_come_back(tmp_path: Path) -> None:
    living = open_index(tmp_path)
    living.upsert([document("old"), document("both")])
    building = TantivyIndex(tmp_path, cutter=PlainCutter("plain-2"), building=True)
    building.upsert([document("both", version=2)])
    again = TantivyIndex(tmp_path, cutter=PlainCutter("plain-2"), building=True)
    again.upsert([document("new")])
    assert (living.count(), building.count(), open_index(tmp_path).count()) == (2, 2, 2)
    assert living.get(document("new").article) is None

    again.bring_to_life()
    with pytest.raises(Mismatch, match="plain-2"):
        living.count()
    renewed = TantivyIndex(tmp_path, cutter=PlainCutter("plain-2"))
    assert renewed.get(document("new").article) == document("new")
    assert renewed.get(document("old").article) is None

    assert Generations(tmp_path).go_back() == tmp_path / "generation-000001"
    assert living.get(document("old").article) == document("old")
    assert Generations(tmp_path).go_back() is None


def test_who_has_the_index_open_follows_the_living_generation(tmp_path: Path) -> None:
    living = open_index(tmp_path)
    living.upsert([document("old")])
    for turn in range(3):
        building = TantivyIndex(tmp_path, cutter=CUTTER, building=True)
        building.upsert([document(f"new-{turn}")])
        building.bring_to_life()
        assert living.get(document("old").article) is None
        living.upsert([document(f"later-{turn}")])
        assert building.count() == living.count() == 2
    assert len(list(tmp_path.glob("generation-*"))) == 2


def test_processes_that_make_the_index_at_once_lose_nothing(tmp_path: Path) -> None:
    script = """
        index = TantivyIndex(folder, cutter=CUTTER, patience=60)
        print(len(index.upsert([document(sys.argv[2])]).done))
    """
    writers = [child(script, str(tmp_path / "index"), f"by-{number}") for number in range(4)]
    assert [writer.communicate()[0] for writer in writers] == ["1\n"] * 4
    assert open_index(tmp_path / "index").count() == 4


# --- tidying


def scores(index: TantivyIndex, words: str) -> list[tuple[str, float]]:
    found = index.search(Query(where=parse(words), limit=1_000))
    return [(hit.document.article, hit.score) for hit in found.hits]


def test_tidied_it_scores_as_an_index_written_once(tmp_path: Path) -> None:
    documents = corpus(60)
    index, fresh = open_index(tmp_path / "index"), open_index(tmp_path / "fresh")
    index.upsert(
        [*(document(int(each.article, 16), "반도체", "AI 반도체") for each in documents[:40]), *documents[40:]]
    )
    index.upsert(replace(each, version=2) for each in documents[:40])
    fresh.upsert([*(replace(each, version=2) for each in documents[:40]), *documents[40:]])
    assert scores(index, "반도체") != scores(fresh, "반도체"), (
        "what was replaced does not count: nothing has to be tidied"
    )
    assert index.tidy() > 0
    assert index.tidy() == 0, "there was something left to do"
    for words in ("반도체", "AI OR 실증", "반도체 OR 광주"):
        assert scores(index, words) == scores(fresh, words) != []


def test_what_was_removed_can_be_read_in_no_file_after_tidying(tmp_path: Path) -> None:
    index = open_index(tmp_path)
    secrets = [sha256(bytes([number])).hexdigest() for number in range(30)]
    index.upsert([document(number, "제목", secret) for number, secret in enumerate(secrets)])
    secret = secrets[7][8:20].encode()  # of a text that the store's compression leaves as it is

    def told() -> list[Path]:
        return [each for each in tmp_path.rglob("*") if each.is_file() and secret in each.read_bytes()]

    assert told(), "it could never be read"
    index.delete([(f"{7:016x}", 2)])
    assert told(), "tantivy forgets by itself: nothing has to be tidied"
    assert index.tidy(wholly=True) == 1
    assert told() == []
    assert index.count() == 29


@pytest.mark.parametrize("wait", [0.0, 0.02, 0.05, 0.1])
def test_killed_while_tidying_it_holds_what_it_held(tmp_path: Path, wait: float) -> None:
    folder = tmp_path / "index"
    index = open_index(folder)
    index.upsert(document(number, "광주", "본문 " * 50, version=1) for number in range(3_000))
    index.upsert(document(number, "광주", "새 본문 " * 50, version=2) for number in range(1_000))
    index.delete([(f"{0:016x}", 3)])
    tidier = child(
        """
        index = TantivyIndex(folder, cutter=CUTTER)
        print("begins", flush=True)
        index.tidy(wholly=True)
        """,
        str(folder),
    )
    assert tidier.stdout is not None
    assert tidier.stdout.readline() == "begins\n"
    threading.Event().wait(wait)
    tidier.send_signal(signal.SIGKILL)
    tidier.communicate()
    again = open_index(folder)
    assert again.count() == 2_999
    assert again.upsert([document(0, "광주", version=3)]).done == ((f"{0:016x}", 3),)
    assert again.get(f"{0:016x}") is None
    held = again.get(f"{1:016x}")
    assert held is not None
    assert held.version == 2
    again.tidy(wholly=True)
    assert again.count() == 2_999
