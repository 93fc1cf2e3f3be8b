"""Every mutation there is refuses the public, and nothing in the database has changed afterwards. Found by
introspection: a new mutation is tested without being named here."""

from typing import Any

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_enum_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
    is_required_input_field,
    is_union_type,
)

from schema.build import schema
from tests.client import Client
from tests.project_files import tables

_SAMPLES: dict[str, Any] = {
    "KodeWilayah": "53.14", "Periode": "2020", "Desimal": 1, "Date": "2020-12-31", "DateTime": "2020-12-31T00:00:00Z",
    "GeoJSON": {"type": "Point", "coordinates": [123.0, -10.7]}, "ID": "53.14:F02:2020", "String": "F02", "Int": 1,
    "Float": 1.0, "Boolean": False, "Upload": b"nama,desa\nX,Oeseli\n",
}  # fmt: skip


def _mutation() -> GraphQLObjectType:
    mutation = schema()._schema.mutation_type
    assert mutation is not None
    return mutation


@pytest.mark.parametrize("name", list(_mutation().fields))
def test_the_public_is_refused_and_nothing_changes(module_hub: Client, name: str) -> None:
    before = _database_content(module_hub)
    document, nilai = _call(name)
    result = _send(module_hub, document, nilai)["hasil"]
    if is_list_type(get_nullable_type(_mutation().fields[name].type)):  # refused as a whole: one answer
        (result,) = result
    assert result["__typename"] == "TidakBerwenang", result
    assert result["pesan"].strip()
    assert _database_content(module_hub) == before


@pytest.mark.parametrize("name", list(_mutation().fields))
def test_the_answer_can_say_that_the_caller_may_not(name: str) -> None:
    result = get_named_type(_mutation().fields[name].type)
    assert is_union_type(result), f"{name} answers {result}"
    assert "TidakBerwenang" in {t.name for t in result.types}


def _send(hub: Client, document: str, nilai: dict[str, Any]) -> Any:
    """As a user's program would: files by multipart request."""
    files = [n for n, value in nilai.items() if isinstance(value, bytes)]
    if not files:
        return hub.ask(document, nilai)
    return hub.upload(
        document,
        {n: content for n, content in nilai.items() if n not in files},
        {n: ("x.csv", nilai[n]) for n in files},
    )


def _call(name: str) -> tuple[str, dict[str, Any]]:
    """The mutation with the least it takes, as document and variables."""
    required = {n: a.type for n, a in _mutation().fields[name].args.items() if is_required_argument(a)}
    header = ", ".join(f"${n}: {t}" for n, t in required.items())
    arguments = ", ".join(f"{n}: ${n}" for n in required)
    document = (
        f"mutation ({header}) {{ hasil: {name}({arguments}) {{ __typename ... on TidakBerwenang {{ pesan }} }} }}"
    )
    return document, {n: _sample(t) for n, t in required.items()}


def _sample(graphql_type: GraphQLInputType) -> Any:
    inner: Any = graphql_type.of_type if is_non_null_type(graphql_type) else graphql_type
    if is_list_type(inner):
        return [_sample(inner.of_type)]
    if is_enum_type(inner):
        return next(iter(inner.values))
    if isinstance(inner, GraphQLInputObjectType):
        return {n: _sample(m.type) for n, m in inner.fields.items() if is_required_input_field(m)}
    return _SAMPLES[inner.name]


def _database_content(hub: Client) -> dict[str, tuple[Any, ...]]:
    """Rows per table and a sum over their contents, so that a changed row shows as well as a new one."""
    return {
        table: hub.sql(f"SELECT count(*), sum(hashtextextended(t::text, 0)) FROM {table} t")[0] for table in tables()
    }
