"""Warehouses of other kabupaten come down to a node: goods may be sent there, and what is sent from there has a name."""

from collections.abc import Iterator

import pytest

from hub.db.private_cluster import PrivateCluster
from tests.gudang.stok_texts import uuid_of
from tests.simpul.bundle_pair import BundlePair, bundle_pair

_ADD = (
    "INSERT INTO sumber_daya (kode_kab, id, kode_desa, nama, pemilik, jenis, rahasia, sejak, diubah_pada, diubah_oleh) "
    "VALUES (left(%s, 5), %s, %s, %s, %s, %s, %s, '2019-01-01', now(), 'uji')"
)
_FOREIGN = "SELECT nama FROM sumber_daya WHERE kode_kab <> '53.14' ORDER BY 1"


@pytest.fixture
def hubs(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[BundlePair]:
    for pair in bundle_pair(cluster, templates):
        pair.at_province("TRUNCATE sumber_daya, surat_sumber_daya")
        for number, (name, desa, owner, kind, secret) in enumerate(
            (
                ("Gudang Kupang", "53.71.01.1001", "KABUPATEN", "GUDANG_BENCANA", False),
                ("Gudang Provinsi", "53.71.01.1001", "PROVINSI", "GUDANG_BENCANA", False),
                ("Gudang Rote", "53.14.10.2003", "KABUPATEN", "GUDANG_BENCANA", False),
                ("Gudang Banten", "36.73.01.1001", "KABUPATEN", "GUDANG_BENCANA", False),
                ("Rumah Aman", "53.71.01.1001", "KABUPATEN", "LK3", True),
            )
        ):
            pair.at_province(_ADD, desa, uuid_of(number), desa, name, owner, kind, secret)
        yield pair


def test_those_of_the_province_come_and_nothing_else_of_others(hubs: BundlePair) -> None:
    hubs.bring()
    assert hubs.at_node(_FOREIGN) == [("Gudang Kupang",), ("Gudang Provinsi",)]
    assert hubs.bring().taken == []


def test_what_changes_there_changes_here(hubs: BundlePair) -> None:
    hubs.bring()
    hubs.at_province("UPDATE sumber_daya SET nama = 'Gudang Kota Kupang', versi = 2 WHERE nama = 'Gudang Kupang'")
    hubs.at_province("UPDATE sumber_daya SET rahasia = true, versi = 2 WHERE nama = 'Gudang Provinsi'")
    assert hubs.bring().taken == ["gudang"]
    assert hubs.at_node(_FOREIGN) == [("Gudang Kota Kupang",)]


def test_nobody_deletes_a_resource_of_the_office_that_way(hubs: BundlePair) -> None:
    """What lets the list of others be brought in line lets nobody touch what the office wrote."""
    hubs.bring()
    hubs.at_node(
        _ADD, "53.14.10.2003", uuid_of(9), "53.14.10.2003", "Gudang Sendiri", "KABUPATEN", "GUDANG_BENCANA", False
    )
    with pytest.raises(Exception, match="sumber_daya"):
        hubs.at_node("DELETE FROM sumber_daya WHERE nama = 'Gudang Sendiri'")
    hubs.at_province("UPDATE sumber_daya SET nama = 'Gudang B', versi = 2 WHERE nama = 'Gudang Kupang'")
    hubs.bring()
    assert hubs.at_node("SELECT nama FROM sumber_daya WHERE kode_kab = '53.14'") == [("Gudang Sendiri",)]
