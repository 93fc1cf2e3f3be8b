"""hub check rantai, stok, kelengkapan: what is as it should be is proved, what is not is named."""

import pytest

from hub.berita.chain_event import UP
from tests.cli.run_commands import Command, sql
from tests.simpul.two_hubs import begin

CHAIN_KAB = "53.14"
TELL = "SELECT hub_rantai_tulis('53.14', 'rekap.tarik', '53.14:F02:2023', '{\"revisi\":1}', now(), 'uji') FROM generate_series(1, 3)"
LET = "ALTER TABLE rantai_peristiwa DISABLE TRIGGER USER"
"""What guards the chain; whoever owns the database can lift it."""


@pytest.mark.parametrize("what", ["rantai", "stok", "kelengkapan"])
def test_the_demo_is_as_it_should_be(sample_cli: Command, demo_url: str, what: str) -> None:
    begin(demo_url, CHAIN_KAB, UP)
    sql(demo_url, TELL)
    result = sample_cli("check", what)
    assert result.returncode == 0, result.stderr
    assert " diperiksa, 0 salah." in result.stderr
    assert not result.stderr.strip().startswith("0 ")


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (
            "UPDATE rantai_peristiwa SET isi = '{\"revisi\":2}' WHERE nomor = 2",
            "peristiwa 2 isinya bukan yang dahulu ditulis",
        ),
        ("UPDATE rantai_peristiwa SET asal_oleh = 'lain' WHERE nomor = 2", "peristiwa 2 waktu, pelaku"),
        ("DELETE FROM rantai_peristiwa WHERE nomor = 2", "peristiwa 2 tidak ada"),
        ("DELETE FROM rantai_peristiwa WHERE nomor = 3", "peristiwa 3 bukan yang disebut ujung rantainya"),
        ("UPDATE rantai_peristiwa SET sidik_sebelum = sidik WHERE nomor = 3", "peristiwa 3 tidak menyambung"),
        ("UPDATE rantai SET diterima = 9", "peristiwa 9 sudah diakui hub lain"),
    ],
)
def test_a_chain_that_was_touched_is_named(sample_cli: Command, demo_url: str, damage: str, named: str) -> None:
    begin(demo_url, CHAIN_KAB, UP)
    for statement in (TELL, LET, damage):
        sql(demo_url, statement)
    result = sample_cli("check", "rantai", "--kabupaten", CHAIN_KAB)
    assert result.returncode == 1
    assert f"• 53.14 (yang ditulis): {named}" in result.stderr


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE stok SET jumlah = jumlah + 1 WHERE barang = 'SELIMUT'",
        "DELETE FROM stok WHERE barang = 'SELIMUT'",
        "UPDATE buku_stok SET urutan = urutan + 1",
    ],
)
def test_stock_that_is_not_its_ledger_is_named(sample_cli: Command, demo_url: str, damage: str) -> None:
    sql(demo_url, damage)
    result = sample_cli("check", "stok", "--wilayah", "53")
    assert result.returncode == 1
    assert "• gudang 53." in result.stderr
    assert sample_cli("check", "stok", "--wilayah", "31").returncode == 0


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE kelengkapan SET disetujui = 1 - disetujui WHERE kode_kab = '53.14' AND formulir = 'F05' AND periode = '2020'",
        "DELETE FROM kelengkapan WHERE kode_kab = '53.14' AND formulir = 'F05' AND periode = '2020'",
        "UPDATE rekap SET diajukan_pada = NULL WHERE kode_kab = '53.14' AND formulir = 'F05' AND periode = '2020'",
    ],
)
def test_completeness_that_is_not_what_the_rekap_say_is_named(sample_cli: Command, demo_url: str, damage: str) -> None:
    sql(demo_url, damage)
    result = sample_cli("check", "kelengkapan", "--wilayah", "53.14")
    assert result.returncode == 1
    assert "• 53.14 F05 2020: tersimpan " in result.stderr


def test_a_code_that_cannot_be_checked_is_a_usage_error(sample_cli: Command) -> None:
    for words in (("rantai", "--kabupaten", "53"), ("stok", "--wilayah", "abc")):
        assert sample_cli("check", *words).returncode == 2
