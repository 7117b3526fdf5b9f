import http.client
from itertools import islice

import pytest

from sosik.demo.clock import DEMO_NOW, DEMO_START
from sosik.demo.generated import FIRST_NUMBER, generated_articles, generated_records
from sosik.demo.outlets import OUTLETS, outlets_like
from sosik.demo.process import DemoProcess
from sosik.demo.texts import DemoArticle
from sosik.model.errors import Away


def test_they_are_the_same_in_every_run_and_for_every_count(articles: tuple[DemoArticle, ...]) -> None:
    few = list(generated_articles(50, texts=articles))
    assert few == list(islice(generated_articles(80, texts=articles), 50))
    assert few != list(generated_articles(50, seed=2, texts=articles))


def test_no_two_are_copies_and_they_are_spread_over_outlets_and_half_a_year(articles: tuple[DemoArticle, ...]) -> None:
    many = list(generated_articles(700, texts=articles))
    assert len({each.text for each in many}) == len({each.title for each in many}) == 700
    assert {each.outlet for each in many} == {each.id for each in OUTLETS}
    assert [each.number for each in many] == list(range(FIRST_NUMBER, FIRST_NUMBER + 700))
    assert all(DEMO_START <= each.published < DEMO_NOW for each in many)
    assert len({f"{each.published:%Y-%m}" for each in many}) == 6
    assert all(400 <= len(each.text) <= 2500 for each in many)


def test_records_are_the_articles_that_the_pages_show(articles: tuple[DemoArticle, ...]) -> None:
    records = list(generated_records(30, texts=articles))
    pages = list(generated_articles(30, texts=articles))
    assert [each.title for each in records] == [each.title for each in pages]
    assert len({each.id for each in records}) == 30


def test_a_process_of_its_own_serves_them_and_its_clock_can_be_moved() -> None:
    (page,) = generated_articles(1)
    (record,) = generated_records(1)
    with DemoProcess(generated=1, rendered=True) as process:
        assert status(process.proxy, record.url) == 200
        process.move_to(DEMO_START)
        assert status(process.proxy, record.url) == 404
        process.move_to(page.published)
        assert status(process.proxy, record.url) == 200
    with pytest.raises(Away, match="not running"):
        process.move_to(DEMO_NOW)


def test_a_process_that_cannot_start_is_away() -> None:
    with pytest.raises(Away, match="ended"), DemoProcess(generated=-1):
        pass


def status(proxy: str, url: str) -> int:
    connection = http.client.HTTPConnection(proxy.removeprefix("http://"), timeout=20)
    try:
        connection.request("GET", url)
        return connection.getresponse().status
    finally:
        connection.close()


def test_any_number_of_outlets_share_them() -> None:
    outlets = outlets_like(2)
    made = list(generated_articles(2 * len(OUTLETS)))
    assert len({each.host for each in outlets}) == len(made)
    with DemoProcess(generated=len(made), outlets_like=2) as process:
        for outlet in outlets:
            mine = [each for each in made if each.outlet == outlet.design]
            answers = [status(process.proxy, outlet.url_of(each)) for each in mine]
            assert sorted(answers) == [200, 404], f"one of the two is {outlet.id}'s own"
