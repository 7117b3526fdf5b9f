"""What `sosik import` takes, what it refuses, and that doing it twice is doing it once."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from sosik.app.clock import SystemClock
from sosik.app.importers.items import Outlets, article_of
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.model.capture import Capture, CaptureKind
from sosik.model.instants import Provenance, Published
from sosik.storage.archive.warc import WarcArchive
from tests.app.conftest import Answer, Call
from tests.app.test_commands import PAGE, ROW, write_lines

URL = "https://bitgoeul.example/news/1"


def refused(answer: Answer) -> dict[str, str]:
    return {each["item"]: each["reason"] for file in answer.json["files"] for each in file["refused"]}


def saved_pages(folder: Path) -> Path:
    folder.mkdir()
    (folder / "one.html").write_text(PAGE, encoding="utf-8")
    (folder / "old.html").write_bytes(PAGE.replace("utf-8", "euc-kr").encode("cp949"))
    (folder / "empty.html").write_text("<html><body><p>.</p></body></html>", encoding="utf-8")
    (folder / "stray.html").write_text("<html><body>no address</body></html>", encoding="utf-8")
    write_lines(
        folder / "list.jsonl",
        {"file": "one.html", "url": URL, "title": "ignored", "published": "1999-01-01"},
        {"file": "old.html", "url": "https://old.example/view?no=7&utm_source=mail"},
        {"file": "empty.html", "url": "https://bitgoeul.example/news/2"},
        {"file": "missing.html", "url": "https://bitgoeul.example/news/3"},
        {"file": "../secret.html", "url": "https://bitgoeul.example/news/4"},
        {"file": "one.html", "url": "ftp://bitgoeul.example/news/5"},
        {"only": "url"},
    )
    return folder


def test_a_folder_of_saved_pages(call: Call, tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text(PAGE, encoding="utf-8")
    folder = saved_pages(tmp_path / "pages")
    answer = call("import", folder, "--json")
    assert answer.status == 0
    assert answer.json["articles"] == 2
    reasons = refused(answer)
    assert set(reasons) == {
        "empty.html",
        "missing.html",
        "../secret.html",
        "one.html",
        "line 7",
        "stray.html",
    }
    assert "outside" in reasons["../secret.html"]
    assert "not an http address" in reasons["one.html"]
    hits = call("search", "집적단지", "--json").lines
    assert {each["url"] for each in hits} == {URL, "https://old.example/view?no=7"}
    assert {each["published"] for each in hits} == {"2026-03-02T09:10:00+09:00"}


def test_importing_again_adds_nothing(call: Call, tmp_path: Path, data: Path) -> None:
    folder = saved_pages(tmp_path / "pages")
    first = call("import", folder, "--json").json
    kept = sum(each.stat().st_size for each in (data / "archive").rglob("*.warc.gz"))
    second = call("import", folder, "--json").json
    assert second["articles"] == first["articles"]
    assert call("index", "status", "--json").json["articles"] == first["articles"]
    name = call("search", "집적단지", "--json").lines[0]["id"]
    assert call("show", name, "--json").json["revision"] == 1
    # The page that gave no article is tried again, once; the others are not kept twice.
    assert sum(each.stat().st_size for each in (data / "archive").rglob("*.warc.gz")) < 2 * kept


def test_an_imported_page_can_be_replayed(call: Call, tmp_path: Path) -> None:
    call("import", saved_pages(tmp_path / "pages"))
    before = call("search", "집적단지", "--newest", "--json").out
    replayed = call("replay", "--json")
    assert (replayed.status, replayed.json["corrected"], replayed.json["analysed"]) == (0, 0, 0)
    assert call("search", "집적단지", "--newest", "--json").out == before


def test_a_replay_says_what_it_analysed_anew(call: Call, tmp_path: Path, data: Path) -> None:
    taken = call("import", saved_pages(tmp_path / "pages"), "--json").json["articles"]
    with Wiring(Settings(data=data)).ledger() as ledger, ledger.write() as unit:
        unit.analyses.clear()
    assert call("replay", "--json").json["analysed"] == taken > 0
    assert call("replay", "--json").json["analysed"] == 0


def test_a_page_alone_by_its_own_address(call: Call, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    assert call("import", tmp_path / "page.html", "--json").json["articles"] == 1
    assert call("search", "집적단지", "--json").lines[0]["url"] == URL


def test_rows(call: Call, tmp_path: Path) -> None:
    file = write_lines(
        tmp_path / "rows.jsonl",
        ROW,
        {**ROW, "url": "https://sihum.example/1?utm_source=y"},
        {**ROW, "id": "b", "url": "", "published": "2026.03.02 09:10"},
        {**ROW, "text": " "},
        {**ROW, "url": "mailto:a@b"},
        {**ROW, "published": "봄"},
        {**ROW, "title": "\ud800"},
        ["no", "row"],
    )
    with file.open("ab") as stream:
        stream.write(b"{broken\n")
    answer = call("import", file, "--json")
    assert set(refused(answer)) == {f"line {number}" for number in (4, 5, 6, 7, 8, 9)}
    assert answer.json["articles"] == 2
    assert answer.json["files"][0]["taken"] == 3
    assert call("index", "status", "--json").json["articles"] == 2  # the first two lines are one address
    published = {each["published"] for each in call("search", "outlet:시험일보", "--json").lines}
    assert published == {"2026-03-02", "2026-03-02T09:10:00+09:00"}


def test_a_row_of_no_date_spoils_nothing(call: Call, tmp_path: Path) -> None:
    rows = write_lines(tmp_path / "rows.jsonl", {**ROW, "published": "0001-01-01"}, {**ROW, "url": "", "id": "b"})
    answer = call("import", rows, "--json")
    assert answer.status == 0
    assert answer.json["articles"] == 1
    assert "the year 1" in refused(answer)["line 1"]


@pytest.mark.parametrize("day", [date.min, date.max])
def test_a_folder_with_a_row_of_no_date_works_again(call: Call, tmp_path: Path, data: Path, day: date) -> None:
    odd = article_of({**ROW, "published": ""}, Outlets(()))
    odd = replace(odd, published=Published.on_day(day, Provenance.IMPORTED))  # as earlier versions kept it
    call("import", write_lines(tmp_path / "other.jsonl", {**ROW, "url": "", "id": "b"}))
    with Wiring(Settings(data=data, workers=1), SystemClock()).ledger() as ledger, ledger.write() as unit:
        unit.articles.put(odd)
    for command in ("replay", "reindex"):
        assert call(command, "--json").status == 0
    assert call("show", odd.id, "--json").json["published"] is None
    assert {each["published"] for each in call("search", "집적단지", "--json").lines} == {None, "2026-03-02"}


def test_bigkinds(call: Call, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["뉴스 식별자", "일자", "언론사", "기고자", "제목", "통합 분류1", "본문", "URL"])
    body = "빛고을시가 인공지능 집적단지를 조성한다."
    sheet.append(["01.1", 20260302, "시험일보", "한가람", "집적단지 조성", "지역", body, "https://sihum.example/9"])
    sheet.append(["01.2", "20260303", "시험일보", None, "집적단지 착공", "지역", body, None])
    sheet.append(["01.3", "20260399", "시험일보", None, "집적단지 준공", "지역", body, None])
    book.save(tmp_path / "export.xlsx")
    book.close()
    answer = call("import", tmp_path / "export.xlsx", "--json")
    assert answer.json["articles"] == 2
    assert set(refused(answer)) == {"row 4"}
    hits = {each["title"]: each for each in call("search", "집적단지", "--json").lines}
    assert hits["집적단지 조성"]["published"] == "2026-03-02"
    assert call("show", hits["집적단지 조성"]["id"], "--json").json["authors"] == ["한가람"]


def test_a_spreadsheet_of_something_else(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no spreadsheet")
    book = Workbook()
    book.worksheets[0].append(["a", "b"])
    book.save(tmp_path / "b.xlsx")
    book.close()
    answer = call("import", tmp_path / "a.xlsx", tmp_path / "b.xlsx", "--json")
    assert answer.status == 1
    reasons = refused(answer)
    assert "not an .xlsx" in reasons["file"]
    assert "BigKinds" in reasons["row 1"]


def make_warc(folder: Path) -> Path:
    archive = WarcArchive(folder, clock=SystemClock())
    archive.put(
        [
            Capture(
                source="",
                kind=CaptureKind.ARTICLE,
                url=f"{URL}{number}",
                final_url=f"{URL}{number}",
                status=status,
                headers=(("Content-Type", kind),),
                body=body,
                fetched=datetime(2026, 3, 3, tzinfo=UTC),
            )
            for number, status, kind, body in (
                (1, 200, "text/html", PAGE.encode()),
                (2, 404, "text/html", b"gone"),
                (3, 200, "image/png", b"\x89PNG"),
            )
        ]
    )
    archive.close()
    (file,) = folder.rglob("*.warc.gz")
    return file


def test_a_web_archive(call: Call, tmp_path: Path) -> None:
    answer = call("import", make_warc(tmp_path / "theirs"), "--json")
    assert answer.json["articles"] == 1
    assert refused(answer) == {f"{URL}2": "the server answered 404", f"{URL}3": "not a web page: image/png"}


def test_a_web_archive_cut_short_gives_what_is_whole(call: Call, tmp_path: Path) -> None:
    file = make_warc(tmp_path / "theirs")
    file.write_bytes(file.read_bytes()[:-20])
    answer = call("import", file, "--json")
    assert (answer.status, answer.json["articles"]) == (0, 1)
    assert any("cut short" in each for each in refused(answer).values())


def test_truncated_gzip_and_unknown_kinds(call: Call, tmp_path: Path) -> None:
    (tmp_path / "half.warc.gz").write_bytes(gzip.compress(b"WARC/1.0\r\n" * 1000)[:-10])
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    answer = call("import", tmp_path / "half.warc.gz", tmp_path / "picture.png", "--json")
    assert answer.status == 1
    assert len(refused(answer)) == 2
    assert any("known: .html" in each for each in refused(answer).values())


def test_a_page_of_50_megabytes(call: Call, tmp_path: Path) -> None:
    (tmp_path / "huge.html").write_bytes(PAGE.encode() + b" " * (50 << 20))
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    answer = call("import", tmp_path, "--json")
    assert answer.json["articles"] == 1
    assert "at most" in refused(answer)["huge.html"]


def test_a_path_that_is_not_there(call: Call, tmp_path: Path) -> None:
    answer = call("import", tmp_path / "nowhere")
    assert answer.status == 1
    assert "nowhere" in answer.err


@pytest.mark.parametrize("as_json", [True, False])
def test_an_empty_folder(call: Call, tmp_path: Path, as_json: bool) -> None:
    (tmp_path / "empty").mkdir()
    answer = call("import", tmp_path / "empty", *(["--json"] if as_json else []))
    assert answer.status == 1
    assert "nothing to import" in answer.out
    if as_json:
        assert json.loads(answer.out)["articles"] == 0
