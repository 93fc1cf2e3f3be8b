"""Guard rails on documents: exactly the limit passes, one more is refused with code, number, limit and remedy."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from hub.base.settings import Settings
from tests.client import Klien
from tests.hub_server import Peladen


@pytest.fixture(scope="module")
def ketat(shared_demo_url: str) -> Iterator[Klien]:
    """A hub with narrow limits, introspection off."""
    sempit = Settings(
        batas_token=200, batas_kedalaman=5, batas_alias=6, batas_akar=3, batas_medan=60, batas_biaya=5_000, introspeksi=False
    )  # fmt: skip
    peladen = Peladen(shared_demo_url, sempit)
    peladen.nyala()
    with Klien(peladen.alamat, shared_demo_url) as klien:
        yield klien
    peladen.mati()


def _kab(isi: str) -> str:
    return f'{{ kabupaten(kode: "53.14") {{ {isi} }} }}'


def _bersarang(n: int) -> str:
    return _kab("pendahulu { " * (n - 2) + "nama" + " }" * (n - 2))


def _alias(n: int) -> str:
    return _kab(" ".join(f"a{i}: nama" for i in range(n)))


def _akar(n: int) -> str:
    return "{ " + " ".join(["__typename", "daftarFormulir { kode }", 'formulir(kode: "F01") { kode }', 'kabupaten(kode: "53.14") { nama }', 'desa(kode: "53.14.02.2018") { nama }'][:n]) + " }"  # fmt: skip


def _medan(n: int) -> str:
    return _kab("...F " + "nama " * (n - 3)) + " fragment F on Kabupaten { kode kode }"


@pytest.mark.parametrize(
    ("dokumen", "batas", "kode"),
    [(_bersarang, 5, "BATAS_KEDALAMAN"), (_alias, 6, "BATAS_ALIAS"), (_akar, 3, "BATAS_AKAR"), (_medan, 60, "BATAS_MEDAN")],
)  # fmt: skip
def test_the_limit_passes_and_one_more_does_not(ketat: Klien, dokumen: Any, batas: int, kode: str) -> None:
    assert "errors" not in ketat.kirim(dokumen(batas)).json()
    jawab = ketat.kirim(dokumen(batas + 1))
    assert jawab.status_code == 400
    (galat,) = jawab.json()["errors"]
    assert galat["extensions"] == {"kode": kode, "ditemukan": batas + 1, "batas": batas}
    assert str(batas + 1) in galat["message"]
    assert f"paling {'dalam' if kode == 'BATAS_KEDALAMAN' else 'banyak'} {batas}" in galat["message"]
    assert "data" not in jawab.json()


def test_tokens(ketat: Klien) -> None:
    # {__typename} is three tokens; comments count, for they are read too
    assert "errors" not in ketat.kirim("# x\n" * 197 + "{__typename}").json()
    jawab = ketat.kirim("# x\n" * 198 + "{__typename}")
    (galat,) = jawab.json()["errors"]
    assert (jawab.status_code, galat["extensions"]) == (400, {"kode": "BATAS_TOKEN", "ditemukan": 201, "batas": 200})
    assert "201 token, paling banyak 200" in galat["message"]
    assert "Syntax Error" in ketat.galat("{ kabupaten(")[0]["message"]


def test_everything_too_much_is_said_at_once(ketat: Klien) -> None:
    dalam = "pendahulu { " * 5 + " ".join(f"a{i}: nama" for i in range(7)) + " }" * 5
    galat = ketat.galat(f'{{ kabupaten(kode: "53.14") {{ {dalam} }} __schema {{ queryType {{ name }} }} }}')
    assert {g["extensions"]["kode"] for g in galat} == {"BATAS_KEDALAMAN", "BATAS_ALIAS", "INTROSPEKSI_MATI"}


def test_fragments_count_as_often_as_they_are_spread(ketat: Klien) -> None:
    teks = _kab("pendahulu { ...F } pengganti { ...F }") + " fragment F on Wilayah { a: nama b: nama c: nama }"
    assert "errors" not in ketat.kirim(teks).json()
    (galat,) = ketat.galat(teks.replace("c: nama", "c: nama d: nama"))
    assert galat["extensions"] == {"kode": "BATAS_ALIAS", "ditemukan": 8, "batas": 6}
    (galat,) = ketat.galat(_kab("pendahulu { ...A }") + " fragment A on Wilayah { pendahulu { ...B } } fragment B on Wilayah { pendahulu { pendahulu { nama } } }")  # fmt: skip
    assert galat["extensions"]["ditemukan"] == 6


def test_fragments_that_multiply_are_counted_without_walking_them(hub_baca: Klien) -> None:
    """Sixty fragments, each spreading the next one twice: 2⁶⁰ fields in 5 kB."""
    rantai = " ".join(f"fragment F{i} on Wilayah {{ a: pendahulu {{ ...F{i + 1} }} b: pendahulu {{ ...F{i + 1} }} }}" for i in range(60))  # fmt: skip
    mulai = time.monotonic()
    galat = hub_baca.galat(_kab("...F0") + rantai + " fragment F60 on Wilayah { nama }")
    assert {g["extensions"]["kode"] for g in galat} == {"BATAS_KEDALAMAN", "BATAS_ALIAS", "BATAS_MEDAN"}
    assert time.monotonic() - mulai < 2
    # 2¹²⁰ is no number that JSON holds
    rata = " ".join(f"fragment F{i} on Kabupaten {{ ...F{i + 1} ...F{i + 1} }}" for i in range(120))
    (satu,) = hub_baca.galat(_kab("...F0") + rata + " fragment F120 on Kabupaten { nama }")
    assert satu["extensions"] == {"kode": "BATAS_MEDAN", "ditemukan": 2**53 - 1, "batas": 2_000}


@pytest.mark.parametrize("arah", [1, -1])
def test_long_chains_of_fragments_are_refused(hub_baca: Klien, arah: int) -> None:
    isi = [f"fragment F{i} on Kabupaten {{ ...F{i + 1} }}" for i in range(400)] + [
        "fragment F400 on Kabupaten { nama }"
    ]
    awal = " ".join(f"...F{i}" for i in range(0, 400, 100)[::arah])
    (galat,) = hub_baca.galat(_kab(awal) + " ".join(isi))
    assert galat["extensions"]["kode"] == "BATAS_KEDALAMAN"
    assert hub_baca.tanya(_kab("...F300") + " ".join(isi[300:]))["kabupaten"] == {"nama": "Rote Ndao"}


def test_a_cycle_of_fragments_is_refused(hub_baca: Klien) -> None:
    teks = _kab("...A") + " fragment A on Kabupaten { nama ...B } fragment B on Kabupaten { kode ...A }"
    assert any("within itself" in g["message"] for g in hub_baca.galat(teks))


def test_the_default_depth_can_be_run(hub_baca: Klien) -> None:
    assert hub_baca.tanya(_bersarang(16))["kabupaten"] == {"pendahulu": []}
    jenis = _kab("pendahulu { ... on Desa { kode } " * 10 + "nama" + " }" * 10)  # a branch per type, ten levels deep
    assert hub_baca.galat(jenis)[0]["extensions"]["kode"] == "BATAS_MEDAN"
    naik = _kab("kecamatan { kabupaten { " * 6 + "nama" + " } }" * 6)
    assert "errors" not in hub_baca.kirim('{ desa(kode: "53.14.02.2018") { ' + "kecamatan { kabupaten { provinsi { " + "nama } } } } }").json()  # fmt: skip
    (galat,) = hub_baca.galat(naik)
    assert galat["extensions"]["kode"] == "BATAS_BIAYA"  # 15⁶ kecamatan: shallow enough, and far too many


@pytest.mark.parametrize("teks", ["{ __schema { queryType { name } } }", '{ __type(name: "Desa") { name } }', "{ _service { sdl } }", "{ ...F } fragment F on Query { __schema { queryType { name } } }"])  # fmt: skip
def test_introspection_can_be_switched_off(ketat: Klien, hub_baca: Klien, teks: str) -> None:
    assert "errors" not in hub_baca.kirim(teks).json()
    (galat,) = ketat.galat(teks)
    assert galat["extensions"]["kode"] == "INTROSPEKSI_MATI"
    assert ketat.tanya("{ __typename }") == {"__typename": "Query"}


def test_names_are_not_suggested_when_introspection_is_off(ketat: Klien, hub_baca: Klien) -> None:
    for query, variables in (
        ("{ kabupatn { nama } }", None),
        ('query ($t: TingkatWilayah!) { agregat(elemen: ["BAN01"], periode: ["2020"], wilayah: "53", tingkat: $t) { nilai } }', {"t": "DESSA"}),
        ("query ($t: TingkatWilayah!) { _service { sdl } }", {"t": "DESSA"}),
    ):  # fmt: skip
        ketat_, lapang = ketat.kirim(query, variables).text, hub_baca.kirim(query, variables).text
        assert "Did you mean" not in ketat_
        assert "_service" in query or "Did you mean" in lapang


@pytest.mark.parametrize("tambah", ["", " __schema { queryType { name } }"], ids=["plan", "executor"])
def test_mistakes_in_variables_are_told_up_to_a_number(hub_baca: Klien, tambah: str) -> None:
    """Each is longer than what it is about: a body of 3 MB was answered with 170 MB."""
    query = f"query ($r: [_Any!]!) {{ _entities(representations: $r) {{ __typename }}{tambah} }}"
    galat = hub_baca.galat(query, {"r": [None] * 2_000})
    assert len(galat) == 51
    assert galat[-1]["extensions"] == {"kode": "BATAS_KESALAHAN"}


def test_a_list_longer_than_any_use_is_read_or_refused(hub_baca: Klien) -> None:
    daftar = "query ($u: [UrutDesa!]) { daftarDesa(urut: $u) { totalCount } }"
    assert hub_baca.tanya(daftar, {"u": ["NAMA", "KODE"] * 5_000})
    (galat,) = hub_baca.galat(daftar, {"u": ["NAMA"] * 10_001})
    assert galat["extensions"]["kode"] == "BATAS_TERLAMPAUI"
    assert "variables.u berisi 10001 isian, paling banyak 10000" in galat["message"]
    query = 'query ($r: [String!]) { agregat(elemen: "BAN01", periode: "2020", wilayah: "53", tingkat: PROVINSI, rincian: $r) { nilai } }'
    (galat,) = hub_baca.galat(query, {"r": [f"R{i}" for i in range(201)]})
    assert galat["extensions"]["kode"] == "BATAS_TERLAMPAUI"


@pytest.mark.parametrize("angka", ["9" * 5_000, "-" + "9" * 5_000, "[" + "9" * 5_000 + "]"])
def test_a_number_too_long_to_be_read_is_no_defect(hub_baca: Klien, angka: str) -> None:
    for _ in range(2):  # the second time its shape may be known
        (galat,) = hub_baca.galat(f"{{ daftarDesa(first: {angka}) {{ edges {{ cursor }} }} }}")
        assert galat["extensions"] == {"kode": "MASUKAN_TIDAK_SAH"}
        hub_baca.tanya("{ daftarDesa(first: 5) { edges { cursor } } }")


def test_introspection_is_capped_on_its_own(hub_baca: Klien) -> None:
    from graphql import get_introspection_query

    assert "errors" not in hub_baca.kirim(get_introspection_query(input_value_deprecation=True)).json()
    dalam = "{ __schema { types { " + "fields { type { " * 4 + "name" + " } }" * 4 + " } } }"
    (galat,) = hub_baca.galat(dalam)
    assert galat["extensions"] == {"kode": "BATAS_INTROSPEKSI"}
    assert "lebih dari 3 tingkat" in galat["message"]


@pytest.mark.parametrize(
    ("teks", "kode"),
    [
        (_kab("nama " * 1_900), "BATAS_PERIKSA"),  # within every limit, and each is compared with every other
        (_kab(" ".join(f"x{i}" for i in range(200))), "BATAS_KESALAHAN"),
        ("{ daftarDesa(saring: {bbox: " + "[" * 3_000 + "]" * 3_000 + "}) { totalCount } }", "BATAS_KEDALAMAN"),
    ],
)
def test_the_librarys_own_limits_have_codes_and_remedies_too(hub_baca: Klien, teks: str, kode: str) -> None:
    galat = hub_baca.galat(teks)[-1]
    assert galat["extensions"]["kode"] == kode
    assert "abort" not in galat["message"]
