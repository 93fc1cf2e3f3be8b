"""What is wrong with boundaries, on the page /peta in real Chromium."""

from playwright.sync_api import expect

from tests.client import Client
from tests.web.browser import OpenBrowser
from tests.web.peta_page import click_at, drawn, open_peta, settle, wait_drawn


def test_findings_are_counted_listed_drawn_and_told(quality_hub: Client, peta_browser: OpenBrowser) -> None:
    answer = quality_hub.ask(
        """{ tindih: mutuBatas(wilayah: "53.14", jenis: [TUMPANG_TINDIH], first: 1) { totalCount }
        semua: mutuBatas(wilayah: "53.14", first: 200) { totalCount edges { node { wilayah { nama } } } } }"""
    )
    with peta_browser(1280, 800, quality_hub) as browser:
        open_peta(browser, "#di=53.14&tab=batas&lihat=12.5/122.9150/-10.8900")
        page = browser.page
        assert page.evaluate("document.querySelector('.peta').petaHub.peta.getSource('mutu-batas') === undefined")
        expect(page.locator(".daftar-centang label", has_text="Tumpang tindih").locator("small")).to_have_text(
            str(answer["tindih"]["totalCount"])
        )
        expect(page.get_by_role("table").locator("caption")).to_contain_text(f"{answer['semua']['totalCount']} temuan")
        rows = page.get_by_role("table").locator("tbody th")
        assert sorted(rows.all_inner_texts()) == sorted(
            e["node"]["wilayah"]["nama"] for e in answer["semua"]["edges"][:100]
        )
        page.get_by_role("checkbox", name="Tumpang tindih").check()
        page.wait_for_function("() => location.hash.includes('mutu=TUMPANG_TINDIH')")
        expect(page.locator(".legenda")).to_contain_text("Tumpang tindih")
        settle(browser)
        assert {f["id"] for f in drawn(browser, "mutu")} == {"53.14.01.2005~TUMPANG_TINDIH~1"}
        click_at(browser, [122.915, -10.89])
        rincian = page.get_by_role("region", name="Rincian")
        expect(rincian).to_contain_text("Tumpang tindih")
        expect(rincian).to_contain_text("2,4 km²")
        expect(rincian).to_contain_text("53.14.01.2006")
        expect(rincian).to_contain_text("50%")
        page.get_by_role("button", name="Tampilkan semua", exact=True).click()
        wait_drawn(browser, "mutu-titik", "jenis", "DI_LUAR_INDUK")
        browser.screenshot("peta_batas")
        assert browser.complaints == []
        assert browser.outbound() == []


def test_where_nothing_is_wrong_it_says_what_to_do(peta_browser: OpenBrowser) -> None:
    with peta_browser() as browser:
        open_peta(browser, "#di=36&tab=batas")
        expect(browser.page.locator(".isi-tab")).to_contain_text("pengelola hub memeriksa batas")


def test_it_begins_with_the_province_that_has_figures_however_many_come_before(
    quality_hub: Client, peta_browser: OpenBrowser
) -> None:
    quality_hub.sql(
        "INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama) "
        "SELECT k::text, k::text, '2020-01-01', 1, 'PROVINSI', 'Provinsi ' || k FROM generate_series(11, 30) k RETURNING 1"
    )
    with peta_browser(1280, 800, quality_hub) as browser:
        open_peta(browser)
        expect(browser.page.locator(".pilihan select").first).to_have_value("53")
