"""A node joins its province and brings what it wrote: two real hubs, real sockets, killed where it hurts. They are shared by all these
tests, and whatever one of them did, everything that was ever written arrives once and in order."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.db.private_cluster import PrivateCluster
from tests.cli.hub_process import wait_until
from tests.database_clones import clone_of
from tests.simpul.hub_pair import Pair, pair

_STATE = "SELECT mode, urutan_terakhir, urutan_simpul, beda_jam_ms, versi_katalog FROM simpul"


@pytest.fixture(scope="module")
def joined(
    cluster: PrivateCluster, templates: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    folder: Path = tmp_path_factory.mktemp("simpul")
    for province_url in clone_of(cluster, templates["contoh"]):
        for node_url in clone_of(cluster, templates["dasar"]):
            with pair(folder, province_url, node_url) as both:
                yield both


@pytest.fixture
def hubs(joined: Pair) -> Pair:
    """Both serve; everything so far has arrived."""
    for hub in (joined.province, joined.node):
        if hub.process is None:
            hub.start()
    joined.carried()
    return joined


def test_everything_travels_both_ways_once_and_in_order_and_both_ends_know(hubs: Pair) -> None:
    assert (hubs.node.home / "kunci_simpul").stat().st_mode & 0o777 == 0o600
    hubs.write(up=7, down=4)
    hubs.carried()
    count = len(hubs.up)
    for hub in (hubs.province, hubs.node):
        wait_until(lambda hub=hub: hub.sql(_STATE)[0][1:3] == (count, count), f"{hub.sql(_STATE)}", 10)  # type: ignore[misc]
        ((mode, _, _, clock_ms, catalogue),) = hub.sql(_STATE)
        assert mode == "HOSTING", "until the hand-over"
        assert isinstance(clock_ms, int)
        assert abs(clock_ms) < 2_000
        assert catalogue
    table = hubs.province.do("status")
    assert "53.14" in table
    assert "sehat" in table
    (nonces,) = hubs.province.sql("SELECT count(*) > 0, count(*) = count(DISTINCT nonce) FROM simpul_kiriman")
    assert nonces == (True, True)


@pytest.mark.parametrize("dying", ["receive:after", "given:after"])
def test_a_province_killed_while_it_takes_a_package_takes_it_once(hubs: Pair, dying: str) -> None:
    hubs.province.kill()
    hubs.write(up=4, down=1)
    hubs.province.start(MATI_DI=dying)
    hubs.province.wait_for_death()
    hubs.province.start()
    hubs.carried()
    assert hubs.province.came() == hubs.up


@pytest.mark.parametrize("dying", ["taken:before", "receive:after"])
def test_a_node_killed_between_delivery_and_receipt_delivers_again_and_nothing_is_there_twice(
    hubs: Pair, dying: str
) -> None:
    hubs.node.kill()
    hubs.write(up=4, down=2)
    hubs.node.start(MATI_DI=dying)
    hubs.node.wait_for_death()
    hubs.node.start()
    hubs.carried()
    assert hubs.node.came() == hubs.down


def test_a_line_that_is_gone_for_a_while_loses_nothing_and_says_so(hubs: Pair) -> None:
    hubs.province.kill()
    hubs.write(up=1)
    hubs.told("tidak dapat dihubungi")
    hubs.write(up=1, down=1)
    hubs.province.start()
    hubs.carried()
    assert hubs.province.came() == hubs.up


def test_a_clock_that_is_an_hour_off_is_measured_and_stops_nothing(hubs: Pair) -> None:
    hubs.node.kill()
    hubs.write(up=1)
    hubs.node.start(JAM_GESER="-3600")
    hubs.carried()
    off = "SELECT beda_jam_ms BETWEEN -3610000 AND -3590000 FROM simpul"
    for hub in (hubs.province, hubs.node):
        wait_until(lambda hub=hub: hub.sql(off) == [(True,)], "not measured", 20)  # type: ignore[misc]
    ((clock_ms,),) = hubs.province.sql("SELECT jam_ms FROM uji_masuk ORDER BY nomor DESC LIMIT 1")
    assert isinstance(clock_ms, int)
    assert abs(clock_ms + 3_600_000) < 10_000
    hubs.node.kill()


def test_another_key_is_taken_and_the_old_one_a_while_longer(hubs: Pair) -> None:
    file = hubs.node.home / "kunci_simpul"
    old = file.read_text()
    hubs.node.do("putar-kunci")
    new = file.read_text()
    assert new != old
    assert not file.with_suffix(".baru").exists()
    hubs.write(up=1)
    hubs.carried()
    assert hubs.province.sql(
        "SELECT sampai IS NULL, sampai > now() + interval '29 days' FROM simpul_kunci WHERE kode_kab = '53.14' ORDER BY sejak"
    ) == [(False, True), (True, None)]
    file.write_text(old)  # what was packed before is still on its way
    hubs.write(up=1)
    hubs.carried()
    hubs.province.sql("UPDATE simpul_kunci SET sampai = now() WHERE sampai IS NOT NULL")
    hubs.write(up=1)
    hubs.told("tidak diterima lagi")
    assert hubs.province.came() == hubs.up[:-1]
    file.write_text(new)
    hubs.carried()


def test_a_node_that_was_revoked_brings_nothing_until_it_joins_anew_with_another_key(hubs: Pair) -> None:
    second = hubs.province.run("undang", "53.14")
    assert second.returncode == 1
    assert "sudah punya simpul" in second.stderr
    hubs.province.do("cabut", "53.14")
    hubs.write(up=1)
    hubs.told("dicabut oleh provinsi")
    assert hubs.province.came() == hubs.up[:-1]
    assert "dicabut" in hubs.province.do("status")
    old = (hubs.node.home / "kunci_simpul").read_text()
    hubs.join()
    assert (hubs.node.home / "kunci_simpul").read_text() != old
    hubs.carried()
    for hub in (hubs.province, hubs.node):
        assert hub.sql("SELECT zaman FROM simpul") == [(2,)]
