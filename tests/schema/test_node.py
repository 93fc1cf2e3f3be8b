"""`node(id)`: whatever has an id comes back by it, in both lanes."""

from typing import Any

import pytest

from tests.client import Client
from tests.sumber_daya.rows import KINDS, add, uuid_of

ASKED = """query ($i: ID!) { node(id: $i) { id __typename ... on Wilayah { kode nama } ... on SumberDaya { nama jenis }
  ... on Desa { kecamatan { id } } } }"""
LANES = {"rencana": "", "pelaksana": "__schema { queryType { name } } "}
each_lane = pytest.mark.parametrize("added", LANES.values(), ids=LANES)


def _node(hub: Client, added: str, id_: str, as_whom: str | None = None) -> Any:
    return hub.ask(ASKED.replace("{", "{ " + added, 1), {"i": id_}, as_whom)["node"]


@each_lane
def test_regions_and_resources_by_their_ids(hub: Client, added: str) -> None:
    resource = add(hub, 1, "PANTI", daya_tampung=10, sasaran="anak")
    for _ in range(2):  # the second time from what was kept, of the other kind first
        assert _node(hub, added, resource) == {
            "id": resource,
            "__typename": "Panti",
            "nama": "Lembaga 1",
            "jenis": "PANTI",
        }
        assert _node(hub, added, "53.14") == {
            "id": "53.14",
            "__typename": "Kabupaten",
            "kode": "53.14",
            "nama": "Rote Ndao",
        }
        assert _node(hub, added, "5314102003") == {
            "id": "53.14.10.2003", "__typename": "Desa", "kode": "53.14.10.2003", "nama": "Sotimori", "kecamatan": {"id": "53.14.10"},
        }  # fmt: skip
        assert _node(hub, added, "53.14@2021-01-01")["id"] == "53.14@2021-01-01"
        assert _node(hub, added, "53.99") is None
        assert _node(hub, added, "53.14@1945-01-01") is None
        assert _node(hub, added, f"53.14:{uuid_of(99)}") is None


@pytest.mark.parametrize(
    "id_", ["", "x", "53.14.1", "53.14@", "53.14@kemarin", "53.14@2021-02-30", "53.14:x", "mitra:x", "53:F01:2020"]
)
@each_lane
def test_what_is_no_id_is_said_so(read_hub: Client, added: str, id_: str) -> None:
    (error,) = read_hub.errors(ASKED.replace("{", "{ " + added, 1), {"i": id_})
    assert error["path"] == ["node"]
    assert error["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"
    assert "53.14:01939f2e" in error["message"]


@each_lane
def test_a_region_as_of_another_day_has_an_id_of_its_own(hub: Client, added: str) -> None:
    """What it says under that id is what it said then: its name, and the ids of the regions around it."""
    hub.sql("UPDATE wilayah SET nama_sejak = '2022-01-01' WHERE kode = '53.14'")
    hub.sql(
        "INSERT INTO nama_wilayah (kode_kab, kode, berlaku_sejak, nama, sampai) SELECT kode_kab, kode, berlaku_sejak, 'Rote', '2022-01-01' FROM wilayah WHERE kode = '53.14' AND berlaku_sampai IS NULL"
    )
    asked = '{ kabupaten(kode: "53.14", pada: "2021-01-01") { id nama provinsi { id } } }'
    then = hub.ask(asked.replace("{", "{ " + added, 1))["kabupaten"]
    assert then == {"id": "53.14@2021-01-01", "nama": "Rote", "provinsi": {"id": "53@2021-01-01"}}
    assert _node(hub, added, then["id"])["nama"] == "Rote"
    assert _node(hub, added, "53.14")["nama"] == "Rote Ndao"
    today = hub.sql("SELECT current_date::text")[0][0]
    assert _node(hub, added, f"53.14@{today}")["id"] == "53.14"


@each_lane
def test_a_region_that_is_no_more_is_known_by_its_last_day(hub: Client, added: str) -> None:
    """Its code may be another region's by now."""
    hub.sql("UPDATE wilayah SET berlaku_sampai = '2023-07-01' WHERE kode = '53.14.10.2003'")
    found = _node(hub, added, "53.14.10.2003")
    assert (found["id"], found["kecamatan"]["id"]) == ("53.14.10.2003@2023-06-30", "53.14.10@2023-06-30")
    assert _node(hub, added, found["id"]) == found


@each_lane
def test_a_shelter_is_no_node_for_whom_it_is_not_there(hub: Client, added: str) -> None:
    id_ = add(hub, 1, "RUMAH_SINGGAH", rahasia=True)
    assert [_node(hub, added, id_, w) is not None for w in (None, "53.15", "53.14", "53")] == [False, False, True, True]


@each_lane
def test_every_resource_of_the_hub_is_a_node(hub: Client, added: str) -> None:
    for n, (type_name, kind) in enumerate(KINDS.items()):
        id_ = add(hub, n + 1, kind)
        assert _node(hub, added, id_)["__typename"] == type_name
