"""A node whose database was restored from an older copy, and one whose machine was lost: what its province has comes back, what only the
machine had is named and becomes drafts, and nothing is there twice. Real processes, a database each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hub.db.private_cluster import PrivateCluster
from tests.cli.hub_process import run_hub, wait_until
from tests.client import Client
from tests.database_clones import clone_of
from tests.rekap.texts import APPROVE, SUBMIT, angka, submission
from tests.simpul.hub_pair import Hub, Pair, pair
from tests.sumber_daya.texts import panti, save

_REKAP = "query ($id: ID!) { rekap(id: $id) { status revisi revisiDisetujui riwayat { aksi } nilai { nilai } } }"
_PLACES = "SELECT nama, alamat FROM sumber_daya WHERE kode_kab = '53.14' ORDER BY nama"


@pytest.fixture
def hubs(cluster: PrivateCluster, templates: dict[str, str], tmp_path: Path) -> Iterator[Pair]:
    """Handed over."""
    for province_url in clone_of(cluster, templates["contoh"]):
        for node_url in clone_of(cluster, templates["dasar"]):
            with pair(tmp_path, province_url, node_url, BUKU="rantai") as both:
                both.node.do("serah")
                both.node.kill()  # who serves has the registry in memory for some seconds
                both.node.start()
                yield both


def _submit(hub: Hub, period: str, value: int, key: str = "a") -> None:
    text = {"m": submission("53.14", "F02", period, f"{period}{key}", nilai=[angka("53.14", "BAN05", value)])}
    with Client(hub.address, hub.url) as client:
        answer = client.ask(SUBMIT, text, "53.14")["hasil"]
    assert answer["__typename"] == "RekapDiterima", answer


def _rekap(hub: Hub, period: str) -> Any:
    with Client(hub.address, hub.url) as client:
        return client.ask(_REKAP, {"id": f"53.14:F02:{period}"}, "53.14")["rekap"]


def _settled(hubs: Pair) -> None:
    """All of it is there, both ways, and nobody complains."""
    waits = "SELECT nomor - diterima FROM rantai WHERE kode_kab = '53.14'"
    wait_until(
        lambda: hubs.node.sql(waits) == [(0,)] and hubs.province.sql(waits) == [(0,)] and hubs.complaints() == [None, None],
        f"{hubs.complaints()}", 40,
    )  # fmt: skip


def _approve(hubs: Pair, period: str) -> None:
    _settled(hubs)
    with Client(hubs.province.address, hubs.province.url) as province:
        answer = province.ask(
            APPROVE, {"id": f"53.14:F02:{period}", "revisi": _rekap(hubs.province, period)["revisi"]}, "53"
        )
    assert answer["hasil"]["__typename"] == "RekapDiterima", answer
    wait_until(lambda: _rekap(hubs.node, period)["status"] == "DISETUJUI", "not approved at the node", 20)
    _settled(hubs)


def _save(hub: Hub, name: str, **more: Any) -> None:
    with Client(hub.address, hub.url) as client:
        answer = save(client, panti(nama=name, **more), "53.14")
    assert answer["__typename"] == "SumberDayaTersimpan", answer


def _chains_hold(*hubs: Hub) -> None:
    for hub in hubs:
        for what in ("rantai", "rollup", "kelengkapan", "stok"):
            told = run_hub("check", what, **hub.environment())
            assert told.returncode == 0, (what, told.stdout, told.stderr)


def _database(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


_FIGURES = (
    "SELECT elemen, periode, kode_wilayah, nilai FROM angka WHERE kode_kab = '53.14' ORDER BY 1, 2, 3"
)


def test_a_node_restored_from_a_backup_gets_back_what_it_told_and_keeps_what_it_wrote(
    cluster: PrivateCluster, hubs: Pair
) -> None:
    node, province = hubs.node, hubs.province
    _submit(node, "2021", 1)
    _save(node, "Rumah Aman Lama", rahasia=True, alamat="Jalan Lama")
    _settled(hubs)
    node.kill()
    for backup in clone_of(cluster, _database(node.url)):
        node.start()
        _submit(node, "2022", 2)
        _approve(hubs, "2021")
        _approve(hubs, "2022")
        _save(node, "Rumah Aman Baru", rahasia=True, alamat="Jalan Baru")
        _settled(hubs)
        known, figures = province.sql("SELECT count(*) FROM rekap_revisi"), province.sql(_FIGURES)
        places = province.sql("SELECT nama FROM sumber_daya WHERE kode_kab = '53.14' ORDER BY nama")
        node.kill()
        gone, node.url = node.url, backup
        node.start()
        hubs.told("hub simpul pulihkan")
        _submit(node, "2022", 7, "lain")
        _submit(node, "2023", 8, "lain")
        _save(node, "Rumah Aman Sementara")
        hubs.told("hub simpul pulihkan")
        assert province.sql("SELECT count(*) FROM rekap_revisi") == known
        told = node.run("pulihkan")
        assert told.returncode == 0, told.stderr
        assert "Rekap 53.14:F02:2023 sekarang draf" in told.stderr
        assert "Rekap 53.14:F02:2022 revisi 1 tidak dapat dijadikan draf" in told.stderr
        assert "sumber_daya.simpan" in told.stderr
        assert "Rumah Aman Baru: alamat" in told.stderr.replace("\n", " ")
        _settled(hubs)
        assert _rekap(node, "2022")["nilai"] == [{"nilai": 2}]
        assert [_rekap(node, p)["status"] for p in ("2021", "2022", "2023")] == ["DISETUJUI", "DISETUJUI", "DRAF"]
        assert [e["aksi"] for e in _rekap(node, "2022")["riwayat"]] == ["AJUKAN", "SETUJUI"]
        assert node.sql(_FIGURES) == province.sql(_FIGURES) == figures
        assert [name for name, *_ in node.sql(_PLACES)] == [name for (name,) in places]
        assert ("Rumah Aman Lama", "Jalan Lama") in node.sql(_PLACES)
        (file,) = (node.home / "pulihan").iterdir()
        assert file.stat().st_mode & 0o077 == 0
        assert "Rumah Aman Sementara" in file.read_text()
        _submit(node, "2020", 4)
        _settled(hubs)
        assert _rekap(province, "2020")["status"] == "DIAJUKAN"
        assert province.sql("SELECT count(*) FROM rekap_revisi") == [(int(str(known[0][0])) + 1,)]
        assert node.sql("SELECT zaman FROM simpul") == province.sql("SELECT zaman FROM simpul") == [(2,)]
        _chains_hold(node, province)
        again = node.run("pulihkan", "--dari", str(file))
        assert again.returncode == 0, again.stderr
        assert "1 draf" in again.stderr
        node.kill()
        node.url = gone
