"""Any selection means the same to the compiler, in both lanes, as to an ordinary resolver over the same data."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
    is_interface_type,
    is_object_type,
    validate,
)
from graphql import parse as parse_document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schema.build import sdl
from tests.client import Klien
from tests.schema.reference import Reference

# Not compared here: geometry (compared where it is made) and what depends on the clock.
TIDAK_DIBANDING = {"batas", "titik", "bbox", "pada", "diajukanPada"}
AKAR = {
    "provinsi": ["53", "36"],
    "kabupaten": ["53.14", "53.15", "36.73", "53.99"],
    "kecamatan": ["53.14.02", "53.14.11", "53.14.09"],
    "desa": ["53.14.02.2018", "53.14.11.2002", "53.14.10.2003", "53.14.03.1001"],
}
PADA = [None, "2020-06-01", "2023-06-01", "2019-01-01"]
REKAP = ["53.14:F05:2020", "53.14:F10:2020", "36:F09:2020", "53.14:F12:2020", "53.01:F01:2020"]


@pytest.fixture(scope="module")
def reference(hub_baca: Klien) -> Reference:
    return Reference(hub_baca.url, sdl())


class Penyusun:
    """Writes one random document; keeps its named fragments and variables."""

    def __init__(self, draw: Any, schema: GraphQLSchema) -> None:
        self.draw = draw
        self.schema = schema
        self.fragments: list[str] = []
        self.variables: dict[str, Any] = {}
        self.definisi: list[str] = []

    def variable(self, tipe: str, nilai: Any) -> str:
        nama = f"v{len(self.variables)}"
        self.variables[nama] = nilai
        self.definisi.append(f"${nama}: {tipe}")
        return f"${nama}"

    def argumen(self, tipe: str, nilai: Any, literal: str) -> str:
        return self.variable(tipe, nilai) if self.draw(st.booleans()) else literal

    def akar(self) -> str:
        isi = []
        for i in range(self.draw(st.integers(1, 3))):
            nama = self.draw(st.sampled_from([*AKAR, "rekap", "formulir", "daftarFormulir", "__typename"]))
            if nama == "__typename":
                isi.append(f"r{i}: __typename")
                continue
            definisi = self.schema.query_type.fields[nama]  # type: ignore[union-attr]
            isi.append(f"r{i}: {nama}{self.argumen_akar(nama)} {self.pilihan(get_named_type(definisi.type), 3)}")
        kepala = f"query ({', '.join(self.definisi)})" if self.definisi else "query"
        return f"{kepala} {{ {' '.join(isi)} }} {' '.join(self.fragments)}"

    def argumen_akar(self, nama: str) -> str:
        if nama == "daftarFormulir":
            return ""
        if nama == "formulir":
            return '(kode: "f05")'
        if nama == "rekap":
            id_ = self.draw(st.sampled_from(REKAP))
            return f"(id: {self.argumen('ID!', id_, f'{chr(34)}{id_}{chr(34)}')})"
        kode = self.draw(st.sampled_from(AKAR[nama]))
        tulis = kode.replace(".", "") if self.draw(st.booleans()) else kode
        bagian = [f"kode: {self.argumen('KodeWilayah!', tulis, f'{chr(34)}{tulis}{chr(34)}')}"]
        pada = self.draw(st.sampled_from(PADA))
        if pada is not None or self.draw(st.booleans()):
            bagian.append(
                f"pada: {self.argumen('Date', pada, 'null' if pada is None else f'{chr(34)}{pada}{chr(34)}')}"
            )
        return f"({', '.join(bagian)})"

    def pilihan(self, tipe: Any, sisa: int) -> str:
        """A selection set of that type, at most `sisa` levels deep."""
        bagian = [self.medan(tipe, sisa) for _ in range(self.draw(st.integers(1, 4)))]
        if self.draw(st.integers(0, 3)) == 0:
            bagian.append(self.sisipan(tipe, sisa))
        return "{ " + " ".join(b for b in bagian if b) + " }"

    def medan(self, tipe: Any, sisa: int) -> str:
        assert isinstance(tipe, GraphQLObjectType | GraphQLInterfaceType)
        ada = [
            n
            for n, f in tipe.fields.items()
            if n not in TIDAK_DIBANDING and (sisa > 0 or not is_composite_type(get_named_type(f.type)))
        ]
        nama = self.draw(st.sampled_from([*ada, "__typename"]))
        # an alias that tells fields apart unless they are the very same, so that merging is always allowed
        alias = f"a{self.draw(st.integers(0, 2))}_{nama}: " if self.draw(st.booleans()) else ""
        if nama == "__typename":
            return f"{alias}{nama}{self.arahan()}"
        dalam = get_named_type(tipe.fields[nama].type)
        argumen = ""
        if nama == "nilai" and tipe.name == "Desa":
            argumen = '(elemen: ["REH09", "BAN01", "PPK03"], periode: ["2020", "2019"])'
        if not is_composite_type(dalam):
            return f"{alias}{nama}{argumen}{self.arahan()}"
        return f"{alias}{nama}{argumen}{self.arahan()} {self.pilihan(dalam, sisa - 1)}"

    def arahan(self) -> str:
        if self.draw(st.integers(0, 5)):
            return ""
        nama, nilai = self.draw(st.sampled_from(["include", "skip"])), self.draw(st.booleans())
        return f" @{nama}(if: {self.argumen('Boolean!', nilai, str(nilai).lower())})"

    def sisipan(self, tipe: Any, sisa: int) -> str:
        """An inline or named fragment, on the type itself or (for an interface) on a type that may or may not be it."""
        pada = tipe
        if is_interface_type(tipe):
            pada = self.draw(st.sampled_from([tipe, *self.schema.get_possible_types(tipe)]))
        elif is_object_type(tipe) and tipe.interfaces and self.draw(st.booleans()):
            pada = tipe.interfaces[0]
        isi = self.pilihan(pada, sisa)
        bentuk = self.draw(st.integers(0, 2))
        if bentuk == 0 and pada is tipe:
            return f"...{self.arahan()} {isi}"
        if bentuk == 1:
            return f"... on {pada.name}{self.arahan()} {isi}"
        nama = f"F{len(self.fragments)}"
        self.fragments.append(f"fragment {nama} on {pada.name} {isi}")
        return f"...{nama}{self.arahan()}"


@st.composite
def dokumen(draw: Any, schema: GraphQLSchema) -> tuple[str, dict[str, Any]]:
    penyusun = Penyusun(draw, schema)
    teks = penyusun.akar()
    return teks, penyusun.variables


def _beda(a: Any, b: Any, jalur: str = "") -> Iterator[str]:
    """Where two answers differ; order of keys counts."""
    if isinstance(a, dict) and isinstance(b, dict):
        if list(a) != list(b):
            yield f"{jalur}: {list(a)} / {list(b)}"
        for k in a.keys() & b.keys():
            yield from _beda(a[k], b[k], f"{jalur}.{k}")
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for i, (x, y) in enumerate(zip(a, b, strict=True)):
            yield from _beda(x, y, f"{jalur}[{i}]")
    elif a != b:
        yield f"{jalur}: {a!r} / {b!r}"


# the server's thread uses `random` (its pool's pauses) while hypothesis draws; no draw depends on it
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")
def test_compiled_answers_equal_a_resolvers_in_both_lanes(hub_baca: Klien, reference: Reference) -> None:
    diperiksa = {"dijawab": 0, "digabung": 0}

    @settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(dokumen(reference.schema))
    def sama(isi: tuple[str, dict[str, Any]]) -> None:
        teks, variables = isi
        if validate(reference.schema, parse_document(teks)):
            return  # equal response keys of unequal fields: not a document one may ask
        harus = reference.answer(teks, variables)
        rencana = hub_baca.tanya(teks, variables, "")
        assert list(_beda(rencana, harus)) == [], teks
        # one more root field that is no plain read, and the same document goes through the executor
        campur = teks.replace("{", "{ __schema { queryType { name } } ", 1)
        lewat = hub_baca.tanya(campur, variables, "")
        assert lewat.pop("__schema") == {"queryType": {"name": "Query"}}
        assert list(_beda(lewat, harus)) == [], teks
        diperiksa["dijawab"] += 1
        diperiksa["digabung"] += "..." in teks

    sama()
    assert diperiksa["dijawab"] >= 100
    assert diperiksa["digabung"] >= 20
