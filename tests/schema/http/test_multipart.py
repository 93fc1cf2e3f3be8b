"""Files over HTTP by the GraphQL multipart request: what is taken, what is refused and how it says so; a rekap as a file."""

import json
from typing import Any

import httpx
import pytest

from tests.client import Klien
from tests.lembar.xlsx_book import Tabel, buku
from tests.rekap.texts import rekap
from tests.sumber_daya.list_texts import UNGGAH, daftar

LKS = {"berkas": ("x.csv", daftar(["Nama", "Desa"], ["LKS X", "Oeseli"]))}
OPERASI = {"query": UNGGAH, "variables": {"berkas": None, "jenis": "LKS", "uji": True}}
PETA = {"berkas": ["variables.berkas"]}


def _galat(jawab: httpx.Response) -> tuple[int, str]:
    (galat,) = jawab.json()["errors"]
    return jawab.status_code, galat["extensions"]["kode"]


def test_a_file_goes_where_the_map_says(hub_baca: Klien) -> None:
    for peta, berkas in ((PETA, LKS), ({"0": PETA["berkas"]}, {"0": LKS["berkas"]})):
        jawab = hub_baca.multipart(OPERASI, peta, berkas, "53.14").json()
        assert jawab["data"]["hasil"]["baru"] == 1, jawab


@pytest.mark.parametrize(
    ("operasi", "peta", "berkas"),
    [
        (None, PETA, LKS),
        (OPERASI, None, LKS),
        ("bukan objek", PETA, LKS),
        (OPERASI, [], LKS),
        (OPERASI, {}, LKS),
        (OPERASI, {**PETA, "lain": ["variables.jenis"]}, LKS),
        (OPERASI, {"berkas": "variables.berkas"}, LKS),
        (OPERASI, {"berkas": []}, LKS),
        (OPERASI, {"berkas": ["query"]}, LKS),
        (OPERASI, {"berkas": ["variables"]}, LKS),
        (OPERASI, {"berkas": ["variables.tidakAda"]}, LKS),
        (OPERASI, {"berkas": ["variables.jenis"]}, LKS),
        (OPERASI, {"berkas": ["variables.berkas.0"]}, LKS),
        ({**OPERASI, "variables": None}, PETA, LKS),
        ({"query": "{ __typename }", "variables": {"x": [None]}}, {"berkas": ["variables.x." + "9" * 5_000]}, LKS),
        ({"query": "{ __typename }", "variables": {"x": [None]}}, {"berkas": ["variables.x.³"]}, LKS),
        ({"query": "{ __typename }", "variables": {"berkas": None}}, PETA, LKS),
    ],
)
def test_a_request_that_is_put_together_otherwise_is_refused(
    hub_baca: Klien, operasi: Any, peta: Any, berkas: dict[str, tuple[str, bytes]]
) -> None:
    assert _galat(hub_baca.multipart(operasi, peta, berkas, "53.14")) == (400, "UNGGAHAN_TIDAK_SAH")


def test_the_other_guard_rails_hold_for_files_too(hub_baca: Klien) -> None:
    banyak = {str(i): LKS["berkas"] for i in range(9)}
    assert _galat(hub_baca.multipart(OPERASI, {"0": PETA["berkas"]}, banyak)) == (413, "BATAS_BERKAS")
    besar = {"berkas": ("x.csv", bytes(33 * 2**20))}
    assert _galat(hub_baca.multipart(OPERASI, PETA, besar)) == (413, "BATAS_BADAN")
    assert _galat(hub_baca.multipart([OPERASI], {"berkas": ["0.variables.berkas"]}, LKS)) == (400, "KUMPULAN_DITOLAK")
    nul = {"query": UNGGAH, "variables": {"berkas": None, "jenis": "LKS\0"}}
    assert _galat(hub_baca.multipart(nul, PETA, LKS)) == (400, "MASUKAN_TIDAK_SAH")
    for kepala in ("multipart/form-data", "multipart/form-data; boundary=x"):
        jawab = hub_baca.post("/graphql", content=b"--y\r\n", headers={"Content-Type": kepala})
        assert _galat(jawab) == (400, "UNGGAHAN_TIDAK_SAH")


def test_a_request_without_files_may_come_so_as_well(hub_baca: Klien) -> None:
    isi = {"operations": (None, json.dumps({"query": '{ kabupaten(kode: "53.14") { nama } }'}))}
    jawab = hub_baca.post("/graphql", files=isi)
    assert jawab.json()["data"] == {"kabupaten": {"nama": "Rote Ndao"}}


def test_what_is_no_file_is_no_upload(hub_baca: Klien) -> None:
    for nilai in ("x", {"nama": "x"}, 1):
        (galat,) = hub_baca.galat(UNGGAH, {"berkas": nilai, "jenis": "LKS"}, "53.14")
        assert galat["extensions"]["kode"] == "UNGGAHAN_TIDAK_SAH"
        assert "multipart" in galat["message"]
    # nor is a file a text: its content does not come back
    operasi = {
        "query": 'mutation ($a: String!) { bukaRekap(id: "53.14:F01:2020", alasan: $a) { __typename } }',
        "variables": {"a": None},
    }
    jawab = hub_baca.multipart(operasi, {"a": ["variables.a"]}, {"a": ("x.csv", b"ISI RAHASIA")}, "53")
    assert jawab.json()["errors"]
    assert "RAHASIA" not in jawab.text


def test_a_foreign_page_can_borrow_nothing(hub_baca: Klien) -> None:
    """No cookie stands for anybody, and the header that does needs leave first."""
    jawab = hub_baca.multipart(OPERASI, PETA, LKS)
    assert jawab.json()["data"]["hasil"]["__typename"] == "TidakBerwenang"
    assert "set-cookie" not in jawab.headers


# ---------- a rekap as a file ----------

ISI: Tabel = [
    ["wilayah", "kecamatan", "REH09", "REH10"],
    ["Desa Sotimori", "Landu Leko", 10, 4],
    ["Desa Lifuleo", "Landu Leko", 10, 4],
    ["TOTAL", None, 20, 8],
]


def test_a_rekap_is_submitted_as_a_workbook(hub: Klien) -> None:
    berkas = buku({"Data": ISI})
    assert rekap(hub, berkas, uji=True)["perubahan"]["baru"] == 4
    assert hub.sql("SELECT count(*) FROM rekap WHERE periode = '2020-TW4'") == [(0,)]
    pertama = rekap(hub, berkas)
    assert (pertama["rekap"]["id"], pertama["rekap"]["status"], pertama["ulangan"]) == (
        "53.14:F05:2020-TW4",
        "DIAJUKAN",
        False,
    )
    assert rekap(hub, berkas)["ulangan"] is True  # the same key and content: the first receipt
    salah = rekap(hub, buku({"Data": [*ISI[:3], ["TOTAL", None, 25, 8]]}), kunci="unggah 2")
    assert salah["__typename"] == "RekapDitolak"
    (beda,) = [t for t in salah["temuan"] if t["kode"] == "TOTAL_BEDA"]
    assert {(x["lembar"], x["baris"]) for x in beda["lokasi"] if x["baris"]} == {("Data", 2), ("Data", 3)}


@pytest.mark.parametrize("isi", [b"\x89PNG\xff", b"tempat,REH09\nLobalain,3\n", b"PK\x03\x04"])
def test_a_file_that_is_no_rekap_is_refused_with_a_reason(hub_baca: Klien, isi: bytes) -> None:
    hasil = rekap(hub_baca, isi, nama="x.csv", uji=True)
    assert [(t["kode"], t["nilai"]) for t in hasil["temuan"]] == [("BERKAS_TAK_TERBACA", "x.csv")]


def test_nobodys_file_is_opened_who_may_not_submit(hub_baca: Klien) -> None:
    for siapa in (None, "53.13", "53", ""):
        assert rekap(hub_baca, b"\x89PNG", siapa)["__typename"] == "TidakBerwenang", siapa
