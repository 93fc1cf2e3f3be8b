"""The map page where only some levels have boundaries: it opens at the figures, goes where it is sent, and says what is missing."""

from playwright.sync_api import expect

from tests.client import Client
from tests.web.browser import Browser, OpenBrowser
from tests.web.peta_page import centre, drawn, open_peta, settle, wait_drawn

_MISSING = "belum dimuat ke hub"


def _keep_only(hub: Client, condition: str) -> None:
    """Boundaries of the demo but for those; the version of the map follows."""
    hub.sql(f"DELETE FROM batas_piramida WHERE NOT ({condition})")
    hub.sql(f"DELETE FROM batas WHERE NOT ({condition.replace('tingkat', 'hub_tingkat(kode)')})")


def _is_at_rote(browser: Browser) -> bool:
    lon, lat, zoom = centre(browser)
    return 122.5 < lon < 123.6 and -11.1 < lat < -10.3 and zoom > 8


def test_where_only_desa_have_boundaries_it_opens_at_the_figures_and_rows_move_it(
    peta_browser: OpenBrowser, hub: Client
) -> None:
    _keep_only(hub, "tingkat = 4")
    with peta_browser(1280, 800, hub) as browser:
        open_peta(browser)
        page = browser.page
        assert _is_at_rote(browser), "the only kabupaten with approved figures"
        notice = page.locator(".kabar-batas")
        expect(notice).to_contain_text("Batas kecamatan belum dimuat ke hub")
        browser.screenshot("peta_tanpa_batas_kecamatan")
        page.get_by_role("tab", name="Tabel").click()
        before = centre(browser)
        page.get_by_role("table").get_by_role("button", name="Lobalain").click()
        page.wait_for_function(f"() => document.querySelector('.peta').petaHub.peta.getZoom() > {before[2] + 0.3}")
        settle(browser)
        expect(notice).not_to_contain_text("yang dipilih")
        notice.get_by_role("button", name="Tampilkan menurut desa/kelurahan").click()
        expect(page.get_by_role("tab", name="Tabel")).to_be_visible()
        wait_drawn(browser, "darat", "tingkat", "DESA")
        settle(browser)
        expect(notice).not_to_contain_text(_MISSING)
        assert {f["tingkat"] for f in drawn(browser, "darat")} == {"DESA"}
        assert browser.complaints == []


def test_what_has_no_boundary_is_said_for_the_eyes_too(peta_browser: OpenBrowser, hub: Client) -> None:
    _keep_only(hub, "kode NOT LIKE '53.14.05%'")
    with peta_browser(1280, 800, hub) as browser:
        open_peta(browser, "#di=53.14&tingkat=kecamatan&data=BAN01&periode=2020&tab=tabel")
        page = browser.page
        notice = page.locator(".kabar-batas p")
        expect(notice).to_have_count(0)
        page.get_by_role("table").get_by_role("button", name="Pantai Baru").click()
        expect(notice).to_have_text(
            "Batas kecamatan yang dipilih belum dimuat ke hub, jadi tidak dapat ditunjukkan di peta. Angkanya ada pada rincian dan tabel."
        )
        box = notice.bounding_box()
        assert box is not None
        assert box["width"] > 100
        assert box["height"] > 20
        assert notice.evaluate("p => getComputedStyle(p).clipPath") == "none"
        browser.screenshot("peta_batas_belum_dimuat")
        page.get_by_role("table").get_by_role("button", name="Lobalain").click()
        expect(notice).to_have_count(0)
