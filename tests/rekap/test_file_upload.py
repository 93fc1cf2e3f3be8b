"""Files as offices have them, through HTTP: how they are read is told, what is asked can be answered, answers are remembered."""

from typing import Any

import psycopg
import pytest

from tests.client import Client
from tests.db.roles import take_role
from tests.rekap.texts import RESULT, TEMUAN

DESA = ("53.14.01.2005", "53.14.01.2006")
_MAPPING = "$pemetaan: [PemetaanKolom!], $baris: [PemetaanBaris!]"
READ = f"""mutation ($berkas: Upload!, $pelapor: KodeWilayah!, $formulir: String!, $periode: Periode!, {_MAPPING}) {{
  hasil: bacaBerkas(berkas: $berkas, pelapor: $pelapor, formulir: $formulir, periode: $periode, pemetaan: $pemetaan,
    pemetaanBaris: $baris) {{
    __typename
    ... on BacaanBerkas {{
      lembar {{
        nama barisKepala
        kolom {{ kolom judul sebagai elemen {{ kode nama }} rincian {{ rincian pilihan }} yakin }}
        baris {{ baris tertulis wilayah {{ kode nama }} calon {{ kode }} jumlah nilai isi }}
        dilewati {{ baris isi alasan }}
      }}
      temuan {{ {TEMUAN} }}
    }}
    ... on TidakBerwenang {{ pesan }}
  }} }}"""
UPLOAD = f"""mutation ($berkas: Upload!, $pelapor: KodeWilayah!, $formulir: String!, $periode: Periode!, $kunci: String!, $uji: Boolean,
    $draf: Boolean, {_MAPPING}) {{
  hasil: unggahRekap(berkas: $berkas, pelapor: $pelapor, formulir: $formulir, periode: $periode, kunciIdempoten: $kunci, uji: $uji,
    draf: $draf, pemetaan: $pemetaan, pemetaanBaris: $baris) {{ {RESULT} }} }}"""

# Table 3 of the book of Rote Ndao, as it stands, with made-up figures
TABLE_3 = """Tabel 3
Jumlah KPM yang mendapat bantuan PKH
No;Kecamatan;Realisasi KPM;Penyaluran bantuan
1.;Landu Leko;561 KPM;Rp. 526.700.000.-
2.;Lobalain;1.594 KPM;Rp. 1.572.950.000.-
3.;Rote Barat;781 KPM;Rp. 827.950.000.-
T O T A L;;2.936 KPM;Rp. 2.927.600.000.-
Sumber: Dinas Sosial
"""


def read(hub: Client, content: str, as_whom: str | None = "53.14", **more: Any) -> Any:
    given = {"pelapor": "53.14", "formulir": "F02", "periode": "2021", **more}
    return hub.upload(READ, given, {"berkas": ("rekap.csv", content.encode())}, as_whom)["hasil"]


def upload(hub: Client, content: str, key: str, **more: Any) -> Any:
    given = {"pelapor": "53.14", "formulir": "F02", "periode": "2021", "kunci": key, **more}
    return hub.upload(UPLOAD, given, {"berkas": ("rekap.csv", content.encode())}, "53.14")["hasil"]


def codes(result: Any, level: str = "GALAT") -> list[str]:
    return [t["kode"] for t in result["temuan"] if t["tingkat"] == level]


def test_a_table_of_a_book_is_read_as_it_stands(hub: Client) -> None:
    told = read(hub, TABLE_3)
    (sheet,) = told["lembar"]
    assert sheet["barisKepala"] == [3]
    assert [(k["kolom"], k["sebagai"], (k["elemen"] or {}).get("kode"), k["yakin"]) for k in sheet["kolom"]] == [
        ("A", "ABAIKAN", None, 1), ("B", "NAMA_KECAMATAN", None, 1), ("C", "ELEMEN", "BAN01", 0.98),
        ("D", "ELEMEN", "BAN02", 0.98),
    ]  # fmt: skip
    rows = [(b["baris"], b["wilayah"]["kode"], b["jumlah"], b["nilai"]) for b in sheet["baris"]]
    assert rows == [
        (4, "53.14.10", False, [561, 526_700_000]), (5, "53.14.03", False, [1_594, 1_572_950_000]),
        (6, "53.14.07", False, [781, 827_950_000]), (7, "53.14", True, [2_936, 2_927_600_000]),
    ]  # fmt: skip
    assert {s["baris"] for s in sheet["dilewati"]} == {1, 2, 8}
    assert hub.sql("SELECT count(*) FROM rekap_revisi WHERE periode = '2021' AND kode_kab = '53.14'") == [(0,)]
    accepted = upload(hub, TABLE_3, "tabel 3")
    assert (accepted["__typename"], codes(accepted)) == ("RekapDiterima", [])
    assert accepted["perubahan"]["baru"] == 6


def test_nobody_elses_file_is_read(hub: Client) -> None:
    assert read(hub, TABLE_3, as_whom="53.15")["__typename"] == "TidakBerwenang"
    assert read(hub, TABLE_3, as_whom=None)["__typename"] == "TidakBerwenang"


UNSURE = f"Kode Desa;Realisasi KPM\n{DESA[0]};5\n{DESA[1]};6\n"


def test_what_may_mean_two_things_is_asked_with_both_and_an_answer_settles_it(hub: Client) -> None:
    refused = upload(hub, UNSURE, "ragu")
    assert refused["__typename"] == "RekapDitolak"
    (asked,) = [t for t in refused["temuan"] if t["kode"] == "KOLOM_DITANYAKAN"]
    assert "BAN01 (KPM PKH) atau BAN03 (KPM BPNT/Sembako)" in asked["pesan"]
    assert (asked["usulan"], asked["lokasi"][0]["kolom"]) == ("BAN01", "Realisasi KPM")
    (column,) = [k for k in read(hub, UNSURE)["lembar"][0]["kolom"] if k["judul"] == "Realisasi KPM"]
    assert (column["elemen"]["kode"], column["yakin"]) == ("BAN01", 0.5)
    said = [{"kolom": "Realisasi KPM", "elemen": "BAN03"}]
    accepted = upload(hub, UNSURE, "ragu", pemetaan=said)
    assert accepted["__typename"] == "RekapDiterima"
    nilai = "SELECT elemen, nilai::int FROM rekap_nilai WHERE kode_kab = '53.14' AND formulir = 'F02' AND periode = '2021' ORDER BY nilai"
    assert hub.sql(nilai) == [("BAN03", 5), ("BAN03", 6)]


def test_an_answer_is_remembered_for_that_office_and_form_once_it_was_submitted(hub: Client) -> None:
    said = [{"kolom": "Realisasi KPM", "elemen": "BAN03"}]
    assert upload(hub, UNSURE, "coba", pemetaan=said, uji=True)["__typename"] == "RekapDiterima"
    assert upload(hub, UNSURE, "belum")["__typename"] == "RekapDitolak"
    assert upload(hub, UNSURE, "satu", pemetaan=said)["__typename"] == "RekapDiterima"
    (column,) = [k for k in read(hub, UNSURE, periode="2022")["lembar"][0]["kolom"] if k["judul"] == "Realisasi KPM"]
    assert (column["elemen"]["kode"], column["yakin"]) == ("BAN03", 1)
    assert upload(hub, UNSURE, "dua", periode="2022")["__typename"] == "RekapDiterima"
    elsewhere = {"pelapor": "53.15", "formulir": "F02", "periode": "2022"}
    other = hub.upload(READ, elsewhere, {"berkas": ("rekap.csv", UNSURE.encode())}, "53.15")["hasil"]
    assert "KOLOM_DITANYAKAN" in codes(other)
    changed = upload(hub, UNSURE, "tiga", periode="2023", pemetaan=[{"kolom": "B", "elemen": "BAN01"}])
    assert changed["__typename"] == "RekapDiterima"
    assert hub.sql("SELECT tertulis, elemen FROM pemetaan_berkas WHERE kode_kab = '53.14'") == [
        ("realisasi kpm", "BAN01")
    ]


def test_an_answer_is_remembered_too_where_the_file_became_a_draft(hub: Client) -> None:
    said = [{"kolom": "Realisasi KPM", "elemen": "BAN03"}]
    assert upload(hub, UNSURE, "draf", pemetaan=said, draf=True)["__typename"] == "RekapDiterima"
    (column,) = [k for k in read(hub, UNSURE, periode="2022")["lembar"][0]["kolom"] if k["judul"] == "Realisasi KPM"]
    assert (column["elemen"]["kode"], column["yakin"]) == ("BAN03", 1)


def test_an_answer_is_remembered_where_a_draft_was_refused_for_a_cell_alone(hub: Client) -> None:
    said = [{"kolom": "Realisasi KPM", "elemen": "BAN03"}]
    refused = upload(hub, UNSURE.replace(";6", ";sekitar 6"), "sel", pemetaan=said, draf=True)
    assert codes(refused) == ["ANGKA_TAK_TERBACA"]
    asked = read(hub, UNSURE.replace(";6", ";sekitar 6").replace(";5", ";tidak dilaksanakan"), periode="2022")
    (column,) = [k for k in asked["lembar"][0]["kolom"] if k["judul"] == "Realisasi KPM"]
    assert (column["elemen"]["kode"], column["yakin"]) == ("BAN03", 1)
    assert [(b["nilai"], b["isi"]) for b in asked["lembar"][0]["baris"]] == [
        ([None], ["tidak dilaksanakan"]), ([None], ["sekitar 6"]),
    ]  # fmt: skip
    wrong = upload(
        hub, UNSURE.replace(DESA[0], "Entah"), "baris", pemetaan=[{"kolom": "B", "elemen": "BAN01"}], draf=True
    )
    assert wrong["__typename"] == "RekapDitolak"
    assert hub.sql("SELECT elemen FROM pemetaan_berkas WHERE kode_kab = '53.14'") == [("BAN03",)]


def test_a_row_is_given_its_region_or_left_out(hub: Client) -> None:
    content = f"Desa;KPM PKH\n{DESA[0]};5\nDesa Entah Berantah;6\nCatatan khusus;7\n"
    refused = upload(hub, content, "baris")
    assert codes(refused) == ["WILAYAH_TAK_DIKENAL", "WILAYAH_TAK_DIKENAL"]
    rows = [{"tertulis": "Desa Entah Berantah", "wilayah": DESA[1]}, {"tertulis": "Catatan khusus", "abaikan": True}]
    accepted = upload(hub, content, "baris", baris=rows)
    assert (accepted["__typename"], accepted["perubahan"]["baru"]) == ("RekapDiterima", 2)
    again = upload(hub, content, "baris lagi", periode="2022")
    assert again["__typename"] == "RekapDiterima"


def test_a_file_may_be_kept_as_a_draft(hub: Client) -> None:
    kept = upload(hub, TABLE_3, "draf", draf=True)
    assert (kept["__typename"], kept["rekap"]["status"]) == ("RekapDiterima", "DRAF")
    refused = upload(hub, UNSURE, "draf ragu", draf=True)
    assert refused["__typename"] == "RekapDitolak"


def test_a_mapping_of_what_is_not_there_is_told(hub: Client) -> None:
    told = read(hub, TABLE_3, pemetaan=[{"kolom": "Bukan di sini", "elemen": "BAN01"}])
    assert "PEMETAAN_TAK_TERPAKAI" in codes(told, "PERINGATAN")


def test_a_file_that_is_none_and_a_form_that_is_none_are_told(hub: Client) -> None:
    assert codes(read(hub, "a;b\n1;2\n")) == ["BERKAS_TAK_TERBACA"]
    assert codes(read(hub, TABLE_3, formulir="F99")) == ["FORMULIR_TAK_DIKENAL"]


def test_a_proposal_that_is_sent_back_is_accepted(hub: Client) -> None:
    content = "Kecamatan;Anggota Tagna L\nLobalain;5\n"
    refused = upload(hub, content, "usulan", formulir="F10")
    (asked,) = [t for t in refused["temuan"] if t["kode"] == "KOLOM_DITANYAKAN"]
    assert asked["usulan"] is not None
    said = [{"kolom": asked["nilai"], "elemen": asked["usulan"]}]
    assert upload(hub, content, "usulan", formulir="F10", pemetaan=said)["__typename"] == "RekapDiterima"
    chosen = [{"kolom": asked["nilai"], "elemen": "SDM05[JK=L]"}]
    told = read(hub, content, formulir="F10", pemetaan=chosen)
    (column,) = [k for k in told["lembar"][0]["kolom"] if k["judul"] == "Anggota Tagna L"]
    assert (column["rincian"], column["yakin"]) == ([{"rincian": "JK", "pilihan": "L"}], 1)


def test_regions_that_a_row_may_mean_are_told(hub: Client) -> None:
    told = read(hub, "Desa;KPM PKH\nTungganaraya;5\n")
    (row,) = told["lembar"][0]["baris"]
    assert row["wilayah"] is None
    assert "53.14" in {k["kode"][:5] for k in row["calon"]}


def test_what_one_office_said_is_read_by_itself_alone(hub: Client) -> None:
    said = [{"kolom": "Realisasi KPM", "elemen": "BAN03"}]
    assert upload(hub, UNSURE, "satu", pemetaan=said)["__typename"] == "RekapDiterima"
    insert = (
        "INSERT INTO pemetaan_berkas (kode_kab, formulir, jenis, lembar, tertulis, sebagai, rincian) "
        "VALUES ('53.14', 'F02', 'KOLOM', '', 'x', 'ABAIKAN', '[]')"
    )
    counts = (
        ("hub_kabupaten", "53.14", 1),
        ("hub_kabupaten", "53.15", 0),
        ("hub_provinsi", "53", 1),
        ("hub_provinsi", "36", 0),
    )
    for role, region, count in counts:
        with psycopg.connect(hub.url) as conn:
            take_role(conn, role, region)
            assert conn.execute("SELECT count(*) FROM pemetaan_berkas").fetchone() == (count,), (role, region)
            if region != "53.14":
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    conn.execute(insert)
    with psycopg.connect(hub.url) as conn:
        take_role(conn, "hub_publik", "")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute("SELECT count(*) FROM pemetaan_berkas")
