"""A real Chromium on a real server on what the demonstration collected."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.conftest import COMMAND, environment

CHROMIUM = "/usr/bin/chromium"  # Debian's; scripts/system-packages installs it


@pytest.fixture(scope="session")
def address(finished_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `sosik demo` ends: the dashboard on the demonstration's time."""
    folder = shutil.copytree(finished_demo, tmp_path_factory.mktemp("browser") / "data")
    errors = (folder.parent / "errors.txt").open("w+", encoding="utf-8")
    with (
        errors,
        subprocess.Popen(
            [*COMMAND, "demo", "--port", "0"],
            env=environment(folder),
            cwd=folder.parent,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
        ) as process,
    ):
        try:
            assert process.stdout
            told = ""
            while "Dashboard: http" not in told:
                line = process.stdout.readline()
                errors.seek(0)
                assert line, told + errors.read()
                told += line
            yield told.rpartition("Dashboard: ")[2].split()[0]
        finally:
            process.kill()
            process.communicate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


class Complaints(list[str]):
    """What a page complained of: scripts that failed, things that were not loaded."""

    def listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.append(str(error)))
        page.on("console", lambda message: self.append(message.text) if message.type in ("error", "warning") else None)
        page.on("requestfailed", self.note_failure)

    def note_failure(self, request: Request) -> None:
        """What was still on its way when the reader went on to another page is no failure."""
        if request.failure != "net::ERR_ABORTED":
            self.append(f"not loaded: {request.url}: {request.failure}")


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Fails the test for anything that a page complained of."""
    found = Complaints()
    yield found
    assert found == [], json.dumps(found, ensure_ascii=False)


@pytest.fixture
def page(browser: Browser, address: str, complaints: Complaints) -> Iterator[Page]:
    """A page at desk width."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=address, accept_downloads=True)
    opened = context.new_page()
    complaints.listen(opened)
    yield opened
    context.close()
