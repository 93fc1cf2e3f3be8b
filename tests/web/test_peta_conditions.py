"""The map page where things are not as they should be: narrow and wide windows, paper, a bad line, no figures."""

import re

from playwright.sync_api import expect

from tests.web.browser import ARTEFAK, Buka
from tests.web.peta_page import buka_peta, tenang


def test_from_phone_to_wide_screen_nothing_is_cut_off(peramban_peta: Buka) -> None:
    with peramban_peta(360, 740) as peramban:
        buka_peta(peramban)
        halaman = peramban.halaman
        for lebar, tinggi in ((360, 740), (768, 1024), (1920, 1080), (2560, 1440)):
            halaman.set_viewport_size({"width": lebar, "height": tinggi})
            tenang(peramban)
            assert halaman.evaluate("document.documentElement.scrollWidth") <= lebar
            kotak = halaman.locator(".bidang-peta").bounding_box()
            assert kotak is not None
            assert kotak["width"] >= min(360, lebar)
            assert kotak["height"] >= 0.4 * tinggi
            for nama in ("Cari wilayah", "Elemen atau indikator"):
                expect(halaman.get_by_role("combobox", name=nama)).to_be_visible()
            peramban.potret(f"peta_{lebar}")
            for tab in ("Tabel", "Sumber daya", "Cakupan", "WKSBM", "Angka"):
                halaman.get_by_role("tab", name=tab).click()
                assert halaman.evaluate("document.documentElement.scrollWidth") <= lebar, tab
        assert peramban.keluhan == []


def test_on_paper_map_legend_title_source_and_date(peramban_peta: Buka) -> None:
    with peramban_peta() as peramban:
        buka_peta(peramban)
        halaman = peramban.halaman
        (ARTEFAK / "peta.pdf").write_bytes(halaman.pdf(format="A4", landscape=True))
        assert (ARTEFAK / "peta.pdf").stat().st_size > 20_000
        halaman.evaluate("dispatchEvent(new Event('beforeprint'))")
        halaman.emulate_media(media="print")
        lembar = halaman.locator(".lembar-cetak")
        expect(lembar.get_by_text("KPM PKH menurut kecamatan, Nusa Tenggara Timur, Tahun 2020")).to_be_visible()
        expect(lembar).to_contain_text("Sumber:")
        expect(lembar).to_contain_text(re.compile(r"Dicetak \d+ [A-Z][a-z]+ \d{4}"))
        expect(lembar.locator("li").first).to_be_visible()
        assert lembar.locator("img").evaluate("g => g.complete && g.naturalWidth") > 1000
        expect(halaman.locator(".kepala")).to_be_hidden()
        expect(halaman.locator(".panel")).to_be_hidden()
        peramban.potret("peta_cetak")
        halaman.emulate_media(media="screen")
        expect(halaman.locator(".panel")).to_be_visible()
        tenang(peramban)
        assert peramban.keluhan == []


def test_a_bad_line_is_waited_for_and_a_dead_one_is_said(peramban_peta: Buka) -> None:
    with peramban_peta() as peramban:
        buka_peta(peramban)
        halaman = peramban.halaman
        konteks = halaman.context
        konteks.set_offline(True)
        halaman.get_by_label("Tingkat").select_option("KABUPATEN")
        expect(halaman.get_by_text("mencoba lagi")).to_be_visible()
        konteks.set_offline(False)
        expect(halaman.locator(".legenda")).to_contain_text("per kabupaten/kota", timeout=15_000)
        expect(halaman.get_by_text("mencoba lagi")).to_have_count(0)
        halaman.route("**/angka.json?*", lambda rute: rute.abort("connectionreset"))
        halaman.get_by_label("Tingkat").select_option("KECAMATAN")
        galat = halaman.get_by_role("alert").filter(has_text="Hub tidak terjangkau").first
        expect(galat).to_be_visible(timeout=20_000)
        expect(galat).to_contain_text("Periksa sambungan")
        peramban.potret("peta_terputus")
        halaman.unroute("**/angka.json?*")
        galat.get_by_role("button", name="Coba lagi").click()
        expect(halaman.locator(".legenda")).to_contain_text("per kecamatan")
        tenang(peramban)


def test_a_wrong_token_is_said_with_its_remedy(peramban_peta: Buka) -> None:
    with peramban_peta() as peramban:
        buka_peta(peramban)
        halaman = peramban.halaman
        halaman.get_by_label("Token petugas").fill("hub_tidak_ada")
        halaman.get_by_label("Token petugas").press("Enter")
        expect(halaman.get_by_role("alert").first).to_contain_text(re.compile("oken"))
        halaman.get_by_label("Token petugas").fill("")
        halaman.get_by_label("Token petugas").press("Enter")
        expect(halaman.get_by_role("alert")).to_have_count(0)
        expect(halaman.locator(".legenda")).to_contain_text("2.859")


def test_where_there_are_no_figures_the_page_says_what_to_choose(peramban_peta: Buka) -> None:
    with peramban_peta() as peramban:
        buka_peta(peramban, "#di=53&tingkat=desa&data=KIN03&periode=2020")
        halaman = peramban.halaman
        expect(halaman.locator(".kosong")).to_contain_text("dilaporkan sampai kabupaten/kota")
        expect(halaman.locator(".legenda")).to_contain_text("Tidak ada data")
        assert peramban.keluhan == []
