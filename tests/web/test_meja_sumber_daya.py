"""The desk's resources: a list that is narrowed down, one that is saved by keyboard, what is wrong beside its field, papers that end;
without a line; against somebody who was faster."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.client import Client
from tests.web.browser import Browser, OpenBrowser
from tests.web.meja_page import complaints, sign_in, wait_worker
from tests.web.resource_pages import SOTIMORI, go, look_at, pick, save, tab_to, type_into

_KAB, _PROV = "53.14", "53"
_MARKUP = "LKS <b>Tebal</b> & Co"


def _day(days: int) -> str:
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()


@pytest.fixture(scope="module")
def filled(module_hub: Client) -> Client:
    """Three of Sotimori: one accredited for a month, one whose letter has ended, one of the province's."""
    save(
        module_hub,
        _KAB,
        nama=_MARKUP,
        surat=[{"jenis": "AKREDITASI", "sejak": _day(-300), "sampai": _day(30), "peringkat": "A"}],
    )
    save(
        module_hub,
        _KAB,
        nama="LKS Lama",
        surat=[{"jenis": "TANDA_DAFTAR", "sejak": "2020-01-01", "sampai": "2023-01-01", "nomor": "7/2020"}],
    )
    save(module_hub, _PROV, nama="Panti Provinsi", jenis="PANTI", pemilik="PROVINSI", sasaran="Lansia", dayaTampung=30, bidang="Lansia")  # fmt: skip
    module_hub.token(_PROV)
    module_hub.token(_KAB)
    return module_hub


def _named(hub: Client, name: str) -> list[tuple[object, ...]]:
    return hub.sql("SELECT jenis, kode_desa, klien_l, klien_p, klien, versi FROM sumber_daya WHERE nama = %s", name)


def test_a_list_is_narrowed_down_and_leads_to_one(filled: Client, desk_browser: OpenBrowser) -> None:
    with desk_browser(hub=filled) as browser:
        sign_in(browser, filled.token(_KAB))
        page = browser.page
        page.get_by_role("link", name="Sumber daya", exact=True).click()
        rows = page.locator(".baris")
        expect(rows.filter(has_text=_MARKUP)).to_be_visible()
        assert rows.locator("b").count() == 0, "a name is shown as written"
        everything = rows.count()
        look_at(browser, "meja_sumber_daya")
        page.get_by_label("Nama").fill("TEBAL")
        expect(rows).to_have_count(1)
        page.get_by_label("Nama").fill("")
        expect(rows).to_have_count(everything)
        page.get_by_label("Berkas", exact=True).select_option(label="Akreditasi berlaku")
        expect(rows).to_have_count(1)
        page.get_by_label("Berkas", exact=True).select_option(label="Semua")
        expect(rows).to_have_count(everything)
        page.get_by_label("Jenis").select_option(label="Panti")
        expect(rows.filter(has_text="Tebal")).to_have_count(0)
        expect(page.get_by_role("link", name="Panti Provinsi")).to_be_visible()
        narrowed = rows.count()
        page.get_by_role("link", name="Panti Provinsi").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Panti Provinsi")
        expect(page.get_by_text("Yang mengubahnya ialah provinsi")).to_be_visible()
        expect(page.get_by_role("link", name="Ubah")).to_have_count(0)
        look_at(browser, "meja_sumber_daya_satu")
        page.go_back()
        expect(rows).to_have_count(narrowed)  # as it was left
        page.get_by_label("Jenis").select_option(label="Semua")
        expect(rows).to_have_count(everything)
        assert complaints(browser) == []
        assert browser.outbound() == []


def test_papers_that_end_are_listed_the_earliest_first(filled: Client, desk_browser: OpenBrowser) -> None:
    with desk_browser(hub=filled) as browser:
        sign_in(browser, filled.token(_KAB))
        go(browser, "sumber-daya/berkas")
        rows = browser.page.locator(".baris")
        expect(rows).to_have_count(2)
        expect(rows.nth(0)).to_contain_text("Tanda daftar nomor 7/2020")
        expect(rows.nth(0)).to_contain_text("berakhir 31 Desember 2022")
        expect(rows.nth(1)).to_contain_text("(29 hari lagi)")
        look_at(browser, "meja_berkas")
        browser.page.get_by_label("Berakhir sampai").select_option(label="Sudah berakhir")
        expect(rows).to_have_count(1)


def _fill_by_keyboard(browser: Browser) -> None:
    page = browser.page
    pick(browser.page.get_by_label("Jenis", exact=True), "Rumah singgah")
    type_into(browser, "Nama", "Singgah Baru")
    pick(browser.page.get_by_label("Kecamatan", exact=True), "Landu Leko")
    pick(browser.page.get_by_label("Desa atau kelurahan", exact=True), "Sotimori")
    tab_to(page.get_by_label("Ada sejak", exact=True)).fill("2018-01-01")  # how a date is typed is the browser's own
    type_into(browser, "Lintang", "-10.53, 123.3")
    type_into(browser, "Klien laki-laki", "3")
    type_into(browser, "Klien perempuan", "4 orang")
    type_into(browser, "Semua klien", "9")
    tab_to(page.get_by_role("button", name="Tambah berkas")).press("Enter")
    pick(browser.page.get_by_label("Jenis berkas", exact=True), "SK atau izin")
    tab_to(page.get_by_role("button", name="Simpan")).press("Enter")


def test_one_is_saved_with_the_keyboard_alone_and_what_is_wrong_stands_at_its_field(
    filled: Client, desk_browser: OpenBrowser
) -> None:
    with desk_browser(360, 740, hub=filled) as browser:
        sign_in(browser, filled.token(_KAB))
        go(browser, "sumber-daya/baru")
        page = browser.page
        _fill_by_keyboard(browser)
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("2 hal perlu diperbaiki")  # all at once
        expect(alert).to_be_focused()
        women, since = page.get_by_label("Klien perempuan", exact=True), page.get_by_label("Berlaku sejak", exact=True)
        expect(women).to_have_accessible_description('Perbaiki: "4 orang" bukan bilangan bulat; tulis misalnya 1250.')
        expect(women).to_have_value("4 orang")
        expect(page.get_by_label("Bujur", exact=True)).to_have_value("123.3")
        look_at(browser, "meja_sumber_daya_galat")
        page.set_viewport_size({"width": 360, "height": 740})
        type_into(browser, "Klien perempuan", "4")
        tab_to(since)
        since.fill("2024-02-01")
        tab_to(page.get_by_role("button", name="Simpan")).press("Enter")
        total = page.get_by_label("Semua klien", exact=True)
        expect(total).to_have_accessible_description("Perbaiki: Jumlah klien 9 ≠ laki-laki + perempuan 7. Cukup ini bila laki-laki dan perempuan tidak diketahui.".replace("7. Cukup", "7. Pakai 7 Cukup"))  # fmt: skip
        assert _named(filled, "Singgah Baru") == []
        expect(page.get_by_label("Nama", exact=True)).to_have_value("Singgah Baru")
        tab_to(page.get_by_role("button", name="Pakai 7")).press("Enter")
        expect(total).to_have_value("7")
        tab_to(page.get_by_role("button", name="Simpan")).press("Enter")
        expect(page.get_by_role("heading", name="Singgah Baru tersimpan")).to_be_focused()
        assert _named(filled, "Singgah Baru") == [("RUMAH_SINGGAH", SOTIMORI, 3, 4, None, 1)]
        look_at(browser, "meja_sumber_daya_tersimpan")
        tab_to(page.get_by_role("link", name="Lihat hasilnya")).press("Enter")
        expect(page.get_by_text("lintang -10,53")).to_be_visible()
        expect(page.get_by_text("SK atau izin: sejak 1 Februari 2024, tanpa batas waktu")).to_be_visible()
        assert complaints(browser) == []


def test_what_is_saved_without_a_line_arrives_once(filled: Client, desk_browser: OpenBrowser) -> None:
    with desk_browser(hub=filled) as browser:
        sign_in(browser, filled.token(_KAB))
        go(browser, "sumber-daya/baru")
        wait_worker(browser)
        page = browser.page
        page.get_by_label("Jenis", exact=True).select_option(label="Puskesos")
        page.get_by_label("Nama", exact=True).fill("Puskesos Luring")
        page.get_by_label("Kecamatan", exact=True).select_option(label="Landu Leko")
        page.get_by_label("Desa atau kelurahan", exact=True).select_option(label="Sotimori")
        page.get_by_label("Ada sejak", exact=True).fill("2024-05-01")
        # the hub takes it, and its answer is lost
        page.route("**/graphql", lambda route: (route.fetch(), route.abort()) if route.request.method == "POST" else route.continue_(), times=1)  # fmt: skip
        page.get_by_role("button", name="Simpan").click()
        expect(page.locator(".kepala")).to_contain_text("Tersimpan di gawai, belum terkirim")
        page.context.set_offline(True)
        expect(page.locator(".menunggu-kirim")).to_contain_text("halaman ini boleh ditutup")
        go(browser, "sumber-daya")
        expect(page.get_by_text("Puskesos Luring: tersimpan di gawai")).to_be_visible()
        page.context.set_offline(False)
        expect(page.get_by_text("Belum diterima hub")).to_have_count(0)
        assert len(_named(filled, "Puskesos Luring")) == 1
        assert _named(filled, "Puskesos Luring")[0][-1] == 1, "the same contents are no new version"


def test_somebody_was_faster_and_both_are_shown(filled: Client, desk_browser: OpenBrowser) -> None:
    id_ = save(filled, _KAB, nama="LKS Bentrok", bidang="Anak")
    with desk_browser(hub=filled) as browser:
        sign_in(browser, filled.token(_KAB))
        go(browser, f"sumber-daya/ubah/{id_}")
        page = browser.page
        page.get_by_label("Bidang pelayanan").fill("Lansia")
        save(filled, _KAB, id=id_, versi=1, nama="LKS Bentrok", bidang="Disabilitas")
        page.get_by_role("button", name="Simpan").click()
        row = page.get_by_role("row").filter(has_text="Bidang pelayanan")
        expect(row).to_contain_text("Disabilitas")
        expect(row).to_contain_text("Lansia")
        look_at(browser, "meja_sumber_daya_bentrok")
        page.get_by_role("button", name="Pakai isian saya").click()
        page.get_by_role("button", name="Simpan").click()
        expect(page.get_by_role("heading", name="LKS Bentrok tersimpan")).to_be_visible()
        assert filled.sql("SELECT bidang, versi FROM sumber_daya WHERE nama = 'LKS Bentrok'") == [("Lansia", 3)]


def test_a_province_changes_its_own_and_loses_nothing_of_it(filled: Client, desk_browser: OpenBrowser) -> None:
    with desk_browser(hub=filled) as browser:
        sign_in(browser, filled.token(_PROV))
        page = browser.page
        page.get_by_role("link", name="Sumber daya", exact=True).click()
        page.get_by_label("Kabupaten/kota").select_option(label="Rote Ndao")
        page.get_by_label("Jenis").select_option(label="Panti")
        page.get_by_role("link", name="Panti Provinsi").click()
        page.get_by_role("link", name="Ubah").click()
        expect(page.get_by_label("Desa atau kelurahan", exact=True)).to_have_value(SOTIMORI)
        page.get_by_label("Daya tampung (orang)").fill("35")
        page.get_by_role("button", name="Simpan").click()
        expect(page.get_by_role("heading", name="Panti Provinsi tersimpan")).to_be_visible()
        kept = filled.sql(
            "SELECT sasaran, daya_tampung, bidang, pemilik, sejak::text FROM sumber_daya WHERE nama = 'Panti Provinsi'"
        )
        assert kept == [("Lansia", 35, "Lansia", "PROVINSI", "2019-01-01")]


def test_the_device_says_where_it_is(filled: Client, desk_browser: OpenBrowser) -> None:
    with desk_browser(360, 740, hub=filled) as browser:
        sign_in(browser, filled.token(_KAB))
        go(browser, "sumber-daya/baru")
        page = browser.page
        page.context.set_geolocation({"latitude": -10.5312, "longitude": 123.25, "accuracy": 12})
        page.context.grant_permissions(["geolocation"])
        page.get_by_role("button", name="Pakai letak gawai ini").click()
        expect(page.get_by_label("Lintang", exact=True)).to_have_value("-10,531200")
        expect(page.get_by_label("Bujur", exact=True)).to_have_value("123,250000")
        expect(page.get_by_text("teliti sampai kira-kira 12 meter")).to_be_visible()
        go(browser, "")
        expect(page.get_by_role("navigation", name="Bagian meja kerja")).to_be_visible()
        browser.screenshot("meja_beranda_bagian")
