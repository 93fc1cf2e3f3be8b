"""A node works by its province's catalogue: what the province changes comes down, loses no draft, and a node that has not got it yet is told
what of its rekap cannot be taken, and why."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from hub.base.role_key import role_key
from hub.base.settings import Settings
from hub.cli import serve_process
from hub.db.private_cluster import PrivateCluster, login_url
from tests.cli.run_commands import run_here
from tests.client import Client
from tests.hub_server import SETTINGS, serve
from tests.rekap.texts import SAVE, SUBMIT, angka, submission
from tests.simpul import two_hubs
from tests.simpul.bundle_pair import KAB, BundlePair, bundle_pair
from tests.simpul.newer_catalogue import install_without

GONE = "BAN08"
_DRAFT = '{ rekap(id: "53.14:F02:2024") { status revisi nilai { elemen { kode } nilai } } formulir(kode: "F02") { versi elemen { kode } } }'


@pytest.fixture
def hubs(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[BundlePair]:
    yield from bundle_pair(cluster, templates, node="contoh")


@pytest.fixture
def node(hubs: BundlePair) -> Iterator[Client]:
    yield from serve(hubs.node, SETTINGS.model_copy(update={"wilayah": KAB}))


def draft(key: str, *elemen: str) -> dict[str, Any]:
    return {"m": submission(KAB, "F02", "2024", key, nilai=[angka(KAB, e, 40 + n) for n, e in enumerate(elemen)])}


def test_a_draft_outlives_an_element_that_is_gone(hubs: BundlePair, node: Client) -> None:
    assert node.ask(SAVE, draft("a", "BAN05", GONE), KAB)["hasil"]["__typename"] == "RekapDiterima"
    install_without(hubs.province, GONE)
    assert hubs.bring().taken == ["katalog"]
    stored = "SELECT elemen, nilai FROM rekap_nilai WHERE kode_kab = '53.14' AND formulir = 'F02' AND periode = '2024' ORDER BY 1"
    assert hubs.at_node(stored) == [("BAN05", 40), (GONE, 41)], "it is all there"
    ((temuan,),) = hubs.at_node("SELECT temuan FROM simpul_bekal WHERE bagian = 'katalog'")
    assert [(t["kode"], t["tingkat"], t["elemen"]) for t in temuan] == [("ELEMEN_DRAF_HILANG", "PERINGATAN", GONE)]
    told = run_here(hubs.node, "simpul", "status", columns=240, HUB_WILAYAH=KAB).stdout  # which installs nothing either
    assert f"Draf F02 2024 memuat elemen {GONE}" in told
    # nothing holds up who goes on with it, and the hub that serves has heard of it
    seen = node.ask(_DRAFT, None, KAB)
    assert seen["rekap"]["status"] == "DRAF"
    assert GONE not in [e["kode"] for e in seen["formulir"]["elemen"]]
    refused = node.ask(SUBMIT, {**draft("b", "BAN05", GONE), "uji": False}, KAB)["hasil"]
    assert "ELEMEN_TAK_DIKENAL" in [t["kode"] for t in refused["temuan"]]
    assert node.ask(SAVE, draft("c", "BAN05"), KAB)["hasil"]["__typename"] == "RekapDiterima"
    assert node.ask(SUBMIT, {**draft("d", "BAN05"), "uji": False}, KAB)["hasil"]["__typename"] == "RekapDiterima"


def test_starting_the_node_again_brings_back_no_catalogue_of_its_program(hubs: BundlePair, tmp_path: Path) -> None:
    """Nor is anything released there: not by the catalogue, not because it was never decided."""
    install_without(hubs.province, GONE)
    hubs.bring()
    seen = hubs.rows(hubs.node, "angka_rilis")
    hubs.at_node("DELETE FROM rilis_kantor")
    settings = Settings(home=tmp_path, wilayah=KAB, kunci_peran=SecretStr(role_key(SETTINGS).decode()))
    asyncio.run(serve_process.prepare(settings, login_url(hubs.node), demo=False))
    assert hubs.at_node("SELECT count(*) FROM elemen WHERE kode = %s", GONE) == [(0,)]
    assert hubs.at_node("SELECT count(*) FROM rilis_kantor") == [(0,)]
    assert hubs.rows(hubs.node, "angka_rilis") == seen
    for command in (
        ("rebuild", "rilis"),
        ("rilis", "bersama", "53"),
        ("rilis", "ambang", "53", "--k1", "5", "--k2", "5", "--k3", "10"),
    ):
        told = run_here(hubs.node, *command, HUB_WILAYAH=KAB)
        assert told.returncode != 0
        assert "di hub provinsi 53" in told.stderr


def test_a_catalogue_this_program_cannot_read_is_refused(hubs: BundlePair) -> None:
    hubs.at_province("UPDATE aturan SET kiri = 'akar(BAN05)' WHERE kode = (SELECT min(kode) FROM aturan)")
    assert hubs.bring().taken == []
    ((why,),) = hubs.at_node("SELECT sebab FROM simpul_bekal WHERE bagian = 'katalog'")
    assert "perbarui hub ini" in why
    assert hubs.at_node("SELECT count(*) FROM aturan WHERE kiri LIKE 'akar%%'") == [(0,)]


def test_both_ends_are_told_that_and_why_they_differ(hubs: BundlePair) -> None:
    hubs.bring()
    for url, region in ((hubs.node, KAB), (hubs.province, "53")):
        assert "katalog simpul" in run_here(url, "simpul", "status", columns=240, HUB_WILAYAH=region).stdout
    install_without(hubs.province, GONE)
    node_version = hubs.at_node("SELECT katalog_induk FROM simpul")[0][0]
    hubs.at_province(
        "UPDATE simpul SET terakhir_kontak = now(), versi_katalog = %s, versi_hub = '0050_lama'", node_version
    )
    told = run_here(hubs.province, "simpul", "status", columns=240, HUB_WILAYAH="53").stdout
    assert f"Katalog {node_version} di simpul" in told
    assert "Program simpul lebih lama" in told
    hubs.at_node("UPDATE simpul SET terakhir_kontak = now(), katalog_induk = 'abcdef'")
    told = run_here(hubs.node, "simpul", "status", columns=240, HUB_WILAYAH=KAB).stdout
    assert f"Katalog {node_version} di simpul, abcdef di provinsi" in told
    assert "kontak berikutnya" in told


@pytest.fixture
def pair(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[tuple[Client, Client]]:
    yield from two_hubs.hubs(cluster, templates["contoh"])


def test_a_rekap_by_an_older_catalogue_is_taken_or_refused_with_its_reason(pair: tuple[Client, Client]) -> None:
    node, province = pair
    install_without(province.url, GONE)
    two_hubs.send(node, "a", 100)
    versions = "SELECT versi FROM formulir WHERE kode = 'F02'"
    assert province.sql(versions)[0][0] > node.sql(versions)[0][0]
    receipt = two_hubs.deliver(node, province)
    assert [a.verdict for a in receipt.answered] == ["DITERIMA"], "what it holds means the same in both"
    cells = [angka(two_hubs.KAB, "BAN05", 1), angka(two_hubs.KAB, GONE, 2)]
    m = submission(two_hubs.KAB, "F02", "2022", "b", nilai=cells)
    assert node.ask(SUBMIT, {"m": m, "uji": False}, two_hubs.KAB)["hasil"]["__typename"] == "RekapDiterima"
    receipt = two_hubs.deliver(node, province)
    assert [(a.verdict, a.temuan[0]["kode"]) for a in receipt.answered] == [("DITOLAK", "ELEMEN_TAK_DIKENAL")]
    assert two_hubs.standing(node, "2022")[0] == "DIKEMBALIKAN"
    m = submission(two_hubs.KAB, "F02", "2022", "c", nilai=cells)
    assert node.ask(SAVE, {"m": m}, two_hubs.KAB)["hasil"]["__typename"] == "RekapDiterima", "a draft is never held up"
