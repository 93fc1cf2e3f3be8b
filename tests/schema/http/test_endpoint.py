"""The HTTP edge of GraphQL: what it takes, what it refuses and how it says so."""

import base64
import json
from typing import Any

import pytest

from tests.client import Klien


def _galat(jawab: Any, status: int) -> str:
    assert jawab.status_code == status, jawab.text
    (galat,) = jawab.json()["errors"]
    return str(galat["message"])


def _kode(jawab: Any) -> str:
    (galat,) = jawab.json()["errors"]
    return str(galat["extensions"]["kode"])


def test_queries_come_by_get_too_and_mutations_do_not(hub_baca: Klien) -> None:
    query = "query Q($k: KodeWilayah!) { kabupaten(kode: $k) { nama } }"
    jawab = hub_baca.get(
        "/graphql", params={"query": query, "variables": json.dumps({"k": "53.14"}), "operationName": "Q"}
    )
    assert jawab.json()["data"] == {"kabupaten": {"nama": "Rote Ndao"}}
    ubah = 'mutation { setujuiRekap(id: "53.14:F01:2020", revisi: 1) { __typename } }'
    jawab = hub_baca.get("/graphql", params={"query": ubah})
    assert "POST" in _galat(jawab, 405)
    assert jawab.headers["Allow"] == "POST"
    assert _kode(jawab) == "METODE_SALAH"


@pytest.mark.parametrize(
    ("badan", "kepala", "kata"),
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
def test_a_request_that_is_no_graphql_is_refused(hub_baca: Klien, badan: bytes, kepala: str, kata: str) -> None:
    assert kata in _galat(hub_baca.post("/graphql", content=badan, headers={"Content-Type": kepala}), 400)


def test_errors_in_the_document_are_the_readers_to_see(hub_baca: Klien) -> None:
    assert "Syntax Error" in _galat(hub_baca.kirim("{ kabupaten("), 400)
    assert "kabupatn" in _galat(hub_baca.kirim("{ kabupatn { nama } }"), 400)
    assert "operationName" in _galat(hub_baca.kirim("query A { __typename } query B { __typename }"), 400)
    (galat,) = hub_baca.kirim(
        'query ($p: [Periode!]!) { kelengkapan(periode: $p, wilayah: "53") { status } }', {"p": ["2020-13"]}
    ).json()["errors"]
    assert "2020-TW3" in galat["message"]  # says how a period is written


def test_one_of_several_operations_runs(hub_baca: Klien) -> None:
    teks = 'query A { kabupaten(kode: "53.14") { nama } } query B { __typename }'
    jawab = hub_baca.post("/graphql", json={"query": teks, "operationName": "B"})
    assert jawab.json()["data"] == {"__typename": "Query"}


def test_a_defect_is_masked_under_a_number(hub: Klien) -> None:
    hub.sql("ALTER TABLE wilayah RENAME TO wilayah_hilang")
    for teks in (
        '{ kabupaten(kode: "53.14") { nama } }',
        '{ __schema { queryType { name } } kabupaten(kode: "53.14") { nama } }',
    ):
        jawab = hub.kirim(teks)
        (galat,) = jawab.json()["errors"]
        assert galat["extensions"]["kode"] == "KESALAHAN_DALAM"
        assert galat["extensions"]["nomor"] in galat["message"]
        assert "wilayah" not in jawab.text.replace("kabupaten", "")


def test_too_large_a_request_is_refused(hub_baca: Klien) -> None:
    isi = json.dumps({"query": "{ __typename }", "variables": {"x": "y" * (33 * 2**20)}}).encode()
    kepala = {"Content-Type": "application/json"}
    assert "256 KiB" in _galat(hub_baca.post("/graphql", content=isi, headers=kepala), 413)
    kepala["Authorization"] = f"Bearer {hub_baca.token('53.14')}"
    jawab = hub_baca.post("/graphql", content=isi, headers=kepala)
    assert "32 MiB" in _galat(jawab, 413)
    assert _kode(jawab) == "BATAS_BADAN"
    jawab = hub_baca.kirim("{ __typename " + "a: __typename " * 5000 + "}")
    assert "variables" in _galat(jawab, 413)
    assert _kode(jawab) == "BATAS_DOKUMEN"


def test_several_requests_at_once_are_refused(hub_baca: Klien) -> None:
    jawab = hub_baca.post("/graphql", json=[{"query": "{ __typename }"}])
    assert "satu permintaan" in _galat(jawab, 400)
    assert _kode(jawab) == "KUMPULAN_DITOLAK"


_NUL = [
    '{ formulir(kode: "a\\u0000b") { kode } }',
    '{ daftarRekap(saring: {pelapor: ["a\\u0000"]}) { totalCount } }',
    'mutation { bukaRekap(id: "53.14:F01:2020", alasan: "\\u{0}") { __typename } }',
]


@pytest.mark.parametrize("query", _NUL)
def test_what_the_database_cannot_keep_is_refused(hub_baca: Klien, query: str) -> None:
    assert "NUL" in _galat(hub_baca.kirim(query, None, "53"), 400)


def test_nul_in_variables_is_refused_and_its_likeness_is_not(hub_baca: Klien) -> None:
    query = "query ($k: String!) { formulir(kode: $k) { kode } }"
    assert "NUL" in _galat(hub_baca.kirim(query, {"k": "a\0"}), 400)
    assert "NUL" in _galat(hub_baca.kirim(query, {"k": "F01", "x": [{"a\0": 1}]}), 400)
    assert hub_baca.tanya(query, {"k": "\\u0000"}) == {"formulir": None}  # a backslash and letters


@pytest.mark.parametrize("teks", ["WyJhXHUwMDAwIiwiYiIsImMiXQ==", "W1tdLHt9LG51bGxd", "WzEsMiwzXQ==", "é"])
def test_cursors_that_somebody_made_are_refused(hub_baca: Klien, teks: str) -> None:
    (galat,) = hub_baca.galat("query ($a: String) { daftarRekap(after: $a) { totalCount } }", {"a": teks})
    assert galat["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"


@pytest.mark.parametrize("nomor", [2**15, -(2**31), 2**40, 2**64, 1.5, True])
def test_numbers_in_a_cursor_fit_their_column(hub_baca: Klien, nomor: Any) -> None:
    teks = base64.b64encode(json.dumps(["53.14", "CELAH", "53.14", nomor]).encode()).decode()
    query = 'query ($a: String) { mutuBatas(wilayah: "53", after: $a) { edges { cursor } } }'
    (galat,) = hub_baca.galat(query, {"a": teks})
    assert galat["extensions"]["kode"] == "MASUKAN_TIDAK_SAH"


def test_a_wrong_cursor_is_not_repeated_at_length(hub_baca: Klien) -> None:
    (galat,) = hub_baca.galat("query ($a: String) { daftarDesa(after: $a) { totalCount } }", {"a": "A" * 9_000})
    assert len(galat["message"]) < 200


@pytest.mark.parametrize("tambah", ["", " __schema { queryType { name } }"], ids=["plan", "executor"])
@pytest.mark.parametrize(
    ("query", "kata"),
    [
        ("query { wilayahDiTitik(lon: 1e400, lat: 0) { nama } %s }", "berhingga"),
        ("query { daftarDesa(saring: {bbox: [1e400, 0, 1, 1]}) { totalCount } %s }", "berhingga"),
        ("query { terdekat(lon: 123, lat: -10.7, jarakKm: 1e999) { jarakKm } %s }", "berhingga"),
        ('query ($k: KodeWilayah = "53") { provinsi(kode: $k) { nama } %s }', "$k"),
        ('query ($k: String = "BAN01") { agregat(elemen: [$k], periode: "2020", wilayah: "53", tingkat: PROVINSI) { nilai } %s }', "$k"),
    ],
)  # fmt: skip
def test_values_that_validation_lets_through_are_refused_where_they_are_used(
    hub_baca: Klien, tambah: str, query: str, kata: str
) -> None:
    """Numbers beyond all measure, and null for a variable whose default made it fit: neither a defect nor no filter at all."""
    jawab = hub_baca.kirim(query % tambah, {"k": None}).json()
    (galat,) = jawab["errors"]
    assert galat["extensions"]["kode"] in ("MASUKAN_TIDAK_SAH", "GRAPHQL")
    if not tambah:
        assert kata in galat["message"]


@pytest.mark.parametrize("tulisan", ["53", "true", "[1]", "{a: null}"])
def test_a_wrong_scalar_in_the_document_is_told_with_its_place(hub_baca: Klien, tulisan: str) -> None:
    (galat,) = hub_baca.galat(f"{{ provinsi(kode: {tulisan}) {{ nama }} }}")
    assert galat["locations"] == [{"line": 1, "column": 18}]
    assert tulisan.replace("a:", '"a":') in galat["message"]


@pytest.mark.parametrize(
    "pilihan", ["totalCount", "pageInfo { __typename }", "__typename", "totalCount pageInfo { hasNextPage }"]
)
def test_a_page_without_rows_asked_for_is_one_answer(hub_baca: Klien, pilihan: str) -> None:
    hal = hub_baca.tanya(f"{{ daftarRekap {{ {pilihan} }} }}")["daftarRekap"]
    assert hal.get("totalCount", 14) == 14


@pytest.mark.parametrize("angka", ["1e400", "1e30", "1e999999999", "9" * 400, '"1e30"', '"12345678901234567"', "1e-30"])
def test_figures_too_long_to_be_figures_are_findings(hub_baca: Klien, angka: str) -> None:
    masukan = f"""pelapor: "53.14", formulir: "F07", periode: "2021", kunciIdempoten: "x",
        nilai: [{{wilayah: "53.14.05.2010", elemen: "PPK03", nilai: {angka}}}], totalTertulis: [{{elemen: "PPK03", tertulis: {angka}}}]"""
    query = f"mutation {{ ajukanRekap(uji: true, masukan: {{{masukan}}}) {{ ... on RekapDitolak {{ temuan {{ kode }} }} }} }}"
    hasil = hub_baca.tanya(query, None, "53.14")["ajukanRekap"]
    assert {"ANGKA_TAK_TERBACA", "TOTAL_TAK_TERBACA"} <= {t["kode"] for t in hasil["temuan"]}


def test_introspection_and_federation_service(hub_baca: Klien) -> None:
    sdl = hub_baca.tanya("{ _service { sdl } }")["_service"]["sdl"]
    assert 'type Desa implements Wilayah @key(fields: "kode")' in sdl
    assert 'type Rekap @key(fields: "id")' in sdl


def test_liveness_and_readiness(hub_baca: Klien) -> None:
    assert hub_baca.get("/sehat").json() == {"sehat": True}
    assert hub_baca.get("/siap").json() == {"siap": True}


def test_answers_are_compressed_when_asked(hub_baca: Klien) -> None:
    query = '{ kabupaten(kode: "53.14") { kecamatan { desa { kode nama } } } }'
    jawab = hub_baca.post("/graphql", json={"query": query}, headers={"Accept-Encoding": "gzip"})
    assert jawab.headers["content-encoding"] == "gzip"
    assert len(jawab.json()["data"]["kabupaten"]["kecamatan"]) == 11


def test_a_long_statement_is_stopped_and_said_so(demo_url: str) -> None:
    from hub.base.settings import Settings
    from tests.hub_server import Peladen

    peladen = Peladen(demo_url, Settings(batas_waktu_ms=100))
    peladen.nyala()
    with Klien(peladen.alamat, demo_url) as hub:
        hub.sql(
            "CREATE OR REPLACE FUNCTION hub_akhir(periode text) RETURNS date LANGUAGE sql AS $$ SELECT current_date FROM pg_sleep(1) $$"
        )
        for sebagai in (None, "53"):
            (galat,) = hub.galat('{ rekap(id: "53.14:F01:2020") { pelapor { nama } } }', None, sebagai)
            assert galat["extensions"]["kode"] == "BATAS_WAKTU"
            assert "0.1 detik" in galat["message"]
    peladen.mati()


_BARU = "application/graphql-response+json"


@pytest.mark.parametrize(
    ("accept", "jenis"),
    [
        (_BARU, _BARU), (f"{_BARU}, application/json", _BARU), (f"{_BARU};q=0.5, application/json", "application/json"),
        ("application/json", "application/json"), ("*/*", "application/json"), ("", "application/json"),
        (f"{_BARU};q=0", "application/json"), (f"{_BARU};q=³", "application/json"),
    ],
)  # fmt: skip
def test_the_reader_chooses_the_media_type(hub_baca: Klien, accept: str, jenis: str) -> None:
    header = {"Accept": accept.encode("latin-1")}
    jawab = hub_baca.post("/graphql", json={"query": "{ __typename }"}, headers=header)
    assert jawab.headers["content-type"].split(";")[0] == jenis
    assert "charset=utf-8" in jawab.headers["content-type"] or jenis == "application/json"  # JSON is UTF-8 by itself
    salah = hub_baca.post("/graphql", json={"query": "{ salah }"}, headers=header)
    assert (salah.status_code, salah.headers["content-type"].split(";")[0]) == (400, jenis)


@pytest.mark.parametrize("tambah", ["", "_service { sdl }"])
def test_variables_that_do_not_fit_are_a_status_only_in_the_newer_media_type(hub_baca: Klien, tambah: str) -> None:
    badan = {"query": f"query ($k: KodeWilayah!) {{ {tambah} kabupaten(kode: $k) {{ nama }} }}", "variables": {"k": 3}}
    lama = hub_baca.post("/graphql", json=badan, headers={"Accept": "application/json"})
    assert (lama.status_code, lama.json()["data"]) == (200, None)
    baru = hub_baca.post("/graphql", json=badan, headers={"Accept": _BARU})
    assert baru.status_code == 400
    assert "data" not in baru.json()
    sebagian = {"query": '{ a: kabupaten(kode: "53") { nama } b: kabupaten(kode: "53.14") { nama } }'}
    assert hub_baca.post("/graphql", json=sebagian, headers={"Accept": _BARU}).status_code == 200


def test_no_cookie_is_asked_for_or_set(hub_baca: Klien) -> None:
    """Who may do what hangs on the bearer token alone, so a foreign page has nothing to borrow."""
    jawab = hub_baca.get(
        "/graphql", params={"query": "{ __typename }"}, headers={"Cookie": "sesi=1", "Origin": "https://lain.test"}
    )
    assert "set-cookie" not in jawab.headers
    assert "access-control-allow-credentials" not in jawab.headers
