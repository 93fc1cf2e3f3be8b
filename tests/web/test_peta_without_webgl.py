"""The map page in a browser that cannot draw maps."""

from playwright.sync_api import expect

from tests.web.browser import Browser


def test_without_webgl_the_page_says_so_and_the_table_remains(browser: Browser) -> None:
    page = browser.page
    page.goto(f"{browser.address}/peta")
    assert page.evaluate("document.createElement('canvas').getContext('webgl2')") is None
    expect(page.get_by_role("heading", name="Peramban ini tidak dapat menggambar peta")).to_be_visible()
    expect(page.locator(".tanpa-peta")).to_contain_text("muat ulang")
    page.get_by_role("tab", name="Tabel").click()
    expect(page.get_by_role("table")).to_contain_text("2.859")
    assert not [u for u in browser.requested if "maplibre" in u], "what cannot be used is not fetched"
    browser.screenshot("peta_tanpa_webgl")
    assert browser.outbound() == []
    assert browser.complaints == []
