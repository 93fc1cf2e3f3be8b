"""hub rilis: what waits, deciding again, withdrawing, thresholds."""

import pytest

from tests.cli.run_commands import Command, assert_refused, sql
from tests.rilis.made_releases import FLOW, ONCE, PROV, Made, played, whole

Q1 = "2025-TW1"


@pytest.fixture
def province(database_url: str) -> str:
    """A province with a total that waits. Returns the database's address."""

    async def scene(made: Made) -> None:
        await made.approve("98.01", [whole("98.01", 40, choices=(("JK", "L"),))])
        await made.approve("98.02", [whole("98.02", 3, choices=(("JK", "L"),))])
        await made.approve("98.01", [whole("98.01", 90)], ONCE)

    played(database_url, scene)
    return database_url


def test_what_waits_is_listed_and_decided_again(province: str, cli: Command) -> None:
    listed = cli("rilis", "status", "98", columns=240)
    assert listed.returncode == 0, listed.stderr
    for words in ("98", FLOW, Q1, "JK=L", "TOTAL", "kabupaten/kota lain"):
        assert words in listed.stdout
    assert "1 menunggu di 98." in listed.stderr
    done = cli("rilis", "bersama", "98")
    assert "1 total menunggu di 98, 0 kini tampil, 1 masih menunggu." in done.stderr
    assert "0 perbaikan kabupaten/kota menunggu di 98" in done.stderr
    assert "hub rilis status 98" in done.stderr
    assert "Tidak ada yang menunggu di 53." in cli("rilis", "status", "53").stderr


def test_thresholds_are_appended_and_what_is_shown_stays(province: str, cli: Command) -> None:
    done = cli("rilis", "ambang", "98", "--k1", "6", "--k2", "7", "--k3", "12")
    assert (done.returncode, "yang sudah tampil tetap tampil" in done.stderr) == (0, True), done.stderr
    assert sql(province, "SELECT kode_kab, k1, k2, k3 FROM ambang_rilis") == [(PROV, 6, 7, 12)]
    assert_refused(cli("rilis", "ambang", "98", "--k1", "1", "--k2", "7", "--k3", "12"), "3 sampai 100")
    assert_refused(
        cli("rilis", "ambang", "98.01", "--k1", "5", "--k2", "7", "--k3", "12"), "bukan kode provinsi", kode=2
    )


def test_one_office_is_withdrawn_with_a_reason(province: str, cli: Command) -> None:
    what = ("--elemen", "ban01", "--periode", Q1, "--alasan", "salah unggah")
    done = cli("rilis", "tarik", "--kabupaten", "9801", *what)
    assert (done.returncode, f"{ONCE} {Q1} dari 98.01 ditarik." in done.stderr) == (0, True), done.stderr
    assert sql(province, "SELECT kode_kab, elemen, periode, alasan FROM rilis_tarik") == [
        ("98.01", ONCE, Q1, "salah unggah")
    ]
    assert sql(province, f"SELECT DISTINCT nilai FROM angka_rilis WHERE elemen = '{ONCE}'") == [(None,)]
    assert_refused(cli("rilis", "tarik", "--kabupaten", "98.01", *what), "sudah ditarik")
    assert_refused(cli("rilis", "tarik", *what), "--provinsi atau --kabupaten", kode=2)
    assert_refused(cli("rilis", "tarik", "--provinsi", "98", "--kabupaten", "98.01", *what), "sebut satu", kode=2)
    assert_refused(cli("rilis", "tarik", "--kabupaten", "98", *what), "bukan kode kabupaten", kode=2)
    whole_province = cli("rilis", "tarik", "--provinsi", "98", *what)
    assert whole_province.returncode == 0, whole_province.stderr
