"""Who has reported and who has not, on the map page: by colour, sign and word."""

import re

from playwright.sync_api import expect

from tests.client import Client
from tests.web.browser import OpenBrowser
from tests.web.peta_page import click_at, drawn, open_peta, settle, wait_drawn

_STATES = """query { kelengkapan(formulir: ["F02"], periode: ["2020"], wilayah: "53") {
  kabupaten { kode } status terlambat dipenuhi } }"""


def test_reports_are_told_by_colour_sign_and_word(read_hub: Client, peta_browser: OpenBrowser) -> None:
    rows = read_hub.ask(_STATES)["kelengkapan"]
    approved = {r["kabupaten"]["kode"] for r in rows if r["status"] == "DISETUJUI" or r["dipenuhi"]}
    late = {r["kabupaten"]["kode"] for r in rows if r["terlambat"]} - approved
    assert "53.14" in approved
    assert len(late) > 10
    point = read_hub.ask('{ kabupaten(kode: "53.14") { titik } }')["kabupaten"]["titik"]["coordinates"]
    with peta_browser() as browser:
        open_peta(browser, "#di=53&tingkat=kecamatan&data=BAN01&periode=2020")
        page = browser.page
        page.get_by_role("tab", name="Pelaporan").click()
        expect(page.get_by_label("Formulir")).to_have_value("F02")
        page.get_by_label("Periode laporan").select_option("2020")
        legend = page.locator(".legenda")
        expect(legend).to_contain_text("Pelaporan: Bantuan sosial")
        for word, sign, count in (("Disetujui", "✓", len(approved)), ("Terlambat", "!", len(late))):
            item = legend.locator("li", has_text=word)
            expect(item.locator(".tanda")).to_have_text(sign)
            expect(item.locator("small")).to_have_text(str(count))
        table = page.get_by_role("table")
        expect(table.locator("caption")).to_contain_text(f"{len(approved)} dari {len(rows)} sudah disetujui")
        expect(table.locator("tbody tr").first).to_contain_text("Terlambat")
        wait_drawn(browser, "darat", "tingkat", "KABUPATEN")
        settle(browser)
        browser.screenshot("peta_pelaporan")
        looks = {f["kode"]: f["k"] for f in drawn(browser, "darat") if "k" in f and f["k"] >= 0}
        assert looks["53.14"] == 5
        assert {(f["kode"], f["sign"]) for f in drawn(browser, "tanda")} == {("53.14", "✓")}
        click_at(browser, point)
        card = page.get_by_role("region", name="Rincian")
        expect(card).to_contain_text("Disetujui")
        expect(card).not_to_contain_text("KPM")
        page.get_by_role("tab", name="Angka", exact=True).click()
        expect(card).to_have_count(0)
        expect(page.locator(".legenda .legenda-angka")).to_be_visible()
        wait_drawn(browser, "darat", "tingkat", "KECAMATAN")
        settle(browser)
        assert {f["tingkat"] for f in drawn(browser, "darat")} == {"KECAMATAN"}
        assert browser.complaints == []


def test_a_link_leads_to_the_reports(peta_browser: OpenBrowser) -> None:
    with peta_browser() as browser:
        open_peta(browser, "#di=53")
        page = browser.page
        page.goto(f"{browser.address}/peta#di=53&tab=pelaporan&laporan=F05&masa=2020-S1")
        expect(page.get_by_label("Formulir")).to_have_value("F05")
        expect(page.get_by_label("Periode laporan")).to_have_value("2020-S1")
        expect(page.locator(".isi-tab")).to_contain_text(re.compile("sudah disetujui|tidak ditunggu"))
