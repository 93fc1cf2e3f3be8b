"""Files over HTTP by the GraphQL multipart request: what is taken, what is refused and how it says so; a rekap as a file."""

import json
from typing import Any

import httpx
import pytest

from tests.client import Client
from tests.lembar.xlsx_book import Table, workbook
from tests.rekap.texts import rekap
from tests.sumber_daya.list_texts import UPLOAD, listing

LKS = {"berkas": ("x.csv", listing(["Nama", "Desa"], ["LKS X", "Oeseli"]))}
OPERATIONS = {"query": UPLOAD, "variables": {"berkas": None, "jenis": "LKS", "uji": True}}
PETA = {"berkas": ["variables.berkas"]}


def _refusal(response: httpx.Response) -> tuple[int, str]:
    (error,) = response.json()["errors"]
    return response.status_code, error["extensions"]["kode"]


def test_a_file_goes_where_the_map_says(read_hub: Client) -> None:
    for peta, files in ((PETA, LKS), ({"0": PETA["berkas"]}, {"0": LKS["berkas"]})):
        answer = read_hub.multipart(OPERATIONS, peta, files, "53.14").json()
        assert answer["data"]["hasil"]["baru"] == 1, answer


@pytest.mark.parametrize(
    ("operations", "peta", "files"),
    [
        (None, PETA, LKS),
        (OPERATIONS, None, LKS),
        ("bukan objek", PETA, LKS),
        (OPERATIONS, [], LKS),
        (OPERATIONS, {}, LKS),
        (OPERATIONS, {**PETA, "lain": ["variables.jenis"]}, LKS),
        (OPERATIONS, {"berkas": "variables.berkas"}, LKS),
        (OPERATIONS, {"berkas": []}, LKS),
        (OPERATIONS, {"berkas": ["query"]}, LKS),
        (OPERATIONS, {"berkas": ["variables"]}, LKS),
        (OPERATIONS, {"berkas": ["variables.tidakAda"]}, LKS),
        (OPERATIONS, {"berkas": ["variables.jenis"]}, LKS),
        (OPERATIONS, {"berkas": ["variables.berkas.0"]}, LKS),
        ({**OPERATIONS, "variables": None}, PETA, LKS),
        ({"query": "{ __typename }", "variables": {"x": [None]}}, {"berkas": ["variables.x." + "9" * 5_000]}, LKS),
        ({"query": "{ __typename }", "variables": {"x": [None]}}, {"berkas": ["variables.x.³"]}, LKS),
    ],
)
def test_a_request_that_is_put_together_otherwise_is_refused(
    read_hub: Client, operations: Any, peta: Any, files: dict[str, tuple[str, bytes]]
) -> None:
    assert _refusal(read_hub.multipart(operations, peta, files, "53.14")) == (400, "UNGGAHAN_TIDAK_SAH")


def test_a_file_goes_with_a_change_only(read_hub: Client) -> None:
    reading = {"query": "{ __typename }", "variables": {"berkas": None}}
    assert _refusal(read_hub.multipart(reading, PETA, LKS, "53.14")) == (200, "UNGGAHAN_TIDAK_SAH")


def test_the_other_guard_rails_hold_for_files_too(read_hub: Client) -> None:
    many = {str(i): LKS["berkas"] for i in range(9)}
    assert _refusal(read_hub.multipart(OPERATIONS, {"0": PETA["berkas"]}, many)) == (413, "BATAS_BERKAS")
    large = {"berkas": ("x.csv", bytes(33 * 2**20))}
    assert _refusal(read_hub.multipart(OPERATIONS, PETA, large)) == (413, "BATAS_BADAN")
    assert _refusal(read_hub.multipart([OPERATIONS], {"berkas": ["0.variables.berkas"]}, LKS)) == (
        400,
        "KUMPULAN_DITOLAK",
    )
    nul = {"query": UPLOAD, "variables": {"berkas": None, "jenis": "LKS\0"}}
    assert _refusal(read_hub.multipart(nul, PETA, LKS)) == (200, "MASUKAN_TIDAK_SAH")
    for content_type in ("multipart/form-data", "multipart/form-data; boundary=x"):
        response = read_hub.post("/graphql", content=b"--y\r\n", headers={"Content-Type": content_type})
        assert _refusal(response) == (400, "UNGGAHAN_TIDAK_SAH")


def test_a_request_without_files_may_come_so_as_well(read_hub: Client) -> None:
    parts = {"operations": (None, json.dumps({"query": '{ kabupaten(kode: "53.14") { nama } }'}))}
    response = read_hub.post("/graphql", files=parts)
    assert response.json()["data"] == {"kabupaten": {"nama": "Rote Ndao"}}


def test_what_is_no_file_is_no_upload(read_hub: Client) -> None:
    for nilai in ("x", {"nama": "x"}, 1):
        (error,) = read_hub.errors(UPLOAD, {"berkas": nilai, "jenis": "LKS"}, "53.14")
        assert error["extensions"]["kode"] == "UNGGAHAN_TIDAK_SAH"
        assert "multipart" in error["message"]
    # nor is a file a text: its content does not come back
    operations = {
        "query": 'mutation ($a: String!) { bukaRekap(id: "53.14:F01:2020", alasan: $a) { __typename } }',
        "variables": {"a": None},
    }
    response = read_hub.multipart(operations, {"a": ["variables.a"]}, {"a": ("x.csv", b"ISI RAHASIA")}, "53")
    assert response.json()["errors"]
    assert "RAHASIA" not in response.text


def test_a_foreign_page_can_borrow_nothing(read_hub: Client) -> None:
    """No cookie stands for anybody, and the header that does needs leave first."""
    response = read_hub.multipart(OPERATIONS, PETA, LKS)
    assert response.json()["data"]["hasil"]["__typename"] == "TidakBerwenang"
    assert "set-cookie" not in response.headers


# ---------- a rekap as a file ----------

ROWS: Table = [
    ["wilayah", "kecamatan", "REH09", "REH10"],
    ["Desa Sotimori", "Landu Leko", 10, 4],
    ["Desa Lifuleo", "Landu Leko", 10, 4],
    ["TOTAL", None, 20, 8],
]


def test_a_rekap_is_submitted_as_a_workbook(hub: Client) -> None:
    file = workbook({"Data": ROWS})
    assert rekap(hub, file, uji=True)["perubahan"]["baru"] == 4
    assert hub.sql("SELECT count(*) FROM rekap WHERE periode = '2020-TW4'") == [(0,)]
    first = rekap(hub, file)
    assert (first["rekap"]["id"], first["rekap"]["status"], first["ulangan"]) == (
        "53.14:F05:2020-TW4",
        "DIAJUKAN",
        False,
    )
    assert rekap(hub, file)["ulangan"] is True  # the same key and content: the first receipt
    wrong = rekap(hub, workbook({"Data": [*ROWS[:3], ["TOTAL", None, 25, 8]]}), kunci="unggah 2")
    assert wrong["__typename"] == "RekapDitolak"
    (difference,) = [t for t in wrong["temuan"] if t["kode"] == "TOTAL_BEDA"]
    assert {(x["lembar"], x["baris"]) for x in difference["lokasi"] if x["baris"]} == {
        ("Data", 2),
        ("Data", 3),
        ("Data", 4),  # where the total stands
    }


@pytest.mark.parametrize("content", [b"\x89PNG\xff", b"tempat,REH09\nLobalain,3\n", b"PK\x03\x04"])
def test_a_file_that_is_no_rekap_is_refused_with_a_reason(read_hub: Client, content: bytes) -> None:
    result = rekap(read_hub, content, name="x.csv", uji=True)
    assert [(t["kode"], t["nilai"]) for t in result["temuan"]] == [("BERKAS_TAK_TERBACA", "x.csv")]


def test_nobodys_file_is_opened_who_may_not_submit(read_hub: Client) -> None:
    for who in (None, "53.13", "53", ""):
        assert rekap(read_hub, b"\x89PNG", who)["__typename"] == "TidakBerwenang", who
