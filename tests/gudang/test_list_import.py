"""Lists of counted stock: the ledger is made what was counted on a day, by corrections; the same list again writes nothing."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hub.gudang.list_count import read_counted
from hub.gudang.statements import Barang
from hub.lembar.written_row import WrittenRow
from tests.cli.list_runs import Lists, as_csv
from tests.client import Client
from tests.gudang.stok_texts import gudang
from tests.lembar.xlsx_book import workbook
from tests.tagana.texts import today

HEADER = ["No", "Nama Barang", "Jumlah", "Satuan", "Sumber Dana", "Lot", "Kedaluwarsa"]
BLANKETS = ["1", "Selimut", "120", "lembar", "APBD", "2020", ""]
FOOD = ["2", "Makanan siap saji", "1.500", "paket", "APBN", "", "31-12-2031"]
HERE = ("--kantor", "53.14", "--dokumen", "BA-01/2021")
STOCK = "SELECT barang, sumber_dana, lot, kedaluwarsa::text, jumlah::int FROM stok ORDER BY barang, lot"
LEDGER = "SELECT m.jenis, m.barang, m.jumlah::int, b.nomor_dokumen, b.alasan FROM mutasi_stok m JOIN bukti_stok b ON b.id = m.bukti ORDER BY m.urutan"


@pytest.fixture
def lists(hub: Client, g: str, tmp_path: Path) -> Lists:
    assert g
    return Lists(hub.url, tmp_path)


def test_what_was_counted_is_in_the_ledger_and_counted_again_changes_nothing(lists: Lists) -> None:
    content = as_csv(HEADER, BLANKETS, FOOD)
    assert lists.bring("stok", content, *HERE, "--uji").counts == (0, 2, 0)
    assert lists.sql(STOCK) == []
    assert lists.bring("stok", content, *HERE).counts == (0, 2, 0)
    stored = [("MAKANAN_SIAP_SAJI", "APBN", "2031-12-31", "2031-12-31", 1500), ("SELIMUT", "APBD", "2020", None, 120)]
    assert lists.sql(STOCK) == stored
    assert lists.bring("stok", content, *HERE).counts == (0, 0, 2)
    assert lists.sql(LEDGER) == [
        ("KOREKSI", "SELIMUT", 120, "BA-01/2021", f"Stok opname {today()}"),
        ("KOREKSI", "MAKANAN_SIAP_SAJI", 1500, "BA-01/2021", f"Stok opname {today()}"),
    ]
    # fewer are there by the next count; what it does not name stays, and is told
    fewer = lists.bring("stok", as_csv(["Barang", "Stok"], ["selimut", "100"]), *HERE)
    assert fewer.counts == (0, 1, 0)
    assert lists.sql(STOCK) == [stored[0], ("SELIMUT", "APBD", "2020", None, 100)]
    assert any("tidak ada dalam daftar, dan tetap: MAKANAN_SIAP_SAJI" in p for p, _ in fewer.said("PERINGATAN"))


def test_a_count_of_an_earlier_day_is_of_that_day(lists: Lists) -> None:
    day = str(today() - timedelta(days=3))
    content = as_csv(HEADER, BLANKETS)
    assert lists.bring("stok", content, *HERE, "--pada", day).counts == (0, 1, 0)
    assert lists.bring("stok", as_csv(HEADER, ["1", "Selimut", "90", *BLANKETS[3:]]), *HERE).counts == (0, 1, 0)
    assert lists.bring("stok", content, *HERE, "--pada", day).counts == (0, 0, 1)
    assert lists.sql(STOCK) == [("SELIMUT", "APBD", "2020", None, 90)]
    # so few then leave too little for what went out since
    impossible = lists.bring("stok", as_csv(HEADER, ["1", "Selimut", "20", *BLANKETS[3:]]), *HERE, "--pada", day)
    assert impossible.refused
    assert [place for _, place in impossible.said()] == ["baris 2 kolom Jumlah"]
    tomorrow = lists.bring("stok", content, *HERE, "--pada", str(today() + timedelta(days=2)))
    assert tomorrow.refused
    assert any("belum tiba" in p for p, _ in tomorrow.said())


def test_every_finding_comes_at_once_with_its_place(lists: Lists) -> None:
    content = as_csv(
        ["Gudang", *HEADER],
        ["Gudang 1", *BLANKETS],
        ["Gudang X", *FOOD],
        ["Gudang 1", "3", "Perahu", "2", "", "APBD", "", ""],
        ["Gudang 1", "4", "Kasur", "2 kodi", "kodi", "APBD", "", ""],
        ["Gudang 1", "5", "Matras", "", "lembar", "APBD", "", ""],
        ["Gudang 1", "6", "Tenda gulung", "3", "lembar", "", "", ""],
        ["Gudang 1", *BLANKETS],
        ["Gudang 1", "8", "Sandang", "3", "paket", "Zakat", "", ""],
    )
    result = lists.bring("stok", content, *HERE)
    assert result.refused
    assert {place for _, place in result.said()} == {
        "baris 3 kolom Gudang", "baris 4 kolom Nama Barang", "baris 5 kolom Satuan", "baris 6 kolom Jumlah", "baris 7 kolom Sumber Dana",
        "baris 8 kolom Nama Barang", "baris 9 kolom Sumber Dana",
    }  # fmt: skip
    assert lists.sql("SELECT count(*) FROM mutasi_stok") == [(0,)]


def test_of_several_lots_none_is_guessed(lists: Lists) -> None:
    lists.bring("stok", as_csv(HEADER, BLANKETS, [*BLANKETS[:5], "2021", ""]), *HERE)
    result = lists.bring("stok", as_csv(["Barang", "Jumlah"], ["Selimut", "7"]), *HERE)
    assert result.refused
    assert any("APBD 2020; APBD 2021" in p for p, _ in result.said())


def test_a_workbook_with_several_warehouses_and_one_figure_for_two_rows(hub: Client, lists: Lists) -> None:
    gudang(hub, 3, "53.14.10.2003", nama="Gudang Landu")
    names = [n for (n,) in lists.sql("SELECT nama FROM sumber_daya WHERE jenis = 'GUDANG_BENCANA' ORDER BY nama")]
    rows: list[list[Any]] = [["LAPORAN STOK"], ["Gudang", "Barang", "Jumlah", "Sumber"]]
    rows += [[n, "Selimut", 10 + i, "APBD"] for i, n in enumerate(names)]
    content = workbook({"Stok": rows})
    assert lists.bring("stok", content, *HERE, name="s.xlsx").counts == (0, len(names), 0)
    assert lists.sql("SELECT jumlah::int FROM stok ORDER BY jumlah") == [(10 + i,) for i in range(len(names))]
    shared = workbook(
        {"Stok": [*rows[:2], [names[0], "Kasur", 5, "APBD"], [names[0], "Matras", None, "APBD"]]}, {"Stok": ["C3:C4"]}
    )
    refused = lists.bring("stok", shared, *HERE, name="s.xlsx")
    assert refused.refused
    assert {place for _, place in refused.said()} & {
        "baris 3 kolom Jumlah, baris 4 kolom Jumlah",
        "baris 4 kolom Jumlah",
    }
    assert lists.sql("SELECT count(*) FROM stok WHERE barang <> 'SELIMUT'") == [(0,)]


def test_a_province_counts_its_own_warehouses_wherever_they_stand(hub: Client, lists: Lists) -> None:
    gudang(hub, 5, nama="Provinsi A", pemilik="PROVINSI")
    gudang(hub, 6, "53.15.01.2001", nama="Provinsi B", pemilik="KEMENTERIAN")
    header, where = ["Gudang", "Barang", "Jumlah", "Sumber Dana"], ("--kantor", "53", "--dokumen", "BA-02")
    content = as_csv(header, ["Provinsi A", "Kasur", "4", "APBD"], ["Provinsi B", "Kasur", "5", "APBN"])
    wrong = lists.bring(
        "stok", as_csv(header, ["Provinsi A", "Kasur", "4", "APBD"], ["Gudang 1", "Kasur", "5", "APBN"]), *where
    )
    assert wrong.refused  # that one is the kabupaten's
    assert lists.sql(STOCK) == []
    assert lists.bring("stok", content, *where).counts == (0, 2, 0)
    assert lists.sql("SELECT kode_kab, jumlah::int FROM stok ORDER BY kode_kab") == [("53.14", 4), ("53.15", 5)]
    assert lists.bring("stok", content, *where).counts == (0, 0, 2)


def test_a_cell_with_a_fraction_is_no_thousands() -> None:
    goods = {"SELIMUT": Barang("SELIMUT", "Selimut", "lembar", True, False)}
    written = {"barang": "Selimut", "jumlah": "1.799"}
    as_text = WrittenRow("s", 2, [], {}, dict(written))
    counted = read_counted(as_text, goods)
    assert counted is not None
    assert counted.jumlah == 1799
    as_number = WrittenRow("s", 2, [], {}, dict(written), exact=frozenset(("jumlah",)))
    assert read_counted(as_number, goods) is None
    assert [t.kode for t in as_number.temuan] == ["JUMLAH_TIDAK_BULAT"]
