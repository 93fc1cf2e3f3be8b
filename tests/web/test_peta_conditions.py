"""The map page where things are not as they should be: narrow and wide windows, paper, a bad line, no figures."""

import re

from playwright.sync_api import expect

from tests.client import Client
from tests.web.browser import ARTEFACTS, OpenBrowser
from tests.web.peta_page import click_at, open_peta, settle


def test_from_phone_to_wide_screen_nothing_is_cut_off(peta_browser: OpenBrowser) -> None:
    with peta_browser(360, 740) as browser:
        open_peta(browser)
        page = browser.page
        for width, height in ((360, 740), (768, 1024), (1920, 1080), (2560, 1440)):
            page.set_viewport_size({"width": width, "height": height})
            settle(browser)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            box = page.locator(".bidang-peta").bounding_box()
            assert box is not None
            assert box["width"] >= min(360, width)
            assert box["height"] >= 0.4 * height
            for name in ("Cari wilayah", "Elemen atau indikator"):
                expect(page.get_by_role("combobox", name=name)).to_be_visible()
            browser.screenshot(f"peta_{width}")
            for tab in ("Tabel", "Sumber daya", "Jangkauan", "WKSBM", "Angka"):
                page.get_by_role("tab", name=tab, exact=True).click()
                assert page.evaluate("document.documentElement.scrollWidth") <= width, tab
        assert browser.complaints == []


def test_on_paper_map_legend_title_source_and_date(peta_browser: OpenBrowser) -> None:
    with peta_browser() as browser:
        open_peta(browser)
        page = browser.page
        (ARTEFACTS / "peta.pdf").write_bytes(page.pdf(format="A4", landscape=True))
        assert (ARTEFACTS / "peta.pdf").stat().st_size > 20_000
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        lembar = page.locator(".lembar-cetak")
        expect(lembar.get_by_text("KPM PKH menurut kecamatan, Nusa Tenggara Timur, Tahun 2020")).to_be_visible()
        expect(lembar).to_contain_text("Sumber:")
        expect(lembar).to_contain_text(re.compile(r"Dicetak \d+ [A-Z][a-z]+ \d{4}"))
        expect(lembar.locator("li").first).to_be_visible()
        assert lembar.locator("img").evaluate("g => g.complete && g.naturalWidth") > 1000
        expect(page.locator(".kepala")).to_be_hidden()
        expect(page.locator(".panel")).to_be_hidden()
        browser.screenshot("peta_cetak")
        page.emulate_media(media="screen")
        expect(page.locator(".panel")).to_be_visible()
        settle(browser)
        assert browser.complaints == []


def test_paper_says_what_is_closed_and_why(peta_browser: OpenBrowser) -> None:
    with peta_browser() as browser:
        open_peta(browser, "#di=53.14&tingkat=desa&data=REH10&periode=2020")
        page = browser.page
        page.emulate_media(media="print")
        lembar = page.locator(".lembar-cetak")
        closed = lembar.locator("li").filter(has_text="Dirahasiakan untuk melindungi orangnya")
        expect(closed).to_be_visible()
        expect(closed.locator("small")).to_have_text("119")
        swatch = closed.locator(".petak")
        assert swatch.evaluate("p => getComputedStyle(p).backgroundImage").startswith("url(")
        assert swatch.evaluate("p => getComputedStyle(p).printColorAdjust") == "exact"
        expect(lembar.get_by_text("Dirahasiakan: angkanya sangat peka, terlalu rinci wilayahnya")).to_be_visible()
        page.emulate_media(media="screen")
        open_peta(browser, "#di=53.14&tingkat=desa&data=BAN01&periode=2020")
        page.reload()
        settle(browser)
        page.emulate_media(media="print")
        expect(lembar.locator("li").first).to_be_visible()
        expect(lembar).not_to_contain_text("irahasiakan")


def test_a_bad_line_is_waited_for_and_a_dead_one_is_said(peta_browser: OpenBrowser) -> None:
    with peta_browser() as browser:
        open_peta(browser)
        page = browser.page
        context = page.context
        context.set_offline(True)
        page.get_by_label("Tingkat").select_option("KABUPATEN")
        expect(page.get_by_text("mencoba lagi")).to_be_visible()
        context.set_offline(False)
        expect(page.locator(".legenda")).to_contain_text("per kabupaten/kota", timeout=15_000)
        expect(page.get_by_text("mencoba lagi")).to_have_count(0)
        page.route("**/angka.json?*", lambda route: route.abort("connectionreset"))
        page.get_by_label("Tingkat").select_option("KECAMATAN")
        alert = page.get_by_role("alert").filter(has_text="Hub tidak terjangkau").first
        expect(alert).to_be_visible(timeout=20_000)
        expect(alert).to_contain_text("Periksa sambungan")
        browser.screenshot("peta_terputus")
        page.unroute("**/angka.json?*")
        alert.get_by_role("button", name="Coba lagi").click()
        expect(page.locator(".legenda")).to_contain_text("per kecamatan")
        settle(browser)


def test_a_wrong_token_is_said_with_its_remedy(peta_browser: OpenBrowser) -> None:
    with peta_browser() as browser:
        open_peta(browser)
        page = browser.page
        page.get_by_label("Token petugas").fill("hub_tidak_ada")
        page.get_by_label("Token petugas").press("Enter")
        expect(page.get_by_role("alert").first).to_contain_text(re.compile("oken"))
        page.get_by_label("Token petugas").fill("")
        page.get_by_label("Token petugas").press("Enter")
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page.locator(".legenda")).to_contain_text("2.900")


def test_where_there_are_no_figures_the_page_says_which_level_has_them(peta_browser: OpenBrowser) -> None:
    with peta_browser() as browser:
        open_peta(browser, "#di=53&tingkat=desa&data=KIN03&periode=2020")
        page = browser.page
        notice = page.locator(".kosong")
        expect(notice).to_contain_text("Angkanya ada menurut kabupaten/kota.")
        expect(page.locator(".legenda")).to_contain_text("Tidak ada data")
        notice.get_by_role("button", name="Tampilkan menurut kabupaten/kota").click()
        expect(notice).to_have_count(0)
        expect(page.get_by_label("Tingkat")).to_have_value("KABUPATEN")
        expect(page.locator(".legenda")).to_contain_text("per kabupaten/kota")
        assert browser.complaints == []


def test_on_a_phone_the_card_hides_nothing_of_the_map(read_hub: Client, peta_browser: OpenBrowser) -> None:
    point = read_hub.ask('{ kecamatan(kode: "53.14.01") { titik } }')["kecamatan"]["titik"]["coordinates"]
    with peta_browser(360, 740) as browser:
        open_peta(browser, "#di=53.14&tingkat=kecamatan&data=BAN01&periode=2020")
        click_at(browser, point)
        card = browser.page.get_by_role("region", name="Rincian")
        expect(card).to_contain_text("2.859 KPM")
        settle(browser)
        map_box, card_box = browser.page.locator(".peta").bounding_box(), card.bounding_box()
        assert map_box is not None
        assert card_box is not None
        assert card_box["y"] >= map_box["y"] + map_box["height"] - 1
        assert map_box["height"] > 250
        x, y = browser.page.evaluate(
            "(p) => { const { x, y } = document.querySelector('.peta').petaHub.peta.project(p); return [x, y]; }", point
        )
        assert 0 < x < map_box["width"]
        assert 0 < y < map_box["height"], "what was clicked is still seen"
        browser.screenshot("peta_rincian_360")
