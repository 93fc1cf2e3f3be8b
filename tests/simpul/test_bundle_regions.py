"""A kabupaten is split on a date: the list of regions comes down to its node, whose own rows mean what they meant, and which takes and refuses
from then on what its province would."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from hub.db.private_cluster import PrivateCluster
from tests.client import Client
from tests.hub_server import SETTINGS, serve
from tests.rekap.texts import SAVE, SUBMIT, angka, submission
from tests.simpul import two_hubs
from tests.simpul.bundle_pair import KAB, BundlePair, bundle_pair

DAY = "2024-07-01"
PART = "53.14.01"
_SPLIT = (
    "INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk) VALUES ('53.22', '53.22', %(hari)s, 2, 'Kabupaten', "
    "'Rote Barat', '53')",
    "INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama, kode_induk) SELECT '53.22', overlay(kode PLACING '53.22' FROM 1), "
    "%(hari)s, tingkat, jenis, nama, overlay(kode_induk PLACING '53.22' FROM 1) FROM wilayah WHERE kode_kab = '53.14' "
    "AND (kode = '53.14.01' OR kode LIKE '53.14.01.%%') AND berlaku_sampai IS NULL",
    "INSERT INTO silsilah (kode_lama, sejak_lama, kode_baru, sejak_baru, jenis) SELECT kode, berlaku_sejak, overlay(kode PLACING '53.22' FROM 1), "
    "%(hari)s, 'pindah' FROM wilayah WHERE kode_kab = '53.14' AND (kode = '53.14.01' OR kode LIKE '53.14.01.%%') AND berlaku_sampai IS NULL",
    "UPDATE wilayah SET berlaku_sampai = %(hari)s WHERE kode_kab = '53.14' AND (kode = '53.14.01' OR kode LIKE '53.14.01.%%') "
    "AND berlaku_sampai IS NULL",
)  # fmt: skip
_FIGURES = (
    "query ($p: [Periode!]!, $e: [String!]!) { "
    + " ".join(
        f'{t}: agregat(elemen: $e, periode: $p, wilayah: "{KAB}", tingkat: {t}) {{ wilayah {{ kode nama }} nilai status }}'
        for t in ("KABUPATEN", "KECAMATAN", "DESA")
    )
    + " }"
)


def split(url: str) -> None:
    with psycopg.connect(url) as conn:
        for statement in _SPLIT:
            conn.execute(statement, {"hari": DAY})


@pytest.fixture
def hubs(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[BundlePair]:
    yield from bundle_pair(cluster, templates, node="contoh")


def test_rows_of_the_node_mean_what_they_meant(hubs: BundlePair) -> None:
    for node in serve(hubs.node, SETTINGS.model_copy(update={"wilayah": KAB})):
        ((desa,),) = hubs.at_node(
            "SELECT min(kode) FROM wilayah WHERE kode LIKE '53.14.01.%%' AND berlaku_sampai IS NULL"
        )
        known = node.sql(
            "SELECT DISTINCT elemen FROM angka WHERE periode = '2020' AND kode_wilayah LIKE '53.14.01%%' ORDER BY 1 LIMIT 5"
        )
        question = {"p": ["2020"], "e": [e for (e,) in known]}
        before = node.ask(_FIGURES, question, KAB)
        assert any(r["wilayah"]["kode"] == PART for r in before["KECAMATAN"])
        split(hubs.province)
        brought = hubs.bring()
        assert brought.taken == ["wilayah"]
        print(f"a split: {brought.bytes} bytes in {brought.exchanges}")
        assert hubs.rows(hubs.node, "silsilah", "kode_baru LIKE '53.22%'") == hubs.rows(
            hubs.province, "silsilah", "kode_baru LIKE '53.22%'"
        )
        assert node.ask(_FIGURES, question, KAB) == before, "figures of before stay where they were"
        for province in serve(hubs.province):
            for key, periode, taken in (("a", "2023", "RekapDiterima"), ("b", "2025", "RekapDitolak")):
                m = submission(KAB, "F02", periode, key, nilai=[angka(desa, "BAN01", 3)])
                here, there = ([answer(hub, m, call) for call in (SAVE, SUBMIT)] for hub in (node, province))
                assert here == there, periode
                assert here[1][0] == taken, "of a region that was there then, and of one that had left"


def test_a_draft_of_a_region_that_has_left_stays(hubs: BundlePair) -> None:
    for node in serve(hubs.node, SETTINGS.model_copy(update={"wilayah": KAB})):
        ((desa,),) = hubs.at_node(
            "SELECT min(kode) FROM wilayah WHERE kode LIKE '53.14.01.%%' AND berlaku_sampai IS NULL"
        )
        m = submission(KAB, "F02", "2025", "a", nilai=[angka(desa, "BAN01", 3)])
        assert answer(node, m, SAVE) == ("RekapDiterima", [])
        split(hubs.province)
        hubs.bring()
        stored = "SELECT nilai FROM rekap_nilai WHERE kode_kab = '53.14' AND formulir = 'F02' AND periode = '2025'"
        assert hubs.at_node(stored) == [(3,)]
        ((temuan,),) = hubs.at_node("SELECT temuan FROM simpul_bekal WHERE bagian = 'wilayah'")
        assert [(t["kode"], t["wilayah"]) for t in temuan] == [("WILAYAH_DRAF_HILANG", desa)]


def answer(hub: Client, m: Any, call: str) -> tuple[str, list[str]]:
    more = {"uji": False} if call is SUBMIT else {}
    said = hub.ask(call, {"m": {**m, "kunciIdempoten": m["kunciIdempoten"] + str(len(call))}, **more}, KAB)["hasil"]
    return said["__typename"], sorted({t["kode"] for t in said["temuan"] if t["tingkat"] == "GALAT"})


@pytest.fixture
def pair(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[tuple[Client, Client]]:
    yield from two_hubs.hubs(cluster, templates["contoh"], KAB)


def test_a_node_one_list_behind_is_told_which_region_is_no_more(pair: tuple[Client, Client]) -> None:
    node, province = pair
    ((desa,),) = node.sql("SELECT min(kode) FROM wilayah WHERE kode LIKE '53.14.01.%%' AND berlaku_sampai IS NULL")
    split(province.url)
    m = submission(KAB, "F02", "2025", "a", nilai=[angka(desa, "BAN01", 3)])
    assert node.ask(SUBMIT, {"m": m, "uji": False}, KAB)["hasil"]["__typename"] == "RekapDiterima"
    receipt = two_hubs.receive(province, two_hubs.batch_of(node, kode_kab=KAB), kode_kab=KAB)
    assert not receipt.problems, receipt.problems
    (answered,) = receipt.answered
    assert answered.verdict == "DITOLAK"
    assert desa in str(answered.temuan)
