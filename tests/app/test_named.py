"""Names in queries: made into what documents hold in one place, before any index or matcher sees the tree."""

import json
from pathlib import Path

import pytest

from sosik.app.flows.named import Names, values_for
from sosik.app.settings import Settings
from sosik.app.wiring import Wiring
from sosik.catalogue.values import FieldValues
from sosik.model.errors import NotFound, QueryMistake
from sosik.model.query import And, Field, Not, Or, Word, parse
from sosik.model.search import FacetField
from sosik.model.series import Series, letters
from tests.app.conftest import Call

SERIES = Series(id="5e71e5", source="it-life", name="모두의 AI 광주", installments=())


@pytest.fixture(scope="module")
def values(tmp_path_factory: pytest.TempPathFactory) -> FieldValues:
    return Wiring(Settings(data=tmp_path_factory.mktemp("no-data"))).catalogue.field_values()


@pytest.fixture
def names(values: FieldValues) -> Names:
    return Names(values, lambda name: (SERIES,) if letters(name) == letters(SERIES.name) else ())


def test_values_become_those_of_documents(names: Names) -> None:
    query = parse(
        '실증 topic:"AI cluster" -region:Gwangju (org:과기정통부 OR person:"Gang Gi-jeong") series:모두의AI광주'
    )
    assert names.resolve(query) == And(
        (
            Word("실증"),
            Field("topic", "ai-cluster"),
            Not(Field("region", "광주")),
            Or((Field("org", "과학기술정보통신부"), Field("person", "강기정"))),
            Field("series", SERIES.id),
        )
    )


def test_a_name_of_several_finds_any_of_them(names: Names) -> None:
    either = Or((Field("region", "광주"), Field("region", "전남")))
    assert names.resolve(parse("-region:전남광주통합특별시")) == Not(either)


def test_what_the_catalogue_does_not_know_stays_where_articles_may_name_it(names: Names) -> None:
    query = parse("org:어느연구소 person:아무개 outlet:elsewhere series:없는연재")
    assert names.resolve(query) == query
    assert names.hints(query)[0].startswith("the catalogue knows no organisation '어느연구소'")
    assert len(names.hints(query)) == 4
    assert names.hints(parse("org:광주시 topic:ai-cluster 광주")) == ()


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("AI topic:ai-clutser", 9, "no topic 'ai-clutser'; did you mean ai-cluster"),
        ("region:광주 -region:강남구", 18, "did you mean 서울"),
        ('(실증 OR region:"어느 나라")', 14, "known: 서울, 부산"),
        ("kind:blog", 5, "no kind of outlet 'blog'"),
    ],
)
def test_an_unknown_value_of_a_closed_field_is_a_mistake(names: Names, text: str, position: int, words: str) -> None:
    with pytest.raises(QueryMistake, match=words) as mistake:
        names.resolve(parse(text))
    found = mistake.value
    assert found.query[found.position :].startswith(text[position:].rstrip(")"))


def test_a_rule_kept_long_ago_is_no_mistake(names: Names) -> None:
    assert names.resolve_saved(parse("topic:gone region:Gwangju")) == And(
        (Field("topic", "gone"), Field("region", "광주"))
    )


def test_filters_take_the_same_names(values: FieldValues) -> None:
    assert values_for(values, FacetField.REGION, ["Gwangju", "광주시", "전남"]) == ("광주", "전남")
    with pytest.raises(NotFound, match="ai-cluster"):
        values_for(values, FacetField.TOPIC, ["ai-clutser"])


def test_commands_say_what_was_meant(demo_data: Path, call: Call) -> None:
    found = call("search", "org:광주시 region:Gwangju", "--json")
    assert found.status == 0
    assert found.lines == call("search", "org:광주광역시 region:광주", "--json").lines != []
    wrong = call("search", "topic:ai-clutser", "--json")
    assert (wrong.status, wrong.out) == (1, "")
    assert "ai-cluster" in json.loads(wrong.err)["error"]
    none = call("search", "person:강기종")
    assert none.status == 0
    assert "near: 강기정" in none.err
