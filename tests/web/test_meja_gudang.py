"""The desk's warehouses: what they hold, a movement written down, refused in words, sent to another office and accepted there."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.client import Client
from tests.web.browser import Browser, OpenBrowser
from tests.web.meja_page import complaints, sign_in
from tests.web.resource_pages import go, look_at, pick, save, tab_to, type_into

_KAB, _OTHER, _PROV = "53.14", "53.01", "53"
_RECORD = """mutation ($m: MutasiStokMasukan!) { hasil: catatMutasiStok(masukan: $m) { __typename } }"""
_STOCK = "SELECT sum(jumlah)::int FROM stok WHERE gudang = %s AND barang = 'SELIMUT'"


@pytest.fixture(scope="module")
def warehouse(module_hub: Client) -> str:
    """One of 53.14 with 100 blankets; its public id."""
    id_ = save(module_hub, _KAB, jenis="GUDANG_BENCANA", nama="Gudang Sotimori", pemilik="KABUPATEN")
    save(module_hub, _PROV, jenis="GUDANG_BENCANA", nama="Gudang Provinsi", pemilik="PROVINSI")
    rows: list[dict[str, Any]] = [{"barang": "SELIMUT", "jumlah": 100, "lot": "2024", "sumberDana": "APBD"}]
    given = {"gudang": id_, "jenis": "TERIMA", "baris": rows, "nomorDokumen": "BA-1", "kunciIdempoten": "awal"}
    assert module_hub.ask(_RECORD, {"m": given}, _KAB)["hasil"]["__typename"] == "StokTercatat"
    module_hub.token(_PROV)
    return id_


def _blankets(hub: Client, id_: str) -> int:
    ((amount,),) = hub.sql(_STOCK, id_.split(":")[1])
    return int(amount or 0)


def _issue(browser: Browser, amount: str) -> None:
    pick(browser.page.get_by_label("Apa yang terjadi", exact=True), "Barang keluar")
    type_into(browser, "Nomor dokumen", "BA-2")
    type_into(browser, "Kepada siapa atau untuk kejadian apa", "Banjir <i>Landu</i>")
    pick(browser.page.get_by_label("Barang", exact=True), "Selimut")
    type_into(browser, "Jumlah (lembar)", amount)
    tab_to(browser.page.get_by_role("button", name="Catat", exact=True)).press("Enter")


def test_goods_go_out_by_keyboard_and_too_many_are_refused_in_words(
    module_hub: Client, warehouse: str, desk_browser: OpenBrowser
) -> None:
    with desk_browser(360, 740, hub=module_hub) as browser:
        sign_in(browser, module_hub.token(_KAB))
        page = browser.page
        page.get_by_role("link", name="Gudang bencana").click()
        card = page.locator(".gudang").filter(has_text="Gudang Sotimori")
        expect(card).to_contain_text("Selimut: 100")
        look_at(browser, "meja_gudang")
        page.get_by_label("Barang", exact=True).select_option(label="Selimut")
        expect(page.locator(".gudang").filter(has_text="Gudang Provinsi")).to_have_count(0)
        card.get_by_role("link", name="Catat barang").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Catat barang di Gudang Sotimori")
        page.set_viewport_size({"width": 360, "height": 740})
        _issue(browser, "1.120")
        amount = page.get_by_label("Jumlah (lembar)")
        expect(amount).to_have_attribute("aria-invalid", "true")
        expect(page.locator("#baris-0-jumlah-temuan")).to_contain_text("1.120 lembar diminta, yang dapat keluar 100")
        expect(amount).to_have_value("1.120")
        look_at(browser, "meja_gudang_ditolak")
        page.set_viewport_size({"width": 360, "height": 740})
        assert _blankets(module_hub, warehouse) == 100
        tab_to(page.get_by_role("button", name="Pakai 100")).press("Enter")
        tab_to(page.get_by_role("button", name="Catat", exact=True)).press("Enter")
        expect(page.get_by_role("heading", name="Dokumen BA-2 tercatat")).to_be_focused()
        assert _blankets(module_hub, warehouse) == 0
        tab_to(page.get_by_role("link", name="Lihat stok dan bukunya")).press("Enter")
        line = page.get_by_role("row").filter(has_text="BA-2")
        expect(line).to_contain_text("-100")
        expect(line).to_contain_text("Banjir <i>Landu</i>")
        look_at(browser, "meja_gudang_satu")
        assert complaints(browser) == []


def test_what_is_lacking_is_said_before_the_hub_is_asked(
    module_hub: Client, warehouse: str, desk_browser: OpenBrowser
) -> None:
    with desk_browser(hub=module_hub) as browser:
        sign_in(browser, module_hub.token(_KAB))
        go(browser, f"gudang/{warehouse}/catat")
        page = browser.page
        page.get_by_label("Apa yang terjadi").select_option(label="Barang masuk")
        page.get_by_role("button", name="Tambah barang").click()
        page.get_by_role("button", name="Catat", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("7 hal perlu diperbaiki")  # a number, and three of each line
        page.get_by_role("alert").get_by_role("button", name="Isi nomor berita acara").click()
        expect(page.get_by_label("Nomor dokumen")).to_be_focused()
        look_at(browser, "meja_gudang_catat")


def test_goods_sent_to_another_office_wait_until_it_accepts_them(
    module_hub: Client, warehouse: str, desk_browser: OpenBrowser
) -> None:
    with desk_browser(hub=module_hub) as browser:
        sign_in(browser, module_hub.token(_KAB))
        page = browser.page
        go(browser, f"gudang/{warehouse}/catat")
        page.get_by_label("Apa yang terjadi").select_option(label="Barang masuk")
        page.get_by_label("Nomor dokumen").fill("BA-3")
        page.get_by_label("Barang", exact=True).select_option(label="Selimut")
        page.get_by_label("Jumlah").fill("40")
        page.get_by_label("Sumber dana").select_option(label="Hibah")
        page.get_by_role("button", name="Catat", exact=True).click()
        page.get_by_role("button", name="Catat lagi").click()
        page.get_by_label("Apa yang terjadi").select_option(label="Kirim ke gudang lain")
        page.get_by_label("Nomor dokumen").fill("SJ-4")
        page.get_by_label("Gudang tujuan").select_option(label="Gudang Provinsi (Rote Ndao)")
        page.get_by_label("Barang", exact=True).select_option(label="Selimut")
        page.get_by_label("Jumlah").fill("15")
        page.get_by_role("button", name="Catat", exact=True).click()
        expect(page.get_by_text("Barang dicatat dalam perjalanan")).to_be_visible()
        page.get_by_role("link", name="Lihat stok dan bukunya").click()
        expect(page.locator(".kartu").filter(has_text="Ke Gudang Provinsi")).to_contain_text("dalam perjalanan")
    with desk_browser(hub=module_hub) as browser:
        sign_in(browser, module_hub.token(_PROV))
        page = browser.page
        page.get_by_role("link", name="Gudang bencana").click()
        page.get_by_role("link", name="Gudang Provinsi", exact=True).click()
        sent = page.locator(".kartu").filter(has_text="Dari Gudang Sotimori")
        sent.get_by_role("button", name="Tolak").click()
        sent.get_by_role("button", name="Tolak kiriman ini").click()
        expect(sent).to_contain_text("Tulis alasannya")
        look_at(browser, "meja_gudang_kiriman")
        sent.get_by_role("button", name="Batal").click()
        sent.get_by_role("button", name="Terima seluruhnya").click()
        expect(sent).to_contain_text("diterima")
        expect(page.get_by_role("row").filter(has_text="Datang dari gudang lain")).to_contain_text("+15")
        assert _blankets(module_hub, warehouse) == 25
        # the province reads the kabupaten's book, and does not write it
        go(browser, f"gudang/{warehouse}")
        expect(page.get_by_text("Yang mencatat di sini ialah kantor pemiliknya")).to_be_visible()
        expect(page.get_by_role("row").filter(has_text="SJ-4")).to_be_visible()
        assert complaints(browser) == []
