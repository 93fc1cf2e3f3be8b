"""Templates of lists, filled in and brought in: without a finding."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest

from hub.sumber_daya.tables import KINDS
from tests.cli.list_runs import Lists
from tests.client import Client

VALUES: dict[str, Any] = {
    "Nama": "Lembaga Uji {n}", "Alamat": "Jalan Uji {n}", "Sejak": date(2019, 3, 5), "Daya Tampung": 40, "Klien Laki-laki": 7,
    "Klien Perempuan": 8, "Bidang Pelayanan": "Pengasuhan", "Sekretariat": "Kantor dinas", "Pengelola": "Pemerintah desa", "Front Office": 2,
    "Back Office": 3, "Pengaduan Masuk": 9, "Pengaduan Selesai": 4, "Luas (m2)": 120.5, "Kapasitas (m3)": 300, "Anggota Laki-laki": 11,
    "Anggota Perempuan": 12, "Pengurus Laki-laki": 3, "Pengurus Perempuan": 4, "Nomor Tanda Daftar": "140/{n}/2023",
    "Tanggal Tanda Daftar": date(2023, 3, 5), "Berlaku Sampai": date(2026, 3, 4), "Tanggal Akreditasi": date(2022, 3, 5),
    "Akreditasi Sampai": date(2027, 3, 4), "Nomor SK": "12/{n}/2019", "Tanggal SK": date(2019, 3, 5),
    "Nama WKSBM": "Jejaring Uji {n}", "Tanggal Berdiri": date(2019, 3, 5), "Tahap Sejak": date(2020, 3, 5), "Balai": "Balai desa",
    "Dokumen": "SK 3/{n}/2019", "Anggota": "Kelompok Uji {n}", "Anggota Sejak": date(2020, 4, 5), "Tanggal Kegiatan": date(2021, 4, 5),
    "Uraian Kegiatan": "Pertemuan bulanan", "NIA": "53.14.{n:04}", "Tanggal Lahir": date(1995, 5, 17), "Tanggal Didata": date(2020, 2, 3),
    "Nomor Sertifikat": "S-{n}", "Keahlian": "SAR, dapur umum", "Pelatihan": "Dasar 5-3-2020; SAR 12-6-2020", "Jumlah": 25, "Lot": "2024",
    "Kedaluwarsa": date(2031, 12, 31),
}  # fmt: skip
ROWS = 4


def template(hub: Client, name: str, **parameters: str) -> bytes:
    answer = httpx.get(f"{hub.address}/templat/{name}.xlsx", params=parameters, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.content


def filled(
    content: bytes, left_out: tuple[str, ...] = (), fixed: dict[str, Any] | None = None, rows: int = ROWS
) -> bytes:
    """Each row the next choice of every drop-down, else a value of its own."""
    book: Any = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Isian"]
    lists: dict[str, list[str]] = {}
    for validation in sheet.data_validations.dataValidation:
        if validation.type == "list":
            title = sheet.cell(4, next(iter(validation.sqref.ranges)).min_col).value
            lists[title] = _choices(book, validation.formula1)
    for n in range(rows):
        for column in range(1, sheet.max_column + 1):
            title = sheet.cell(4, column).value
            if title in left_out:
                continue
            value = (fixed or {}).get(title)
            if value is None and title in lists:
                value = lists[title][(n * 7) % len(lists[title])]
            elif value is None:
                value = VALUES.get(title)
            if isinstance(value, str) and title not in lists:
                value = value.format(n=n + 1)
            sheet.cell(5 + n, column).value = value
    result = io.BytesIO()
    book.save(result)
    return result.getvalue()


def _choices(book: Any, formula: str) -> list[str]:
    if formula.startswith('"'):
        return formula.strip('"').split(",")
    sheet, _, area = formula.lstrip("=").partition("!")
    return [c[0].value for c in book[sheet][area.replace("$", "")]]


def findings(report: str) -> list[str]:
    return [line for line in report.splitlines() if line.startswith("## ") and not line.endswith(": 0")]


@pytest.fixture
def lists(hub: Client, tmp_path: Path) -> Lists:
    return Lists(hub.url, tmp_path)


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_of_resources_is_brought_in(hub: Client, lists: Lists, kind: str) -> None:
    own: dict[str, Any] = {"Cakupan": "Kabupaten/Kota", "Akreditasi": "A", "Sumber Dana": "APBD"}
    rows = 1 if kind == "SLRT" else ROWS  # of which a kabupaten has one
    content = filled(template(hub, "sumber_daya", jenis=kind, pelapor="53.14"), ("Lintang", "Bujur"), own, rows)
    brought = lists.bring("sumber-daya", content, "--jenis", kind, "--kabupaten", "53.14", name="daftar.xlsx")
    assert (findings(brought.report), brought.counts) == ([], (rows, 0, 0)), brought.report


def test_a_list_of_networks_is_brought_in(hub: Client, lists: Lists) -> None:
    own = {"Tahap": "Penumbuhan", "Jenis Anggota": "Karang taruna"}
    content = filled(template(hub, "wksbm", pelapor="53.14"), ("Lintang", "Bujur"), own)
    brought = lists.bring("wksbm", content, "--kabupaten", "53.14", name="wksbm.xlsx")
    assert (findings(brought.report), brought.counts) == ([], (ROWS, 0, 0)), brought.report


def test_a_list_of_tagana_is_brought_in(hub: Client, lists: Lists) -> None:
    own = dict.fromkeys(("Berpengetahuan", "Bersedia Dilatih", "Beriman", "Setia Pancasila"), "ya")
    content = filled(template(hub, "tagana", pelapor="53.14"), ("Lintang",), {**own, "Status": "aktif"})
    brought = lists.bring("tagana", content, "--kabupaten", "53.14", name="tagana.xlsx")
    assert (findings(brought.report), brought.counts) == ([], (ROWS, 0, 0)), brought.report


def test_a_count_of_stock_is_brought_in(hub: Client, lists: Lists) -> None:
    warehouses = filled(
        template(hub, "sumber_daya", jenis="GUDANG_BENCANA", pelapor="53.14"), ("Lintang", "Bujur"),
        {"Tingkat Gudang": "Kabupaten/Kota", "Pemilik": "Kabupaten/Kota"},
    )  # fmt: skip
    lists.bring("sumber-daya", warehouses, "--jenis", "GUDANG_BENCANA", "--kabupaten", "53.14", name="gudang.xlsx")
    content = template(hub, "stok", pelapor="53.14")
    names = _choices(openpyxl.load_workbook(io.BytesIO(content)), '"Lembaga Uji 1,Lembaga Uji 2"')
    sent = filled(content, ("Satuan",), {"Gudang": names[0], "Sumber Dana": "APBD"})
    brought = lists.bring("stok", sent, "--kantor", "53.14", "--dokumen", "BA-1", name="stok.xlsx")
    assert (findings(brought.report), brought.counts) == ([], (0, ROWS, 0)), brought.report


def test_an_empty_list_says_that_there_is_no_row_in_it(hub: Client, lists: Lists) -> None:
    for kind, content in (
        ("wksbm", template(hub, "wksbm", pelapor="53.14")), ("tagana", template(hub, "tagana", pelapor="53.14")),
    ):  # fmt: skip
        brought = lists.bring(kind, content, "--kabupaten", "53.14", name="kosong.xlsx")
        assert brought.refused
        assert "tidak ada baris" in brought.report
