"""The names that the fields of queries are known by: of the shipped catalogue, and of a small one."""

import pytest

from sosik.catalogue.entry import Entry
from sosik.catalogue.readers.gazetteer import read_gazetteer
from sosik.catalogue.readers.topics import read_topics
from sosik.catalogue.values import FieldValues, field_values
from sosik.model.analysis import MentionKind
from sosik.model.search import FacetField
from sosik.model.source import Source, SourceKind

OUTLETS = (
    Source(id="it-life", name="IT라이프", name_en="IT Life", region="전국", kind=SourceKind.TECH_PRESS, home=""),
    Source(
        id="jeonnam-ilbo", name="전남일보", name_en="Jeonnam Ilbo", region="전남", kind=SourceKind.NEWSPAPER, home=""
    ),
)


@pytest.fixture(scope="module")
def values() -> FieldValues:
    return field_values(read_topics(), read_gazetteer(), OUTLETS)


@pytest.mark.parametrize(
    ("field", "name", "expected"),
    [
        (FacetField.TOPIC, "ai-cluster", ("ai-cluster",)),
        (FacetField.TOPIC, "AI Cluster", ("ai-cluster",)),
        (FacetField.TOPIC, "AI 집적단지", ("ai-cluster",)),
        (FacetField.REGION, "광주", ("광주",)),
        (FacetField.REGION, "Gwangju", ("광주",)),
        (FacetField.REGION, "Gwangju Metropolitan City", ("광주",)),
        (FacetField.REGION, "광주시", ("광주",)),
        (FacetField.REGION, "전라북도", ("전북",)),
        (FacetField.REGION, "전남광주통합특별시", ("광주", "전남")),
        (FacetField.OUTLET, "전남일보", ("jeonnam-ilbo",)),
        (FacetField.OUTLET, "it life", ("it-life",)),
        (FacetField.ORGANISATION, "광주시", ("광주광역시", "경기도 광주시")),
        (FacetField.ORGANISATION, "과기정통부", ("과학기술정보통신부",)),
        (FacetField.ORGANISATION, "Ministry of Science and ICT", ("과학기술정보통신부",)),
        (FacetField.PERSON, "Gang Gi-jeong", ("강기정",)),
        (FacetField.KIND, "Press board", ("press-board",)),
        (FacetField.KIND, "other", ("other",)),
        (FacetField.TOPIC, "ai-clutser", ()),
        (FacetField.REGION, "나주", ()),
        (FacetField.ORGANISATION, "...", ()),
        (FacetField.SERIES, "모두의 AI 광주", ()),
    ],
)
def test_every_name_leads_to_what_documents_hold(
    values: FieldValues, field: FacetField, name: str, expected: tuple[str, ...]
) -> None:
    assert values.of(field, name) == expected


@pytest.mark.parametrize(
    ("field", "name", "first"),
    [
        (FacetField.TOPIC, "ai-clutser", "ai-cluster (AI cluster)"),
        (FacetField.REGION, "Gwanju", "광주 (Gwangju)"),
        (FacetField.REGION, "나주", "전남 (South Jeolla)"),
        (FacetField.KIND, "newspapers", "newspaper"),
        (
            FacetField.ORGANISATION,
            "전자통신연구",
            "한국전자통신연구원 (Electronics and Telecommunications Research Institute)",
        ),
        (FacetField.PERSON, "강기종", "강기정 (Gang Gi-jeong)"),
        (FacetField.OUTLET, "전남일부", "jeonnam-ilbo (전남일보, Jeonnam Ilbo)"),
    ],
)
def test_near_values_are_offered(values: FieldValues, field: FacetField, name: str, first: str) -> None:
    assert values.near(field, name)[0] == first


def test_nothing_is_near_to_what_resembles_nothing(values: FieldValues) -> None:
    assert values.near(FacetField.TOPIC, "foo") == ()
    assert values.near(FacetField.PERSON, "") == ()


def test_namesakes_are_both_meant() -> None:
    wide = Entry(id="a", kind=MentionKind.ORGANISATION, name="한국원", english="Institute", aliases=("연구원",))
    near = Entry(id="b", kind=MentionKind.ORGANISATION, name="광주원", english="Center", aliases=("연구원",))
    assert field_values((), (wide, near), ()).of(FacetField.ORGANISATION, "연구원") == ("한국원", "광주원")
