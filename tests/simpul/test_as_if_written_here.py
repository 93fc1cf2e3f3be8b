"""What a node brought is at the province as if the office had written it there: figures and what the public sees of them, tiles with their
ETags, completeness, and who listens hears of it."""

from collections.abc import Iterator

import pytest

from hub.db.private_cluster import PrivateCluster
from tests.client import Client
from tests.database_clones import clone_of
from tests.hub_server import serve
from tests.peta.tile_client import fetch
from tests.rekap.texts import APPROVE
from tests.schema.http.subscription_client import follow_ws
from tests.simpul.two_hubs import KAB, PROV, decide, deliver, hubs, send
from tests.sumber_daya.texts import panti
from tests.sumber_daya.texts import save as save_resource

FIGURES = """{
  agregat(elemen: ["BAN05", "PPK01"], periode: ["2023", "2022"], wilayah: "53", tingkat: KABUPATEN) {
    wilayah { kode } elemen { kode } periode nilai status kelengkapan { diterima disetujui } }
  total: agregat(elemen: ["BAN05"], periode: ["2023"], wilayah: "53", tingkat: PROVINSI) { nilai status }
  kelengkapan(formulir: ["F02"], periode: ["2023"], wilayah: "53") { kabupaten { kode } status terlambat }
}"""
RESOURCES = '{ daftarSumberDaya(saring: { di: "53.14" }) { totalCount edges { node { nama jenis titik } } } }'
ROTE = "53.14"
TILE = "/ubin/sumber-daya/6/53/33.mvt"


@pytest.fixture
def pair(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[tuple[Client, Client]]:
    yield from hubs(cluster, templates["contoh"])


@pytest.fixture
def of_rote(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[tuple[Client, Client]]:
    """A kabupaten whose desa are known."""
    yield from hubs(cluster, templates["contoh"], ROTE)


@pytest.fixture
def direct(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Client]:
    """A province in which the office writes itself."""
    for url in clone_of(cluster, templates["contoh"]):
        yield from serve(url)


def test_figures_and_what_the_public_sees_of_them(pair: tuple[Client, Client], direct: Client) -> None:
    node, province = pair
    for hub in (node, direct):
        assert send(hub, "a", 7)["rekap"]["revisi"] == 1
    deliver(node, province)
    for hub in (province, direct):
        decide(hub, APPROVE, 1)
    for who in (None, KAB, PROV, "53.14"):
        here, there = (hub.ask(FIGURES, None, who) for hub in (province, direct))
        assert here == there, who
    assert province.ask(FIGURES, None, PROV)["agregat"]
    paths = (
        "/tabel.csv?elemen=BAN05&periode=2023&wilayah=53&tingkat=KABUPATEN",
        "/ubin/angka/6/53/33.mvt?elemen=BAN05&periode=2023&tingkat=KABUPATEN&wilayah=53",
    )
    for path in paths:
        for who in (None, PROV):
            here, there = (fetch(hub, path, who) for hub in (province, direct))
            assert here.status_code in (200, 204), here.text
            assert (here.status_code, here.content) == (there.status_code, there.content), (path, who)


def test_the_map_is_drawn_anew_and_its_etag_is_another(of_rote: tuple[Client, Client]) -> None:
    node, province = of_rote
    before = fetch(province, TILE)
    place = {"type": "Point", "coordinates": [123.4, -10.5]}
    saved = save_resource(node, panti(nama="Panti Baru", titik=place), ROTE)
    assert saved["__typename"] == "SumberDayaTersimpan", saved
    assert fetch(province, TILE, **{"If-None-Match": before.headers["etag"]}).status_code == 304
    assert "Panti Baru" not in str(province.ask(RESOURCES))
    deliver(node, province, ROTE)
    for _ in range(100):
        after = fetch(province, TILE, **{"If-None-Match": before.headers["etag"]})
        if after.status_code == 200 and b"Panti Baru" in after.content:
            break
    assert after.headers["etag"] != before.headers["etag"]
    assert b"Panti Baru" in after.content
    assert province.ask(RESOURCES) == node.ask(RESOURCES)


def test_who_listens_hears_of_it_at_both_ends(pair: tuple[Client, Client]) -> None:
    node, province = pair
    with follow_ws(province, PROV, PROV) as there, follow_ws(node, KAB, KAB) as here:
        send(node, "a", 7)
        assert here.event()["aksi"] == "AJUKAN"
        deliver(node, province)
        heard = there.event()
        assert (heard["aksi"], heard["ke"], heard["revisi"], heard["oleh"]) == (
            "AJUKAN",
            "DIAJUKAN",
            1,
            f"uji KABUPATEN {KAB}",
        )
        decide(province, APPROVE, 1)
        assert there.event()["aksi"] == "SETUJUI"
        deliver(province, node)
        approved = here.event()
        assert (approved["aksi"], approved["ke"], approved["oleh"]) == ("SETUJUI", "DISETUJUI", f"uji PROVINSI {PROV}")
        assert there.is_silent()
