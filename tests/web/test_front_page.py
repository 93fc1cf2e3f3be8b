"""The front page in a real browser: figures, how far the offices are, and where to go on."""

import pytest
from playwright.sync_api import expect

from tests.web.browser import OpenBrowser
from tests.web.meja_page import internals, violations


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1920, 1080)])
def test_four_figures_and_who_is_late(desk_browser: OpenBrowser, width: int, height: int) -> None:
    with desk_browser(width, height) as browser:
        page = browser.page
        page.goto(browser.address)
        figures = page.locator(".angka-besar li")
        expect(figures).to_have_count(4)
        page.get_by_label("Provinsi").select_option("53")
        pkh = figures.filter(has_text="KPM PKH").first
        expect(pkh).to_contain_text("11.731 KPM")
        expect(pkh).to_contain_text("Tahun 2020, dari 1 di antara 22 kabupaten/kota")
        expect(page.get_by_text("rekap terakhir sudah disetujui")).to_be_visible()
        page.get_by_text("kabupaten/kota terlambat").click()
        expect(page.get_by_text("Kabupaten Rote Ndao:")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(browser) == []
        assert internals(browser) == []
        browser.screenshot(f"muka_{width}")
        page.emulate_media(media="print")
        expect(page.get_by_role("button", name="Cetak untuk rapat")).to_be_hidden()
        expect(pkh).to_be_visible()
        assert browser.outbound() == []
        assert browser.complaints == []


def test_without_its_figures_the_page_says_so_and_leads_on(desk_browser: OpenBrowser) -> None:
    with desk_browser() as browser:
        page = browser.page
        page.route("**/graphql*", lambda route: route.abort())
        page.goto(browser.address)
        expect(page.get_by_role("alert")).to_contain_text("Hub tidak terjangkau")
        expect(page.get_by_role("link", name="Meja kerja")).to_be_visible()
        page.unroute("**/graphql*")
        page.get_by_role("button", name="Coba lagi").click()
        expect(page.locator(".angka-besar li")).to_have_count(4)
