"""The HTTP edge of GraphQL: what it takes, what it refuses and how it says so."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.client import Client


def _error_message(response: Any, status: int) -> str:
    assert response.status_code == status, response.text
    (error,) = response.json()["errors"]
    return str(error["message"])


def _kode(response: Any) -> str:
    (error,) = response.json()["errors"]
    return str(error["extensions"]["kode"])


def test_queries_come_by_get_too_and_mutations_do_not(read_hub: Client) -> None:
    query = "query Q($k: KodeWilayah!) { kabupaten(kode: $k) { nama } }"
    response = read_hub.get(
        "/graphql", params={"query": query, "variables": json.dumps({"k": "53.14"}), "operationName": "Q"}
    )
    assert response.json()["data"] == {"kabupaten": {"nama": "Rote Ndao"}}
    change = 'mutation { setujuiRekap(id: "53.14:F01:2020", revisi: 1) { __typename } }'
    response = read_hub.get("/graphql", params={"query": change})
    assert "POST" in _error_message(response, 405)
    assert response.headers["Allow"] == "POST"
    assert _kode(response) == "METODE_SALAH"


@pytest.mark.parametrize(
    ("body", "content_type", "word"),
    [
        (b"{", "application/json", "baris 1, kolom 2"),
        (b"", "application/json", "kosong"),
        (b'{"query": "\xff"}', "application/json", "bukan UTF-8 (bita ke-12)"),
        (b'{"query": "{ __typename }", "variables": {"a": 1e999}}', "application/json", "kolom 48"),
        (
            b'{"query": "{ __typename }", "variables": {"a": ' + b"[" * 300 + b"]" * 300 + b"}}",
            "application/json",
            "bersarang",
        ),
        (b"[]", "application/json", "satu permintaan"),
        (b'[{"query": "{ __typename }"}]', "application/json", "satu permintaan"),
        (b'"x"', "application/json", "query"),
        (b"{}", "application/json", "query"),
        (b'{"query": "{ __typename }", "variables": 3}', "application/json", "variables"),
        (b"query=x", "application/x-www-form-urlencoded", "Content-Type"),
        (b'{"query": "{ __typename }"}', "text/plain", "Content-Type"),  # what a foreign page can send unasked
        (b'{"query": "{ __typename }"}', "application/json; charset=latin-1", "UTF-8"),
    ],
)
def test_a_request_that_is_no_graphql_is_refused(read_hub: Client, body: bytes, content_type: str, word: str) -> None:
    response = read_hub.post("/graphql", content=body, headers={"Content-Type": content_type})
    assert word in _error_message(response, 400 if content_type == "application/json" else 415)
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


def test_errors_in_the_document_are_the_readers_to_see(read_hub: Client) -> None:
    assert "Syntax Error" in _error_message(read_hub.send("{ kabupaten("), 200)
    assert "kabupatn" in _error_message(read_hub.send("{ kabupatn { nama } }"), 200)
    assert "operationName" in _error_message(read_hub.send("query A { __typename } query B { __typename }"), 200)
    (error,) = read_hub.send(
        'query ($p: [Periode!]!) { kelengkapan(periode: $p, wilayah: "53") { status } }', {"p": ["2020-13"]}
    ).json()["errors"]
    assert "2020-TW3" in error["message"]  # says how a period is written


def test_one_of_several_operations_runs(read_hub: Client) -> None:
    document = 'query A { kabupaten(kode: "53.14") { nama } } query B { __typename }'
    response = read_hub.post("/graphql", json={"query": document, "operationName": "B"})
    assert response.json()["data"] == {"__typename": "Query"}


def test_a_defect_is_masked_under_a_number(hub: Client) -> None:
    hub.sql("ALTER TABLE wilayah RENAME TO wilayah_hilang")
    for document in (
        '{ kabupaten(kode: "53.14") { nama } }',
        '{ __schema { queryType { name } } kabupaten(kode: "53.14") { nama } }',
    ):
        response = hub.send(document)
        (error,) = response.json()["errors"]
        assert error["extensions"]["kode"] == "KESALAHAN_DALAM"
        assert error["extensions"]["nomor"] in error["message"]
        assert "wilayah" not in response.text.replace("kabupaten", "")


def test_too_large_a_request_is_refused(read_hub: Client) -> None:
    body = json.dumps({"query": "{ __typename }", "variables": {"x": "y" * (33 * 2**20)}}).encode()
    headers = {"Content-Type": "application/json"}
    known = headers | {"Authorization": f"Bearer {read_hub.token('53.14')}"}
    with ThreadPoolExecutor() as both:  # the hub takes its time over what it throws away
        public, response = both.map(lambda h: read_hub.post("/graphql", content=body, headers=h), (headers, known))
    assert "256 KiB" in _error_message(public, 413)
    assert "32 MiB" in _error_message(response, 413)
    assert _kode(response) == "BATAS_BADAN"
    response = read_hub.send("{ __typename " + "a: __typename " * 5000 + "}")
    assert "variables" in _error_message(response, 200)
    assert _kode(response) == "BATAS_DOKUMEN"


def test_several_requests_at_once_are_refused(read_hub: Client) -> None:
    response = read_hub.post("/graphql", json=[{"query": "{ __typename }"}])
    assert "satu permintaan" in _error_message(response, 400)
    assert _kode(response) == "KUMPULAN_DITOLAK"


_NUL = [
    '{ formulir(kode: "a\\u0000b") { kode } }',
    '{ daftarRekap(saring: {pelapor: ["a\\u0000"]}) { totalCount } }',
    'mutation { bukaRekap(id: "53.14:F01:2020", alasan: "\\u{0}") { __typename } }',
]


@pytest.mark.parametrize("query", _NUL)
def test_what_the_database_cannot_keep_is_refused(read_hub: Client, query: str) -> None:
    assert "NUL" in _error_message(read_hub.send(query, None, "53"), 200)


def test_nul_in_variables_is_refused_and_its_likeness_is_not(read_hub: Client) -> None:
    query = "query ($k: String!) { formulir(kode: $k) { kode } }"
    assert "NUL" in _error_message(read_hub.send(query, {"k": "a\0"}), 200)
    assert "NUL" in _error_message(read_hub.send(query, {"k": "F01", "x": [{"a\0": 1}]}), 200)
    assert read_hub.ask(query, {"k": "\\u0000"}) == {"formulir": None}  # a backslash and letters


@pytest.mark.parametrize("cursor", ["WyJhXHUwMDAwIiwiYiIsImMiXQ==", "W1tdLHt9LG51bGxd", "WzEsMiwzXQ==", "é"])
def test_cursors_that_somebody_made_are_refused(read_hub: Client, cursor: str) -> None:
    (error,) = read_hub.errors("query ($a: String) { daftarRekap(after: $a) { totalCount } }", {"a": cursor})
    assert error["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"


@pytest.mark.parametrize("number", [2**15, -(2**31), 2**40, 2**64, 1.5, True])
def test_numbers_in_a_cursor_fit_their_column(read_hub: Client, number: Any) -> None:
    cursor = base64.b64encode(json.dumps(["53.14", "CELAH", "53.14", number]).encode()).decode()
    query = 'query ($a: String) { mutuBatas(wilayah: "53", after: $a) { edges { cursor } } }'
    (error,) = read_hub.errors(query, {"a": cursor})
    assert error["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"


def test_a_wrong_cursor_is_not_repeated_at_length(read_hub: Client) -> None:
    (error,) = read_hub.errors("query ($a: String) { daftarDesa(after: $a) { totalCount } }", {"a": "A" * 9_000})
    assert len(error["message"]) < 200


@pytest.mark.parametrize("added", ["", " __schema { queryType { name } }"], ids=["plan", "executor"])
@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("query { wilayahDiTitik(lon: 1e400, lat: 0) { nama } %s }", "berhingga"),
        ("query { daftarDesa(saring: {bbox: [1e400, 0, 1, 1]}) { totalCount } %s }", "berhingga"),
        ("query { terdekat(lon: 123, lat: -10.7, jarakKm: 1e999) { jarakKm } %s }", "berhingga"),
        ('query ($k: KodeWilayah = "53") { provinsi(kode: $k) { nama } %s }', "$k"),
        ('query ($k: String = "BAN01") { agregat(elemen: [$k], periode: "2020", wilayah: "53", tingkat: PROVINSI) { nilai } %s }', "$k"),
    ],
)  # fmt: skip
def test_values_that_validation_lets_through_are_refused_where_they_are_used(
    read_hub: Client, added: str, query: str, word: str
) -> None:
    """Numbers beyond all measure, and null for a variable whose default made it fit: neither a defect nor no filter at all."""
    response = read_hub.send(query % added, {"k": None}).json()
    (error,) = response["errors"]
    assert error["extensions"]["kode"] in ("MASUKAN_TIDAK_SAH", "GRAPHQL")
    if not added:
        assert word in error["message"]


@pytest.mark.parametrize("literal", ["53", "true", "[1]", "{a: null}"])
def test_a_wrong_scalar_in_the_document_is_told_with_its_place(read_hub: Client, literal: str) -> None:
    (error,) = read_hub.errors(f"{{ provinsi(kode: {literal}) {{ nama }} }}")
    assert error["locations"] == [{"line": 1, "column": 18}]
    assert literal.replace("a:", '"a":') in error["message"]


@pytest.mark.parametrize(
    "pilihan", ["totalCount", "pageInfo { __typename }", "__typename", "totalCount pageInfo { hasNextPage }"]
)
def test_a_page_without_rows_asked_for_is_one_answer(read_hub: Client, pilihan: str) -> None:
    page = read_hub.ask(f"{{ daftarRekap {{ {pilihan} }} }}")["daftarRekap"]
    assert page.get("totalCount", 15) == 15


@pytest.mark.parametrize("angka", ["1e400", "1e30", "1e999999999", "9" * 400, '"1e30"', '"12345678901234567"', "1e-30"])
def test_figures_too_long_to_be_figures_are_findings(read_hub: Client, angka: str) -> None:
    given = f"""pelapor: "53.14", formulir: "F07", periode: "2021", kunciIdempoten: "x",
        nilai: [{{wilayah: "53.14.05.2010", elemen: "PPK03", nilai: {angka}}}], totalTertulis: [{{elemen: "PPK03", tertulis: {angka}}}]"""
    query = (
        f"mutation {{ ajukanRekap(uji: true, masukan: {{{given}}}) {{ ... on RekapDitolak {{ temuan {{ kode }} }} }} }}"
    )
    result = read_hub.ask(query, None, "53.14")["ajukanRekap"]
    assert {"ANGKA_TAK_TERBACA", "TOTAL_TAK_TERBACA"} <= {t["kode"] for t in result["temuan"]}


def test_introspection_and_federation_service(read_hub: Client) -> None:
    sdl = read_hub.ask("{ _service { sdl } }")["_service"]["sdl"]
    assert 'type Desa implements Wilayah & Node @key(fields: "kode")' in sdl
    assert 'type Rekap @key(fields: "id")' in sdl


def test_liveness_and_readiness(read_hub: Client) -> None:
    assert read_hub.get("/sehat").json() == {"sehat": True}
    assert read_hub.get("/siap").json() == {"siap": True}


def test_answers_are_compressed_when_asked(read_hub: Client) -> None:
    query = '{ kabupaten(kode: "53.14") { kecamatan { desa { kode nama } } } }'
    for accepted in ("gzip", "*"):
        response = read_hub.post("/graphql", json={"query": query}, headers={"Accept-Encoding": accepted})
        assert response.headers["content-encoding"] == "gzip"
        assert len(response.json()["data"]["kabupaten"]["kecamatan"]) == 11


def test_a_long_statement_is_stopped_and_said_so(demo_url: str) -> None:
    from hub.base.settings import Settings
    from tests.hub_server import Server

    server = Server(demo_url, Settings(batas_waktu_ms=100))
    server.start()
    with Client(server.address, demo_url) as hub:
        hub.sql(
            "CREATE OR REPLACE FUNCTION hub_akhir(periode text) RETURNS date LANGUAGE sql AS $$ SELECT current_date FROM pg_sleep(1) $$"
        )
        for as_whom in (None, "53"):
            (error,) = hub.errors('{ rekap(id: "53.14:F01:2020") { pelapor { nama } } }', None, as_whom)
            assert error["extensions"]["kode"] == "BATAS_WAKTU"
            assert "0.1 detik" in error["message"]
    server.stop()


def test_no_cookie_is_asked_for_or_set(read_hub: Client) -> None:
    """Who may do what hangs on the bearer token alone, so a foreign page has nothing to borrow."""
    response = read_hub.get(
        "/graphql", params={"query": "{ __typename }"}, headers={"Cookie": "sesi=1", "Origin": "https://lain.test"}
    )
    assert "set-cookie" not in response.headers
    assert "access-control-allow-credentials" not in response.headers
