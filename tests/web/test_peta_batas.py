"""What is wrong with boundaries, on the page /peta in real Chromium."""

from playwright.sync_api import expect

from tests.client import Klien
from tests.web.browser import Buka
from tests.web.peta_page import buka_peta, klik_di, tenang, tergambar, tunggu_tergambar


def test_findings_are_counted_listed_drawn_and_told(hub_mutu: Klien, peramban_peta: Buka) -> None:
    isi = hub_mutu.tanya(
        """{ tindih: mutuBatas(wilayah: "53.14", jenis: [TUMPANG_TINDIH], first: 1) { totalCount }
        semua: mutuBatas(wilayah: "53.14", first: 200) { totalCount edges { node { wilayah { nama } } } } }"""
    )
    with peramban_peta(1280, 800, hub_mutu) as peramban:
        buka_peta(peramban, "#di=53.14&tab=batas&lihat=12.5/122.9150/-10.8900")
        halaman = peramban.halaman
        assert halaman.evaluate("document.querySelector('.peta').petaHub.peta.getSource('mutu-batas') === undefined")
        expect(halaman.locator(".daftar-centang label", has_text="Tumpang tindih").locator("small")).to_have_text(
            str(isi["tindih"]["totalCount"])
        )
        expect(halaman.get_by_role("table").locator("caption")).to_contain_text(f"{isi['semua']['totalCount']} temuan")
        baris = halaman.get_by_role("table").locator("tbody th")
        assert sorted(baris.all_inner_texts()) == sorted(
            e["node"]["wilayah"]["nama"] for e in isi["semua"]["edges"][:100]
        )
        halaman.get_by_role("checkbox", name="Tumpang tindih").check()
        halaman.wait_for_function("() => location.hash.includes('mutu=TUMPANG_TINDIH')")
        expect(halaman.locator(".legenda")).to_contain_text("Tumpang tindih")
        tenang(peramban)
        assert {f["id"] for f in tergambar(peramban, "mutu")} == {"53.14.01.2005~TUMPANG_TINDIH~1"}
        klik_di(peramban, [122.915, -10.89])
        rincian = halaman.get_by_role("region", name="Rincian")
        expect(rincian).to_contain_text("Tumpang tindih")
        expect(rincian).to_contain_text("2,4 km²")
        expect(rincian).to_contain_text("53.14.01.2006")
        expect(rincian).to_contain_text("50%")
        halaman.get_by_role("button", name="Tampilkan semua", exact=True).click()
        tunggu_tergambar(peramban, "mutu-titik", "jenis", "DI_LUAR_INDUK")
        peramban.potret("peta_batas")
        assert peramban.keluhan == []
        assert peramban.ke_luar() == []


def test_where_nothing_is_wrong_it_says_what_to_do(peramban_peta: Buka) -> None:
    with peramban_peta() as peramban:
        buka_peta(peramban, "#di=36&tab=batas")
        expect(peramban.halaman.locator(".isi-tab")).to_contain_text("hub check batas")


def test_it_begins_with_the_province_that_has_figures_however_many_come_before(
    hub_mutu: Klien, peramban_peta: Buka
) -> None:
    hub_mutu.sql(
        "INSERT INTO wilayah (kode_kab, kode, berlaku_sejak, tingkat, jenis, nama) "
        "SELECT k::text, k::text, '2020-01-01', 1, 'PROVINSI', 'Provinsi ' || k FROM generate_series(11, 30) k RETURNING 1"
    )
    with peramban_peta(1280, 800, hub_mutu) as peramban:
        buka_peta(peramban)
        expect(peramban.halaman.locator(".pilihan select").first).to_have_value("53")
