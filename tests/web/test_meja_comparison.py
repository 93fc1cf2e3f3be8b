"""A province holds its kabupaten side by side: ranked, against another period, down to the rekap; tables out."""

import csv
import io

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.client import Client
from tests.web import province_scene as scene
from tests.web.browser import Browser, OpenBrowser
from tests.web.meja_page import complaints, internals, sign_in, violations


@pytest.fixture(scope="module")
def token(module_hub: Client) -> str:
    """The province's. Rote Ndao has July and before; Kupang and Manggarai Barat report July too, the latter the most."""
    given = scene.officers(module_hub)
    scene.months(module_hub)
    for kab, number in (("53.15", 900), ("53.01", 30)):
        scene.submit(module_hub, kab, "2026-07", [(kab, "BAN03", number)])
        scene.approve(module_hub, kab, "2026-07")
    return given


def _open(browser: Browser, token: str, place: str) -> Page:
    sign_in(browser, token)
    browser.page.evaluate("(place) => { location.hash = place; }", f"#/{place}")
    return browser.page


def test_kabupaten_are_ranked_beside_another_period_and_explained_down_to_the_rekap(
    module_hub: Client, desk_browser: OpenBrowser, token: str
) -> None:
    with desk_browser(hub=module_hub) as browser:
        page = _open(browser, token, "banding/BAN03/2026-07/2026-06")
        rows = page.get_by_role("region", name="Peringkat").locator("tbody tr")
        expect(rows).to_have_count(3)
        assert [row.get_by_role("rowheader").inner_text() for row in rows.all()] == [
            "Manggarai Barat",
            "Rote Ndao",
            "Kupang",
        ]
        expect(rows.nth(1)).to_contain_text("124 KPM")
        expect(rows.nth(1)).to_contain_text("122 KPM +1,6%")
        expect(rows.nth(1)).to_contain_text("2 dari 11")
        expect(page.get_by_text("Tidak ada data (19): Timor Tengah Selatan")).to_be_visible()
        widths = [float(bar.get_attribute("width") or 0) for bar in page.locator(".banding rect.kini").all()]
        assert widths[0] == 100
        assert widths[1] == pytest.approx(124 / 9, abs=0.01)
        expect(page.get_by_text("Dari 3 di antara 22 kabupaten/kota")).to_be_visible()
        page.get_by_label("Garis target").fill("1.800")
        expect(page.locator(".banding rect.kini").first).to_have_attribute("width", "50")
        expect(page.locator(".banding line.target").first).to_have_attribute("x1", "100")
        rows.nth(1).get_by_role("button", name="dari mana angka ini?").press("Enter")
        origin = page.get_by_role("region", name="Asal angka")
        expect(origin).to_contain_text("Kabupaten Rote Ndao: 124 KPM")
        assert violations(browser) == []
        assert internals(browser) == []
        origin.get_by_role("link", name="Rekap Juli 2026, revisi 1").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Bantuan sosial, Juli 2026, Kabupaten Rote Ndao")
        page.go_back()
        expect(rows).to_have_count(3)
        assert page.evaluate("location.hash") == "#/banding/BAN03/2026-07/2026-06"
        assert complaints(browser) == []


def test_the_tables_that_are_taken_along_hold_the_figures_shown(
    module_hub: Client, desk_browser: OpenBrowser, token: str
) -> None:
    with desk_browser(hub=module_hub) as browser:
        page = _open(browser, token, "banding/BAN03/2026-07/2026-06")
        with page.expect_download() as download:
            page.get_by_role("button", name="Unduh CSV").click()
        text = download.value.path().read_text(encoding="utf-8-sig")
        found = {
            (row["kode"], row["periode"]): row["nilai"] for row in csv.DictReader(io.StringIO(text), delimiter=";")
        }
        assert (found["53.14", "2026-07"], found["53.14", "2026-06"], found["53.15", "2026-07"]) == (
            "124",
            "122",
            "900",
        )
        with page.expect_download() as download:
            page.get_by_role("button", name="Unduh XLSX").click()
        sheet = load_workbook(io.BytesIO(download.value.path().read_bytes())).worksheets[0]
        assert ("53.15", 900) in {(row[0], row[5]) for row in sheet.iter_rows(values_only=True)}


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1920, 1080)])
def test_nothing_is_cut_off_and_axe_finds_nothing(
    module_hub: Client, desk_browser: OpenBrowser, token: str, width: int, height: int
) -> None:
    with desk_browser(width, height, module_hub) as browser:
        page = _open(browser, token, "banding")
        expect(page.get_by_role("region", name="Peringkat")).to_be_visible()
        page.get_by_role("combobox", name="Angka").focus()
        page.get_by_role("combobox", name="Angka").select_option("BAN03")
        page.get_by_role("combobox", name="Periode").select_option("2026-07")
        expect(page.get_by_role("heading", level=2).first).to_have_text("KPM BPNT/Sembako, Juli 2026")
        expect(page.locator(".kecil-kecil li")).to_have_count(3)
        page.get_by_text("Lihat sebagai tabel").click()
        expect(page.get_by_role("region", name="Tabel perkembangan").get_by_role("row").nth(2)).to_contain_text(
            "124 KPM"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(browser) == []
        assert internals(browser) == []
        page.evaluate("scrollTo(0, 0)")
        browser.screenshot(f"meja_banding_{width}")
        page.get_by_role("combobox", name="Angka").select_option("I01")
        page.get_by_role("combobox", name="Periode").select_option("2020")
        expect(page.get_by_role("heading", level=2).first).to_contain_text("2020")
        page.get_by_role("region", name="Peringkat").get_by_role("button").first.click()
        expect(page.get_by_role("region", name="Asal angka").get_by_role("link").first).to_be_visible()
        assert violations(browser) == []
        assert internals(browser) == []
        assert complaints(browser) == []
