"""What travels down is the province's to the last row, no more than has changed, and nothing of other kabupaten."""

from collections.abc import Iterator

import pytest

from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from hub.simpul.bundle_digests import Digests
from hub.simpul.bundle_door import Storehouse
from hub.simpul.bundle_parts import PARTS
from tests.project_files import tables
from tests.simpul.bundle_pair import KAB, BundlePair, bundle_pair


@pytest.fixture
def hubs(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[BundlePair]:
    yield from bundle_pair(cluster, templates, boundaries=True)


def differing(hubs: BundlePair) -> list[str]:
    """Tables of which the two do not hold the same, as far as they concern the kabupaten."""
    found = []
    for of in PARTS.values():
        for table, cut in of.items():
            where = cut.condition(KAB).as_string(None)
            if hubs.rows(hubs.province, table, where) != hubs.rows(hubs.node, table, where):
                found.append(table)
    return found


def set_deadline(hubs: BundlePair, day: str, number: int = 1) -> None:
    hubs.at_province(
        "INSERT INTO tenggat (formulir, periode, kode_wilayah, urut, tanggal, alasan, kantor) "
        "VALUES ('F02', '2027', '53', %s, %s, 'cuti bersama', '53')", number, day,
    )  # fmt: skip


def test_the_node_then_holds_what_its_province_does(hubs: BundlePair) -> None:
    assert "wilayah" in differing(hubs)
    first = hubs.bring()
    assert set(first.taken) >= {"wilayah", "batas", "terbuka"}
    assert differing(hubs) == []
    assert hubs.at_node("SELECT count(*) FROM wilayah WHERE kode_kab = '53.14'")[0][0] > 100
    assert hubs.at_node("SELECT count(*) FROM angka_rilis")[0][0] > 100
    assert hubs.at_node("SELECT count(*) FROM batas_piramida WHERE kode LIKE '53.14%%'")[0][0] > 0, "the map is drawn"
    assert hubs.at_node("SELECT DISTINCT left(kode_kab, 2) FROM wilayah") == [("53",)], "nothing of another province"
    assert hubs.at_node("SELECT count(*) FROM simpul_bekal_isi") == [(0,)]
    again = hubs.bring()
    assert (again.taken, again.exchanges) == ([], 0)


def test_only_what_changed_travels(hubs: BundlePair) -> None:
    first = hubs.bring()
    set_deadline(hubs, "2028-02-01")
    second = hubs.bring()
    assert second.taken == ["tenggat"]
    assert differing(hubs) == []
    print(f"first {first.bytes} bytes in {first.exchanges}, one deadline {second.bytes} bytes in {second.exchanges}")
    assert second.bytes < 1_500 < first.bytes


def test_every_table_of_a_part_is_there_with_a_key() -> None:
    known = tables()
    for of in PARTS.values():
        assert of.keys() <= known.keys()


def test_figures_of_another_kabupaten_never_travel(hubs: BundlePair) -> None:
    hubs.at_province(
        "INSERT INTO angka_rilis (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) "
        "SELECT '53.15', elemen, periode, tingkat, dimensi, '53.15', rincian, 4242, status, turunan FROM angka_rilis "
        "WHERE kode_wilayah = '53.14'"
    )
    hubs.bring()
    assert hubs.at_node("SELECT DISTINCT kode_kab FROM angka_rilis") == [(KAB,)]


def test_each_kabupaten_has_digests_of_its_own(hubs: BundlePair) -> None:
    """What is kept of one until somebody writes is not another's; what is alike for all is worked out once."""

    async def go(node: Database, province: Database) -> None:
        storehouse = Storehouse(province, Digests(province, lambda *tables: "same"))
        told = [(await storehouse.told(kab))["sidik"] for kab in (KAB, "53.15", "36.01", KAB)]
        assert told[0] == told[3]
        assert {part for part in PARTS if told[0][part] != told[1][part]} == {"batas", "gudang", "terbuka"}
        assert {part for part in PARTS if told[1][part] != told[2][part]} == {"wilayah", "batas", "gudang"}

    hubs.with_both(go)
