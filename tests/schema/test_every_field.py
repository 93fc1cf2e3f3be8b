"""Every field of every type that Query reaches, asked as every kind of caller: answered or refused, never broken.

Schemathesis meets combinations of fields by chance; this meets each field by name, so that a table which one kind of
caller may not read, or a statement that PostgreSQL refuses, shows in every run.
"""

import pytest
from graphql import GraphQLObjectType, GraphQLSchema

from tests.client import Client
from tests.schema.field_walk import VALUES, documents, paths

_REFUSED = {"TIDAK_BERWENANG", "TIDAK_DIKENAL"}  # an answer too; any other error is the hub's fault, or this test's


@pytest.mark.parametrize("as_whom", [None, "53.14", "53", ""], ids=["publik", "kabupaten", "provinsi", "admin"])
def test_every_field_is_answered_or_refused(schema: GraphQLSchema, read_hub: Client, as_whom: str | None) -> None:
    texts = list(documents(schema, VALUES))
    assert len(texts) > 400
    if as_whom is not None:  # the public asks all of it, the officers half of it each: every one by an officer at least
        texts = texts[as_whom == "53" :: 2]
    answers = {d: read_hub.send(d, None, as_whom).json().get("errors", []) for d in texts}
    assert {d: g for d, g in answers.items() if not {error["extensions"]["kode"] for error in g} <= _REFUSED} == {}


def test_every_type_is_reached(schema: GraphQLSchema) -> None:
    """From Query, but for what mutations and subscriptions alone answer with: their own tests ask that."""
    assert schema.query_type is not None
    roots = [t for t in (schema.mutation_type, schema.subscription_type) if t is not None]
    read, written = paths(schema, VALUES, schema.query_type), paths(schema, VALUES, *roots)
    all_types = {t for n, t in schema.type_map.items() if isinstance(t, GraphQLObjectType) and not n.startswith("__")}
    assert all_types <= read.keys() | written.keys()
    assert {t.name for t in all_types - read.keys()} >= {"Mutation", "TidakBerwenang"}
