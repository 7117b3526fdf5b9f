"""`sosik series` and `sosik alert` as they are typed."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.app.conftest import Call

SERIES = "모두의 AI 광주"


def test_series_are_listed_and_shown(call: Call, demo_data: Path) -> None:
    listed = {each["series"]: each for each in call("series", "--json").lines}
    assert listed.keys() >= {SERIES, "솔라시도의 전기", "메이드 인 광주"}
    assert listed[SERIES] == listed[SERIES] | {"source": "it-life", "parts": 10, "finished": True, "gaps": []}
    shown = call("series", "모두의AI광주", "--json").json
    assert [each["installment"] for each in shown["installments"]] == list(range(1, 11))
    assert shown["installments"][-1]["final"]
    assert call("series", shown["id"], "--json").json == shown
    assert call("series", "--outlet", "namdo-tv").out.strip() == "no series"
    lines = call("series", SERIES).out.splitlines()
    assert lines[0] == SERIES
    assert "10 parts, finished" in lines[1]
    assert lines[-1].split()[:3] == ["10", "final", "2026-03-31"]


def test_a_series_that_nobody_has(call: Call, demo_data: Path) -> None:
    answer = call("series", "없는 연재")
    assert answer.status == 1
    assert SERIES in answer.err


def test_a_rule_from_wish_to_removal(call: Call, demo_data: Path) -> None:
    rule = call("alert", "add", "--to", "reader@example.org", "--series", SERIES, "--json").json
    assert rule["kinds"] == ["new-installment", "final-installment", "late-installment"]
    assert rule in call("alert", "list", "--json").lines
    assert SERIES in call("alert", "list").out
    tried = call("alert", "test", rule["id"], "--json").json
    assert tried["to"] == "reader@example.org"
    assert tried["stop"].startswith("mailto:sosik@localhost?subject=stop%20")
    told = call("alert", "test", rule["id"]).out
    assert f"Subject: {tried['subject']}" in told
    assert "THE SERIES SO FAR" in told
    sent = call("alert", "send", "--json").json
    assert sent["sent"] == sent["queued"] == 0, "what happened before she asked is not told"
    (file,) = (demo_data / "outbox").glob("*.eml")
    message = message_from_bytes(file.read_bytes(), policy=default)
    assert message["To"] == "reader@demo.test"
    assert message["Subject"] == f"Final part ⑩ of {SERIES} (IT Life)"
    assert message["Message-ID"] == f"<{file.stem}@localhost>"
    (logged,) = call("alert", "log", "--json").lines
    assert (logged["status"], logged["attempts"], logged["doubts"]) == ("sent", 1, 0)
    assert [each["outcome"] for each in logged["deliveries"]] == ["sent"]
    assert "reader@demo.test  sent after 1" in call("alert", "log").out
    assert call("alert", "send", "--json").json["sent"] == 0
    assert call("alert", "send").out.strip() == "0 sent"
    assert call("alert", "remove", rule["id"], "--json").json == {"removed": rule["id"]}
    assert rule not in call("alert", "list", "--json").lines
    assert call("alert", "remove", rule["id"]).status == 1


def test_links_without_a_secret_are_refused(call: Call, demo_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOSIK_PUBLIC_URL", "https://news.example")
    answer = call("alert", "add", "--to", "reader@example.org", "--new-series")
    assert answer.status == 1
    assert "SOSIK_SECRET" in answer.err
    monkeypatch.setenv("SOSIK_SECRET", "a long random text")
    assert call("alert", "add", "--to", "reader@example.org", "--new-series").status == 0


@pytest.mark.parametrize("name", ["secret", "smtp_password"])
def test_secrets_stay_out_of_files(call: Call, tmp_path: Path, name: str) -> None:
    (tmp_path / "sosik.toml").write_text(f'{name} = "hush"\n', encoding="utf-8")
    answer = call("alert", "list")
    assert answer.status == 1
    assert f"Set SOSIK_{name.upper()} instead" in answer.err
    assert "hush" not in answer.err


def test_a_wish_for_two_things_is_refused(call: Call) -> None:
    answer = call("alert", "add", "--to", "reader@example.org", "--series", "x", "--query", "y")
    assert answer.status == 2
    assert "one of these" in answer.err
