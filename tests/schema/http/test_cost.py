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
from tests.client import Client
from tests.hub_server import Server


def _estimate(query: str, variables: dict[str, Any] | None = None) -> int:
    document = parse(query)
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    cost = cost_of(schema()._schema, document, operation)
    return cost if isinstance(cost, int) else cost(variables or {})


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        ("{ __typename }", 0),
        ("{ __schema { types { name } } }", 0),
        ('{ kabupaten(kode: "53.14") { nama } }', 2),
        ('{ kabupaten(kode: "53.14") { nama ...F } } fragment F on Kabupaten { kode kecamatan { nama } }', 1 + 2 + 15 * 2),
        ('{ kabupaten(kode: "53.14") { batas } }', 101),
        ("{ daftarFormulir { kode } }", 13 * 2),
        ("{ daftarRekap { totalCount } }", 1 + 100),
        ("{ daftarRekap { edges { node { id } } } }", 1 + 50 * (1 + 2)),
        ("{ daftarRekap(first: 10) { ...F } } fragment F on RekapConnection { edges { cursor node { id } } }", 1 + 10 * (1 + 1 + 2)),
        ('{ desa(kode: "53.14.02.2018") { nilai(elemen: ["BAN01", "PPK03"], periode: ["2020", "2021", "2022"]) { nilai } } }', 1 + 6 * 2),
        ('{ agregat(elemen: ["BAN01"], periode: ["2020"], wilayah: "53", tingkat: PROVINSI) { nilai } }', 2),
        ('{ agregat(elemen: "BAN01", periode: "2020", wilayah: "5314", tingkat: DESA) { nilai } }', 15 * 12 * 2),
        ('{ agregat(elemen: ["BAN01"], periode: ["2020"], wilayah: "53", tingkat: KABUPATEN, rincian: ["JK"]) { nilai } }', 15 * 4 * 2),
        ('{ indikator(kode: ["I01", "I02"], periode: ["2020"], wilayah: "53", tingkat: KABUPATEN) { nilai } }', 30 * 2),
        ('{ kelengkapan(periode: ["2020"], wilayah: "53") { status } }', 13 * 15 * 2),
        ('{ kelengkapan(formulir: ["F01"], periode: ["2020"], wilayah: "53.14") { status } }', 2),
        ('{ daftarTenggat(periode: ["2020", "2021"], wilayah: "53") { tanggal } }', 13 * 2 * (15 + 1) * 2),
        ('{ daftarTenggat(formulir: ["F01"], periode: ["2020"], wilayah: "53.14.01") { tanggal } }', 2),
        # coverage is worked out for every desa, whatever is selected of it; a list without `first` has them all
        ('{ cakupan(jenis: [PANTI], jarakKm: 5, wilayah: "53.14") { desaTercakup } }', 20 * 15 * 12 + 2),
        ('{ cakupan(jenis: [PANTI], jarakKm: 5, wilayah: "53") { baris(first: 10) { jarakKm } } }', 20 * 2_700 + 1 + 10 * 2),
        ('{ cakupan(jenis: [PANTI], jarakKm: 5, wilayah: "53.14.01") { baris { jarakKm } area } }', 20 * 12 + 1 + 2_700 * 2 + 20_000),
        ('{ usulanLokasi(jenis: [PANTI], jarakKm: 5, wilayah: "53.14.01.2001", banyak: 7) { urutan } }', 20 + 7 * 2),
        ('mutation { setujuiRekap(id: "a", revisi: 1) { ... on TidakBerwenang { pesan } } }', 2),
        ('mutation { setujuiBanyak(rekap: [{id: "a", revisi: 1}, {id: "b", revisi: 1}]) { ... on TidakBerwenang { pesan } } }', 2 * 1_000 + 2 * 2),
        ('{ kabupaten(kode: "53.14") { nama @skip(if: true) kode @include(if: false) jenis } }', 2),
    ],
)  # fmt: skip
def test_rows_times_fields(query: str, cost: int) -> None:
    assert _estimate(query) == cost


def test_of_more_than_may_be_approved_at_once_there_is_one_answer() -> None:
    query = "mutation ($r: [RekapRevisi!]!) { setujuiBanyak(rekap: $r) { ... on TidakBerwenang { pesan } } }"
    one = {"id": "a", "revisi": 1}
    assert [_estimate(query, {"r": [one] * n}) for n in (0, 50, 51)] == [0, 50 * 1_002, 1_002]


def test_variables_count_as_what_they_hold() -> None:
    query = """query ($e: [String!]!, $p: [Periode!]!, $n: Int = 7, $ya: Boolean!) {
      desa(kode: "53.14.02.2018") { nilai(elemen: $e, periode: $p) { nilai status @include(if: $ya) } }
      daftarRekap(first: $n) { edges { cursor } } }"""
    v = {"e": ["BAN01", "PPK03", "BAN01"], "p": "2020", "ya": True}
    assert _estimate(query, v) == 1 + 2 * 3 + 1 + 7 * 2
    assert _estimate(query, {**v, "ya": False, "n": 3}) == 1 + 2 * 2 + 1 + 3 * 2
    assert _estimate(query, {**v, "n": None, "p": ["2020", "2021"]}) == 1 + 4 * 3 + 1 + 50 * 2
    assert _estimate(query, {"e": 3, "p": {}, "n": "x", "ya": "?"}) > 0  # what does not fit is refused elsewhere


def test_a_long_list_is_not_looked_through_for_every_field_that_uses_it() -> None:
    query = (
        """query ($e: [String!]!) { desa(kode: "53.14.02.2018") { nilai(elemen: $e, periode: ["2020"]) { nilai } } }"""
    )

    class Unseen(list[str]):
        def __iter__(self) -> Iterator[str]:
            raise AssertionError

    class Unsaid(list[str]):
        __str__ = __repr__ = None  # type: ignore[assignment]

    assert _estimate(query, {"e": Unseen(["x"] * 1_001)}) == 1 + 1_001 * 2
    assert _estimate(query, {"e": ["x", 5, "5", True, Unsaid(), Unsaid()]}) == 1 + 4 * 2


@pytest.mark.parametrize("sent", [{"0": 0}, {"0": [1, 2]}, {"1": 7, "bukan": 3}])
def test_what_is_sent_beyond_the_variables_changes_no_estimate(read_hub: Client, sent: dict[str, Any]) -> None:
    """Literals have numbers for names, which no variable of a document can have."""
    query = "query ($x: Boolean = true) { daftarDesa(first: 400) { edges { node { kode @include(if: $x) } } } }"
    for _ in range(2):
        answer = read_hub.send(query, {"x": True, **sent}).json()
        assert answer["extensions"]["biaya"]["perkiraan"] == 1 + 400 * 3
        assert len(answer["data"]["daftarDesa"]["edges"]) > 0


def test_no_argument_makes_a_question_cheaper_than_nothing(read_hub: Client) -> None:
    proposal = 'query ($n: Int) { usulanLokasi(jenis: [PANTI], jarakKm: 5, wilayah: "53", banyak: $n) { urutan } }'
    assert _estimate(proposal, {"n": -1_000_000}) == _estimate(proposal, {"n": 0}) > 0
    gudang = "query ($n: Int) { daftarGudang(first: $n) { edges { node { mutasi(first: $n) { edges { cursor } } } } } }"
    (error,) = read_hub.errors(gudang, {"n": 10**18})  # more than a JSON number holds
    assert error["extensions"] == {
        "kode": "BATAS_BIAYA",
        "code": "GRAPHQL_VALIDATION_FAILED",
        "perkiraan": 2**53 - 1,
        "batas": 1_000_000,
    }


@pytest.mark.parametrize("added", ["", " __schema { queryType { name } }"], ids=["plan", "executor"])
@pytest.mark.parametrize("directive", ["include", "skip"])
@pytest.mark.parametrize("place", ["provinsi", "nama"])
def test_null_for_a_condition_is_refused_and_never_free(
    read_hub: Client, added: str, directive: str, place: str
) -> None:
    """A variable with a default may stand there, and null be sent for it: estimated as left out, it must not be answered."""
    condition = f"@{directive}(if: $x)"
    query = f'query ($x: Boolean = true) {{ provinsi(kode: "53") {condition} {{ kode nama }}{added} }}'
    if place == "nama":
        query = f'query ($x: Boolean = true) {{ provinsi(kode: "53") {{ kode nama {condition} }}{added} }}'
    answer = read_hub.send(query, {"x": None}).json()
    assert answer["errors"]
    assert not (answer.get("data") or {}).get("provinsi")


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


NESTED = "query ($k: KodeWilayah!) { provinsi(kode: $k) { kode nama kabupaten { kode nama jenis luasKm2 kecamatan { kode nama luasKm2 desa { kode nama jenis luasKm2 titik } } } } }"
ANGKA = 'query ($k: KodeWilayah!, $e: [String!]!) { kabupaten(kode: $k) { kecamatan { desa { kode nama nilai(elemen: $e, periode: ["2020"]) { elemen { kode } nilai status } } } } }'
WHOLE_YEAR = 'query ($e: [String!]!, $p: [Periode!]!) { agregat(elemen: $e, periode: $p, wilayah: "53", tingkat: KABUPATEN) { wilayah { kode nama } elemen { kode } periode nilai status } }'
_ELEMEN = [f"E{i}" for i in range(89)]
_MONTHS = [f"2020-{i:02}" for i in range(1, 13)]


def test_honest_questions_pass_and_boundless_ones_do_not() -> None:
    limit = Settings().batas_biaya
    assert _estimate(NESTED) < limit / 20
    assert _estimate(ANGKA, {"k": "53.14", "e": _ELEMEN[:80]}) < limit / 5
    assert _estimate(WHOLE_YEAR, {"e": _ELEMEN, "p": _MONTHS}) < limit / 5
    assert _estimate(WHOLE_YEAR.replace("KABUPATEN", "DESA"), {"e": _ELEMEN, "p": _MONTHS}) > 5 * limit


@pytest.fixture(scope="module")
def frugal(shared_demo_url: str) -> Iterator[Client]:
    server = Server(shared_demo_url, Settings(batas_biaya=1_000))
    server.start()
    with Client(server.address, shared_demo_url) as client:
        yield client
    server.stop()


def test_the_limit_passes_and_one_more_does_not(frugal: Client) -> None:
    just_below = "query ($n: Int) { daftarRekap(first: $n) { edges { cursor } } __typename }"  # 1 + 2 n
    answer = frugal.send('{ a: kelengkapan(periode: ["2020"], wilayah: "53") { status periode } b: kelengkapan(periode: ["2020"], wilayah: "53.14", formulir: "F01") { periode } }').json()  # fmt: skip
    assert answer["extensions"] == {"biaya": {"perkiraan": 587, "batas": 1_000}}
    answer = frugal.send(just_below, {"n": 499}).json()
    assert (answer["extensions"]["biaya"]["perkiraan"], "errors" in answer) == (999, False)
    exact = "query ($n: Int) { daftarRekap(first: $n) { edges { cursor } pageInfo { __typename } } }"  # 2 + 2 n
    answer = frugal.send(exact, {"n": 499}).json()
    assert (answer["extensions"]["biaya"]["perkiraan"], "errors" in answer) == (1_000, False)
    refused = frugal.send(just_below, {"n": 500})
    (error,) = refused.json()["errors"]
    assert refused.status_code == 200
    assert error["extensions"] == {
        "kode": "BATAS_BIAYA",
        "code": "GRAPHQL_VALIDATION_FAILED",
        "perkiraan": 1_001,
        "batas": 1_000,
    }
    assert "1001" in error["message"]
    assert "first" in error["message"]


def test_both_lanes_and_both_methods_say_the_same(read_hub: Client) -> None:
    planned = "query ($k: KodeWilayah!) { kabupaten(kode: $k) { nama kecamatan { desa { nama } } } }"
    executed = planned.replace("kabupaten(", "__schema { queryType { name } } kabupaten(")
    a, b = (read_hub.send(q, {"k": "53.14"}).json() for q in (planned, executed))
    c = read_hub.get("/graphql", params={"query": planned, "variables": json.dumps({"k": "53.14"})}).json()
    assert a["extensions"] == b["extensions"] == c["extensions"] == {"biaya": {"perkiraan": 1 + 1 + 15 * (1 + 12 * 2), "batas": 1_000_000}}  # fmt: skip
    wrong = read_hub.send('{ kabupaten(kode: "53") { nama } }').json()
    assert wrong["data"] == {"kabupaten": None}
    assert wrong["extensions"]["biaya"]["perkiraan"] == 2
    change = read_hub.send('mutation { bukaRekap(id: "x", alasan: "y") { __typename } }').json()
    assert change["extensions"]["biaya"]["perkiraan"] == 1
