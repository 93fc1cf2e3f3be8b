"""POST /anotasi over HTTP: whoever may send a file gets it back with its findings; nothing is written."""

import io
from typing import Any

import httpx
import openpyxl
import pytest

from tests.client import Client
from tests.lembar.annotated_books import plain_book

REKAP = {"pelapor": "53.14", "formulir": "F02", "periode": "2021"}
BOOK: list[list[Any]] = [["Kecamatan", "KPM PKH"], ["Lobalain", 5], ["Rote Timor", 7], ["Kota Tua", "sekitar 20"]]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTS = {
    "sumber-daya": (
        {"jenis": "LKS", "kabupaten": "53.14"},
        "Nama,Desa,Kecamatan\nLKS Baru,Oeseli,Rote Barat Daya\nLKS Dua,Tiada,Tiada\n",
    ),
    "stok": ({"kantor": "53.14", "dokumen": "BA-1"}, "Gudang,Barang,Jumlah,Satuan\nTiada,Beras,-5,kg\n"),
    "wksbm": ({"kabupaten": "53.14"}, "Nama,Desa,Kecamatan\nWKSBM Baru,Tiada,Tiada\n"),
    "tagana": ({"kabupaten": "53.14"}, "Nama,NIA,Tanggal Lahir,Desa\nBudi,123,31-02-1990,Tiada\n"),
}


def annotate(
    hub: Client, content: bytes, fields: dict[str, Any], as_whom: str | None = "53.14", name: str = "rekap.xlsx"
) -> httpx.Response:
    headers = {} if as_whom is None else {"Authorization": f"Bearer {hub.token(as_whom)}"}
    return hub.post("/anotasi", data=fields, files={"berkas": (name, content)}, headers=headers)


def book_of(answer: httpx.Response) -> openpyxl.Workbook:
    assert answer.status_code == 200, answer.text
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def counts(hub: Client) -> list[tuple[Any, ...]]:
    return hub.sql(
        "SELECT (SELECT count(*) FROM rekap_revisi), (SELECT count(*) FROM rekap), (SELECT count(*) FROM sumber_daya)"
    )


def test_a_rekap_comes_back_with_its_findings(hub: Client) -> None:
    before = counts(hub)
    answer = annotate(hub, plain_book(BOOK), REKAP)
    assert answer.headers["content-type"] == XLSX
    assert 'filename="rekap_temuan.xlsx"' in answer.headers["content-disposition"]
    book = book_of(answer)
    own = book["Temuan"]
    lines = [[c.value for c in row] for row in own.iter_rows(min_row=4)]
    assert int(answer.headers["x-temuan"]) == len({line[0] for line in lines})
    found = {(line[9], line[2]) for line in lines}
    assert {("WILAYAH_TAK_DIKENAL", "A4"), ("NAMA_MIRIP", "A3"), ("ANGKA_TULISAN", "B4")} - found <= {
        ("ANGKA_TULISAN", "B4")
    }
    assert ("NAMA_MIRIP", "A3") in {(line[9], line[2]) for line in lines}
    assert counts(hub) == before


def test_the_body_itself_may_be_the_file(hub: Client) -> None:
    content = b"Kecamatan;KPM PKH\nLobalain;5\nRote Timor;7\n"
    answer = hub.post(
        "/anotasi",
        params={**REKAP, "nama": "data saya é.csv"},
        content=content,
        headers={"Authorization": f"Bearer {hub.token('53.14')}"},
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    assert "filename*=UTF-8''data%20saya%20%C3%A9_temuan.csv" in answer.headers["content-disposition"]
    lines = answer.content.decode().splitlines()
    assert lines[0] == 'Kecamatan;KPM PKH;"Temuan hub"'
    assert lines[2].startswith('Rote Timor;7;"PERINGATAN: ')


@pytest.mark.parametrize("kind", LISTS)
def test_lists_come_back_as_well(hub: Client, kind: str) -> None:
    fields, text = LISTS[kind]
    rows: list[list[Any]] = [line.split(",") for line in text.splitlines()]
    before = counts(hub)
    book = book_of(annotate(hub, plain_book(rows), {"daftar": kind, **fields}))
    lines = [[c.value for c in row] for row in book["Temuan"].iter_rows(min_row=4)]
    assert [line for line in lines if line[3] == "GALAT" and line[2]], lines
    assert counts(hub) == before


def test_who_may_not_send_it_may_not_ask(hub: Client) -> None:
    for as_whom in ("53.15", "53", "52", None):  # as with unggahRekap, nobody but the office that reports
        answer = annotate(hub, plain_book(BOOK), REKAP, as_whom)
        assert (answer.status_code, answer.json()["kode"]) == (403, "TIDAK_BERWENANG")
    for kind, (fields, text) in LISTS.items():
        answer = annotate(hub, text.encode(), {"daftar": kind, **fields}, "53.15", "a.csv")
        assert (answer.status_code, answer.json()["kode"]) == (403, "TIDAK_BERWENANG"), kind
    wrong = hub.post("/anotasi", content=b"a", headers={"Authorization": "Bearer salah"})
    assert (wrong.status_code, wrong.json()["kode"]) == (401, "TOKEN_DITOLAK")


@pytest.mark.parametrize(
    ("content", "fields", "kode", "words"),
    [
        (b"", REKAP, "MASUKAN_TIDAK_SAH", "Berkasnya tidak ada"),
        (b"PK\x03\x04 rusak", REKAP, "MASUKAN_TIDAK_SAH", "tidak dapat dibaca"),
        (b"a,b\n1,2\n", {"daftar": "kapal"}, "MASUKAN_TIDAK_SAH", "sumber-daya"),
        (b"a,b\n1,2\n", {"pelapor": "53.14", "tahun": "2021"}, "MASUKAN_TIDAK_SAH", 'isian "tahun" tidak dikenal; isian "formulir" tidak ada'),
        (b"a,b\n1,2\n", {**REKAP, "formulir": "F99"}, "MASUKAN_TIDAK_SAH", "F99"),
        (b"a,b\n1,2\n", {**REKAP, "periode": "kemarin"}, "MASUKAN_TIDAK_SAH", "kemarin"),
        (b"a,b\n1,2\n", {"daftar": "sumber-daya", "jenis": "KAPAL"}, "MASUKAN_TIDAK_SAH", "KARANG_TARUNA"),
        (b"a,b\n1,2\n", {"daftar": "stok", "pada": "kemarin"}, "MASUKAN_TIDAK_SAH", "2021-07-01"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_said_as_json(
    read_hub: Client, content: bytes, fields: dict[str, Any], kode: str, words: str
) -> None:
    answer = annotate(read_hub, content, fields, name="a.csv")
    assert (answer.status_code, answer.json()["kode"]) == (400, kode)
    assert words in answer.json()["pesan"]


def test_a_file_that_can_be_opened_and_has_no_table_comes_back_too(read_hub: Client) -> None:
    book = book_of(annotate(read_hub, plain_book([["catatan"], ["apa saja"]]), REKAP))
    assert book["Temuan"]["D4"].value == "GALAT"


def test_a_body_beyond_the_limit_is_refused_before_it_is_read(read_hub: Client) -> None:
    answer = annotate(read_hub, b"a" * (33 * 2**20), REKAP)
    assert (answer.status_code, answer.json()["kode"]) == (413, "BATAS_BADAN")


def test_taking_a_proposal_over_and_sending_it_again_is_accepted(hub: Client) -> None:
    rows: list[list[Any]] = [["Kecamatan", "KPM PKH"], ["Lobalain", 5], ["Kota Tuah", 7], ["Rote Timor", 8]]
    book = book_of(annotate(hub, plain_book(rows), REKAP))
    for row in book["Temuan"].iter_rows(min_row=4):
        if row[2].value == "A3":
            row[7].value, row[8].value = "53.14.07 Rote Barat", "ya"
        elif row[7].value and row[2].value:
            row[8].value = "ya"
    kept = io.BytesIO()
    book.save(kept)
    query = """mutation ($berkas: Upload!) { hasil: unggahRekap(berkas: $berkas, pelapor: "53.14", formulir: "F02", periode: "2021",
      kunciIdempoten: "usulan") { __typename ... on RekapDiterima { temuan { kode } } ... on RekapDitolak { temuan { kode pesan } } } }"""
    sent = hub.upload(query, {}, {"berkas": ("rekap_temuan.xlsx", kept.getvalue())}, "53.14")["hasil"]
    assert sent["__typename"] == "RekapDiterima", sent
    assert "USULAN_DITERIMA" in {t["kode"] for t in sent["temuan"]}
    stored = hub.sql(
        "SELECT kode_wilayah, nilai FROM rekap_nilai WHERE kode_kab = '53.14' AND periode = '2021' AND nilai IS NOT NULL"
    )
    assert {(k, int(n)) for k, n in stored} >= {("53.14.03", 5), ("53.14.07", 7), ("53.14.06", 8)}


def test_a_proposal_of_a_list_is_taken_over_as_well(hub: Client) -> None:
    rows = [["Nama", "Desa", "Kecamatan", "Alamat"], ["LKS Baru", "Oesely", "Rote Barat Daya", "Jalan 1"]]
    book = book_of(annotate(hub, plain_book(rows), {"daftar": "sumber-daya", "jenis": "LKS", "kabupaten": "53.14"}))
    lines = [row for row in book["Temuan"].iter_rows(min_row=4) if row[2].value == "B2" and row[7].value]
    assert lines
    for row in lines:
        row[8].value = "ya"
    kept = io.BytesIO()
    book.save(kept)
    query = """mutation ($berkas: Upload!) { hasil: unggahSumberDaya(berkas: $berkas, jenis: LKS, kabupaten: "53.14") { __typename
      ... on ImporSumberDayaDiterima { baru temuan { kode } } ... on ImporSumberDayaDitolak { temuan { kode pesan } } } }"""
    sent = hub.upload(query, {}, {"berkas": ("a.xlsx", kept.getvalue())}, "53.14")["hasil"]
    assert (sent["__typename"], sent.get("baru")) == ("ImporSumberDayaDiterima", 1), sent
    assert "USULAN_DITERIMA" in {t["kode"] for t in sent["temuan"]}
    assert hub.sql("SELECT kode_desa FROM sumber_daya WHERE nama = 'LKS Baru'") == [("53.14.01.2005",)]


def test_an_answer_that_cannot_be_carried_out_keeps_a_list_out(hub: Client) -> None:
    rows = [["Nama", "Desa", "Kecamatan"], ["LKS Baru", "Oeseli", "Rote Barat Daya"]]
    book = book_of(annotate(hub, plain_book(rows), {"daftar": "sumber-daya", "jenis": "LKS", "kabupaten": "53.14"}))
    book["Temuan"]["I4"] = "mungkin"
    kept = io.BytesIO()
    book.save(kept)
    query = """mutation ($berkas: Upload!) { hasil: unggahSumberDaya(berkas: $berkas, jenis: LKS, kabupaten: "53.14") { __typename
      ... on ImporSumberDayaDitolak { temuan { kode } } } }"""
    sent = hub.upload(query, {}, {"berkas": ("a.xlsx", kept.getvalue())}, "53.14")["hasil"]
    assert sent["__typename"] == "ImporSumberDayaDitolak"
    assert "USULAN_TAK_DITERAPKAN" in {t["kode"] for t in sent["temuan"]}
    assert hub.sql("SELECT count(*) FROM sumber_daya WHERE nama = 'LKS Baru'") == [(0,)]
