"""Counts on the map page are told per thousand where it is known of whom, with round bounds, and in words that people have."""

import re

from playwright.sync_api import expect

from tests.client import Client
from tests.released import release_as_it_is
from tests.web.browser import OpenBrowser
from tests.web.peta_page import click_at, drawn, open_peta, settle

# families: by each kecamatan's last digit another number per family that is helped, so that the order of rates is another one
_FAMILIES = """INSERT INTO angka (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan)
  SELECT kode_kab, 'WIL02', '2019', tingkat, dimensi, kode_wilayah, rincian, nilai * (4 + right(kode_wilayah, 1)::int), 'ADA', false
  FROM angka WHERE elemen = 'BAN01' AND periode = '2020' AND nilai > 0"""
_LINK = "#di=53.14&tingkat=kecamatan&data=BAN01&periode=2020"
_CODES = re.compile(
    r"\b[A-Z]{2,}\d\d\b|\b[A-Z]{2,}(?:_[A-Z]+)+\b|\bF\d\d\b|kunciIdempoten|DISUPRESI|Kuantil|Cakupan|[Tt]erjangkau"
)


def test_counts_are_told_per_thousand_families_and_as_they_are_when_asked(
    peta_browser: OpenBrowser, hub: Client
) -> None:
    hub.sql(_FAMILIES)
    release_as_it_is(hub)
    with peta_browser(1280, 800, hub) as browser:
        open_peta(browser, _LINK)
        page = browser.page
        legend = page.locator(".legenda")
        expect(legend).to_contain_text("KPM per 1.000 KK · per kecamatan · Tahun 2020")
        expect(legend).to_contain_text(
            "Dasarnya banyaknya KK pada Tahun 2019, periode terdekat sebelumnya yang diketahui."
        )
        looks = {f["kode"]: f["k"] for f in drawn(browser, "darat") if f["kode"].startswith("53.14.")}
        assert looks["53.14.01"] > looks["53.14.08"], "of 5 families one, and of 12 families one"
        browser.screenshot("peta_per_seribu")
        page.get_by_role("tab", name="Tabel").click()
        table = page.get_by_role("table")
        heads = table.get_by_role("columnheader")
        expect(heads.filter(has_text="Per 1.000 KK")).to_have_attribute("aria-sort", "descending")
        row = table.get_by_role("row", name=re.compile("Rote Barat Daya"))
        expect(row).to_contain_text("2.859")
        expect(row).to_contain_text("200")
        page.get_by_role("tab", name="Angka", exact=True).click()
        page.get_by_text("Jumlah (KPM)", exact=True).click()
        expect(legend).to_contain_text("KPM · per kecamatan · Tahun 2020")
        expect(legend).not_to_contain_text("Dasarnya")
        expect(legend).to_contain_text("2.001 – 2.900")
        page.wait_for_function("() => location.hash.includes('ukuran=jumlah')")
        assert browser.complaints == []


def test_the_card_tells_rank_share_and_the_year_before(peta_browser: OpenBrowser, hub: Client) -> None:
    hub.sql(
        "INSERT INTO angka (kode_kab, elemen, periode, tingkat, dimensi, kode_wilayah, rincian, nilai, status, turunan) "
        "SELECT kode_kab, elemen, '2019', tingkat, dimensi, kode_wilayah, rincian, nilai - 34, 'ADA', false "
        "FROM angka WHERE elemen = 'BAN01' AND periode = '2020' AND nilai > 0"
    )
    release_as_it_is(hub)
    point = hub.ask('{ kecamatan(kode: "53.14.05") { titik } }')["kecamatan"]["titik"]["coordinates"]
    with peta_browser(1280, 800, hub) as browser:
        open_peta(browser, _LINK)
        click_at(browser, point)
        card = browser.page.get_by_role("region", name="Rincian")
        expect(card).to_contain_text("934 KPM")
        expect(card).to_contain_text("4 dari 9 kecamatan yang ada angkanya, dari yang terbesar")
        expect(card).to_contain_text("9,96% dari jumlah kecamatan yang ada angkanya")
        expect(card).to_contain_text("900 KPM; sejak itu naik 3,78%")
        browser.screenshot("peta_peringkat")


def test_nothing_of_the_inside_stands_before_people(read_hub: Client, peta_browser: OpenBrowser) -> None:
    point = read_hub.ask('{ kecamatan(kode: "53.14.05") { titik } }')["kecamatan"]["titik"]["coordinates"]
    with peta_browser() as browser:
        open_peta(browser, _LINK)
        page = browser.page
        expect(page.locator(".segmen").filter(has_text="Pembagian kelas")).to_contain_text("Jumlah daerah sama")
        expect(page.locator(".segmen").filter(has_text="Pembagian kelas")).to_contain_text("Rentang sama")
        seen: dict[str, str] = {}
        for tab in ("Tabel", "Sumber daya", "Jangkauan", "WKSBM", "Batas", "Angka"):
            page.get_by_role("tab", name=tab, exact=True).click()
            page.wait_for_load_state("networkidle")
            seen[tab] = page.locator("body").inner_text()
        page.get_by_role("combobox", name="Elemen atau indikator").click()
        seen["choices"] = page.locator("#data-daftar").inner_text()
        page.keyboard.press("Escape")
        click_at(browser, point)
        card = page.get_by_role("region", name="Rincian")
        card.get_by_role("button", name="Dari mana angka ini?").click()
        expect(card.get_by_role("region", name="Asal angka")).to_contain_text("Menurut rekap")
        seen["card"] = page.locator("body").inner_text()
        page.emulate_media(media="print")
        seen["print"] = page.locator("body").inner_text()
        page.emulate_media(media="screen")
        settle(browser)
        for where, text in seen.items():
            assert len(text) > 100, where
            assert _CODES.findall(text) == [], where
