"""Guard rails on documents: exactly the limit passes, one more is refused with code, number, limit and remedy."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from hub.base.settings import Settings
from tests.client import Client
from tests.hub_server import Server


@pytest.fixture(scope="module")
def strict_hub(shared_demo_url: str) -> Iterator[Client]:
    """A hub with narrow limits, introspection off."""
    narrow = Settings(
        batas_token=200, batas_kedalaman=5, batas_alias=6, batas_akar=3, batas_medan=60, batas_biaya=5_000, introspeksi=False
    )  # fmt: skip
    server = Server(shared_demo_url, narrow)
    server.start()
    with Client(server.address, shared_demo_url) as client:
        yield client
    server.stop()


def _kab(selection: str) -> str:
    return f'{{ kabupaten(kode: "53.14") {{ {selection} }} }}'


def _nested(n: int) -> str:
    return _kab("pendahulu { " * (n - 2) + "nama" + " }" * (n - 2))


def _alias(n: int) -> str:
    return _kab(" ".join(f"a{i}: nama" for i in range(n)))


def _roots(n: int) -> str:
    return "{ " + " ".join(["__typename", "daftarFormulir { kode }", 'formulir(kode: "F01") { kode }', 'kabupaten(kode: "53.14") { nama }', 'desa(kode: "53.14.02.2018") { nama }'][:n]) + " }"  # fmt: skip


def _fields(n: int) -> str:
    return _kab("...F " + "nama " * (n - 3)) + " fragment F on Kabupaten { kode kode }"


@pytest.mark.parametrize(
    ("document", "limit", "kode"),
    [(_nested, 5, "BATAS_KEDALAMAN"), (_alias, 6, "BATAS_ALIAS"), (_roots, 3, "BATAS_AKAR"), (_fields, 60, "BATAS_MEDAN")],
)  # fmt: skip
def test_the_limit_passes_and_one_more_does_not(strict_hub: Client, document: Any, limit: int, kode: str) -> None:
    assert "errors" not in strict_hub.send(document(limit)).json()
    response = strict_hub.send(document(limit + 1))
    assert response.status_code == 200
    (error,) = response.json()["errors"]
    assert error["extensions"] == {
        "kode": kode,
        "code": "GRAPHQL_VALIDATION_FAILED",
        "ditemukan": limit + 1,
        "batas": limit,
    }
    assert str(limit + 1) in error["message"]
    assert f"paling {'dalam' if kode == 'BATAS_KEDALAMAN' else 'banyak'} {limit}" in error["message"]
    assert "data" not in response.json()


def test_tokens(strict_hub: Client) -> None:
    # {__typename} is three tokens; comments count, for they are read too
    assert "errors" not in strict_hub.send("# x\n" * 197 + "{__typename}").json()
    response = strict_hub.send("# x\n" * 198 + "{__typename}")
    (error,) = response.json()["errors"]
    assert (response.status_code, error["extensions"]) == (
        200,
        {"kode": "BATAS_TOKEN", "code": "GRAPHQL_VALIDATION_FAILED", "ditemukan": 201, "batas": 200},
    )
    assert "201 token, paling banyak 200" in error["message"]
    assert "Syntax Error" in strict_hub.errors("{ kabupaten(")[0]["message"]


def test_everything_too_much_is_said_at_once(strict_hub: Client) -> None:
    inner = "pendahulu { " * 5 + " ".join(f"a{i}: nama" for i in range(7)) + " }" * 5
    errors = strict_hub.errors(f'{{ kabupaten(kode: "53.14") {{ {inner} }} __schema {{ queryType {{ name }} }} }}')
    assert {g["extensions"]["kode"] for g in errors} == {"BATAS_KEDALAMAN", "BATAS_ALIAS", "INTROSPEKSI_MATI"}


def test_fragments_count_as_often_as_they_are_spread(strict_hub: Client) -> None:
    document = _kab("pendahulu { ...F } pengganti { ...F }") + " fragment F on Wilayah { a: nama b: nama c: nama }"
    assert "errors" not in strict_hub.send(document).json()
    (error,) = strict_hub.errors(document.replace("c: nama", "c: nama d: nama"))
    assert error["extensions"] == {
        "kode": "BATAS_ALIAS",
        "code": "GRAPHQL_VALIDATION_FAILED",
        "ditemukan": 8,
        "batas": 6,
    }
    (error,) = strict_hub.errors(_kab("pendahulu { ...A }") + " fragment A on Wilayah { pendahulu { ...B } } fragment B on Wilayah { pendahulu { pendahulu { nama } } }")  # fmt: skip
    assert error["extensions"]["ditemukan"] == 6


def test_fragments_that_multiply_are_counted_without_walking_them(read_hub: Client) -> None:
    """Sixty fragments, each spreading the next one twice: 2⁶⁰ fields in 5 kB."""
    chain = " ".join(f"fragment F{i} on Wilayah {{ a: pendahulu {{ ...F{i + 1} }} b: pendahulu {{ ...F{i + 1} }} }}" for i in range(60))  # fmt: skip
    start = time.monotonic()
    errors = read_hub.errors(_kab("...F0") + chain + " fragment F60 on Wilayah { nama }")
    assert {g["extensions"]["kode"] for g in errors} == {"BATAS_KEDALAMAN", "BATAS_ALIAS", "BATAS_MEDAN"}
    assert time.monotonic() - start < 2
    # 2¹²⁰ is no number that JSON holds
    flat = " ".join(f"fragment F{i} on Kabupaten {{ ...F{i + 1} ...F{i + 1} }}" for i in range(120))
    (error,) = read_hub.errors(_kab("...F0") + flat + " fragment F120 on Kabupaten { nama }")
    assert error["extensions"] == {
        "kode": "BATAS_MEDAN",
        "code": "GRAPHQL_VALIDATION_FAILED",
        "ditemukan": 2**53 - 1,
        "batas": 2_000,
    }


@pytest.mark.parametrize("step", [1, -1])
def test_long_chains_of_fragments_are_refused(read_hub: Client, step: int) -> None:
    fragments = [f"fragment F{i} on Kabupaten {{ ...F{i + 1} }}" for i in range(400)] + [
        "fragment F400 on Kabupaten { nama }"
    ]
    spreads = " ".join(f"...F{i}" for i in range(0, 400, 100)[::step])
    (error,) = read_hub.errors(_kab(spreads) + " ".join(fragments))
    assert error["extensions"]["kode"] == "BATAS_KEDALAMAN"
    assert read_hub.ask(_kab("...F300") + " ".join(fragments[300:]))["kabupaten"] == {"nama": "Rote Ndao"}


def test_a_cycle_of_fragments_is_refused(read_hub: Client) -> None:
    document = _kab("...A") + " fragment A on Kabupaten { nama ...B } fragment B on Kabupaten { kode ...A }"
    assert any("within itself" in g["message"] for g in read_hub.errors(document))


def test_the_default_depth_can_be_run(read_hub: Client) -> None:
    assert read_hub.ask(_nested(16))["kabupaten"] == {"pendahulu": []}
    branches = _kab("pendahulu { ... on Desa { kode } " * 10 + "nama" + " }" * 10)  # a branch per type, ten levels deep
    assert read_hub.errors(branches)[0]["extensions"]["kode"] == "BATAS_MEDAN"
    upward = _kab("kecamatan { kabupaten { " * 6 + "nama" + " } }" * 6)
    assert "errors" not in read_hub.send('{ desa(kode: "53.14.02.2018") { ' + "kecamatan { kabupaten { provinsi { " + "nama } } } } }").json()  # fmt: skip
    (error,) = read_hub.errors(upward)
    assert error["extensions"]["kode"] == "BATAS_BIAYA"  # 15⁶ kecamatan: shallow enough, and far too many


@pytest.mark.parametrize("document", ["{ __schema { queryType { name } } }", '{ __type(name: "Desa") { name } }', "{ _service { sdl } }", "{ ...F } fragment F on Query { __schema { queryType { name } } }"])  # fmt: skip
def test_introspection_can_be_switched_off(strict_hub: Client, read_hub: Client, document: str) -> None:
    assert "errors" not in read_hub.send(document).json()
    (error,) = strict_hub.errors(document)
    assert error["extensions"]["kode"] == "INTROSPEKSI_MATI"
    assert strict_hub.ask("{ __typename }") == {"__typename": "Query"}


def test_names_are_not_suggested_when_introspection_is_off(strict_hub: Client, read_hub: Client) -> None:
    for query, variables in (
        ("{ kabupatn { nama } }", None),
        ('query ($t: TingkatWilayah!) { agregat(elemen: ["BAN01"], periode: ["2020"], wilayah: "53", tingkat: $t) { nilai } }', {"t": "DESSA"}),
        ("query ($t: TingkatWilayah!) { _service { sdl } }", {"t": "DESSA"}),
    ):  # fmt: skip
        strict_text, open_text = strict_hub.send(query, variables).text, read_hub.send(query, variables).text
        assert "Did you mean" not in strict_text
        assert "_service" in query or "Did you mean" in open_text


@pytest.mark.parametrize("added", ["", " __schema { queryType { name } }"], ids=["plan", "executor"])
def test_mistakes_in_variables_are_told_up_to_a_number(read_hub: Client, added: str) -> None:
    """Each is longer than what it is about: a body of 3 MB was answered with 170 MB."""
    query = f"query ($r: [_Any!]!) {{ _entities(representations: $r) {{ __typename }}{added} }}"
    errors = read_hub.errors(query, {"r": [None] * 2_000})
    assert len(errors) == 51
    assert errors[-1]["extensions"]["kode"] == "BATAS_KESALAHAN"


def test_a_list_longer_than_any_use_is_read_or_refused(read_hub: Client) -> None:
    listing = "query ($u: [UrutDesa!]) { daftarDesa(urut: $u) { totalCount } }"
    assert read_hub.ask(listing, {"u": ["NAMA", "KODE"] * 5_000})
    (error,) = read_hub.errors(listing, {"u": ["NAMA"] * 10_001})
    assert error["extensions"]["kode"] == "BATAS_TERLAMPAUI"
    assert "variables.u berisi 10001 isian, paling banyak 10000" in error["message"]
    query = 'query ($r: [String!]) { agregat(elemen: "BAN01", periode: "2020", wilayah: "53", tingkat: PROVINSI, rincian: $r) { nilai } }'
    (error,) = read_hub.errors(query, {"r": [f"R{i}" for i in range(201)]})
    assert error["extensions"]["kode"] == "BATAS_TERLAMPAUI"


@pytest.mark.parametrize("angka", ["9" * 5_000, "-" + "9" * 5_000, "[" + "9" * 5_000 + "]"])
def test_a_number_too_long_to_be_read_is_no_defect(read_hub: Client, angka: str) -> None:
    for _ in range(2):  # the second time its shape may be known
        (error,) = read_hub.errors(f"{{ daftarDesa(first: {angka}) {{ edges {{ cursor }} }} }}")
        assert error["extensions"] == {"kode": "MASUKAN_TIDAK_SAH", "code": "BAD_USER_INPUT"}
        read_hub.ask("{ daftarDesa(first: 5) { edges { cursor } } }")


def test_introspection_is_capped_on_its_own(read_hub: Client) -> None:
    from graphql import get_introspection_query

    assert "errors" not in read_hub.send(get_introspection_query(input_value_deprecation=True)).json()
    inner = "{ __schema { types { " + "fields { type { " * 4 + "name" + " } }" * 4 + " } } }"
    (error,) = read_hub.errors(inner)
    assert error["extensions"] == {"kode": "BATAS_INTROSPEKSI", "code": "GRAPHQL_VALIDATION_FAILED"}
    assert "lebih dari 3 tingkat" in error["message"]


@pytest.mark.parametrize(
    ("document", "kode"),
    [
        (_kab("nama " * 1_900), "BATAS_PERIKSA"),  # within every limit, and each is compared with every other
        (_kab(" ".join(f"x{i}" for i in range(200))), "BATAS_KESALAHAN"),
        ("{ daftarDesa(saring: {bbox: " + "[" * 3_000 + "]" * 3_000 + "}) { totalCount } }", "BATAS_KEDALAMAN"),
    ],
)
def test_the_librarys_own_limits_have_codes_and_remedies_too(read_hub: Client, document: str, kode: str) -> None:
    error = read_hub.errors(document)[-1]
    assert error["extensions"]["kode"] == kode
    assert "abort" not in error["message"]
