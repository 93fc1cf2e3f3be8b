"""Rekap files as offices write them: CSV and XLSX, wide and long, with totals, breakdowns and gaps."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from hub.base.actor import Actor, Peran
from hub.base.errors import MasukanTidakSahError
from hub.base.periode import Periode
from hub.base.temuan import Lokasi, Temuan
from hub.db.database import Database
from hub.katalog.cache import KatalogCache
from hub.rekap.draft import Kolom, RekapDraft, Sel, Tempat, Total
from hub.rekap.files import baca_rekap
from hub.rekap.service import RekapWorkflow
from tests.lembar.xlsx_book import Tabel, xlsx

CONTOH = Path(__file__).parents[2] / "seeds" / "contoh"


def baca(berkas: Path) -> RekapDraft:
    return baca_rekap(berkas, "5314", "f05", "2020", "kunci-1")


def csv(tmp_path: Path, isi: str | bytes) -> RekapDraft:
    berkas = tmp_path / "rekap.csv"
    berkas.write_bytes(isi if isinstance(isi, bytes) else isi.encode())
    return baca(berkas)


def ringkas(draft: RekapDraft) -> list[tuple[str, str, Any]]:
    """(place, column, value) of every cell."""
    return [
        (str(s.tempat), s.kolom.elemen + "".join(f"[{n}={p}]" for n, p in s.kolom.rincian), s.nilai) for s in draft.sel
    ]


DASAR = [("Oeseli, Rote Barat Daya", "REH09", "10"), ("Oeseli, Rote Barat Daya", "REH10", "4")]
ISI = "wilayah,kecamatan,REH09,REH10\nOeseli,Rote Barat Daya,10,4\n"


def test_a_wide_csv_has_one_cell_per_row_and_column(tmp_path: Path) -> None:
    draft = csv(tmp_path, ISI)
    assert (draft.pelapor, draft.formulir, draft.kunci_idempoten) == ("53.14", "F05", "kunci-1")
    assert (draft.periode, draft.revisi_dasar, draft.total) == (Periode.baca("2020"), None, ())
    tempat = Tempat(None, "Oeseli", "Rote Barat Daya")
    assert draft.sel == (
        Sel(tempat, Kolom("REH09"), "10", None, Lokasi(lembar="rekap.csv", baris=2, kolom="REH09")),
        Sel(tempat, Kolom("REH10"), "4", None, Lokasi(lembar="rekap.csv", baris=2, kolom="REH10")),
    )


@pytest.mark.parametrize(
    "isi",
    [
        ISI.replace(",", ";"),
        "\ufeff" + ISI,
        "\ufeff" + ISI.replace(",", ";"),
        ISI.replace("\n", "\r\n"),
        ISI.rstrip("\n"),
        ISI.replace("wilayah,kecamatan", " Wilayah ,KECAMATAN"),
        ISI.replace("Oeseli", '"Oeseli"').replace(",10,", ", 10 ,"),
        "No,wilayah,kecamatan,REH09,REH10\n1,Oeseli,Rote Barat Daya,10,4\n",
        "kecamatan,REH09,wilayah,REH10\nRote Barat Daya,10,Oeseli,4\n",
    ],
    ids=[
        "semicolon",
        "BOM",
        "BOM and semicolon",
        "CRLF",
        "no last newline",
        "spaces and case",
        "quotes",
        "number column",
        "order",
    ],
)
def test_ways_to_save_the_same_table_make_no_difference(tmp_path: Path, isi: str) -> None:
    assert ringkas(csv(tmp_path, isi)) == DASAR


def test_a_place_may_be_a_code(tmp_path: Path) -> None:
    draft = csv(tmp_path, "wilayah,REH09\n5314012005,1\n53.14.01.2006,2\nOeseli,3\n")
    assert [s.tempat for s in draft.sel] == [
        Tempat(kode="53.14.01.2005"), Tempat(kode="53.14.01.2006"), Tempat(nama="Oeseli"),
    ]  # fmt: skip


def test_breakdown_columns(tmp_path: Path) -> None:
    kepala = 'wilayah,"SDM01[jabatan=kasubag/kasie, JK=L]",REH01[lingkup=gabungan],reh02 [ JK = P ]'
    draft = csv(tmp_path, kepala + "\n53.14,3,3455,7\n")
    assert [s.kolom for s in draft.sel] == [
        Kolom("SDM01", (("JK", "L"), ("jabatan", "kasubag/kasie"))),
        Kolom("REH01", (("lingkup", "gabungan"),)),
        Kolom("reh02", (("JK", "P"),)),
    ]
    assert [s.nilai for s in draft.sel] == ["3", "3455", "7"]


@pytest.mark.parametrize("kutip", ["", '"'])
def test_semicolons_part_columns_whose_breakdowns_hold_commas(tmp_path: Path, kutip: str) -> None:
    kepala = ";".join(f"{kutip}SDM01[JK={jk},golongan=III,jabatan=pelaksana]{kutip}" for jk in "LP")
    draft = csv(tmp_path, f"wilayah;{kepala}\n53.14;3;4\n")
    assert [(s.kolom.rincian[0], s.nilai) for s in draft.sel] == [(("JK", "L"), "3"), (("JK", "P"), "4")]


def test_numbers_stay_as_they_were_written(tmp_path: Path) -> None:
    draft = csv(tmp_path, 'wilayah;a1;b1;c1\n53.14;1.799 KK;"12,157,475,000";92,72%\n')
    assert [s.nilai for s in draft.sel] == ["1.799 KK", "12,157,475,000", "92,72%"]


def test_empty_cells_are_implied_and_zero_is_not_empty(tmp_path: Path) -> None:
    draft = csv(tmp_path, "wilayah,REH09,REH10,REH11\nOeseli,, ,0\nOebou,5\n")
    assert [(s.nilai, s.tersirat) for s in draft.sel] == [
        (None, True), (None, True), ("0", False), ("5", False), (None, True), (None, True),
    ]  # fmt: skip


def test_empty_rows_are_passed_over_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    draft = csv(tmp_path, "wilayah,REH09\n\nOeseli,1\n,\n , \nOebou,2\n")
    assert [(s.tempat.nama, s.lokasi.baris) for s in draft.sel] == [("Oeseli", 3), ("Oebou", 6)]


@pytest.mark.parametrize(
    "kata", ["TOTAL", "Total", "JUMLAH", "jumlah", "Jumlah Total", "TOTAL KESELURUHAN", "Total :", "JUMLAH KABUPATEN"]
)
def test_a_row_that_begins_with_total_states_totals(tmp_path: Path, kata: str) -> None:
    draft = csv(tmp_path, f"wilayah,kecamatan,REH09,REH01[lingkup=gabungan],REH11\nOeseli,,10,,\n{kata},,240,3.455,\n")
    assert draft.total == (Total("REH09", None, "240"), Total("REH01[lingkup=gabungan]", None, "3.455"))
    assert {str(s.tempat) for s in draft.sel} == {"Oeseli"}


def test_a_total_written_across_number_and_region_is_a_total(tmp_path: Path) -> None:
    draft = csv(tmp_path, "No,wilayah,REH09\n1,Oeseli,10\nJUMLAH,,240\n")
    assert draft.total == (Total("REH09", None, "240"),)
    assert [str(s.tempat) for s in draft.sel] == ["Oeseli"]


def test_a_long_table_has_one_cell_per_row(tmp_path: Path) -> None:
    draft = csv(
        tmp_path,
        "wilayah,kecamatan,elemen,rincian,nilai,status\nOeseli,Rote Barat Daya,REH09,,10,\n53.14,,REH01,lingkup=gabungan,3455,\n"
        '53.14,,SDM01,"JK=L,golongan=IV",0,\n\n53.14,,KIN05,,,tidak_dilaksanakan\n53.14,,REH11,,,\n',
    )
    assert [(str(s.tempat), s.kolom, s.nilai, s.status, s.lokasi.baris) for s in draft.sel] == [
        ("Oeseli, Rote Barat Daya", Kolom("REH09"), "10", None, 2),
        ("53.14", Kolom("REH01", (("lingkup", "gabungan"),)), "3455", None, 3),
        ("53.14", Kolom("SDM01", (("JK", "L"), ("golongan", "IV"))), "0", None, 4),
        ("53.14", Kolom("KIN05"), None, "TIDAK_DILAKSANAKAN", 6),
        ("53.14", Kolom("REH11"), None, None, 7),
    ]
    assert not any(s.tersirat for s in draft.sel)


def test_a_long_table_may_lack_the_columns_it_does_not_need(tmp_path: Path) -> None:
    draft = csv(tmp_path, "Nilai;Elemen;Wilayah\n5;BAN01;53.14.01\n")
    assert ringkas(draft) == [("53.14.01", "BAN01", "5")]


@pytest.mark.parametrize("isi", ["", "\n", "wilayah,REH09\n"])
def test_a_file_without_rows_has_no_cells(tmp_path: Path, isi: str) -> None:
    assert csv(tmp_path, isi).sel == ()


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ("desa,REH09\nOeseli,1\n", r'rekap\.csv: kolom "wilayah" tidak ada; kolomnya: desa, REH09'),
        ("wilayah,SDM01[JK]\n53.14,1\n", r'rekap\.csv, baris 1: Rincian "JK" harus berbentuk'),
        ("wilayah,elemen,rincian,nilai\n53.14,A1,,1\n53.14,A1,JK,1\n", r'rekap\.csv, baris 3: Rincian "JK" harus'),
        (b"wilayah,REH09\nBo\x92a,1\n", r"rekap\.csv: bukan teks UTF-8"),
    ],
)
def test_what_is_wrong_with_the_file_is_said_with_file_and_row(tmp_path: Path, isi: str | bytes, pesan: str) -> None:
    with pytest.raises(MasukanTidakSahError, match=pesan):
        csv(tmp_path, isi)


def test_a_missing_file_and_a_period_that_is_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MasukanTidakSahError, match=r"tiada\.csv tidak ada"):
        baca(tmp_path / "tiada.csv")
    (tmp_path / "ada.csv").write_text(ISI)
    with pytest.raises(MasukanTidakSahError, match='Periode "2020-13" tidak dikenal'):
        baca_rekap(tmp_path / "ada.csv", "53.14", "F05", "2020-13", "k")


@pytest.mark.parametrize(
    "isi",
    ["wilayah,REH09\nOeseli,92,72\n", "wilayah,REH09,\nOeseli,92,72\n"],
    ids=["beyond the header", "under no heading"],
)
def test_a_figure_without_a_column_reaches_the_checks(tmp_path: Path, isi: str) -> None:
    assert ringkas(csv(tmp_path, isi))[1:] == [("Oeseli", "kolom ke-3 tanpa kepala", "72")]


# ---------- XLSX ----------


def test_a_workbook_is_read_like_a_csv(tmp_path: Path) -> None:
    isi: Tabel = [
        ["wilayah", "kecamatan", "REH09", "REH10"],
        ["Oeseli", "Rote Barat Daya", 10, "4"],
        ["TOTAL", None, 10, 4.0],
    ]
    draft = baca(xlsx(tmp_path / "rekap.xlsx", {"Data": isi}))
    assert ringkas(draft) == DASAR
    assert draft.total == (Total("REH09", None, "10"), Total("REH10", None, "4"))
    assert draft.sel[0].lokasi == Lokasi(lembar="Data", baris=2, kolom="REH09")


def test_numbers_of_a_workbook_keep_their_value(tmp_path: Path) -> None:
    isi: Tabel = [["wilayah", "a1", "b1", "c1", "d1", "e1"], [5314012005, 12157475000, 92.72, "1.799 KK", 0, None]]
    draft = baca(xlsx(tmp_path / "REKAP.XLSX", {"Data": isi}))
    assert {s.tempat for s in draft.sel} == {Tempat(kode="53.14.01.2005")}
    assert [s.nilai for s in draft.sel] == ["12157475000", "92.72", "1.799 KK", "0", None]


def test_every_sheet_is_read_and_empty_ones_are_passed_over(tmp_path: Path) -> None:
    satu: Tabel = [["wilayah", "REH09"], ["Oeseli", 1]]
    dua: Tabel = [["wilayah", "elemen", "rincian", "nilai"], ["53.14", "REH01", "lingkup=gabungan", 3455]]
    draft = baca(xlsx(tmp_path / "rekap.xlsx", {"Desa": satu, "Kosong": [], "Kab": dua}))
    assert ringkas(draft) == [("Oeseli", "REH09", "1"), ("53.14", "REH01[lingkup=gabungan]", "3455")]
    assert [s.lokasi.lembar for s in draft.sel] == ["Desa", "Kab"]


def test_rows_of_a_sheet_keep_their_numbers_below_empty_rows(tmp_path: Path) -> None:
    isi: Tabel = [[], [], ["wilayah", "REH09"], [], ["Oeseli", 1]]
    draft = baca(xlsx(tmp_path / "rekap.xlsx", {"Data": isi}))
    assert [(str(s.tempat), s.lokasi.baris) for s in draft.sel] == [("Oeseli", 5)]


def test_a_fault_in_a_sheet_names_the_sheet_and_the_row(tmp_path: Path) -> None:
    isi: Tabel = [["wilayah", "elemen", "rincian", "nilai"], ["53.14", "REH01", "gabungan", 1]]
    with pytest.raises(MasukanTidakSahError, match="Data 2020, baris 2: Rincian"):
        baca(xlsx(tmp_path / "rekap.xlsx", {"Data 2020": isi}))


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rekap.xlsx").write_text(ISI)
    with pytest.raises(
        MasukanTidakSahError, match=r"rekap\.xlsx tidak dapat dibaca sebagai lembar kerja .* simpan ulang"
    ):
        baca(tmp_path / "rekap.xlsx")


def test_lines_may_end_as_any_machine_ends_them(tmp_path: Path) -> None:
    for akhir in ("\n", "\r\n", "\r"):
        (tmp_path / "rekap.csv").write_bytes(ISI.replace("\n", akhir).encode())
        assert ringkas(baca(tmp_path / "rekap.csv")) == DASAR


# ---------- the demo's files ----------


def test_the_demos_table_4_is_read_whole() -> None:
    draft = baca(CONTOH / "rote_ndao_2020" / "F05.csv")
    assert [(t.elemen, t.tertulis) for t in draft.total] == [("REH09", "240"), ("REH10", "96"), ("REH11", "15")]
    assert sum(int(str(s.nilai)) for s in draft.sel if s.kolom.elemen == "REH09" and s.nilai) == 240
    assert len({s.tempat for s in draft.sel}) == 26


@pytest.mark.parametrize("berkas", sorted(CONTOH.glob("*_2020/F*.csv")), ids=lambda b: f"{b.parent.name} {b.stem}")
def test_every_file_of_the_demo_can_be_read(berkas: Path) -> None:
    draft = baca_rekap(berkas, "53.14", berkas.stem, "2020", "k")
    assert draft.sel
    assert all(s.tempat.kode or s.tempat.nama for s in draft.sel)


def test_a_stated_total_of_a_breakdown_is_compared_with_that_breakdown(demo_url: str, tmp_path: Path) -> None:
    (tmp_path / "F05.csv").write_text("wilayah,REH01[lingkup=gabungan]\nRote Barat,3000\nLobalain,455\nTOTAL,3455\n")
    draft = baca_rekap(tmp_path / "F05.csv", "53.14", "F05", "2021", "total rincian")

    async def kerja() -> list[Temuan]:
        db = Database(demo_url, 2)
        await db.open()
        try:
            alur = RekapWorkflow(db, KatalogCache(db))
            return list((await alur.submit(Actor(Peran.KABUPATEN, "53.14", "uji"), draft, uji=True)).temuan)
        finally:
            await db.close()

    assert [t.pesan for t in asyncio.run(kerja()) if t.tingkat == "GALAT"] == []
