"""What figures look like on the map page: zero is not the lowest class, nothing stands under another name, no card outlives its view."""

import re

from playwright.sync_api import expect

from tests.client import Client
from tests.web.browser import OpenBrowser
from tests.web.peta_page import click_at, drawn, open_peta, settle

_ZERO = "UPDATE angka_rilis SET nilai = 0, status = 'NOL' WHERE elemen = 'BAN01' AND kode_wilayah = '53.14.05'"


def _point(hub: Client, kode: str) -> list[float]:
    point: list[float] = hub.ask("query ($k: KodeWilayah!) { kecamatan(kode: $k) { titik } }", {"k": kode})[
        "kecamatan"
    ]["titik"]["coordinates"]
    return point


def test_zero_has_a_sign_of_its_own_in_map_legend_table_and_print(peta_browser: OpenBrowser, hub: Client) -> None:
    hub.sql(_ZERO)
    with peta_browser(1280, 800, hub) as browser:
        open_peta(browser, "#di=53.14&tingkat=kecamatan&data=BAN01&periode=2020&tab=tabel")
        page = browser.page
        shown = {f["kode"] for f in drawn(browser, "nol") if f.get("k") == -1}
        assert shown == {"53.14.05"}
        assert page.evaluate("document.querySelector('.peta').petaHub.peta.hasImage('nol')")
        legend = page.locator(".legenda li", has_text="0 (nol)").locator(".petak")
        sign = legend.evaluate("p => getComputedStyle(p).backgroundImage")
        assert sign.startswith("url(")
        others = page.locator(".legenda li").filter(has_not_text="0 (nol)").locator(".petak")
        assert sign not in others.evaluate_all("all => all.map((p) => getComputedStyle(p).backgroundImage)")
        row = page.get_by_role("table").get_by_role("row", name=re.compile("Pantai Baru"))
        assert row.locator(".petak").evaluate("p => getComputedStyle(p).backgroundImage") == sign
        browser.screenshot("peta_nol")
        page.emulate_media(media="print")
        printed = page.locator(".lembar-cetak li", has_text="0 (nol)").locator(".petak")
        assert printed.evaluate("p => getComputedStyle(p).backgroundImage") == sign


def test_a_failed_switch_leaves_no_colours_under_another_name(peta_browser: OpenBrowser) -> None:
    with peta_browser() as browser:
        open_peta(browser)
        page = browser.page
        assert [f for f in drawn(browser, "darat") if f.get("k", -3) >= 0]
        page.route(
            "**/angka.json?*", lambda route: route.fulfill(status=404, json={"kode": "X", "pesan": "Tidak ada."})
        )
        box = page.get_by_role("combobox", name="Elemen atau indikator")
        box.click()
        box.fill("bpnt")
        box.press("Enter")
        expect(page.get_by_role("alert").first).to_contain_text("Tidak ada.")
        expect(page.locator(".legenda")).to_contain_text("tidak sampai, jadi peta tidak diwarnai")
        expect(page.locator(".legenda .legenda-angka")).to_have_count(0)
        settle(browser)
        assert [f for f in drawn(browser, "darat") if f.get("k", -3) != -3] == []
        browser.screenshot("peta_gagal_ganti")
        page.unroute("**/angka.json?*")
        page.get_by_role("button", name="Coba lagi").first.click()
        expect(page.locator(".legenda .legenda-angka")).to_be_visible()
        settle(browser)
        assert [f for f in drawn(browser, "darat") if f.get("k", -3) == -2], (
            "the new ones, of which nothing is known here"
        )


def test_no_card_of_another_level_or_tab_stays(read_hub: Client, peta_browser: OpenBrowser) -> None:
    point = _point(read_hub, "53.14.05")
    with peta_browser() as browser:
        open_peta(browser, "#di=53.14&tingkat=kecamatan&data=BAN01&periode=2020")
        page = browser.page
        card = page.get_by_role("region", name="Rincian")
        click_at(browser, point)
        expect(card).to_contain_text("Pantai Baru")
        page.get_by_role("tab", name="Tabel").click()
        expect(card).to_contain_text("Pantai Baru")  # it is of the same figures
        page.get_by_role("tab", name="Angka", exact=True).click()
        page.get_by_label("Tingkat").select_option("DESA")
        expect(card).to_have_count(0)
        page.wait_for_function("() => !location.hash.includes('pilih=')")
        page.get_by_label("Tingkat").select_option("KECAMATAN")
        page.get_by_role("tab", name="WKSBM").click()
        page.locator(".daftar-tautan button").first.click()
        expect(card).to_contain_text("WKSBM")
        page.get_by_role("tab", name="Angka", exact=True).click()
        expect(card).to_have_count(0)
