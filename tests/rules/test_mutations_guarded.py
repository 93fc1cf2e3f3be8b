"""Every mutation there is refuses the public, and nothing in the database has changed afterwards. Found by
introspection: a new mutation is tested without being named here."""

from typing import Any

import pytest
from graphql import (
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLObjectType,
    get_named_type,
    is_enum_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
    is_required_input_field,
    is_union_type,
)

from schema.build import schema
from tests.client import Klien
from tests.project_files import tables

_CONTOH: dict[str, Any] = {
    "KodeWilayah": "53.14", "Periode": "2020", "Desimal": 1, "Date": "2020-12-31", "DateTime": "2020-12-31T00:00:00Z",
    "GeoJSON": {"type": "Point", "coordinates": [123.0, -10.7]}, "ID": "53.14:F02:2020", "String": "F02", "Int": 1,
    "Float": 1.0, "Boolean": False, "Upload": b"nama,desa\nX,Oeseli\n",
}  # fmt: skip


def _mutation() -> GraphQLObjectType:
    tipe = schema()._schema.mutation_type
    assert tipe is not None
    return tipe


@pytest.mark.parametrize("nama", list(_mutation().fields))
def test_the_public_is_refused_and_nothing_changes(hub_modul: Klien, nama: str) -> None:
    sebelum = _isi_basis_data(hub_modul)
    tanya, nilai = _panggilan(nama)
    hasil = _kirim(hub_modul, tanya, nilai)["hasil"]
    assert hasil["__typename"] == "TidakBerwenang", hasil
    assert hasil["pesan"].strip()
    assert _isi_basis_data(hub_modul) == sebelum


@pytest.mark.parametrize("nama", list(_mutation().fields))
def test_the_answer_can_say_that_the_caller_may_not(nama: str) -> None:
    hasil = get_named_type(_mutation().fields[nama].type)
    assert is_union_type(hasil), f"{nama} answers {hasil}"
    assert "TidakBerwenang" in {t.name for t in hasil.types}


def _kirim(hub: Klien, tanya: str, nilai: dict[str, Any]) -> Any:
    """As a user's program would: files by multipart request."""
    berkas = [n for n, isi in nilai.items() if isinstance(isi, bytes)]
    if not berkas:
        return hub.tanya(tanya, nilai)
    return hub.unggah(
        tanya, {n: isi for n, isi in nilai.items() if n not in berkas}, {n: ("x.csv", nilai[n]) for n in berkas}
    )


def _panggilan(nama: str) -> tuple[str, dict[str, Any]]:
    """The mutation with the least it takes, as document and variables."""
    wajib = {n: a.type for n, a in _mutation().fields[nama].args.items() if is_required_argument(a)}
    kepala = ", ".join(f"${n}: {t}" for n, t in wajib.items())
    argumen = ", ".join(f"{n}: ${n}" for n in wajib)
    tanya = f"mutation ({kepala}) {{ hasil: {nama}({argumen}) {{ __typename ... on TidakBerwenang {{ pesan }} }} }}"
    return tanya, {n: _contoh(t) for n, t in wajib.items()}


def _contoh(tipe: GraphQLInputType) -> Any:
    isi: Any = tipe.of_type if is_non_null_type(tipe) else tipe
    if is_list_type(isi):
        return [_contoh(isi.of_type)]
    if is_enum_type(isi):
        return next(iter(isi.values))
    if isinstance(isi, GraphQLInputObjectType):
        return {n: _contoh(m.type) for n, m in isi.fields.items() if is_required_input_field(m)}
    return _CONTOH[isi.name]


def _isi_basis_data(hub: Klien) -> dict[str, tuple[Any, ...]]:
    """Rows per table and a sum over their contents, so that a changed row shows as well as a new one."""
    return {
        tabel: hub.sql(f"SELECT count(*), sum(hashtextextended(t::text, 0)) FROM {tabel} t")[0] for tabel in tables()
    }
