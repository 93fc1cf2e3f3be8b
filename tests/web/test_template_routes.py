"""GET /templat/{nama}.xlsx as programs and browsers ask for it."""

import io
from typing import Any

import httpx
import openpyxl
import pytest

from hub.sumber_daya.tables import KINDS
from tests.client import Client

FORM = "/templat/F02.xlsx?pelapor=53.14&periode=2025"


def get(hub: Client, path: str, method: str = "GET", **headers: str) -> httpx.Response:
    return httpx.request(method, hub.address + path, headers=headers, timeout=60)


def sheet_names(answer: httpx.Response) -> list[str]:
    names: list[str] = openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames
    return names


def test_a_form_is_named_cached_and_told_again_by_its_tag(read_hub: Client) -> None:
    answer = get(read_hub, FORM)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Disposition"] == 'attachment; filename="F02_53.14_2025.xlsx"'
    assert answer.headers["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert sheet_names(answer) == ["Per desa", "Per kecamatan", "Kabupaten-kota", "Penjelasan"]
    again = get(read_hub, FORM, **{"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert get(read_hub, FORM).content == answer.content  # a strong tag stands for these very bytes
    head = get(read_hub, FORM, "HEAD")
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", answer.headers["ETag"])
    other = get(read_hub, "/templat/f02.xlsx?pelapor=5314&periode=2024")
    assert other.headers["ETag"] != answer.headers["ETag"]
    assert "F02_53.14_2024.xlsx" in other.headers["Content-Disposition"]


def test_who_asks_matters_only_where_figures_are_asked_for(read_hub: Client) -> None:
    wrong = {"Authorization": "Bearer hub_salah"}
    assert get(read_hub, FORM, **wrong).status_code == 200
    assert get(read_hub, FORM + "&pembanding=ya", **wrong).status_code == 401
    own = get(read_hub, FORM + "&pembanding=ya", Authorization=f"Bearer {read_hub.token('53.14')}")
    assert own.headers["Cache-Control"] == "private, max-age=0, must-revalidate"
    assert "Authorization" in own.headers["Vary"]
    assert sheet_names(own)[-3:] == ["Lalu per desa", "Lalu per kecamatan", "Lalu kabupaten-kota"]


def test_what_is_no_template_is_answered_with_those_there_are(read_hub: Client) -> None:
    answer = get(read_hub, "/templat/F99.xlsx?pelapor=53.14&periode=2025")
    assert (answer.status_code, answer.json()["kode"]) == (404, "TIDAK_DIKENAL")
    assert "F01, F02" in answer.json()["pesan"]
    assert "sumber_daya" in answer.json()["pesan"]


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("F02.xlsx", ["pelapor", "periode"]),
        ("F02.xlsx?pelapor=53.14.01&periode=kapan&warna=biru&pembanding=mungkin", ["warna", "pembanding", "pelapor", "periode"]),
        ("F01.xlsx?pelapor=53.99&periode=2025-01", ["periode", "pelapor"]),
        ("F02.xlsx?pelapor=53.14&pelapor=53.15&periode=2199", ["pelapor", "periode"]),
        ("sumber_daya.xlsx?pelapor=xx&periode=2025", ["periode", "jenis", "pelapor"]),
        ("sumber_daya.xlsx?jenis=istana", ["jenis"]),
        ("stok.xlsx?jenis=LKS", ["jenis"]),
    ],
)  # fmt: skip
def test_everything_that_is_wrong_is_told_at_once(read_hub: Client, path: str, parameters: list[str]) -> None:
    answer = get(read_hub, f"/templat/{path}")
    assert (answer.status_code, answer.json()["kode"]) == (400, "MASUKAN_TIDAK_SAH")
    assert [t["parameter"] for t in answer.json()["temuan"]] == parameters


@pytest.mark.parametrize("name", [*(f"sumber_daya.xlsx?jenis={k}&pelapor=53.14" for k in KINDS), "stok.xlsx", "wksbm.xlsx", "tagana.xlsx?pelapor=53"])  # fmt: skip
def test_a_list_goes_out_with_no_row_in_it(read_hub: Client, name: str) -> None:
    answer = get(read_hub, f"/templat/{name}")
    assert answer.status_code == 200, answer.text
    book: Any = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book["Isian"]
    assert [c.value for row in sheet.iter_rows(min_row=5) for c in row if c.value is not None] == []
    assert sheet.freeze_panes == "B5"


def test_names_that_look_like_formulas_are_texts(hub: Client) -> None:
    hub.sql("UPDATE wilayah SET nama = '=1+1' WHERE kode = '53.14.01.2005'")
    book: Any = openpyxl.load_workbook(io.BytesIO(get(hub, FORM).content))
    (cell,) = [c for row in book["Per desa"].iter_rows(max_col=3) for c in row if c.value == "=1+1"]
    assert cell.data_type == "s" or cell.quotePrefix
