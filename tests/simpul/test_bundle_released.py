"""A node answers the public from what its province has released and sent down, and from nothing else: what it says is what the province says,
to the last status; before it has come it says nothing."""

from collections.abc import Iterator
from typing import Any

import pytest

from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from hub.rilis.withdrawal import withdraw
from tests.client import Client
from tests.hub_server import SETTINGS, serve
from tests.rekap.texts import APPROVE, REOPEN, SUBMIT, angka, submission
from tests.simpul.bundle_pair import KAB, BundlePair, bundle_pair
from tests.simpul.two_hubs import with_database

_LEVELS = ("KABUPATEN", "KECAMATAN", "DESA")
_FIGURES = "query ($e: [String!]!, $p: [Periode!]!, $r: [String!], $pada: DateTime) { " + " ".join(
    f'{t}: agregat(elemen: $e, periode: $p, wilayah: "{KAB}", tingkat: {t}, rincian: $r, pada: $pada) '
    "{ wilayah { kode } elemen { kode } periode rincian { pilihan } nilai tertulis status dirilisPada "
    "kelengkapan { diharapkan diterima disetujui tepatWaktu } }"
    for t in _LEVELS
) + " }"  # fmt: skip
_RATIOS = (
    f'query ($p: [Periode!]!, $k: [String!]!) {{ indikator(kode: $k, periode: $p, wilayah: "{KAB}", tingkat: KABUPATEN) '
    "{ kode periode nilai pembilang penyebut status } }"
)
_REKAP = '{ daftarRekap(saring: {pelapor: "53.14"}) { edges { node { id status nilai { wilayah { kode } elemen { kode } nilai status } } } } }'
_RELEASED = ("angka_rilis", "angka_tertulis_rilis", "angka_rilis_riwayat", "angka_tertulis_rilis_riwayat")


@pytest.fixture
def hubs(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[BundlePair]:
    """The node has all its own rows, and nothing that was released."""
    for both in bundle_pair(cluster, templates, node="contoh"):
        for table in _RELEASED:
            both.at_node(f"DELETE FROM {table}")
        yield both


@pytest.fixture
def node(hubs: BundlePair) -> Iterator[Client]:
    yield from serve(hubs.node, SETTINGS.model_copy(update={"wilayah": KAB}))


@pytest.fixture
def province(hubs: BundlePair) -> Iterator[Client]:
    yield from serve(hubs.province)


def asked(hub: Client, province: Client, **more: Any) -> list[Any]:
    """All that the public can ask of figures: each element, with each breakdown it has."""
    kinds = province.sql(
        "SELECT dimensi, array_agg(DISTINCT elemen), array_agg(DISTINCT periode) FROM angka WHERE kode_kab = %s GROUP BY 1 ORDER BY 1", KAB
    )  # fmt: skip
    said = []
    for dimensions, elements, periods in kinds:
        for start in range(0, len(elements), 8):
            question = {
                "e": sorted(elements)[start : start + 8], "p": sorted(periods)[:12],
                "r": dimensions.split("|") if dimensions else None, **more,
            }  # fmt: skip
            said.append(hub.ask(_FIGURES, question))
    indicators = [k for (k,) in province.sql("SELECT kode FROM indikator WHERE varian = '' ORDER BY 1")]
    said.append(hub.ask(_RATIOS, {"p": ["2020", "2021"], "k": indicators}))
    said.append(hub.ask(_REKAP))
    return said


def statuses(said: Any) -> set[str]:
    if isinstance(said, dict):
        return ({said["status"]} if "status" in said else set()).union(*map(statuses, said.values()))
    return set().union(*map(statuses, said)) if isinstance(said, list) else set()


def figures(said: Any) -> int:
    """How many numbers were told."""
    if isinstance(said, dict):
        return (said.get("nilai") is not None and not isinstance(said["nilai"], list)) + sum(
            map(figures, said.values())
        )
    return sum(map(figures, said)) if isinstance(said, list) else 0


def approve(province: Client, key: str, *values: tuple[str, int], formulir: str = "F02") -> None:
    cells = [angka(KAB, elemen, value) for elemen, value in values]
    m = submission(KAB, formulir, "2024", key, nilai=cells)
    sent = province.ask(SUBMIT, {"m": m, "uji": False}, KAB)["hasil"]
    assert sent["__typename"] == "RekapDiterima", sent
    done = province.ask(APPROVE, {"id": f"{KAB}:{formulir}:2024", "revisi": sent["rekap"]["revisi"]}, "53")["hasil"]
    assert done["__typename"] == "RekapDiterima", done


def test_the_public_is_told_what_the_province_tells(hubs: BundlePair, province: Client, node: Client) -> None:
    assert figures(asked(node, province)) == 0, "nothing before it has come"
    assert hubs.at_node("SELECT count(*) > 300 FROM angka") == [(True,)], "although all of it is there"
    hubs.bring()
    told = asked(province, province)
    assert asked(node, province) == told
    assert figures(told) > 100
    assert {"ADA", "DISUPRESI"} <= statuses(told)


def test_what_is_withdrawn_is_gone_in_all_versions(hubs: BundlePair, province: Client, node: Client) -> None:
    ((elemen, periode, value, moment),) = hubs.at_province(
        "SELECT a.elemen, a.periode, a.nilai, now() FROM angka_rilis a JOIN elemen e ON e.kode = a.elemen AND e.sensitif >= 1 "
        "WHERE a.kode_kab = %s AND a.tingkat = 2 AND a.nilai > 0 AND NOT a.turunan AND a.dimensi = '' ORDER BY 1, 2 LIMIT 1", KAB
    )  # fmt: skip
    hubs.bring()
    question: dict[str, Any] = {"e": [elemen], "p": [periode]}

    def told(**more: Any) -> Any:
        ((row),) = node.ask(_FIGURES, {**question, **more})["KABUPATEN"]
        return row["nilai"], row["status"]

    assert told() == (value, "ADA")

    async def work(db: Database) -> None:
        await withdraw(db, KAB, elemen, periode, "salah unggah")

    with_database(hubs.province, work)
    hubs.bring()
    assert told() == told(pada=moment.isoformat()) == (None, "DISUPRESI")
    assert asked(node, province) == asked(province, province)
    left = "SELECT count(*) FROM {} WHERE elemen = %s AND periode = %s AND nilai IS NOT NULL"
    for table in ("angka_rilis", "angka_rilis_riwayat"):
        assert hubs.at_node(left.format(table), elemen, periode) == [(0,)]


def test_what_an_approval_releases_comes_with_its_history(hubs: BundlePair, province: Client, node: Client) -> None:
    hubs.bring()
    approve(province, "a", ("BAN05", 100), ("BAN08", 3))
    ((moment,),) = hubs.at_province("SELECT now()")
    hubs.bring()
    province.ask(REOPEN, {"id": f"{KAB}:F02:2024", "alasan": "perbaikan"}, "53")
    approve(province, "b", ("BAN05", 250), ("BAN08", 40))
    brought = hubs.bring()
    assert brought.taken == ["terbuka"]
    print(f"one approval {brought.bytes} bytes in {brought.exchanges}")
    for more in ({}, {"pada": moment.isoformat()}):
        question = {"e": ["BAN05", "BAN08"], "p": ["2024"], **more}
        rows = [hub.ask(_FIGURES, question)["KABUPATEN"] for hub in (province, node)]
        for row in (r for of in rows for r in of):
            row.pop("kelengkapan")  # what has come of rekap, the chain tells
        assert rows[0] == rows[1]
    assert hubs.at_node("SELECT nilai FROM angka_rilis_riwayat WHERE elemen = 'BAN05' AND periode = '2024'") == [(100,)]


def test_nothing_is_released_at_the_node_itself(hubs: BundlePair, node: Client) -> None:
    """What is written there is raw; not even open figures are copied, and what leaves the released layer leaves no history of its own."""
    hubs.bring()
    before = hubs.rows(hubs.node, "angka_rilis")
    hubs.at_node("UPDATE angka SET nilai = nilai + 1 WHERE nilai IS NOT NULL")
    hubs.at_node(
        "INSERT INTO angka (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) "
        "VALUES ('53.14', 'BAN05', '2031', 2, '', '53.14', '{}', 77, 'ADA', false)"
    )
    assert hubs.rows(hubs.node, "angka_rilis") == before
    hubs.at_node("DELETE FROM angka WHERE periode = '2031'")
    assert hubs.rows(hubs.node, "angka_rilis") == before
    hubs.at_node("DELETE FROM angka_rilis")
    assert hubs.at_node("SELECT count(*) FROM angka_rilis_riwayat") == [(0,)]
