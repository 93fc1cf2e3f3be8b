"""`_entities`: what a router sends, in its order, one statement per type, each mistake at its own place."""

from typing import Any

import pytest
from strawberry.federation.schema_directives import Key, Shareable

from schema.build import schema
from schema.engine.entities import MOST_REPRESENTATIONS
from schema.entities import ENTITIES
from tests.client import Client
from tests.rekap.texts import SAVE, angka, submission

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
    ({"__typename": "Formulir", "kode": "F01"}, "MASUKAN_TIDAK_SAH", "bukan entitas"),
    ({"__typename": "Query"}, "MASUKAN_TIDAK_SAH", "bukan entitas"),
    ({"__typename": "Wilayah", "kode": SOTIMORI}, "MASUKAN_TIDAK_SAH", "bukan entitas"),
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
    assert error["extensions"] == {"kode": kode}
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


def test_keys_union_and_registry_name_the_same_types() -> None:
    core = schema()._schema
    keys = {}
    for name, graphql_type in core.type_map.items():
        for d in getattr(graphql_type.extensions.get("strawberry-definition"), "directives", None) or ():
            if isinstance(d, Key):
                keys[name] = str(d.fields)
    assert keys == {t.__name__: e.key for t, e in ENTITIES.items()}
    assert {t.name for t in core.get_possible_types(core.get_type("_Entity"))} == set(keys)  # type: ignore[arg-type]


def test_every_object_is_an_entity_or_shareable() -> None:
    """Other services may have a PageInfo too. Write @strawberry.federation.type(shareable=True, …)."""
    unshared = []
    for name, graphql_type in schema()._schema.type_map.items():
        definition = graphql_type.extensions.get("strawberry-definition")
        if (
            name.startswith("_")
            or name in ("Query", "Mutation", "Subscription")
            or not getattr(definition, "is_object_type", 0)
        ):
            continue
        if not any(isinstance(d, Key | Shareable) for d in definition.directives or ()):  # type: ignore[union-attr]
            unshared.append(name)
    assert unshared == []


def test_the_schema_is_told_unless_that_is_switched_off(demo_url: str) -> None:
    from hub.base.settings import Settings
    from tests.hub_server import Server

    for allowed in (True, False):
        server = Server(demo_url, Settings(introspeksi=allowed))
        server.start()
        with Client(server.address, demo_url) as hub:
            answer = hub.send("{ _service { sdl } }").json()
            if allowed:
                assert 'type Desa implements Wilayah @key(fields: "kode")' in answer["data"]["_service"]["sdl"]
            else:
                assert "type Desa" not in str(answer)
                assert answer["errors"][0]["extensions"]["kode"] == "INTROSPEKSI_MATI"
        server.stop()
