"""GraphiQL in a real browser, over the demo: what a user sees and does, and that nothing leaves the hub."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.client import Klien
from tests.conftest import AKAR
from tests.web.conftest import Peramban

_CONTOH = sorted((AKAR / "web" / "src" / "graphiql" / "examples").glob("*.graphql"))
_JALANKAN = re.compile(r"Execute query")


def _buka(peramban: Peramban, jalur: str = "/graphql") -> None:
    """Open the page and wait until schema and editor are there."""
    peramban.halaman.goto(peramban.alamat + jalur)
    expect(peramban.halaman.get_by_role("button", name=_JALANKAN)).to_be_visible()
    expect(peramban.halaman.locator(".graphiql-query-editor .view-lines")).to_contain_text(re.compile(r"\S"))


def _baik(peramban: Peramban) -> None:
    assert peramban.ke_luar() == []
    assert peramban.keluhan == []


def test_it_runs_its_first_question(peramban: Peramban) -> None:
    halaman = peramban.halaman
    _buka(peramban)
    expect(halaman).to_have_title("GraphiQL · Hub Dinsos")
    expect(halaman.locator(".graphiql-query-editor")).to_contain_text("Selamat datang di Hub Dinsos")
    halaman.get_by_role("button", name=_JALANKAN).click()
    jawaban = halaman.locator(".result-window")
    expect(jawaban).to_contain_text("11731")
    expect(jawaban).to_contain_text("Nusa Tenggara Timur")
    peramban.tunggu_permintaan("/aset/graphql.worker-")  # without its worker the editor checks nothing
    assert peramban.potret("graphiql").stat().st_size > 10_000
    _baik(peramban)


def test_the_documentation_explains_in_indonesian(peramban: Peramban) -> None:
    halaman = peramban.halaman
    _buka(peramban)
    halaman.get_by_role("button", name="Show Documentation Explorer").click()
    dokumen = halaman.locator(".graphiql-doc-explorer")
    dokumen.get_by_role("link", name="Query", exact=True).click()
    expect(dokumen).to_contain_text("Semua yang dapat ditanyakan.")
    expect(dokumen).to_contain_text("Nilai indikator dengan pembilang, penyebut dan kelengkapannya.")
    peramban.potret("graphiql_dokumen")
    _baik(peramban)


def test_the_token_field_makes_an_officer_of_the_public(peramban: Peramban, token_kabupaten: str) -> None:
    halaman = peramban.halaman
    _buka(peramban)
    halaman.get_by_role("tab", name="UjiRekap").click()
    expect(halaman.locator(".graphiql-query-editor")).to_contain_text("UjiRekap")
    halaman.get_by_role("button", name=_JALANKAN).click()
    expect(halaman.locator(".result-window")).to_contain_text("TidakBerwenang")
    halaman.get_by_label("Token petugas").fill(token_kabupaten)
    halaman.get_by_role("button", name=_JALANKAN).click()
    expect(halaman.locator(".result-window")).to_contain_text("Tungganamo")
    peramban.potret("graphiql_token")
    _buka(peramban)
    expect(halaman.get_by_label("Token petugas")).to_have_value(token_kabupaten)
    lain = halaman.context.new_page()
    lain.goto(peramban.alamat + "/graphql")
    expect(lain.get_by_label("Token petugas")).to_have_value("")
    _baik(peramban)


def test_a_link_carries_a_question(peramban: Peramban) -> None:
    _buka(peramban, "/graphql?query=query%20Tautan%20%7B%20daftarFormulir%20%7B%20kode%20%7D%20%7D")
    expect(peramban.halaman.locator(".graphiql-query-editor")).to_contain_text("daftarFormulir")
    peramban.halaman.get_by_role("button", name=_JALANKAN).click()
    expect(peramban.halaman.locator(".result-window")).to_contain_text("F07")
    _baik(peramban)


def test_on_a_phone_question_and_answer_stand_one_above_the_other(peramban: Peramban) -> None:
    halaman = peramban.halaman
    halaman.set_viewport_size({"width": 390, "height": 780})
    _buka(peramban)
    expect(halaman.get_by_label("Token petugas")).to_be_in_viewport(ratio=1)
    assert halaman.evaluate("document.documentElement.scrollWidth") <= 390
    halaman.get_by_role("button", name=_JALANKAN).click()
    jawaban = halaman.locator(".result-window")
    expect(jawaban).to_contain_text("Nusa Tenggara Timur")
    kotak, tanya = jawaban.bounding_box(), halaman.locator(".graphiql-query-editor").bounding_box()
    assert kotak is not None
    assert tanya is not None
    assert kotak["width"] > 250
    assert kotak["height"] > 150
    assert kotak["y"] >= tanya["y"] + tanya["height"]
    peramban.potret("graphiql_sempit")
    _baik(peramban)


@pytest.mark.parametrize("berkas", _CONTOH, ids=lambda b: b.stem)
def test_every_example_is_answered(hub_baca: Klien, berkas: Path) -> None:
    isi = hub_baca.tanya(berkas.read_text(), sebagai="53.14")
    assert all(isi.values())


def test_there_are_examples() -> None:
    assert {b.stem for b in _CONTOH} == {"angka", "wilayah", "kelengkapan", "check_rekap"}
