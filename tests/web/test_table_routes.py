"""/tabel over HTTP: both forms, what is said of them, what is refused, and readers that are slow or go."""

import csv
import gzip
import io
import json
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import openpyxl
import psycopg
import pytest

from hub.angka.table_statements import OpenTable, TableRow
from hub.base.errors import TimeLimitError
from hub.lembar.find_tables import find_tables
from hub.lembar.sheet import Sheet
from hub.web import table_csv, table_routes, table_xlsx
from tests.client import Client
from tests.hub_server import Server
from tests.lembar.written_sheets import Known
from tests.raw_http import connected, eventually, get

ASKED = {"elemen": "PPK03,FAK01,PPK01", "periode": "2020", "wilayah": "53.14", "tingkat": "DESA"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADER = ["kode", "nama", "elemen", "periode", "rincian", "nilai", "status"]
ADDRESS = "/tabel.csv?elemen=BAN01&periode=2020&wilayah=53.14&tingkat=DESA"


def fetch(hub: Client, path: str = "/tabel.csv", as_whom: str | None = None, /, **rest: Any) -> httpx.Response:
    headers: dict[str, str] = rest.pop("headers", {})
    if as_whom is not None:
        headers = headers | {"Authorization": f"Bearer {hub.token(as_whom)}"}
    return hub.get(path, params=ASKED | rest, headers=headers)


def rows_of(text: str, separator: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


# ---------- both forms ----------


def test_a_csv_is_what_rfc_4180_says(read_hub: Client) -> None:
    response = fetch(read_hub, "/tabel.csv", "53.14")
    assert response.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert response.headers["content-disposition"] == 'attachment; filename="tabel_PPK03_dst_53.14_desa_2020.csv"'
    lines = response.content.split(b"\r\n")
    assert lines[0] == b"kode,nama,elemen,periode,rincian,nilai,status"
    assert lines[-1] == b""
    assert b"\n" not in response.content.replace(b"\r\n", b"")
    assert len(rows_of(response.text)) == 1 + 3 * 119


def test_a_csv_for_excel_has_semicolons_a_mark_and_decimal_commas(hub: Client) -> None:
    hub.sql("UPDATE angka SET nilai = 12.5 WHERE elemen = 'PPK03' AND nilai IS NOT NULL")
    usual = rows_of(fetch(hub, "/tabel.csv", "53.14").text)
    content = fetch(hub, "/tabel.csv", "53.14", pemisah="titik-koma").content
    assert content.startswith(b"\xef\xbb\xbfkode;nama;")
    excel = rows_of(content.decode("utf-8-sig"), ";")
    assert [[c.replace(".", ",") if i == 5 else c for i, c in enumerate(r)] for r in usual] == excel
    assert "12,5" in {r[5] for r in excel}
    assert "12.5" in {r[5] for r in usual}


def book_of(response: httpx.Response) -> Any:
    assert response.status_code == 200, response.text
    return openpyxl.load_workbook(io.BytesIO(response.content))


def test_a_workbook_holds_the_same_rows_as_texts_and_numbers(read_hub: Client) -> None:
    response = fetch(read_hub, "/tabel.xlsx", "53.14")
    assert response.headers["content-type"] == XLSX
    assert response.headers["content-disposition"].endswith('desa_2020.xlsx"')
    book = book_of(response)
    assert book.sheetnames == ["Tabel", "Keterangan"]
    sheet = book["Tabel"]
    cells = [[c.value for c in row] for row in sheet.iter_rows()]
    assert cells[0] == HEADER
    as_texts = [[n if i == 5 else c or "" for i, c in enumerate(row)] for row in cells[1:] for n in [_written(row[5])]]
    assert as_texts == rows_of(fetch(read_hub, "/tabel.csv", "53.14").text)[1:]
    assert {type(row[5]) for row in cells[1:]} <= {int, float, type(None)}
    assert {type(row[0]) for row in cells[1:]} == {str}
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:G{1 + 3 * 119}"
    assert sheet.column_dimensions["B"].width > 20
    told = " ".join(str(c.value) for row in book["Keterangan"].iter_rows() for c in row if c.value is not None)
    assert "KABUPATEN 53.14" in told
    assert "DISUPRESI" in told
    assert "tabel.xlsx?" in told
    assert read_hub.token("53.14") not in told


def _written(nilai: float | None) -> str:
    return "" if nilai is None else f"{nilai:g}" if nilai % 1 else f"{nilai:.0f}"


def test_digits_that_no_cell_keeps_are_a_text(hub: Client) -> None:
    hub.sql("UPDATE angka SET nilai = 12345678901234567.25 WHERE elemen = 'PPK03' AND nilai IS NOT NULL")
    values = {c.value for c in book_of(fetch(hub, "/tabel.xlsx", "53.14"))["Tabel"]["F"]}
    assert "12345678901234567.25" in values
    assert "12345678901234567.25" in {r[5] for r in rows_of(fetch(hub, "/tabel.csv", "53.14").text)}


NAMES = ['=HYPERLINK("http://x","klik")', "+1+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "'=1", "\t=1", 'Sungai, "Kuning"']


def test_a_text_that_begins_like_a_formula_is_none_and_is_read_back(hub: Client) -> None:
    kode = [
        k for (k,) in hub.sql("SELECT kode FROM wilayah WHERE kode_kab = '53.14' AND tingkat = 4 ORDER BY kode LIMIT 7")
    ]
    for k, name in zip(kode, NAMES, strict=True):
        hub.sql("UPDATE wilayah SET nama = %s WHERE kode = %s", name, k)
    written = rows_of(fetch(hub).text)
    assert next(r[1] for r in written if r[0] == kode[0]).startswith("'=")
    assert not [c for row in written for c in row if c[:1] in ("=", "+", "@", "\t")]
    (table,) = find_tables(Sheet("a", written), Known())
    read = {r.cells[0]: r.cells[1] for r in table.rows}
    assert [read[k] for k in kode] == [n.strip() if n == "\t=1" else n for n in NAMES]
    book = book_of(fetch(hub, "/tabel.xlsx"))
    cells = {row[0].value: row[1] for row in book["Tabel"].iter_rows(min_row=2)}
    assert {cells[k].data_type for k in kode} == {"s"}
    (table,) = find_tables(
        Sheet("a", [[str(c.value or "") for c in row] for row in book["Tabel"].iter_rows()]), Known()
    )
    assert {r.cells[0]: r.cells[1] for r in table.rows}[kode[4]] == "'=1"


# ---------- what is said ----------


@pytest.mark.parametrize("path", ["/tabel.csv", "/tabel.xlsx", "/tabel"])
def test_head_says_what_get_would(read_hub: Client, path: str) -> None:
    got = fetch(read_hub, path)
    head = read_hub._http.head(path, params=ASKED)
    assert (head.status_code, head.content) == (200, b"")
    assert "content-length" not in head.headers
    for name in ("content-type", "content-disposition", "cache-control"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize(("as_whom", "visibility"), [(None, "public"), ("53.14", "private"), ("53", "private")])
@pytest.mark.parametrize("path", ["/tabel.csv", "/tabel.xlsx"])
def test_what_has_not_changed_is_not_sent_again(
    read_hub: Client, path: str, as_whom: str | None, visibility: str
) -> None:
    got = fetch(read_hub, path, as_whom)
    assert got.headers["cache-control"] == f"{visibility}, max-age=0, must-revalidate"
    assert "Authorization" in got.headers["vary"]
    again = fetch(read_hub, path, as_whom, headers={"If-None-Match": got.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", got.headers["etag"])
    assert fetch(read_hub, path, as_whom).content == got.content
    other = fetch(read_hub, path, as_whom, tingkat="KECAMATAN", headers={"If-None-Match": got.headers["etag"]})
    assert other.status_code == 200


def test_nobody_is_told_that_his_copy_of_anothers_table_is_fresh(read_hub: Client) -> None:
    tags = {fetch(read_hub, "/tabel.csv", w).headers["etag"] for w in (None, "53.14", "53.15", "53")}
    assert len(tags) == 4


def test_a_change_changes_the_tag(hub: Client) -> None:
    tag = fetch(hub, "/tabel.csv", "53.14").headers["etag"]
    hub.sql("UPDATE angka SET nilai = 4 WHERE elemen = 'PPK03' AND tingkat = 4 AND nilai IS NOT NULL")
    eventually(lambda: fetch(hub, "/tabel.csv", "53.14", headers={"If-None-Match": tag}).status_code == 200)


def test_it_is_compressed_and_read_from_other_addresses(read_hub: Client) -> None:
    headers = {"Accept-Encoding": "gzip", "Origin": "https://lain.example"}
    with read_hub._http.stream("GET", "/tabel.csv", params=ASKED, headers=headers) as response:
        raw = b"".join(response.iter_raw())
    assert response.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == fetch(read_hub).content
    assert response.headers["access-control-allow-origin"] == "*"
    assert "Accept-Encoding" in response.headers["vary"]
    assert "content-encoding" not in fetch(read_hub, "/tabel.xlsx").headers


@pytest.mark.parametrize(("accept", "media_type"), [
    ("*/*", "text/csv"), ("text/csv", "text/csv"), (XLSX, XLSX), (f"{XLSX};q=0.5, text/csv;q=0.4", XLSX),
    (f"text/csv, {XLSX};q=0.9", "text/csv"), ("text/html,application/xhtml+xml,*/*;q=0.8", "text/csv"), ("application/*", XLSX),
    ("text/*;q=0.1, application/json", "text/csv"),
])  # fmt: skip
def test_the_reader_chooses_by_accept(read_hub: Client, accept: str, media_type: str) -> None:
    response = fetch(read_hub, "/tabel", headers={"Accept": accept})
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert "Accept" in response.headers["vary"].split(", ")
    assert fetch(read_hub, "/tabel.csv", headers={"Accept": accept}).headers["content-type"].startswith("text/csv")


def test_what_there_is_not_is_not_acceptable(read_hub: Client) -> None:
    response = fetch(read_hub, "/tabel", headers={"Accept": "application/pdf"})
    assert (response.status_code, response.json()["kode"]) == (406, "BENTUK_TIDAK_ADA")
    assert "/tabel.csv" in response.json()["pesan"]


# ---------- what is refused ----------


def test_everything_wrong_is_told_at_once_with_what_to_write(read_hub: Client) -> None:
    asked = {
        "elemen": "BAN01,BAN99", "periode": "2020,20-20", "wilayah": "5314000", "tingkat": "RT", "rincian": "umurnya", "pada": "kemarin",
        "pemisah": "tab", "elemn": "BAN02",
    }  # fmt: skip
    response = read_hub.get("/tabel.csv", params=asked)
    assert response.status_code == 400
    told = {p["nama"]: p["pesan"] for p in response.json()["parameter"]}
    assert set(told) == {"elemen", "periode", "wilayah", "tingkat", "rincian", "pada", "pemisah", "lainnya"}
    assert "BAN99" in told["elemen"]
    assert "2020-S1" in told["periode"]
    assert "53.14" in told["wilayah"]
    assert "KECAMATAN" in told["tingkat"]
    assert "elemn" in told["lainnya"]
    assert all(m in response.json()["pesan"] for m in told.values())
    as_text = read_hub.get("/tabel.csv", params=asked, headers={"Accept": "text/csv"})
    assert as_text.headers["content-type"] == "text/plain; charset=utf-8"
    assert all(f"- {n}: {m}" in as_text.text for n, m in told.items())


@pytest.mark.parametrize(("change", "name"), [
    ({"elemen": ""}, "elemen"), ({"indikator": "I01"}, "elemen"), ({"elemen": "", "indikator": "I99"}, "elemen"), ({"periode": ""}, "periode"),
    ({"wilayah": ""}, "wilayah"), ({"tingkat": "PROVINSI"}, "tingkat"), ({"elemen": "", "indikator": "I01", "rincian": "JK"}, "rincian"),
    ({"periode": ",".join(str(y) for y in range(1950, 2155))}, "periode"),
])  # fmt: skip
def test_one_parameter_is_wrong(read_hub: Client, change: dict[str, str], name: str) -> None:
    response = fetch(read_hub, **change)
    assert (response.status_code, [p["nama"] for p in response.json()["parameter"]]) == (400, [name])
    assert response.headers["cache-control"] == "no-store"


def test_the_level_below_is_meant_where_none_is_named_and_names_may_be_repeated(read_hub: Client) -> None:
    text = read_hub.get("/tabel.csv?elemen=ban01&elemen=FAK01&periode=2020&wilayah=5314").text
    assert text == fetch(read_hub, tingkat="KECAMATAN", elemen="BAN01,FAK01").text


def test_a_wrong_token_is_refused(read_hub: Client) -> None:
    response = fetch(read_hub, headers={"Authorization": "Bearer salah"})
    assert (response.status_code, response.json()["kode"]) == (401, "TOKEN_DITOLAK")
    as_text = fetch(read_hub, headers={"Authorization": "Bearer salah", "Accept": "text/csv"})
    assert (as_text.status_code, as_text.headers["content-type"]) == (401, "text/plain; charset=utf-8")


def test_other_methods_are_not_allowed(read_hub: Client) -> None:
    assert read_hub.post("/tabel.csv").status_code == 405


@pytest.mark.parametrize(
    ("most", "more"), [(200, {}), (7, {"elemen": "SDM01", "rincian": "jabatan,JK", "tingkat": "KABUPATEN"})]
)
def test_a_workbook_that_does_not_fit_is_refused_before_it_begins(
    read_hub: Client, monkeypatch: pytest.MonkeyPatch, most: int, more: dict[str, str]
) -> None:
    """Also where only its rows tell how many they are."""
    monkeypatch.setattr(table_xlsx, "MOST_ROWS", most)
    response = fetch(read_hub, "/tabel.xlsx", "53.14", **more)
    assert (response.status_code, response.json()["kode"]) == (413, "BATAS_TERLAMPAUI")
    assert "/tabel.csv" in response.json()["pesan"]


def test_a_csv_has_its_bound_too(read_hub: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_csv, "MOST_ROWS", 100)
    assert fetch(read_hub).status_code == 413


# ---------- readers that are slow, or go ----------


class Endless:
    """A table without an end, in the place of the database's. `made`: batches; `open`: tables that somebody reads."""

    def __init__(self) -> None:
        self.made = 0
        self.open = 0
        self.error: Exception | None = None

    @asynccontextmanager
    async def opened(self, *_: object) -> AsyncIterator[OpenTable]:
        self.open += 1
        try:
            yield OpenTable(1, self._rows())
        finally:
            self.open -= 1

    async def _rows(self) -> AsyncGenerator[list[TableRow]]:
        while True:
            self.made += 1
            if self.error is not None and self.made > 30:
                raise self.error
            yield [TableRow("53.14", "Rote Ndao", "BAN01", "2020", {}, "1", "ADA")] * 2_000


@pytest.fixture
def server(demo_url: str) -> Iterator[Server]:
    served = Server(demo_url)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> Endless:
    table = Endless()
    monkeypatch.setattr(table_routes, "open_table", table.opened)
    return table


def test_nothing_is_made_for_who_does_not_read_and_nothing_goes_on_for_who_has_gone(
    server: Server, endless: Endless
) -> None:
    with connected(server.address, receive_buffer=4_096) as client:
        client.send(get(ADDRESS))
        client._until(b"\r\n\r\n")
        made = -1
        while made != endless.made:  # stands still after some megabytes
            made = endless.made
            time.sleep(0.3)
        assert endless.open == 1
        assert made * 2_000 * 40 < 16 * 2**20
        client.read(8 * 2**20)
        assert endless.made > made
    eventually(lambda: endless.open == 0)


def test_a_table_that_breaks_off_does_not_end_like_a_whole_one(server: Server, endless: Endless) -> None:
    endless.error = TimeLimitError("terlalu lama")
    with httpx.Client(base_url=server.address, timeout=20) as client, pytest.raises(httpx.RemoteProtocolError):
        client.get(ADDRESS)
    assert endless.open == 0


def test_one_that_lasts_too_long_breaks_off(server: Server, endless: Endless, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_routes, "_SECONDS", 3)  # it has begun by then, however busy the machine is
    with httpx.Client(base_url=server.address, timeout=20) as client, pytest.raises(httpx.RemoteProtocolError):
        client.get(ADDRESS)
    assert endless.open == 0


def test_who_hangs_up_ends_the_query(server: Server) -> None:
    with psycopg.connect(server.database_url) as owner, psycopg.connect(server.database_url, autocommit=True) as looker:

        def waiting() -> int:
            row = looker.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            ).fetchone()
            assert row is not None
            return int(row[0])

        owner.execute("LOCK TABLE wilayah")
        for path in (ADDRESS, ADDRESS.replace("csv", "xlsx")):
            with connected(server.address) as client:
                client.send(get(path))
                eventually(lambda: waiting() == 1)
            eventually(lambda: waiting() == 0)
        owner.rollback()
    with Client(server.address, server.database_url) as hub:
        assert fetch(hub).status_code == 200


def test_so_many_at_once_and_who_comes_next_waits_his_turn(
    server: Server, endless: Endless, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connected(server.address, "127.0.0.2") as first, connected(server.address, "127.0.0.2") as second:
        first.send(get(ADDRESS))
        eventually(lambda: endless.open == 1)
        second.send(get(ADDRESS))
        time.sleep(0.3)
        assert endless.open == 1
        first.hang_up()
        second._until(b"200 OK")


def test_who_waited_in_vain_is_told_when_to_come_again(
    demo_url: str, endless: Endless, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_routes, "_WAIT", 0.2)
    server = Server(demo_url)
    server.start()
    try:
        with connected(server.address) as first, connected(server.address) as second:
            first.send(get(ADDRESS))
            eventually(lambda: endless.open == 1)
            second.send(get(ADDRESS))
            answer = second.answer()
            assert (answer.status, answer.kode, answer.headers["retry-after"]) == (503, "BATAS_TEMPAT", "5")
    finally:
        server.stop()


def test_a_place_is_free_once_a_small_table_is_made(read_hub: Client) -> None:
    for _ in range(6):
        assert fetch(read_hub, "/tabel.xlsx").status_code == 200
    assert json.loads(read_hub.get("/siap").text) == {"siap": True}
