"""The hub's estimates as a router reads them: the very numbers that the hub itself counts with."""

import re

import pytest
from graphql import GraphQLField, GraphQLObjectType

from schema.build import schema, sdl
from schema.engine.expectation import EDGES, expected


def _line(type_name: str, field: str) -> str:
    """The field with its directives, as the schema's text has it."""
    text = re.sub(r'"""(.|\n)*?"""', "", sdl())
    body = re.search(rf"^(?:type|interface) {type_name}\b[^{{]*{{(.*?)^}}", text, re.MULTILINE | re.DOTALL)
    assert body is not None
    found = re.search(rf"^  {field}(?:\(.*?\))?: (.*)$", body[1], re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1].split("\n")[0]


@pytest.mark.parametrize(
    ("type_name", "field", "told"),
    [
        ("Desa", "batas", "GeoJSON @cost(weight: 100)"),
        ("Wilayah", "batas", "GeoJSON"),  # federation lets no field of an interface cost
        ("Desa", "kode", "KodeWilayah!"),
        ("Kabupaten", "kecamatan", "[Kecamatan!]! @listSize(assumedSize: 15)"),
        ("Wilayah", "pengganti", "[Wilayah!]! @listSize(assumedSize: 1)"),
        ("Query", "daftarFormulir", "[Formulir!] @listSize(assumedSize: 13)"),
        ("Query", "cakupan", "Cakupan @cost(weight: 54000)"),
        ("Query", "daftarRekap", 'RekapConnection @listSize(assumedSize: 50, slicingArguments: ["first"], sizedFields: ["edges"], requireOneSlicingArgument: false)'),
        ("RekapConnection", "totalCount", "Int! @cost(weight: 100)"),
        ("RekapConnection", "edges", "[RekapEdge!]!"),  # as many as the page has
        ("Query", "kabupaten", "Kabupaten"),
    ],
)  # fmt: skip
def test_what_a_field_costs_is_told_where_it_is_declared(type_name: str, field: str, told: str) -> None:
    assert _line(type_name, field) == told


def test_every_list_and_every_weight_is_told() -> None:
    """None is left out, and none told otherwise than it is counted, where it is a plain number."""

    def wanted(definition: GraphQLField) -> set[str]:
        e = expected(definition)
        found = {f"weight: {e.weight}"} if e.weight > 1 else set()
        return found | ({f"assumedSize: {e.rows}"} if isinstance(e.rows, int) else set())

    missing = []
    for name, type_ in schema()._schema.type_map.items():
        if not isinstance(type_, GraphQLObjectType) or name.startswith("_"):
            continue
        for field, definition in type_.fields.items():
            told = wanted(definition)
            if told and field != EDGES and not all(w in _line(name, field) for w in told):
                missing.append(f"{name}.{field}")
    assert missing == []


def test_the_link_imports_what_is_used() -> None:
    (link,) = re.findall(r"@link\(url: \"https://specs.apollo.dev/federation/v2.9\", import: \[(.*?)\]", sdl())
    assert re.findall(r"@\w+", link) == ["@cost", "@inaccessible", "@key", "@listSize", "@shareable"]
