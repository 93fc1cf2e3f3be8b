"""The map page seen from so far that a level is not drawn yet: it says so, and draws it nearer by."""

from playwright.sync_api import expect

from tests.client import Client
from tests.web.browser import OpenBrowser
from tests.web.peta_page import drawn, open_peta, settle


def test_a_level_that_is_not_drawn_yet_is_told_and_comes_nearer_by(peta_browser: OpenBrowser, hub: Client) -> None:
    hub.sql("UPDATE peta_versi SET mulai = '{0,0,0,12}'")
    with peta_browser(1280, 800, hub) as browser:
        open_peta(browser, "#di=53.14&tingkat=desa&lihat=8.50/-10.7500/123.1000")
        note = browser.page.get_by_text("desa/kelurahan terlalu banyak untuk digambar; perbesar peta sampai zoom 12")
        expect(note).to_be_visible()
        assert drawn(browser, "darat") == []
        assert len(drawn(browser, "dasar")) > 5, "the land is there"
        browser.page.evaluate(
            "document.querySelector('.peta').petaHub.moveTo({ zoom: 12.2, lon: 123.05, lat: -10.73 })"
        )
        settle(browser)
        expect(note).to_be_hidden()
        assert {f["tingkat"] for f in drawn(browser, "darat")} == {"DESA"}
        assert browser.complaints == []
