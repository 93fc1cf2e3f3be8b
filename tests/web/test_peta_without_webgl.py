"""The map page in a browser that cannot draw maps."""

from playwright.sync_api import expect

from tests.web.browser import Peramban


def test_without_webgl_the_page_says_so_and_the_table_remains(peramban: Peramban) -> None:
    halaman = peramban.halaman
    halaman.goto(f"{peramban.alamat}/peta")
    assert halaman.evaluate("document.createElement('canvas').getContext('webgl2')") is None
    expect(halaman.get_by_role("heading", name="Peramban ini tidak dapat menggambar peta")).to_be_visible()
    expect(halaman.locator(".tanpa-peta")).to_contain_text("muat ulang")
    halaman.get_by_role("tab", name="Tabel").click()
    expect(halaman.get_by_role("table")).to_contain_text("2.859")
    assert not [u for u in peramban.diminta if "maplibre" in u], "what cannot be used is not fetched"
    peramban.potret("peta_tanpa_webgl")
    assert peramban.ke_luar() == []
    assert peramban.keluhan == []
