"""`_entities`: what a router sends, in its order, one statement per type, each mistake at its own place."""

from typing import Any

import pytest
from graphql import get_named_type, is_interface_type, is_leaf_type, is_object_type, is_union_type
from strawberry.federation.schema_directives import Key, Shareable

from schema.build import schema
from schema.engine.entities import MOST_REPRESENTATIONS
from schema.entities import ENTITIES
from tests.client import Client
from tests.rekap.texts import SAVE, angka, submission
from tests.sumber_daya.rows import add

SOTIMORI = "53.14.10.2003"
QUERY = """query ($r: [_Any!]!) { _entities(representations: $r) {
  __typename ... on Desa { kode nama kecamatan { nama } } ... on Kabupaten { kode nama } ... on Rekap { id status } } }"""
# one more root field that is no plain read, and the same document goes through the executor
LANES = {"rencana": "", "pelaksana": "__schema { queryType { name } } "}
each_lane = pytest.mark.parametrize("added", LANES.values(), ids=LANES)


def _desa(kode: str) -> dict[str, str]:
    return {"__typename": "Desa", "kode": kode}


def _send(hub: Client, added: str, representations: list[Any], as_whom: str | None = None, query: str = QUERY) -> Any:
    """The answer without what the executor was brought in by."""
    answer = hub.send(query.replace("{", "{ " + added, 1), {"r": representations}, as_whom).json()
    answer.pop("extensions", None)  # the cost
    if answer["data"] is not None:
        answer["data"].pop("__schema", None)
    for error in answer.get("errors", ()):
        error.pop("locations")
    return answer


@each_lane
def test_types_and_unknown_keys_keep_their_places(read_hub: Client, added: str) -> None:
    representations = [
        {"__typename": "Rekap", "id": "53.14:F05:2020"}, _desa("5314102003"), _desa("53.14.10.9999"),
        {"__typename": "Kabupaten", "kode": "53.14"}, _desa(SOTIMORI), {"__typename": "Rekap", "id": "53.14:F05:1999"},
    ]  # fmt: skip
    sotimori = {"__typename": "Desa", "kode": SOTIMORI, "nama": "Sotimori", "kecamatan": {"nama": "Landu Leko"}}
    assert _send(read_hub, added, representations) == {
        "data": {
            "_entities": [
                {"__typename": "Rekap", "id": "53.14:F05:2020", "status": "DISETUJUI"}, sotimori, None,
                {"__typename": "Kabupaten", "kode": "53.14", "nama": "Rote Ndao"}, sotimori, None,
            ]
        }
    }  # fmt: skip


@each_lane
def test_an_entity_says_what_its_root_field_says(read_hub: Client, added: str) -> None:
    selection = """kode nama tingkat jenis batas(toleransiMeter: 500) titik bbox luasKm2 berlakuSejak pendahulu { kode }
      nilai(elemen: ["BAN01"], periode: ["2020"]) { nilai status elemen { nama } } kecamatan { kabupaten { provinsi { nama } } }"""
    expected = read_hub.ask(f'{{ desa(kode: "{SOTIMORI}") {{ {selection} }} }}')["desa"]
    query = f"query ($r: [_Any!]!) {{ _entities(representations: $r) {{ ...D }} }} fragment D on Desa {{ {selection} }}"
    assert _send(read_hub, added, [_desa(SOTIMORI)], query=query)["data"]["_entities"] == [expected]
    # beside another type it is taken apart and put together again
    both = _send(read_hub, added, [{"__typename": "Kecamatan", "kode": "53.14.10"}, _desa(SOTIMORI)], query=query)
    assert both["data"]["_entities"] == [{}, expected]


@each_lane
def test_aliases_of_one_variable_do_not_disturb_each_other(read_hub: Client, added: str) -> None:
    query = """query ($r: [_Any!]!, $ya: Boolean = false) {
      a: _entities(representations: $r) { ... on Desa { nama } ... on Wilayah { kode @include(if: $ya) } }
      b: _entities(representations: $r) { __typename ... on Kabupaten { nama } } }"""
    representations = [_desa(SOTIMORI), {"__typename": "Kabupaten", "kode": "5314"}]
    for _ in range(2):  # the second time from what was kept
        assert _send(read_hub, added, representations, query=query)["data"] == {
            "a": [{"nama": "Sotimori"}, {}],
            "b": [{"__typename": "Desa"}, {"__typename": "Kabupaten", "nama": "Rote Ndao"}],
        }


@each_lane
def test_representations_may_stand_in_the_document(read_hub: Client, added: str) -> None:
    query = """query ($k: KodeWilayah!) { _entities(representations: [{__typename: "Kabupaten", kode: $k},
      {kode: "53.14.10.2003", __typename: "Desa", berlebih: [1, {a: null}]}]) { ... on Wilayah { nama } } }"""
    query = query.replace("{", "{ " + added, 1)
    answer = read_hub.ask(query, {"k": "53.14"})
    assert answer["_entities"] == [{"nama": "Rote Ndao"}, {"nama": "Sotimori"}]
    assert read_hub.ask(query, {"k": "53.99"})["_entities"] == [None, {"nama": "Sotimori"}]


MISTAKES = [
    ("teks", "MASUKAN_TIDAK_SAH", "__typename"),
    (7, "MASUKAN_TIDAK_SAH", "__typename"),
    ([_desa(SOTIMORI)], "MASUKAN_TIDAK_SAH", "__typename"),
    ({}, "MASUKAN_TIDAK_SAH", "__typename"),
    ({"__typename": None, "kode": SOTIMORI}, "MASUKAN_TIDAK_SAH", "__typename"),
    ({"__typename": ["Desa"], "kode": SOTIMORI}, "MASUKAN_TIDAK_SAH", "__typename"),
    ({"__typename": "Desa"}, "MASUKAN_TIDAK_SAH", '"kode"'),
    ({"__typename": "Desa", "kode": None}, "MASUKAN_TIDAK_SAH", '"kode"'),
    ({"__typename": "Desa", "id": SOTIMORI}, "MASUKAN_TIDAK_SAH", '"kode"'),
    ({"__typename": "Desa", "kode": 5314102003}, "MASUKAN_TIDAK_SAH", "teks"),
    ({"__typename": "Desa", "kode": {"a": 1}}, "MASUKAN_TIDAK_SAH", "teks"),
    ({"__typename": "Desa", "kode": "Sotimori"}, "MASUKAN_TIDAK_SAH", "bukan kode wilayah"),
    ({"__typename": "Desa", "kode": "53.14"}, "MASUKAN_TIDAK_SAH", "bukan desa"),
    ({"__typename": "Rekap", "id": "53.14"}, "MASUKAN_TIDAK_SAH", "bukan id rekap"),
    ({"__typename": "Rekap", "id": "53.14:F05:2020-13"}, "MASUKAN_TIDAK_SAH", "2020-13"),
    ({"__typename": "PageInfo", "kode": "F01"}, "MASUKAN_TIDAK_SAH", "bukan entitas"),
    ({"__typename": "Query"}, "MASUKAN_TIDAK_SAH", "bukan entitas"),
    ({"__typename": "Node", "id": SOTIMORI}, "MASUKAN_TIDAK_SAH", "bukan entitas"),
    ({"__typename": "Wilayah", "kode": "Sotimori"}, "MASUKAN_TIDAK_SAH", "bukan kode wilayah"),
    ({"__typename": "Wilayah", "id": SOTIMORI}, "MASUKAN_TIDAK_SAH", '"kode"'),
    ({"__typename": "SumberDaya", "id": "53.14"}, "MASUKAN_TIDAK_SAH", "bukan id sumber daya"),
    ({"__typename": "MitraLuar", "id": "53.14:F01"}, "MASUKAN_TIDAK_SAH", "bukan id mitra luar"),
    ({"__typename": "Elemen", "kode": 7}, "MASUKAN_TIDAK_SAH", "7"),
    ({"__typename": "Desa", "kode": "53.14\0"}, "MASUKAN_TIDAK_SAH", "NUL"),
    ({"__typename": "Elemen", "kode": "\0"}, "MASUKAN_TIDAK_SAH", "NUL"),
    ({"__typename": "De\0sa", "kode": SOTIMORI}, "TIDAK_DIKENAL", "tidak ada"),
    ({"__typename": "Desa", "kode": ["53", None, True]}, "MASUKAN_TIDAK_SAH", '["53", null, true]'),
    ({"__typename": "Desa", "kode": ["x" * 999]}, "MASUKAN_TIDAK_SAH", "xx…."),
    ({"__typename": "Hutan", "kode": "1"}, "TIDAK_DIKENAL", "Provinsi, Kabupaten, Kecamatan, Desa, Rekap"),
]  # fmt: skip


@each_lane
@pytest.mark.parametrize(
    "other", [_desa(SOTIMORI), {"__typename": "Kabupaten", "kode": "53.14"}], ids=["sama", "campur"]
)
@pytest.mark.parametrize(("representation", "kode", "word"), MISTAKES, ids=range(len(MISTAKES)))
def test_a_mistake_is_an_error_at_its_place_only(
    read_hub: Client, added: str, other: Any, representation: Any, kode: str, word: str
) -> None:
    answer = _send(read_hub, added, [_desa(SOTIMORI), representation, other])
    first, missing, third = answer["data"]["_entities"]
    assert (first["nama"], missing, third["kode"]) == ("Sotimori", None, other["kode"])
    (error,) = answer["errors"]
    assert error["path"] == ["_entities", 1]
    assert error["extensions"] == {"kode": kode, "code": "BAD_USER_INPUT"}
    assert word in error["message"]


@each_lane
def test_nothing_right_and_nothing_at_all(read_hub: Client, added: str) -> None:
    assert _send(read_hub, added, []) == {"data": {"_entities": []}}
    answer = _send(read_hub, added, ["x", {"__typename": "Hutan"}])
    assert answer["data"] == {"_entities": [None, None]}
    assert [g["path"] for g in answer["errors"]] == [["_entities", 0], ["_entities", 1]]


@each_lane
def test_too_many_are_refused_as_a_whole(read_hub: Client, added: str) -> None:
    """So many take more than the public may send: a router that joins a whole province sends its token."""
    answer = _send(read_hub, added, [_desa(SOTIMORI)] * MOST_REPRESENTATIONS, "53")
    assert len(answer["data"]["_entities"]) == MOST_REPRESENTATIONS
    answer = _send(read_hub, added, [_desa(SOTIMORI)] * (MOST_REPRESENTATIONS + 1), "53")
    assert answer["data"] is None
    (error,) = answer["errors"]
    assert error["path"] == ["_entities"]
    assert error["extensions"]["kode"] == "BATAS_REPRESENTASI"
    assert str(MOST_REPRESENTATIONS) in error["message"]


@each_lane
def test_the_root_fields_reach_is_the_entitys(hub: Client, added: str) -> None:
    draf = submission("53.15", "F02", "2023", "rahasia", nilai=[angka("53.15", "BAN05", 4_242)])
    assert hub.ask(SAVE, {"m": draf}, as_whom="53.15")["hasil"]["__typename"] == "RekapDiterima"
    representations = [{"__typename": "Rekap", "id": "53.15:f02:2023"}, {"__typename": "Rekap", "id": "53.14:F05:2020"}]
    for as_whom, may_see in ((None, False), ("53.14", False), ("36", False), ("53.15", True), ("53", True)):
        for sent in (representations, [*representations, _desa(SOTIMORI)]):  # as one list, and put together from two
            secret, approved, *_ = _send(hub, added, sent, as_whom)["data"]["_entities"]
            assert (secret is not None) is may_see
            assert approved["status"] == "DISETUJUI"


# ---------- interfaces, the catalogue, goods, partners ----------

_SHARED = """query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Wilayah { kode nama }
  ... on SumberDaya { id jenis desa { kode } } ... on Desa { kecamatan { nama } } } }"""


@each_lane
def test_of_an_interface_the_concrete_type_answers(read_hub: Client, added: str) -> None:
    """What a router sends for a service that adds to an interface as a whole (@interfaceObject)."""
    ids = read_hub.ask('{ daftarSumberDaya(saring: {di: "53.14"}, first: 500) { edges { node { __typename id } } } }')
    resources = {e["node"]["__typename"]: e["node"]["id"] for e in ids["daftarSumberDaya"]["edges"]}
    assert len(resources) > 2
    representations: list[Any] = [
        {"__typename": "Wilayah", "kode": "53.14"}, {"__typename": "Wilayah", "kode": "53.14.10.9999"},
        {"__typename": "Wilayah", "kode": "5314102003"}, _desa(SOTIMORI), {"__typename": "Wilayah", "kode": "53"},
        *({"__typename": "SumberDaya", "id": i} for i in resources.values()), {"__typename": "Wilayah", "kode": "53.14.10"},
    ]  # fmt: skip
    region, missing, desa, same, province, *found, kecamatan = _send(read_hub, added, representations, query=_SHARED)[
        "data"
    ]["_entities"]
    assert region == {"__typename": "Kabupaten", "kode": "53.14", "nama": "Rote Ndao"}
    assert missing is None
    assert (
        desa
        == same
        == {"__typename": "Desa", "kode": SOTIMORI, "nama": "Sotimori", "kecamatan": {"nama": "Landu Leko"}}
    )
    assert (province["__typename"], kecamatan["__typename"]) == ("Provinsi", "Kecamatan")
    assert {f["__typename"]: f["id"] for f in found} == resources
    # alone it is one list from the database, as it stands
    alone = _send(read_hub, added, [r for r in representations if r["__typename"] == "Wilayah"], query=_SHARED)
    assert alone["data"]["_entities"] == [region, None, desa, province, kecamatan]


@each_lane
def test_an_interface_reaches_what_its_types_reach(hub: Client, added: str) -> None:
    id_ = add(hub, 77, "RUMAH_SINGGAH", rahasia=True)
    for as_whom, may_see in ((None, False), ("53.15", False), ("53.14", True), ("53", True)):
        for name in ("SumberDaya", "RumahSinggah"):
            (found,) = _send(hub, added, [{"__typename": name, "id": id_}], as_whom, _SHARED)["data"]["_entities"]
            assert (found is not None) is may_see


@each_lane
def test_the_catalogue_goods_and_partners_are_found_by_their_keys(hub: Client, added: str) -> None:
    partner = hub.ask('mutation { simpanMitraLuar(masukan: {nama: "Yayasan Uji", jenis: "yayasan"}) { ... on MitraTersimpan { mitra { id } } } }', None, "53.14")  # fmt: skip
    id_ = partner["simpanMitraLuar"]["mitra"]["id"]
    query = """query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Elemen { kode nama } ... on Formulir { kode versi }
      ... on Indikator { kode nama jenis elemen } ... on Barang { kode satuan } ... on MitraLuar { id nama } } }"""
    known = hub.ask(
        '{ formulir(kode: "F01") { kode versi elemen { kode nama } } daftarIndikator { kode nama jenis elemen } daftarBarang { kode satuan } }'
    )
    variant = next(i for i in known["daftarIndikator"] if "." in i["kode"])
    plain, goods, element = known["daftarIndikator"][0], known["daftarBarang"][0], known["formulir"]["elemen"][0]
    sent = [
        ("Elemen", "kode", element["kode"].lower()), ("Formulir", "kode", "f01"), ("Indikator", "kode", plain["kode"]), ("Barang", "kode", goods["kode"]),
        ("MitraLuar", "id", id_), ("Indikator", "kode", variant["kode"]), ("Indikator", "kode", element["kode"]), ("Elemen", "kode", "X99"),
        ("Indikator", "kode", "I04.bukan"), ("Barang", "kode", "?"), ("MitraLuar", "id", "mitra:01939f2e-7d1c-7a3b-9c55-0f6a2b8e4d10"),
    ]  # fmt: skip
    answer = _send(hub, added, [{"__typename": t, k: v} for t, k, v in sent], query=query)
    assert "errors" not in answer
    assert answer["data"]["_entities"] == [
        {"__typename": "Elemen", **element},
        {"__typename": "Formulir", "kode": "F01", "versi": known["formulir"]["versi"]},
        {"__typename": "Indikator", **plain},
        {"__typename": "Barang", **goods},
        {"__typename": "MitraLuar", "id": id_, "nama": "Yayasan Uji"},
        {"__typename": "Indikator", **variant},
        {"__typename": "Indikator", **element, "jenis": "ELEMEN", "elemen": [element["kode"]]},
        *[None] * 4,
    ]


@each_lane
def test_nul_in_a_representation_of_the_document_is_its_own_mistake(read_hub: Client, added: str) -> None:
    query = """{ _entities(representations: [{__typename: "Desa", kode: "5314102003"}, {__typename: "Desa", kode: "53\\u0000"}]) {
      ... on Desa { nama } } }"""
    answer = read_hub.send(query.replace("{", "{ " + added, 1)).json()
    assert answer["data"]["_entities"] == [{"nama": "Sotimori"}, None]
    assert [e["path"] for e in answer["errors"]] == [["_entities", 1]]


def test_nul_beside_the_representations_is_refused_as_ever(read_hub: Client) -> None:
    query = "query ($r: [_Any!]!, $k: KodeWilayah!) { _entities(representations: $r) { __typename } desa(kode: $k) { nama } }"
    (error,) = read_hub.errors(query, {"r": [_desa(SOTIMORI)], "k": "53\0"})
    assert "NUL" in error["message"]
    assert "path" not in error


# ---------- what the schema says of them ----------


def _directives(graphql_type: Any) -> list[Any]:
    return list(getattr(graphql_type.extensions.get("strawberry-definition"), "directives", None) or ())


def test_keys_union_and_registry_name_the_same_types() -> None:
    core = schema()._schema
    keys = {n: str(d.fields) for n, t in core.type_map.items() for d in _directives(t) if isinstance(d, Key)}
    assert keys == {t.__name__: e.key for t, e in ENTITIES.items()}
    interfaces = {n for n in keys if is_interface_type(core.type_map[n])}
    assert interfaces == {"Wilayah", "SumberDaya"}
    assert {t.name for t in core.get_possible_types(core.get_type("_Entity"))} == set(keys) - interfaces  # type: ignore[arg-type]


def test_federations_own_fields_are_as_its_specification_has_them() -> None:
    query = schema()._schema.query_type
    assert query is not None
    said = {n: (str(f.type), {a: str(v.type) for a, v in f.args.items()}) for n, f in query.fields.items()}
    assert said["_entities"] == ("[_Entity]!", {"representations": "[_Any!]!"})
    assert said["_service"] == ("_Service!", {})
    assert [n for n, (type_, _) in said.items() if type_.endswith("!")] == ["_entities", "_service"]


def test_only_value_types_are_shareable() -> None:
    """Another service may have a PageInfo too; what holds an entity, at whatever depth, is the hub's own. Write
    @strawberry.federation.type(shareable=True, …) for a type that holds none."""
    core = schema()._schema
    entities = {n for n, t in core.type_map.items() if any(isinstance(d, Key) for d in _directives(t))}

    def holds_entity(graphql_type: Any, seen: frozenset[str] = frozenset()) -> bool:
        if graphql_type.name in entities:
            return True
        if graphql_type.name in seen or is_leaf_type(graphql_type):
            return False
        inner = (
            graphql_type.types
            if is_union_type(graphql_type)
            else [get_named_type(f.type) for f in graphql_type.fields.values()]
        )
        return any(holds_entity(t, seen | {graphql_type.name}) for t in inner)

    objects = {
        n: t for n, t in core.type_map.items()
        if is_object_type(t) and not n.startswith("_") and n not in ("Query", "Mutation", "Subscription")
    }  # fmt: skip
    shareable = {n for n, t in objects.items() if any(isinstance(d, Shareable) for d in _directives(t))}
    assert shareable == {n for n, t in objects.items() if not holds_entity(t)}
    assert {"PageInfo", "PilihanRincian", "Temuan"} <= shareable
    assert {"BarisAgregat", "Rekap", "DesaConnection"}.isdisjoint(shareable)


def test_of_fields_only_the_names_of_regions_are_shareable() -> None:
    fields = {
        f"{n}.{name}" for n, t in schema()._schema.type_map.items() for name, f in getattr(t, "fields", {}).items()
        if any(isinstance(d, Shareable) for d in getattr(f.extensions.get("strawberry-definition"), "directives", None) or ())
    }  # fmt: skip
    assert fields == {f"{t}.nama" for t in ("Provinsi", "Kabupaten", "Kecamatan", "Desa")}


def test_the_schema_is_told_unless_that_is_switched_off(demo_url: str) -> None:
    from hub.base.settings import Settings
    from tests.hub_server import Server

    for allowed in (True, False):
        server = Server(demo_url, Settings(introspeksi=allowed))
        server.start()
        with Client(server.address, demo_url) as hub:
            answer = hub.send("{ _service { sdl } }").json()
            if allowed:
                assert 'type Desa implements Wilayah & Node @key(fields: "kode")' in answer["data"]["_service"]["sdl"]
            else:
                assert "type Desa" not in str(answer)
                assert answer["errors"][0]["extensions"]["kode"] == "INTROSPEKSI_MATI"
        server.stop()
