"""Every field of every type that Query reaches, asked as every kind of caller: answered or refused, never broken.

Schemathesis meets combinations of fields by chance; this meets each field by name, so that a table which one kind of
caller may not read, or a statement that PostgreSQL refuses, shows in every run.
"""

import pytest
from graphql import GraphQLObjectType, GraphQLSchema

from tests.client import Klien
from tests.schema.field_walk import _ISI, documents, paths

_DITOLAK = {"TIDAK_BERWENANG", "TIDAK_DIKENAL"}  # an answer too; any other error is the hub's fault, or this test's


@pytest.mark.parametrize("sebagai", [None, "53.14", "53", ""], ids=["publik", "kabupaten", "provinsi", "admin"])
def test_every_field_is_answered_or_refused(skema: GraphQLSchema, hub_baca: Klien, sebagai: str | None) -> None:
    dokumen = list(documents(skema, _ISI))
    jawab = {d: hub_baca.kirim(d, None, sebagai).json().get("errors", []) for d in dokumen}
    assert {d: g for d, g in jawab.items() if not {satu["extensions"]["kode"] for satu in g} <= _DITOLAK} == {}
    assert len(dokumen) > 400


def test_every_type_is_reached(skema: GraphQLSchema) -> None:
    """From Query, but for what mutations and subscriptions alone answer with: their own tests ask that."""
    assert skema.query_type is not None
    akar = [t for t in (skema.mutation_type, skema.subscription_type) if t is not None]
    dibaca, ditulis = paths(skema, _ISI, skema.query_type), paths(skema, _ISI, *akar)
    semua = {t for n, t in skema.type_map.items() if isinstance(t, GraphQLObjectType) and not n.startswith("__")}
    assert semua <= dibaca.keys() | ditulis.keys()
    assert {t.name for t in semua - dibaca.keys()} >= {"Mutation", "TidakBerwenang"}
