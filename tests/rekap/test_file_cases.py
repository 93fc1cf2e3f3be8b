"""Kinds of faults that files of offices were seen to have, through HTTP: the right reading stands beside each."""

import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.client import Client
from tests.rekap.texts import rekap

DESA = ("53.14.01.2005", "53.14.01.2006")
Edit = Callable[[Any, Worksheet], None]


def book(rows: Sequence[Any], edit: Edit | None = None) -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    if edit is not None:
        edit(made, sheet)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def send(hub: Client, content: bytes | str, name: str = "a.xlsx", **more: Any) -> Any:
    given = {"formulir": "F02", "periode": "2021", "uji": True, **more}
    return rekap(hub, content.encode() if isinstance(content, str) else content, name=name, **given)


def said(result: Any, kode: str) -> list[dict[str, Any]]:
    return [t for t in result["temuan"] if t["kode"] == kode]


def errors(result: Any) -> list[str]:
    return [t["kode"] for t in result["temuan"] if t["tingkat"] == "GALAT"]


def test_a_formula_without_a_stored_result_is_no_empty_cell(read_hub: Client) -> None:
    rows = [["wilayah", "BAN01", "BAN03"], [DESA[0], "=2+3", 50], [DESA[1], 6, 60], ["TOTAL", "=SUM(B2:B3)", 110]]
    result = send(read_hub, book(rows))
    (finding,) = said(result, "SEL_RUMUS")
    assert finding["tingkat"] == "GALAT"
    assert "B2" in finding["pesan"]
    assert "B4" in finding["pesan"]


def test_a_per_cent_is_what_is_shown(hub: Client) -> None:
    def as_per_cent(_: Any, sheet: Worksheet) -> None:
        sheet["B2"].number_format = "0.00%"

    content = book([["wilayah", "WIL06"], ["53.14", 0.2754]], as_per_cent)
    result = send(hub, content, formulir="F01", uji=False)
    assert (result["__typename"], errors(result)) == ("RekapDiterima", [])
    assert hub.sql("SELECT nilai::text FROM rekap_nilai WHERE formulir = 'F01' AND periode = '2021'") == [("27.54",)]


def test_a_hidden_sheet_is_left_out_and_named(read_hub: Client) -> None:
    def hide(made: Any, _: Worksheet) -> None:
        old = made.create_sheet("lama")
        old.sheet_state = "hidden"
        old.append(["wilayah", "BAN01"])
        old.append([DESA[1], 777])

    result = send(read_hub, book([["wilayah", "BAN01", "BAN03"], [DESA[0], 5, 50]], hide))
    assert result["__typename"] == "RekapDiterima"
    assert result["perubahan"]["baru"] == 2
    (finding,) = said(result, "LEMBAR_TERSEMBUNYI")
    assert '"lama"' in finding["pesan"]


@pytest.mark.parametrize(
    ("hide", "kode"),
    [
        (lambda _, s: setattr(s.row_dimensions[3], "hidden", True), "BARIS_TERSEMBUNYI"),
        (lambda _, s: setattr(s.column_dimensions["C"], "hidden", True), "KOLOM_TERSEMBUNYI"),
    ],
    ids=["row", "column"],
)
def test_what_nobody_sees_is_not_counted_untold(read_hub: Client, hide: Edit, kode: str) -> None:
    rows = [["wilayah", "BAN01", "BAN03"], [DESA[0], 5, 50], [DESA[1], 6, 60]]
    result = send(read_hub, book(rows, hide))
    assert errors(result) == [kode]


def test_a_hidden_column_that_would_not_count_is_only_told(read_hub: Client) -> None:
    rows = [["No", "wilayah", "BAN01"], [1, DESA[0], 5]]
    result = send(read_hub, book(rows, lambda _, s: setattr(s.column_dimensions["A"], "hidden", True)))
    assert errors(result) == []


def test_one_figure_over_two_regions_is_nobodys(read_hub: Client) -> None:
    rows = [["wilayah", "BAN01", "BAN03"], [DESA[0], 11, 5], [DESA[1], None, 6]]
    result = send(read_hub, book(rows, lambda _, s: s.merge_cells("B2:B3")))
    (finding,) = said(result, "SEL_GABUNGAN")
    assert "B2:B3" in finding["pesan"]
    assert "GALAT" in finding["tingkat"]


@pytest.mark.parametrize(
    "content",
    [
        f"\u200bwilayah,BAN01\n{DESA[0]},5\n", f"\ufeff\ufeffwilayah,BAN01\n{DESA[0]},5\n",
        f"wilayah,BAN01\n{DESA[0]}\u200b,5\n", f"wilayah,BAN01\n{DESA[0]},5\u200b\n",
        f"wilayah,BAN01\n{DESA[0]},\u20605\n", f"wilayah,BAN\u00ad01\n{DESA[0]},5\n",
    ],
    ids=ascii,
)  # fmt: skip
def test_letters_nobody_sees_change_nothing(read_hub: Client, content: str) -> None:
    assert send(read_hub, content, "a.csv")["__typename"] == "RekapDiterima"


@pytest.mark.parametrize(
    ("written", "nilai"),
    [
        ("526 juta", 526_000_000), ("Rp 3 M", 3_000_000_000), ("3 M", 3_000_000_000), ("2 milyar", 2_000_000_000),
        ("5 ribu", 5_000), ("1,5 jt", 1_500_000), ("Rp. 526.700.000.-", 526_700_000), ("12,157,475,000", 12_157_475_000),
        ("Rp 1,2 triliun", 1_200_000_000_000),
    ],
)  # fmt: skip
def test_a_word_of_size_is_never_dropped(read_hub: Client, written: str, nilai: int) -> None:
    result = send(read_hub, f'wilayah,BAN02\n53.14.01,"{written}"\n', "a.csv")
    assert result["__typename"] == "RekapDiterima"
    assert said(result, "ANGKA_TULISAN")[0]["usulan"] == str(nilai)
    assert result["perubahan"]["baris"][0]["baru"] == nilai
    assert said(result, "SATUAN_BEDA") == []


@pytest.mark.parametrize("written", ["3 M", "(5)", "± 20", "sekitar 20", "5 atau 6"])
def test_what_may_mean_several_figures_is_refused(read_hub: Client, written: str) -> None:
    result = send(read_hub, f'wilayah,BAN01\n{DESA[0]},"{written}"\n', "a.csv")
    assert errors(result) == ["ANGKA_TAK_TERBACA"]


@pytest.mark.parametrize(
    ("written", "status", "nilai"),
    [
        ("nihil", "NOL", 0), ("Nihil", "NOL", 0), ("-", "TIDAK_ADA_DATA", None), ("--", "TIDAK_ADA_DATA", None),
        ("–", "TIDAK_ADA_DATA", None), ("kosong", "TIDAK_ADA_DATA", None), ("tidak ada", "TIDAK_ADA_DATA", None),
        ("n/a", "TIDAK_ADA_DATA", None), ("…", "TIDAK_ADA_DATA", None), ("tidak dilaksanakan", "TIDAK_DILAKSANAKAN", None),
        ("TIDAK ADA DATA", "TIDAK_ADA_DATA", None), ("Tidak berlaku", "TIDAK_BERLAKU", None),
    ],
)  # fmt: skip
def test_words_where_a_figure_would_stand(hub: Client, written: str, status: str, nilai: int | None) -> None:
    """A dash is no nought: what is missing never becomes one."""
    content = f'wilayah,BAN01,BAN03\n{DESA[0]},"{written}",7\n'
    result = send(hub, content, "a.csv", uji=False)
    assert result["__typename"] == "RekapDiterima"
    kept = "SELECT status, nilai::int FROM rekap_nilai WHERE formulir = 'F02' AND periode = '2021' AND elemen = 'BAN01'"
    assert hub.sql(kept) == [(status, nilai)]
    told = [t["usulan"] for t in said(result, "ISIAN_DIBACA")]
    assert told == ([] if written.upper().replace(" ", "_") == status else [status])


def test_a_dash_as_a_total_states_nothing(read_hub: Client) -> None:
    result = send(read_hub, f"wilayah,BAN01,BAN03\n{DESA[0]},5,6\nTOTAL,5,-\n", "a.csv")
    assert result["__typename"] == "RekapDiterima"


def test_a_subtotal_is_compared_with_its_kecamatan(read_hub: Client) -> None:
    content = f"wilayah,BAN01\n{DESA[0]},5\n{DESA[1]},6\nJumlah Kec. Rote Barat Daya,{{}}\n53.14.02.2004,7\nTOTAL,18\n"
    assert send(read_hub, content.format(11), "a.csv")["__typename"] == "RekapDiterima"
    wrong = send(read_hub, content.format(12), "a.csv")
    (finding,) = said(wrong, "TOTAL_BEDA")
    assert (finding["wilayah"], finding["nilai"], finding["usulan"]) == ("53.14.01", "12", "11")
    assert finding["lokasi"][0] == {"indeks": None, "lembar": "a.csv", "baris": 4, "kolom": "BAN01"}


def test_two_grand_totals_that_differ_are_told_with_both_rows(read_hub: Client) -> None:
    result = send(read_hub, f"wilayah,BAN01\n{DESA[0]},5\n{DESA[1]},6\nJumlah Kabupaten,11\nGrand Total,12\n", "a.csv")
    (finding,) = said(result, "TOTAL_BERLAINAN")
    assert [x["baris"] for x in finding["lokasi"]] == [4, 5]
    same = send(read_hub, f"wilayah,BAN01\n{DESA[0]},5\n{DESA[1]},6\nJumlah Kabupaten,11\nGrand Total,11\n", "a.csv")
    assert errors(same) == []


def test_a_true_fraction_of_whole_things_is_no_thousands(read_hub: Client) -> None:
    result = send(read_hub, book([["wilayah", "BAN01"], [DESA[0], 1.799]]))
    assert errors(result) == ["ANGKA_PECAHAN"]


def test_the_same_as_text_is_told_so_that_one_sees_what_was_read(read_hub: Client) -> None:
    result = send(read_hub, f"wilayah,BAN01\n{DESA[0]},1.799\n", "a.csv")
    (finding,) = said(result, "ANGKA_TULISAN")
    assert '"1.799" dibaca sebagai 1799 (titiknya pemisah ribuan).' in finding["pesan"]


def test_a_dot_that_may_part_thousands_or_a_fraction_is_told_with_both_readings(read_hub: Client) -> None:
    content = 'wilayah,elemen,rincian,nilai\n53.14,KIN01,"indikator=LEM14","1,799"\n'
    result = send(read_hub, content, "a.csv", formulir="F12")
    (finding,) = said(result, "ANGKA_BERMAKNA_GANDA")
    assert '"1,799" dapat berarti 1,799 atau 1.799; dibaca sebagai 1,799' in finding["pesan"]
    settled = send(read_hub, 'wilayah,WIL06\n53.14,"2,754"\n', "a.csv", formulir="F01")  # no share is 2754 per cent
    assert said(settled, "ANGKA_BERMAKNA_GANDA") == []


def test_a_desa_in_another_kecamatan_than_its_own_is_told(read_hub: Client) -> None:
    result = send(read_hub, "Desa,Kecamatan,BAN01\nOeseli,Lobalain,5\n", "a.csv")
    assert errors(result) == ["DESA_DAN_KECAMATAN_BEDA"]
    by_code = send(read_hub, f"Kode Desa,Kecamatan,BAN01\n{DESA[0]},Lobalain,5\n", "a.csv")
    assert errors(by_code) == ["DESA_DAN_KECAMATAN_BEDA"]
    right = send(read_hub, f"Kode Desa,Kecamatan,BAN01\n{DESA[0]},Rote Barat Daya,5\n", "a.csv")
    assert errors(right) == []


def test_a_code_and_a_name_of_two_regions_are_told(read_hub: Client) -> None:
    result = send(read_hub, f"Kode Wilayah,Nama Wilayah,BAN01\n{DESA[0]},Suelain,5\n", "a.csv")
    assert errors(result) == ["KODE_DAN_NAMA_BEDA"]
    nobody = send(read_hub, f"Kode Wilayah,Nama Wilayah,BAN01\n{DESA[0]},Kupang Tengah,5\n", "a.csv")
    (told,) = said(nobody, "NAMA_TAK_SESUAI_KODE")
    assert (told["tingkat"], told["nilai"]) == ("PERINGATAN", "Kupang Tengah")
    for spelled in ("Oeseli", "Desa Oeseli", "Oesely", "Rote Barat Daya", "5"):
        result = send(read_hub, f"Kode Wilayah,Nama Wilayah,BAN01\n{DESA[0]},{spelled},5\n", "a.csv")
        assert said(result, "NAMA_TAK_SESUAI_KODE") == said(result, "KODE_DAN_NAMA_BEDA") == [], spelled


@pytest.mark.parametrize("written", ["Oeselih Barat", "Oeseli, Lobalain", "Rote Baratdaja Hilir,"])
def test_each_region_that_is_proposed_is_taken_as_it_stands(read_hub: Client, written: str) -> None:
    desa, _, kecamatan = written.partition(",")
    sent = send(read_hub, f"Desa,Kecamatan,BAN01\n{desa},{kecamatan},5\n", "a.csv")
    proposals = [t["usulan"] for t in sent["temuan"] if t["tingkat"] == "GALAT"]
    assert proposals
    for proposal in proposals[0].split("; "):
        for header in ("Desa", "wilayah", "Kode Wilayah"):
            assert errors(send(read_hub, f"{header},BAN01\n{proposal},5\n", "a.csv")) == [], proposal


def test_an_element_that_is_proposed_is_taken_as_it_stands(read_hub: Client) -> None:
    sent = send(read_hub, "wilayah,elemen,rincian,nilai\n53.14.01.2005,BAN1,,5\n", "a.csv")
    (wrong,) = said(sent, "ELEMEN_TAK_DIKENAL")
    assert "BAN01" in wrong["pesan"]
    again = send(read_hub, f"wilayah,elemen,rincian,nilai\n53.14.01.2005,{wrong['usulan']},,5\n", "a.csv")
    assert errors(again) == []
