"""The pages on what the demonstration collected."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from sosik.app.reading import StoredReader
from sosik.model.query import parse
from sosik.model.search import FacetField, Order, Query
from tests.dashboards.conftest import page, texts

SERIES = "모두의 AI 광주"
PAGES = ("/", "/search", "/topics", "/topics/ai-cluster", "/series", "/stories", "/sources", "/glossary", "/help")


def total(client: TestClient, address: str) -> int:
    (found,) = texts(page(client, address), "//p[@role='status']/strong")
    return int(found.replace(",", ""))


def final_part(reader: StoredReader) -> str:
    return next(each for each in reader.series() if each.name == SERIES).installments[-1].article


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_landmarks_one_heading_and_names_for_its_fields(client: TestClient, address: str) -> None:
    found = page(client, address)
    assert found.get("lang") == "en"
    assert len(found.xpath("//main")) == len(found.xpath("//h1")) == len(found.xpath("//header[@class='top']")) == 1
    assert texts(found, "//title")[0].endswith("· Sosik")
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    for field in found.xpath("//input|//select"):
        assert field.xpath("ancestor::label") or found.xpath(f"//label[@for='{field.get('id')}']")


@pytest.mark.parametrize("address", PAGES)
def test_every_page_keeps_to_the_content_security_policy(client: TestClient, address: str) -> None:
    found = page(client, address)
    assert not found.xpath("//style|//*[@style]|//script[not(@src)]|//iframe|//object")
    assert not [name for each in found.iter() for name in each.attrib if str(name).startswith("on")]
    loaded = found.xpath("//script/@src|//link/@href|//img/@src|//source/@srcset|//form/@action")
    assert all(each.startswith("/") and not each.startswith("//") for each in loaded)


def test_no_link_leads_nowhere(client: TestClient, reader: StoredReader) -> None:
    seen: set[str] = set()
    shapes: set[str] = set()
    waiting = [*PAGES, f"/articles/{final_part(reader)}", "/search?q=광주+AI"]
    while waiting:
        address = waiting.pop()
        # One of each kind is enough: of addresses that differ in ids and queries only.
        shape = re.sub(r"[0-9a-f]{16}", "ID", urlsplit(address).path) + ",".join(parse_qs(urlsplit(address).query))
        if address in seen or shape in shapes:
            continue
        seen.add(address)
        shapes.add(shape)
        answer = client.get(address)
        assert answer.status_code == 200, address
        if answer.headers["content-type"].startswith("text/html"):
            found = page(client, address)
            targets = set(found.xpath("//@id"))
            for link in found.xpath("//a/@href|//link/@href|//script/@src|//img/@src|//source/@srcset"):
                if link.startswith("#"):
                    assert link[1:] in targets, (address, link)
                elif link.startswith("/"):
                    waiting.append(link.partition("#")[0])
    assert len(shapes) > 20


def test_today_shows_the_newest_day_with_its_series_news(client: TestClient, reader: StoredReader) -> None:
    found = page(client, "/")
    assert texts(found, "//h1") == ["31 March 2026"]
    assert texts(found, "//*[contains(@class,'day')]")[0] == "Tuesday, 31 March 2026"
    assert any("모두의 AI 광주⑩끝" in each for each in texts(found, "//*[@class='hit-title']"))
    assert f"/series/{next(each.id for each in reader.series() if each.name == SERIES)}" in found.xpath(
        "//aside//@href"
    )
    assert any(each.startswith("Final part") for each in texts(found, "//aside//p"))


def test_another_day_and_a_day_without_articles(client: TestClient) -> None:
    found = page(client, "/?day=2026-03-03&span=1")
    days = texts(found, "//*[@class='day']")
    assert days == ["Tuesday, 3 March 2026"]
    assert "Nothing was published" in page(client, "/?day=2020-01-01").text_content()


def test_search_marks_the_words_and_shows_english(client: TestClient) -> None:
    found = page(client, "/search?q=광주+AI")
    assert set(texts(found, "//mark[@class='m-match']")) == {"광주", "AI"}
    titles, english = texts(found, "//*[@class='hit-title']"), texts(found, "//*[@class='hit-english']")
    assert len(titles) == 20
    assert len(english) >= 18
    assert all(re.search("[A-Za-z]{3}", each) for each in english)


def test_every_facet_finds_as_many_as_it_says(client: TestClient) -> None:
    found = page(client, "/search?q=인공지능")
    links = found.xpath("//details[@class='facet']//a")
    assert len(links) > 20
    by_heading = dict.fromkeys(texts(found, "//details[@class='facet']//h2"), 0)
    assert {"Topic", "Outlet", "Region", "Series", "Organisation", "Person", "Kind of outlet"} == set(by_heading)
    for facet in found.xpath("//details[@class='facet']"):
        for link in facet.xpath(".//a")[:3]:
            count = int(link.xpath("./span[@class='count']")[0].text)
            assert total(client, link.get("href")) == count, link.get("href")


def test_narrowing_by_topic_and_month_and_back(client: TestClient) -> None:
    whole = total(client, "/search?q=광주+AI")
    first = page(client, "/search?q=광주+AI").xpath("//details[@class='facet']//a[contains(., 'AI cluster')]/@href")[0]
    narrower = page(client, first)
    months = narrower.xpath("//ul[@class='months']//a")
    assert sum(int(each.xpath("./span")[0].text) for each in months) == total(client, first) < whole
    both = page(client, months[-1].get("href"))
    chosen = both.xpath("//ul[@class='chosen']//a")
    assert len(chosen) == 2
    assert total(client, months[-1].get("href")) == int(months[-1].xpath("./span")[0].text)
    back = next(each for each in chosen if "AI cluster" in each.text_content()).get("href")
    without_both = page(client, back).xpath("//ul[@class='chosen']//a/@href")
    assert total(client, without_both[0]) == whole


def test_pages_show_every_hit_once(client: TestClient, reader: StoredReader) -> None:
    for order in Order:
        address, shown = f"/search?q=인공지능+OR+광주&order={order.value}", []
        while address:
            found = page(client, address)
            shown += found.xpath("//*[@class='hit-title']/a/@href")
            following = found.xpath("//a[@rel='next']/@href")
            address = following[0] if following else ""
        expected = reader.search(Query(where=parse("인공지능 OR 광주"), limit=500)).hits
        assert sorted(shown) == sorted(f"/articles/{each.document.article}" for each in expected)
        assert len(shown) > 20


@pytest.mark.parametrize(
    ("query", "before", "at"),
    [("(광주 AI", "", "("), ('광주 "AI', "광주 ", '"'), ("광주 topik:a", "광주 ", "t"), ("광주 OR", "광주 OR", "")],
)
def test_a_mistake_is_shown_where_it_is(client: TestClient, query: str, before: str, at: str) -> None:
    found = page(client, f"/search?q={query}", 400)
    (shown,) = found.xpath("//*[@role='alert']/pre")
    (here,) = shown.xpath("./span")
    assert here.text_content() == f"(here:) {at or ' '}"
    assert (shown.text or "") == before
    assert found.xpath("//input[@name='q']/@value") == [query]


def test_an_article_shows_its_whole_text_with_evidence(client: TestClient, reader: StoredReader) -> None:
    name = final_part(reader)
    found = page(client, f"/articles/{name}")
    article = reader.article(name)
    for number in found.xpath("//*[contains(@class,'mark-number')]"):
        number.text = ""
    assert found.xpath("//h1")[0].text_content() == article.article.title
    shown = [each.text_content() for each in found.xpath("//*[@class='text']/p")]
    assert shown == [line for line in article.article.text.split("\n") if line.strip()]
    assert article.analysis
    marked = "".join(each.text_content() for each in found.xpath("//article//mark[contains(@class,'m-topic')]"))
    for tag in article.analysis.topics:
        assert f"/topics/{tag.topic}" in found.xpath("//a/@href")
        for proof in tag.evidence:
            assert proof.text.split()[0][:2] in marked
    meanings = " ".join(found.xpath("//mark/@title"))
    assert "Topic: " in meanings
    assert "rule " in meanings


def test_a_brief_stands_beside_the_korean_and_cites_it(client: TestClient, reader: StoredReader) -> None:
    name = final_part(reader)
    brief = reader.article(name).brief
    assert brief
    found = page(client, f"/articles/{name}")
    statements = found.xpath("//li[contains(@class,'statement')]")
    assert len(statements) == len([*brief.summary, *brief.story, *brief.context])
    cited = {int(each[2:]) for each in found.xpath("//*[@class='cites']/a/@href")}
    assert cited == {number for each in (*brief.summary, *brief.story, *brief.context) for number in each.cites}
    sentences = {each.number: each.text for each in brief.sentences}
    for number in cited:
        (first,) = found.xpath(f"//*[@id='k{number}']")
        assert sentences[number][:5] in first.text_content()
        assert first.xpath("./a/@href")[0].startswith("#s")
    assert brief.title in found.text_content()
    assert "draft" in texts(found, "//*[@class='pane-head']/p")[0]


def test_an_edited_article_shows_what_was_edited(client: TestClient, reader: StoredReader) -> None:
    hits = reader.search(Query(limit=500)).hits
    edited = [each for each in (reader.article(hit.document.article) for hit in hits) if each.article.revision > 1]
    assert edited
    found = page(client, f"/articles/{edited[0].article.id}")
    before, after = edited[0].revisions[0].whole, edited[0].revisions[-1].whole
    assert found.xpath("//del|//ins")
    assert all(each.text in before for each in found.xpath("//*[@id='edits']//del"))
    assert all(each.text in after for each in found.xpath("//*[@id='edits']//ins"))


def test_the_beginning_of_an_id_does(client: TestClient, reader: StoredReader) -> None:
    name = final_part(reader)
    assert texts(page(client, f"/articles/{name[:8]}"), "//h1") == texts(page(client, f"/articles/{name}"), "//h1")


def test_a_series_shows_its_parts_in_order_and_how_to_follow(client: TestClient, reader: StoredReader) -> None:
    listed = page(client, "/series")
    address = listed.xpath(f"//h2/a[text()='{SERIES}']/@href")[0]
    found = page(client, address)
    assert texts(found, "//*[contains(@class,'part-mark')]") == list("①②③④⑤⑥⑦⑧⑨⑩")
    assert "finished" in texts(found, "//*[@class='lead']")[0]
    assert "IT Life" in texts(listed, "//*[@class='kicker']")
    assert "Series · IT Life" in texts(found, "//*[@class='kicker']")
    feed = found.xpath("//aside//a[contains(., 'feed')]/@href")[0]
    assert client.get(feed).text.count("<entry>") == 10
    assert f"--series {address.rpartition('/')[2]}" in found.xpath("//pre")[0].text_content()


def test_a_topic_shows_its_trend_and_newest_articles(client: TestClient, reader: StoredReader) -> None:
    found = page(client, "/topics/public-funding")
    count = reader.search(Query(where=parse("topic:public-funding"), limit=1)).total
    assert texts(found, "//p[@class='actions']/strong") == [f"{count} articles"]
    months = [int(each) for each in texts(found, "//ul[@class='months']//span")]
    assert sum(months) == count
    assert len(found.xpath("//li[@class='hit']")) == count
    rising = found.xpath("//aside")[0].text_content()
    assert "위나림" in rising
    assert "South Jeolla" not in rising, "in two articles, which are no rise"
    assert "Gwangju" not in rising, "most of its articles always named it"


def test_topics_say_how_many_articles_they_have(client: TestClient, reader: StoredReader) -> None:
    found = page(client, "/topics")
    counts = dict(reader.search(Query(limit=1, facets=(FacetField.TOPIC,), facet_size=99)).facets[0].values)
    shown = {
        card.xpath(".//h2/a/@href")[0].rpartition("/")[2]: int(card.xpath(".//*[@class='count']")[0].text)
        for card in found.xpath("//li[contains(@class,'topic-card')]")
    }
    assert {topic: count for topic, count in shown.items() if count} == counts
    assert len(shown) == len(reader.topics())


def test_sources_say_what_came_and_what_failed(client: TestClient, reader: StoredReader) -> None:
    found = page(client, "/sources")
    assert len(found.xpath("//section[contains(@class,'source')]")) == 7
    mudeung = found.xpath("//section[@id='mudeung-sinmun']")[0].text_content()
    assert "status 404" in mudeung
    assert "31 March 2026, 18:00" in mudeung
    assert "closed by robots.txt" in mudeung


def test_a_story_shows_its_articles_and_which_are_copies(client: TestClient, reader: StoredReader) -> None:
    stories = reader.stories(100)
    assert stories
    listed = page(client, "/stories")
    assert {f"/stories/{each.id}" for each in stories} == set(listed.xpath("//li//h2/a/@href"))
    for story in stories:
        assert story.told_by not in story.copies
        headline = texts(listed, f"//h2[a/@href='/stories/{story.id}']")[0]
        for address in (f"/stories/{story.id}", f"/articles/{story.told_by}"):
            assert texts(page(client, address), "//title") == [f"{headline} · Sosik"]
        found = page(client, f"/stories/{story.id}")
        shown = [each.rpartition("/")[2] for each in found.xpath("//*[@class='hit-title']/a/@href")]
        assert sorted(shown) == sorted(story.articles)
        copies = found.xpath("//section[.//*[@id='copies-heading']]//*[@class='hit-title']/a/@href")
        assert sorted(each.rpartition("/")[2] for each in copies) == sorted(story.copies)
        assert story.reason in found.text_content()
        assert f"/stories/{story.id}" in page(client, f"/articles/{story.fullest}").xpath("//a/@href")


def test_the_glossary_explains(client: TestClient, reader: StoredReader) -> None:
    assert len(reader.glossary()) >= 40
    shown = page(client, "/glossary").xpath("//li[@id='siljeung']")[0].text_content()
    assert "sil-jeung" in shown
    assert "실증" in shown


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/no-such-page", 404, "nothing here"),
        ("/articles/0123456789abcdef", 404, "no article named"),
        ("/topics/nothing", 404, "no topic named"),
        ("/series/nothing", 404, "no series named"),
        ("/stories/nothing", 404, "no story named"),
        ("/search?order=sideways", 422, "order"),
        ("/?day=yesterday", 422, "day"),
        ("/search?q=AI&cursor=nonsense", 400, "cursor"),
    ],
)
def test_wrong_addresses_get_a_page_that_says_so(client: TestClient, address: str, status: int, words: str) -> None:
    found = page(client, address, status)
    assert words in found.text_content().replace("There is n", "n")
    assert found.xpath("//nav//a[@href='/search']")


def test_head_is_answered_like_get(client: TestClient) -> None:
    for address in ("/", "/search?q=AI", "/feed"):
        answer = client.head(address)
        assert answer.status_code == 200
