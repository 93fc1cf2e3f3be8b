"""The estimate before a question runs: what it counts, that both lanes say it alike, what passes and what does not."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import strawberry
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
    is_leaf_type,
    parse,
)

from hub.base.settings import Settings
from schema.build import schema
from schema.engine.expectation import EDGES, expects, require_expectations
from schema.http.cost import Estimate, cost_of
from tests.client import Klien
from tests.hub_server import Peladen


def _taksir(query: str, variables: dict[str, Any] | None = None) -> int:
    dokumen = parse(query)
    operasi = dokumen.definitions[0]
    assert isinstance(operasi, OperationDefinitionNode)
    biaya = cost_of(schema()._schema, dokumen, operasi)
    return biaya if isinstance(biaya, int) else biaya(variables or {})


@pytest.mark.parametrize(
    ("query", "biaya"),
    [
        ("{ __typename }", 0),
        ("{ __schema { types { name } } }", 0),
        ('{ kabupaten(kode: "53.14") { nama } }', 2),
        ('{ kabupaten(kode: "53.14") { nama ...F } } fragment F on Kabupaten { kode kecamatan { nama } }', 1 + 2 + 15 * 2),
        ('{ kabupaten(kode: "53.14") { batas } }', 101),
        ("{ daftarFormulir { kode } }", 12 * 2),
        ("{ daftarRekap { totalCount } }", 1 + 100),
        ("{ daftarRekap { edges { node { id } } } }", 1 + 50 * (1 + 2)),
        ("{ daftarRekap(first: 10) { ...F } } fragment F on RekapConnection { edges { cursor node { id } } }", 1 + 10 * (1 + 1 + 2)),
        ('{ desa(kode: "53.14.02.2018") { nilai(elemen: ["BAN01", "PPK03"], periode: ["2020", "2021", "2022"]) { nilai } } }', 1 + 6 * 2),
        ('{ agregat(elemen: ["BAN01"], periode: ["2020"], wilayah: "53", tingkat: PROVINSI) { nilai } }', 2),
        ('{ agregat(elemen: "BAN01", periode: "2020", wilayah: "5314", tingkat: DESA) { nilai } }', 15 * 12 * 2),
        ('{ agregat(elemen: ["BAN01"], periode: ["2020"], wilayah: "53", tingkat: KABUPATEN, rincian: ["JK"]) { nilai } }', 15 * 4 * 2),
        ('{ indikator(kode: ["I01", "I02"], periode: ["2020"], wilayah: "53", tingkat: KABUPATEN) { nilai } }', 30 * 2),
        ('{ kelengkapan(periode: ["2020"], wilayah: "53") { status } }', 12 * 15 * 2),
        ('{ kelengkapan(formulir: ["F01"], periode: ["2020"], wilayah: "53.14") { status } }', 2),
        # coverage is worked out for every desa, whatever is selected of it; a list without `first` has them all
        ('{ cakupan(jenis: [PANTI], jarakKm: 5, wilayah: "53.14") { desaTercakup } }', 20 * 15 * 12 + 2),
        ('{ cakupan(jenis: [PANTI], jarakKm: 5, wilayah: "53") { baris(first: 10) { jarakKm } } }', 20 * 2_700 + 1 + 10 * 2),
        ('{ cakupan(jenis: [PANTI], jarakKm: 5, wilayah: "53.14.01") { baris { jarakKm } area } }', 20 * 12 + 1 + 2_700 * 2 + 20_000),
        ('{ usulanLokasi(jenis: [PANTI], jarakKm: 5, wilayah: "53.14.01.2001", banyak: 7) { urutan } }', 20 + 7 * 2),
        ('{ kabupaten(kode: "53.14") { nama @skip(if: true) kode @include(if: false) jenis } }', 2),
    ],
)  # fmt: skip
def test_rows_times_fields(query: str, biaya: int) -> None:
    assert _taksir(query) == biaya


def test_variables_count_as_what_they_hold() -> None:
    query = """query ($e: [String!]!, $p: [Periode!]!, $n: Int = 7, $ya: Boolean!) {
      desa(kode: "53.14.02.2018") { nilai(elemen: $e, periode: $p) { nilai status @include(if: $ya) } }
      daftarRekap(first: $n) { edges { cursor } } }"""
    v = {"e": ["BAN01", "PPK03", "BAN01"], "p": "2020", "ya": True}
    assert _taksir(query, v) == 1 + 2 * 3 + 1 + 7 * 2
    assert _taksir(query, {**v, "ya": False, "n": 3}) == 1 + 2 * 2 + 1 + 3 * 2
    assert _taksir(query, {**v, "n": None, "p": ["2020", "2021"]}) == 1 + 4 * 3 + 1 + 50 * 2
    assert _taksir(query, {"e": 3, "p": {}, "n": "x", "ya": "?"}) > 0  # what does not fit is refused elsewhere


def test_a_long_list_is_not_looked_through_for_every_field_that_uses_it() -> None:
    query = (
        """query ($e: [String!]!) { desa(kode: "53.14.02.2018") { nilai(elemen: $e, periode: ["2020"]) { nilai } } }"""
    )

    class Unseen(list[str]):
        def __iter__(self) -> Iterator[str]:
            raise AssertionError

    class Unsaid(list[str]):
        __str__ = __repr__ = None  # type: ignore[assignment]

    assert _taksir(query, {"e": Unseen(["x"] * 1_001)}) == 1 + 1_001 * 2
    assert _taksir(query, {"e": ["x", 5, "5", True, Unsaid(), Unsaid()]}) == 1 + 4 * 2


@pytest.mark.parametrize("sent", [{"0": 0}, {"0": [1, 2]}, {"1": 7, "bukan": 3}])
def test_what_is_sent_beyond_the_variables_changes_no_estimate(hub_baca: Klien, sent: dict[str, Any]) -> None:
    """Literals have numbers for names, which no variable of a document can have."""
    query = "query ($x: Boolean = true) { daftarDesa(first: 400) { edges { node { kode @include(if: $x) } } } }"
    for _ in range(2):
        answer = hub_baca.kirim(query, {"x": True, **sent}).json()
        assert answer["extensions"]["biaya"]["perkiraan"] == 1 + 400 * 3
        assert len(answer["data"]["daftarDesa"]["edges"]) > 0


def test_no_argument_makes_a_question_cheaper_than_nothing(hub_baca: Klien) -> None:
    usul = 'query ($n: Int) { usulanLokasi(jenis: [PANTI], jarakKm: 5, wilayah: "53", banyak: $n) { urutan } }'
    assert _taksir(usul, {"n": -1_000_000}) == _taksir(usul, {"n": 0}) > 0
    gudang = "query ($n: Int) { daftarGudang(first: $n) { edges { node { mutasi(first: $n) { edges { cursor } } } } } }"
    (galat,) = hub_baca.galat(gudang, {"n": 10**18})  # more than a JSON number holds
    assert galat["extensions"] == {"kode": "BATAS_BIAYA", "perkiraan": 2**53 - 1, "batas": 1_000_000}


@pytest.mark.parametrize("tambah", ["", " __schema { queryType { name } }"], ids=["plan", "executor"])
@pytest.mark.parametrize("arah", ["include", "skip"])
@pytest.mark.parametrize("tempat", ["provinsi", "nama"])
def test_null_for_a_condition_is_refused_and_never_free(hub_baca: Klien, tambah: str, arah: str, tempat: str) -> None:
    """A variable with a default may stand there, and null be sent for it: estimated as left out, it must not be answered."""
    syarat = f"@{arah}(if: $x)"
    query = f'query ($x: Boolean = true) {{ provinsi(kode: "53") {syarat} {{ kode nama }}{tambah} }}'
    if tempat == "nama":
        query = f'query ($x: Boolean = true) {{ provinsi(kode: "53") {{ kode nama {syarat} }}{tambah} }}'
    jawab = hub_baca.kirim(query, {"x": None}).json()
    assert jawab["errors"]
    assert not (jawab.get("data") or {}).get("provinsi")


def test_every_list_has_an_expected_length() -> None:
    """A list that says nothing of its rows is an error when the schema is made."""

    @strawberry.type
    class Part:
        name: str

    @strawberry.type
    class Query:
        parts: list[Part]
        names: list[str]
        counted: list[Part] = strawberry.field(metadata=expects(rows=3))

    require_expectations(schema()._schema)
    with pytest.raises(TypeError, match=r"rows: Query\.parts$"):
        require_expectations(strawberry.Schema(Query)._schema)


# what is sent for arguments of these names, thrice: nothing, a lot, a little and some nonsense
_SENT: list[dict[str, Any]] = [
    {},
    {
        "elemen": ["A", "B"], "periode": ["2020", "2021", "2021"], "kode": ["I01"], "wilayah": "53", "tingkat": "DESA",
        "first": 7, "batas": 4, "langkah": 2, "banyak": 5, "representations": [{}, {}],
    },
    {
        "elemen": "A", "periode": ["2020"], "kode": ["I01", "I02", "I03"], "rincian": ["JK"], "formulir": ["F01", "F02"],
        "jenis": ["A", "B", "C"], "wilayah": "53.14", "tingkat": "KECAMATAN", "first": 0, "batas": -1, "langkah": 9,
        "banyak": 0,
    },
]  # fmt: skip


def test_every_field_costs_what_it_did() -> None:
    """field_costs.json: what each field costs with each of these, for all that cost more than a word in one of them. A page is
    asked for its edges. Whoever changes an estimate changes it there."""
    inner = schema()._schema
    found = {}
    for type_ in inner.type_map.values():
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) and not type_.name.startswith("__"):
            for name, definition in type_.fields.items():
                if name == EDGES and "pageInfo" in type_.fields:
                    continue
                costs = [_field_cost(inner, type_, name, definition, sent) for sent in _SENT]
                if costs != [1, 1, 1]:
                    found[f"{type_.name}.{name}"] = costs
    assert found == json.loads(Path(__file__).with_name("field_costs.json").read_text(encoding="utf-8"))


def _field_cost(
    inner: GraphQLSchema,
    type_: GraphQLObjectType | GraphQLInterfaceType,
    name: str,
    definition: GraphQLField,
    sent: dict[str, Any],
) -> int:
    arguments = ", ".join(f"{a}: ${a}" for a in definition.args)
    target = get_named_type(definition.type)
    below = (
        ""
        if is_leaf_type(target)
        else "{ edges { __typename } }"
        if EDGES in getattr(target, "fields", {})
        else "{ __typename }"
    )
    (operation,) = parse(f"{{ {name}{f'({arguments})' if arguments else ''} {below} }}").definitions
    assert isinstance(operation, OperationDefinitionNode)
    cost = Estimate(inner, {}).selection(type_, operation.selection_set)
    return cost if isinstance(cost, int) else cost(sent)


BERSARANG = "query ($k: KodeWilayah!) { provinsi(kode: $k) { kode nama kabupaten { kode nama jenis luasKm2 kecamatan { kode nama luasKm2 desa { kode nama jenis luasKm2 titik } } } } }"
ANGKA = 'query ($k: KodeWilayah!, $e: [String!]!) { kabupaten(kode: $k) { kecamatan { desa { kode nama nilai(elemen: $e, periode: ["2020"]) { elemen { kode } nilai status } } } } }'
SETAHUN = 'query ($e: [String!]!, $p: [Periode!]!) { agregat(elemen: $e, periode: $p, wilayah: "53", tingkat: KABUPATEN) { wilayah { kode nama } elemen { kode } periode nilai status } }'
_ELEMEN = [f"E{i}" for i in range(89)]
_BULAN = [f"2020-{i:02}" for i in range(1, 13)]


def test_honest_questions_pass_and_boundless_ones_do_not() -> None:
    batas = Settings().batas_biaya
    assert _taksir(BERSARANG) < batas / 20
    assert _taksir(ANGKA, {"k": "53.14", "e": _ELEMEN[:80]}) < batas / 5
    assert _taksir(SETAHUN, {"e": _ELEMEN, "p": _BULAN}) < batas / 5
    assert _taksir(SETAHUN.replace("KABUPATEN", "DESA"), {"e": _ELEMEN, "p": _BULAN}) > 5 * batas


@pytest.fixture(scope="module")
def hemat(shared_demo_url: str) -> Iterator[Klien]:
    peladen = Peladen(shared_demo_url, Settings(batas_biaya=1_000))
    peladen.nyala()
    with Klien(peladen.alamat, shared_demo_url) as klien:
        yield klien
    peladen.mati()


def test_the_limit_passes_and_one_more_does_not(hemat: Klien) -> None:
    pas = "query ($n: Int) { daftarRekap(first: $n) { edges { cursor } } __typename }"  # 1 + 2 n
    jawab = hemat.kirim('{ a: kelengkapan(periode: ["2020"], wilayah: "53") { status periode } b: kelengkapan(periode: ["2020"], wilayah: "53.14", formulir: "F01") { periode } }').json()  # fmt: skip
    assert jawab["extensions"] == {"biaya": {"perkiraan": 542, "batas": 1_000}}
    jawab = hemat.kirim(pas, {"n": 499}).json()
    assert (jawab["extensions"]["biaya"]["perkiraan"], "errors" in jawab) == (999, False)
    tepat = "query ($n: Int) { daftarRekap(first: $n) { edges { cursor } pageInfo { __typename } } }"  # 2 + 2 n
    jawab = hemat.kirim(tepat, {"n": 499}).json()
    assert (jawab["extensions"]["biaya"]["perkiraan"], "errors" in jawab) == (1_000, False)
    tolak = hemat.kirim(pas, {"n": 500})
    (galat,) = tolak.json()["errors"]
    assert tolak.status_code == 400
    assert galat["extensions"] == {"kode": "BATAS_BIAYA", "perkiraan": 1_001, "batas": 1_000}
    assert "1001" in galat["message"]
    assert "first" in galat["message"]


def test_both_lanes_and_both_methods_say_the_same(hub_baca: Klien) -> None:
    rencana = "query ($k: KodeWilayah!) { kabupaten(kode: $k) { nama kecamatan { desa { nama } } } }"
    penuh = rencana.replace("kabupaten(", "__schema { queryType { name } } kabupaten(")
    a, b = (hub_baca.kirim(q, {"k": "53.14"}).json() for q in (rencana, penuh))
    c = hub_baca.get("/graphql", params={"query": rencana, "variables": json.dumps({"k": "53.14"})}).json()
    assert a["extensions"] == b["extensions"] == c["extensions"] == {"biaya": {"perkiraan": 1 + 1 + 15 * (1 + 12 * 2), "batas": 1_000_000}}  # fmt: skip
    salah = hub_baca.kirim('{ kabupaten(kode: "53") { nama } }').json()
    assert salah["data"] == {"kabupaten": None}
    assert salah["extensions"]["biaya"]["perkiraan"] == 2
    ubah = hub_baca.kirim('mutation { bukaRekap(id: "x", alasan: "y") { __typename } }').json()
    assert ubah["extensions"]["biaya"]["perkiraan"] == 1
