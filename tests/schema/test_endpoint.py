"""The HTTP edge of GraphQL: what it takes, what it refuses and how it says so."""

import json
from typing import Any

import pytest

from tests.client import Klien


def _galat(jawab: Any, status: int) -> str:
    assert jawab.status_code == status, jawab.text
    (galat,) = jawab.json()["errors"]
    return str(galat["message"])


def test_queries_come_by_get_too_and_mutations_do_not(hub_baca: Klien) -> None:
    query = "query Q($k: KodeWilayah!) { kabupaten(kode: $k) { nama } }"
    jawab = hub_baca.get(
        "/graphql", params={"query": query, "variables": json.dumps({"k": "53.14"}), "operationName": "Q"}
    )
    assert jawab.json() == {"data": {"kabupaten": {"nama": "Rote Ndao"}}}
    ubah = 'mutation { setujuiRekap(id: "53.14:F01:2020", revisi: 1) { __typename } }'
    assert "POST" in _galat(hub_baca.get("/graphql", params={"query": ubah}), 400)


@pytest.mark.parametrize(
    ("badan", "kepala", "kata"),
    [
        (b"{", "application/json", "JSON"),
        (b"[]", "application/json", "satu permintaan"),
        (b'[{"query": "{ __typename }"}]', "application/json", "satu permintaan"),
        (b'"x"', "application/json", "query"),
        (b"{}", "application/json", "query"),
        (b'{"query": "{ __typename }", "variables": 3}', "application/json", "variables"),
        (b"query=x", "application/x-www-form-urlencoded", "Content-Type"),
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
    assert jawab.json() == {"data": {"__typename": "Query"}}


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
    assert "32 MiB" in _galat(hub_baca.post("/graphql", content=isi, headers={"Content-Type": "application/json"}), 413)
    assert "variables" in _galat(hub_baca.kirim("{ __typename " + "a: __typename " * 5000 + "}"), 413)


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
    from tests.conftest import Peladen

    peladen = Peladen(demo_url, Settings(batas_waktu_ms=100))
    peladen.nyala()
    with Klien(peladen.alamat, demo_url) as hub:
        hub.sql(
            "CREATE OR REPLACE FUNCTION hub_akhir(periode text) RETURNS date LANGUAGE sql AS $$ SELECT current_date FROM pg_sleep(1) $$"
        )
        for sebagai in (None, "53"):
            (galat,) = hub.galat('{ rekap(id: "53.14:F01:2020") { pelapor { nama } } }', None, sebagai)
            assert galat["extensions"]["kode"] == "BATAS_TERLAMPAUI"
            assert "0.1 detik" in galat["message"]
    peladen.mati()
