"""A deadline that a province sets comes down to the node, and with it what it means for the rekap that there are."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from hub.db.private_cluster import PrivateCluster
from tests.client import Client
from tests.hub_server import SETTINGS, serve
from tests.rekap.texts import SUBMIT, angka, submission
from tests.simpul.bundle_pair import KAB, BundlePair, bundle_pair

_SET = """mutation ($m: TenggatMasukan!) { hasil: aturTenggat(masukan: $m) { __typename ... on TenggatDitolak { temuan { pesan } } } }"""
_LIST = (
    '{ daftarTenggat(formulir: ["F02"], periode: ["2023"], wilayah: "53.14") { tanggal alasan oleh wilayah { kode } } }'
)
_COUNTED = (
    """{ kelengkapan(formulir: ["F02"], periode: ["2023"], wilayah: "53.14") { tenggat tepatWaktu terlambat } }"""
)


@pytest.fixture
def hubs(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[BundlePair]:
    yield from bundle_pair(cluster, templates, node="contoh")


@pytest.fixture
def node(hubs: BundlePair) -> Iterator[Client]:
    yield from serve(hubs.node, SETTINGS.model_copy(update={"wilayah": KAB}))


@pytest.fixture
def province(hubs: BundlePair) -> Iterator[Client]:
    yield from serve(hubs.province)


def set_deadline(province: Client, day: str, wilayah: str, reason: str = "banjir") -> None:
    m = {"formulir": "F02", "periode": "2023", "wilayah": wilayah, "tanggal": day, "alasan": reason}
    assert province.ask(_SET, {"m": m}, "53")["hasil"]["__typename"] == "Tenggat"


def test_rekap_follow_the_deadline_as_at_the_province(hubs: BundlePair, province: Client, node: Client) -> None:
    m: dict[str, Any] = {"m": submission(KAB, "F02", "2023", "a", nilai=[angka(KAB, "BAN05", 5)]), "uji": False}
    for hub in (province, node):
        assert hub.ask(SUBMIT, m, KAB)["hasil"]["__typename"] == "RekapDiterima"
    ((today,),) = province.sql("SELECT hub_hari(now())")
    late, early = (today + timedelta(days=30)).isoformat(), "2024-01-05"
    state = "SELECT tenggat::text, tepat_waktu FROM rekap WHERE kode_kab = '53.14' AND formulir = 'F02' AND periode = '2023'"
    for reason, (day, region, holds) in zip(
        "abcd", ((late, "53", late), (early, KAB, early), (late, "53", early), (late, KAB, late)), strict=True
    ):
        set_deadline(province, day, region, f"banjir {reason}")
        assert hubs.bring().taken == ["tenggat"]
        assert node.sql(state) == province.sql(state) == [(holds, holds == late)]
        counted = [hub.ask(_COUNTED, None, KAB)["kelengkapan"] for hub in (node, province)]
        assert counted[0] == counted[1]
    assert node.ask(_LIST)["daftarTenggat"] == province.ask(_LIST)["daftarTenggat"]


def test_that_of_another_kabupaten_does_not_come(hubs: BundlePair, province: Client) -> None:
    set_deadline(province, "2024-05-05", "53.15")
    assert hubs.bring().taken == []
