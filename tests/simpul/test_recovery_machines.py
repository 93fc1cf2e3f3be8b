"""A node whose database was restored from an older copy, and one whose machine was lost: what its province has comes back, what only the
machine had is named and becomes drafts, and nothing is there twice. Real processes, a database each."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from hub.angka.verify import verify_rollup
from hub.berita.chain_verify import verify_chains
from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from hub.simpul.keys import node_key
from tests.cli.hub_process import environment, wait_until
from tests.client import Client
from tests.database_clones import clone_of
from tests.rekap.texts import APPROVE, SAVE, SUBMIT, angka, submission
from tests.simpul.hub_pair import Hub, Pair, pair
from tests.simpul.prepared_processes import PreparedProcess
from tests.simpul.two_hubs import with_database
from tests.sumber_daya.texts import panti, save

_REKAP = "query ($id: ID!) { rekap(id: $id) { status revisi revisiDisetujui riwayat { aksi } nilai { nilai } } }"
_PLACES = "SELECT nama, alamat FROM sumber_daya WHERE kode_kab = '53.14' ORDER BY nama"


@pytest.fixture(scope="module")
def database(cluster: PrivateCluster) -> Iterator[Callable[[str], str]]:
    """A copy of a database, which is there until the end."""
    with ExitStack() as kept:

        def copied(source: str) -> str:
            copies = clone_of(cluster, source.partition("?")[0].rpartition("/")[2])
            kept.callback(lambda: list(copies))
            return next(copies)

        yield copied


@pytest.fixture(scope="module")
def hubs(
    database: Callable[[str], str], templates: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    """Joined. The tests of this module follow each other."""
    folder = tmp_path_factory.mktemp("simpul")
    with pair(folder, database(templates["contoh"]), database(templates["dasar"]), BUKU="rantai") as both:
        yield both


def _writes(hub: Hub, period: str, value: int = 1) -> str:
    """What becomes of a draft."""
    text = {"m": submission("53.14", "F02", period, f"coba{period}-{value}", nilai=[angka("53.14", "BAN05", value)])}
    with Client(hub.address, hub.url) as client:
        return str(client.ask(SAVE, text, "53.14")["hasil"]["__typename"])


def test_a_second_node_of_the_same_kabupaten_is_not_let_in(hubs: Pair, tmp_path: Path) -> None:
    second = Hub(hubs.node.url, tmp_path / "kedua", hubs.node.settings)
    told = second.run("gabung", hubs.province.address, "--kode", hubs.code)
    assert told.returncode == 1
    assert "sudah dipakai" in told.stderr
    assert "sudah punya simpul" in hubs.province.run("undang", "53.14").stderr
    (key,) = hubs.province.sql("SELECT sidik FROM simpul_kunci WHERE kode_kab = '53.14'")
    assert key == (node_key(hubs.node.home).id,)


def test_a_province_killed_in_the_middle_of_a_hand_over_lets_the_kabupaten_write_again(hubs: Pair) -> None:
    node, province = hubs.node, hubs.province
    province.kill()
    province.start(TENANG="3")  # long enough to be killed in
    giving = PreparedProcess("hub.cli.main", ("simpul", "serah"), environment(**node.environment()), out=1, err=2)
    wait_until(lambda: province.sql("SELECT mode FROM simpul") == [("KIRIM",)], "not begun", 90)
    province.kill()
    assert giving.wait(60) == 1
    province.start()
    assert province.sql("SELECT serah_pada FROM simpul") == [(None,)]
    wait_until(lambda: _writes(province, "2018") == "RekapDiterima", "nobody may write", 60)
    assert province.sql("SELECT mode FROM simpul") == [("HOSTING",)]
    told = node.run("serah")
    assert told.returncode == 0, told.stderr
    node.kill()  # who serves has the registry in memory for some seconds
    node.start()
    assert _writes(province, "2018") == "TidakBerwenang"


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
        f"{hubs.complaints()}", 90,
    )  # fmt: skip


def _approve(hubs: Pair, period: str) -> None:
    _settled(hubs)
    with Client(hubs.province.address, hubs.province.url) as province:
        answer = province.ask(
            APPROVE, {"id": f"53.14:F02:{period}", "revisi": _rekap(hubs.province, period)["revisi"]}, "53"
        )
    assert answer["hasil"]["__typename"] == "RekapDiterima", answer
    wait_until(lambda: _rekap(hubs.node, period)["status"] == "DISETUJUI", "not approved at the node", 60)
    _settled(hubs)


def _save(hub: Hub, name: str, **more: Any) -> None:
    with Client(hub.address, hub.url) as client:
        answer = save(client, panti(nama=name, **more), "53.14")
    assert answer["__typename"] == "SumberDayaTersimpan", answer


def _chains_hold(*hubs: Hub) -> None:
    async def look(db: Database) -> None:
        assert (await verify_chains(db))[1] == []
        assert (await verify_rollup(db, "53.14"))[1] == []

    for hub in hubs:
        with_database(hub.url, look)


_FIGURES = (
    "SELECT elemen, periode, kode_wilayah, rincian, nilai FROM angka WHERE kode_kab = '53.14' ORDER BY 1, 2, 3, 4"
)


def test_a_node_restored_from_a_backup_gets_back_what_it_told_and_keeps_what_it_wrote(
    database: Callable[[str], str], hubs: Pair
) -> None:
    node, province = hubs.node, hubs.province
    _submit(node, "2021", 1)
    assert [_writes(node, "2014", value) for value in (1, 2)] == ["RekapDiterima"] * 2
    _save(node, "Rumah Aman Lama", rahasia=True, alamat="Jalan Lama")
    _settled(hubs)
    node.kill()
    backup = database(node.url)
    node.start()
    _submit(node, "2022", 2)
    _approve(hubs, "2021")
    _approve(hubs, "2022")
    _save(node, "Rumah Aman Baru", rahasia=True, alamat="Jalan Baru")
    _settled(hubs)
    known, figures = province.sql("SELECT count(*) FROM rekap_revisi"), province.sql(_FIGURES)
    places = province.sql("SELECT nama FROM sumber_daya WHERE kode_kab = '53.14' ORDER BY nama")
    node.kill()
    node.url = backup
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
    assert "Rekap 53.14:F02:2014 sekarang draf" in told.stderr
    assert "1 revisi yang lebih lama" in told.stderr
    assert _rekap(node, "2014")["nilai"] == [{"nilai": 2}]
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
    _submit(node, "2017", 4)
    _settled(hubs)
    assert _rekap(province, "2017")["status"] == "DIAJUKAN"
    assert province.sql("SELECT count(*) FROM rekap_revisi") == [(int(str(known[0][0])) + 1,)]
    assert node.sql("SELECT zaman FROM simpul") == province.sql("SELECT zaman FROM simpul") == [(2,)]
    _chains_hold(node, province)
    again = node.run("pulihkan", "--dari", str(file))
    assert again.returncode == 0, again.stderr
    assert "2 draf" in again.stderr


def test_another_machine_goes_on_where_the_lost_one_stood(
    database: Callable[[str], str], templates: dict[str, str], hubs: Pair, tmp_path: Path
) -> None:
    """The old one lives on: what it still holds is refused by name, and becomes a draft at the new one."""
    old, province = hubs.node, hubs.province
    _settled(hubs)
    province.kill()
    _submit(old, "2016", 5)
    old.do("kemas", str(tmp_path / "lama.hubpaket"))
    province.do("cabut", "53.14")
    province.start()
    hubs.told("dicabut oleh provinsi")
    known = province.sql("SELECT nomor, sidik FROM rantai_masuk")
    down = province.sql("SELECT nomor FROM rantai")
    hubs.node = new = Hub(database(templates["dasar"]), tmp_path / "baru", old.settings)
    try:
        new.start()
        hubs.join()
        told = new.run("serah")
        assert told.returncode == 0, told.stderr
        assert new.sql("SELECT awal, awal_sidik, masa FROM rantai") == [(*known[0], 3)]
        assert new.sql("SELECT awal, masa FROM rantai_masuk") == [(*down[0], 3)]
        new.kill()
        new.start()
        _submit(new, "2015", 6)
        _approve(hubs, "2015")
        file = tmp_path / "lama.hubpaket"
        refused = province.run("buka", str(file))
        assert refused.returncode == 1
        for said in ("MASA_LAMA", "rekap.ajukan 53.14:F02:2016", "hub simpul pulihkan --dari"):
            assert said in refused.stderr
        wait_until(lambda: "tidak diterima lagi" in str(old.sql("SELECT alasan FROM simpul")), "not told", 60)
        assert _rekap(province, "2016") is None
        drafted = new.run("pulihkan", "--dari", str(file))
        assert drafted.returncode == 0, drafted.stderr
        assert _rekap(new, "2016")["status"] == "DRAF"
        assert _rekap(new, "2016")["nilai"] == [{"nilai": 5}]
        _settled(hubs)
        _chains_hold(new, province)
    finally:
        old.kill()
