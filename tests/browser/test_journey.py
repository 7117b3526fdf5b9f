"""What an analyst does, in a browser."""

import re
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Complaints

SERIES = "모두의 AI 광주"
PAGES = (
    "/",
    "/search?q=광주+AI",
    "/topics",
    "/topics/public-funding",
    "/series",
    "/stories",
    "/sources",
    "/glossary",
    "/help",
)


def found(page: Page) -> int:
    text = page.get_by_role("status").locator("strong").inner_text()
    return int(text.replace(",", ""))


def wait_for_charts(page: Page) -> None:
    """Wait until every chart of the page has been drawn by the browser."""
    for chart in page.locator("figure[data-chart]").all():  # a function in the page would be forbidden by its policy
        expect(chart.locator(".chart-live svg").first).to_be_attached()


def open_final_part(page: Page) -> None:
    page.goto("/search?q=확산+체계+구축")
    page.get_by_role("link", name=re.compile("모두의 AI 광주⑩끝")).first.click()


def test_from_a_question_to_a_feed(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    page.get_by_label("Search articles").fill("광주 AI")
    page.get_by_role("button", name="Search").click()
    everything = found(page)
    assert everything > 10
    expect(page.locator("mark.m-match").first).to_be_visible()

    page.get_by_label("Narrow the search").get_by_role("link", name=re.compile("Diffusion and adoption")).click()
    by_topic = found(page)
    assert 0 < by_topic < everything
    page.get_by_text("Narrow to a month").click()
    page.get_by_role("link", name=re.compile("March 2026")).click()
    assert 0 < found(page) <= by_topic
    chosen = page.get_by_role("list", name="Narrowed by")
    expect(chosen.get_by_role("link")).to_have_count(2)
    page.screenshot(path=tmp_path / "search.png", full_page=True)

    page.get_by_role("link", name=re.compile("모두의 AI 광주⑩끝")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("확산 체계 구축")
    korean = page.get_by_role("region", name="Korean original").bounding_box()
    brief = page.get_by_role("region", name="English brief").bounding_box()
    assert korean
    assert brief
    assert abs(korean["y"] - brief["y"]) < 10
    assert korean["x"] + korean["width"] <= brief["x"]
    expect(page.get_by_role("region", name="English brief")).to_contain_text("Gwangju")

    page.get_by_role("navigation", name="Series").get_by_role("link", name=SERIES).click()
    expect(page.locator(".installments > li")).to_have_count(10)
    expect(page.locator(".lead")).to_contain_text("finished")
    feed = page.get_by_role("link", name="Subscribe to its feed").get_attribute("href")
    answer = page.request.get(feed or "")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert len(Xml.fromstring(answer.body()).findall("{http://www.w3.org/2005/Atom}entry")) == 10
    announced = page.locator("link[type='application/atom+xml']").get_attribute("href")
    assert announced == feed


def test_a_statement_and_its_sentence_lead_to_one_another(page: Page) -> None:
    open_final_part(page)
    citation = page.locator(".cites a").first
    number = (citation.get_attribute("href") or "").removeprefix("#")
    citation.click()
    expect(page.locator(f"#{number}:target")).to_be_in_viewport()
    page.locator(f"#{number} a.mark-number").click()
    expect(page.locator(".statement:target")).to_be_in_viewport()


def test_what_is_shown_in_the_text_can_be_chosen(page: Page) -> None:
    open_final_part(page)
    mark = page.locator(".text .m-topic").first

    def background() -> str:
        return str(mark.evaluate("each => getComputedStyle(each).backgroundColor"))

    shown = background()
    page.get_by_label("Topics").uncheck()
    assert background() != shown
    figure = page.locator(".text .m-figure").first
    assert figure.evaluate("each => getComputedStyle(each).borderBottomStyle") == "none"
    page.get_by_label("Figures").check()
    assert figure.evaluate("each => getComputedStyle(each).borderBottomStyle") == "dashed"


def test_the_chart_answers_to_a_click_under_the_strict_policy(page: Page) -> None:
    page.goto("/search?q=광주+AI")
    bars = page.locator(".chart-live svg .mark-rect path")
    expect(bars).to_have_count(6)
    expect(page.locator(".chart picture")).to_be_hidden()
    bars.last.click()
    page.wait_for_url(re.compile("from%3A2026-03-01"))


def test_everything_can_be_reached_by_keyboard(page: Page) -> None:
    page.goto("/search?q=AI")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Search the Korean text")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("실증")
    page.keyboard.press("Enter")
    expect(page.locator(".asked")).to_have_text("실증")


def test_all_of_it_works_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto("/search?q=광주+AI")
    expect(page.locator(".chart img")).to_be_visible()
    page.get_by_label("Narrow the search").get_by_role("link", name=re.compile("AI cluster")).click()
    expect(page.get_by_role("list", name="Narrowed by")).to_contain_text("AI cluster")
    page.locator(".hit-title a").first.click()
    page.locator(".cites a").first.click()
    expect(page.locator(".sentence:target")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(375, "light"), (1280, "dark")])
def test_every_page_fits_and_can_be_read(
    browser: Browser, address: str, complaints: Complaints, tmp_path: Path, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        base_url=address,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    complaints.listen(page)
    open_final_part(page)
    for number, each in enumerate((page.url, *PAGES)):
        page.goto(each)
        wait_for_charts(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, each
        page.screenshot(path=tmp_path / f"{number}.png", full_page=True)
        assert (tmp_path / f"{number}.png").stat().st_size > 10_000
    context.close()
