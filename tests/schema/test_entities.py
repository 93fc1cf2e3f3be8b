"""`_entities`: what a router sends, in its order, one statement per type, each mistake at its own place."""

from typing import Any

import pytest
from strawberry.federation.schema_directives import Key, Shareable

from schema.build import schema
from schema.engine.entities import TERBANYAK
from schema.entities import ENTITAS
from tests.client import Klien
from tests.rekap.texts import SIMPAN, angka, masukan

SOTIMORI = "53.14.10.2003"
TANYA = """query ($r: [_Any!]!) { _entities(representations: $r) {
  __typename ... on Desa { kode nama kecamatan { nama } } ... on Kabupaten { kode nama } ... on Rekap { id status } } }"""
# one more root field that is no plain read, and the same document goes through the executor
JALUR = {"rencana": "", "pelaksana": "__schema { queryType { name } } "}
jalur = pytest.mark.parametrize("tambah", JALUR.values(), ids=JALUR)


def _desa(kode: str) -> dict[str, str]:
    return {"__typename": "Desa", "kode": kode}


def _kirim(hub: Klien, tambah: str, wakil: list[Any], sebagai: str | None = None, query: str = TANYA) -> Any:
    """The answer without what the executor was brought in by."""
    jawab = hub.kirim(query.replace("{", "{ " + tambah, 1), {"r": wakil}, sebagai).json()
    jawab.pop("extensions", None)  # the cost
    if jawab["data"] is not None:
        jawab["data"].pop("__schema", None)
    for galat in jawab.get("errors", ()):
        galat.pop("locations")
    return jawab


@jalur
def test_types_and_unknown_keys_keep_their_places(hub_baca: Klien, tambah: str) -> None:
    wakil = [
        {"__typename": "Rekap", "id": "53.14:F05:2020"}, _desa("5314102003"), _desa("53.14.10.9999"),
        {"__typename": "Kabupaten", "kode": "53.14"}, _desa(SOTIMORI), {"__typename": "Rekap", "id": "53.14:F05:1999"},
    ]  # fmt: skip
    sotimori = {"__typename": "Desa", "kode": SOTIMORI, "nama": "Sotimori", "kecamatan": {"nama": "Landu Leko"}}
    assert _kirim(hub_baca, tambah, wakil) == {
        "data": {
            "_entities": [
                {"__typename": "Rekap", "id": "53.14:F05:2020", "status": "DISETUJUI"}, sotimori, None,
                {"__typename": "Kabupaten", "kode": "53.14", "nama": "Rote Ndao"}, sotimori, None,
            ]
        }
    }  # fmt: skip


@jalur
def test_an_entity_says_what_its_root_field_says(hub_baca: Klien, tambah: str) -> None:
    isi = """kode nama tingkat jenis batas(toleransiMeter: 500) titik bbox luasKm2 berlakuSejak pendahulu { kode }
      nilai(elemen: ["BAN01"], periode: ["2020"]) { nilai status elemen { nama } } kecamatan { kabupaten { provinsi { nama } } }"""
    harus = hub_baca.tanya(f'{{ desa(kode: "{SOTIMORI}") {{ {isi} }} }}')["desa"]
    query = f"query ($r: [_Any!]!) {{ _entities(representations: $r) {{ ...D }} }} fragment D on Desa {{ {isi} }}"
    assert _kirim(hub_baca, tambah, [_desa(SOTIMORI)], query=query)["data"]["_entities"] == [harus]
    # beside another type it is taken apart and put together again
    dua = _kirim(hub_baca, tambah, [{"__typename": "Kecamatan", "kode": "53.14.10"}, _desa(SOTIMORI)], query=query)
    assert dua["data"]["_entities"] == [{}, harus]


@jalur
def test_aliases_of_one_variable_do_not_disturb_each_other(hub_baca: Klien, tambah: str) -> None:
    query = """query ($r: [_Any!]!, $ya: Boolean = false) {
      a: _entities(representations: $r) { ... on Desa { nama } ... on Wilayah { kode @include(if: $ya) } }
      b: _entities(representations: $r) { __typename ... on Kabupaten { nama } } }"""
    wakil = [_desa(SOTIMORI), {"__typename": "Kabupaten", "kode": "5314"}]
    for _ in range(2):  # the second time from what was kept
        assert _kirim(hub_baca, tambah, wakil, query=query)["data"] == {
            "a": [{"nama": "Sotimori"}, {}],
            "b": [{"__typename": "Desa"}, {"__typename": "Kabupaten", "nama": "Rote Ndao"}],
        }


@jalur
def test_representations_may_stand_in_the_document(hub_baca: Klien, tambah: str) -> None:
    query = """query ($k: KodeWilayah!) { _entities(representations: [{__typename: "Kabupaten", kode: $k},
      {kode: "53.14.10.2003", __typename: "Desa", berlebih: [1, {a: null}]}]) { ... on Wilayah { nama } } }"""
    query = query.replace("{", "{ " + tambah, 1)
    jawab = hub_baca.tanya(query, {"k": "53.14"})
    assert jawab["_entities"] == [{"nama": "Rote Ndao"}, {"nama": "Sotimori"}]
    assert hub_baca.tanya(query, {"k": "53.99"})["_entities"] == [None, {"nama": "Sotimori"}]


SALAH = [
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


@jalur
@pytest.mark.parametrize(
    "lain", [_desa(SOTIMORI), {"__typename": "Kabupaten", "kode": "53.14"}], ids=["sama", "campur"]
)
@pytest.mark.parametrize(("wakil", "kode", "kata"), SALAH, ids=range(len(SALAH)))
def test_a_mistake_is_an_error_at_its_place_only(
    hub_baca: Klien, tambah: str, lain: Any, wakil: Any, kode: str, kata: str
) -> None:
    jawab = _kirim(hub_baca, tambah, [_desa(SOTIMORI), wakil, lain])
    pertama, kosong, ketiga = jawab["data"]["_entities"]
    assert (pertama["nama"], kosong, ketiga["kode"]) == ("Sotimori", None, lain["kode"])
    (galat,) = jawab["errors"]
    assert galat["path"] == ["_entities", 1]
    assert galat["extensions"] == {"kode": kode}
    assert kata in galat["message"]


@jalur
def test_nothing_right_and_nothing_at_all(hub_baca: Klien, tambah: str) -> None:
    assert _kirim(hub_baca, tambah, []) == {"data": {"_entities": []}}
    jawab = _kirim(hub_baca, tambah, ["x", {"__typename": "Hutan"}])
    assert jawab["data"] == {"_entities": [None, None]}
    assert [g["path"] for g in jawab["errors"]] == [["_entities", 0], ["_entities", 1]]


@jalur
def test_too_many_are_refused_as_a_whole(hub_baca: Klien, tambah: str) -> None:
    """So many take more than the public may send: a router that joins a whole province sends its token."""
    jawab = _kirim(hub_baca, tambah, [_desa(SOTIMORI)] * TERBANYAK, "53")
    assert len(jawab["data"]["_entities"]) == TERBANYAK
    jawab = _kirim(hub_baca, tambah, [_desa(SOTIMORI)] * (TERBANYAK + 1), "53")
    assert jawab["data"] is None
    (galat,) = jawab["errors"]
    assert galat["path"] == ["_entities"]
    assert galat["extensions"]["kode"] == "BATAS_REPRESENTASI"
    assert str(TERBANYAK) in galat["message"]


@jalur
def test_the_root_fields_reach_is_the_entitys(hub: Klien, tambah: str) -> None:
    draf = masukan("53.15", "F02", "2023", "rahasia", nilai=[angka("53.15", "BAN05", 4_242)])
    assert hub.tanya(SIMPAN, {"m": draf}, sebagai="53.15")["hasil"]["__typename"] == "RekapDiterima"
    wakil = [{"__typename": "Rekap", "id": "53.15:f02:2023"}, {"__typename": "Rekap", "id": "53.14:F05:2020"}]
    for sebagai, melihat in ((None, False), ("53.14", False), ("36", False), ("53.15", True), ("53", True)):
        for daftar in (wakil, [*wakil, _desa(SOTIMORI)]):  # as one list, and put together from two
            rahasia, terbuka, *_ = _kirim(hub, tambah, daftar, sebagai)["data"]["_entities"]
            assert (rahasia is not None) is melihat
            assert terbuka["status"] == "DISETUJUI"


def test_keys_union_and_registry_name_the_same_types() -> None:
    inti = schema()._schema
    kunci = {}
    for nama, tipe in inti.type_map.items():
        for d in getattr(tipe.extensions.get("strawberry-definition"), "directives", None) or ():
            if isinstance(d, Key):
                kunci[nama] = str(d.fields)
    assert kunci == {t.__name__: e.key for t, e in ENTITAS.items()}
    assert {t.name for t in inti.get_possible_types(inti.get_type("_Entity"))} == set(kunci)  # type: ignore[arg-type]


def test_every_object_is_an_entity_or_shareable() -> None:
    """Other services may have a PageInfo too. Write @strawberry.federation.type(shareable=True, …)."""
    milik_sendiri = []
    for nama, tipe in schema()._schema.type_map.items():
        asal = tipe.extensions.get("strawberry-definition")
        if (
            nama.startswith("_")
            or nama in ("Query", "Mutation", "Subscription")
            or not getattr(asal, "is_object_type", 0)
        ):
            continue
        if not any(isinstance(d, Key | Shareable) for d in asal.directives or ()):  # type: ignore[union-attr]
            milik_sendiri.append(nama)
    assert milik_sendiri == []


def test_the_schema_is_told_unless_that_is_switched_off(demo_url: str) -> None:
    from hub.base.settings import Settings
    from tests.hub_server import Peladen

    for boleh in (True, False):
        peladen = Peladen(demo_url, Settings(introspeksi=boleh))
        peladen.nyala()
        with Klien(peladen.alamat, demo_url) as hub:
            jawab = hub.kirim("{ _service { sdl } }").json()
            if boleh:
                assert 'type Desa implements Wilayah @key(fields: "kode")' in jawab["data"]["_service"]["sdl"]
            else:
                assert "type Desa" not in str(jawab)
                assert jawab["errors"][0]["extensions"]["kode"] == "INTROSPEKSI_MATI"
        peladen.mati()
