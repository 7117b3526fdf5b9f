"""Scrapy's own command line."""

import subprocess
import sys
from pathlib import Path

import crawler


def test_scrapy_crawl_by_hand_refuses_and_names_our_command() -> None:
    root = Path(crawler.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "feeds"], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "sosik crawl" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
