"""Every page by axe-core, at desk and phone width, by day and by night: WCAG 2.2 A and AA, no fault."""

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # publishes no types
from playwright.sync_api import Browser

from tests.browser.test_journey import PAGES, open_final_part, wait_for_charts

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize(("width", "scheme"), [(375, "dark"), (1280, "light")])
def test_no_page_shuts_anybody_out(browser: Browser, address: str, width: int, scheme: str) -> None:
    # The policy of our pages keeps foreign scripts out: the checker is let in, nothing else changes.
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        base_url=address,
        bypass_csp=True,
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    open_final_part(page)
    faults = {}
    for each in (page.url, *PAGES, "/search?q=(광주", "/nothing", "/?day=2020-01-01"):
        page.goto(each)
        wait_for_charts(page)
        found = Axe().run(page, options=RULES).response["violations"]
        if found:
            faults[each] = [(rule["id"], node["html"][:160]) for rule in found for node in rule["nodes"]]
    assert faults == {}
    context.close()
