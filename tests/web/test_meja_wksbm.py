"""The desk's networks: found, looked at, an activity written down by keyboard, the phase changed, refused while something is lacking."""

from playwright.sync_api import expect

from tests.client import Client
from tests.web.browser import OpenBrowser
from tests.web.meja_page import complaints, sign_in
from tests.web.resource_pages import go, look_at, pick, tab_to, type_into

_KAB, _PROV = "53.14", "53"
_LANDU = "53.14:01680000-0000-7000-8000-000000000003"
_INGGU_RAI = "53.14:01680000-0000-7000-8000-000000000001"
_WRITE = """mutation ($id: ID!, $k: [KegiatanWksbmMasukan!]!) { hasil: catatKegiatanWksbm(id: $id, kegiatan: $k) { __typename } }"""


def test_a_network_is_found_and_an_activity_written_down_by_keyboard(
    module_hub: Client, desk_browser: OpenBrowser
) -> None:
    with desk_browser(360, 740, hub=module_hub) as browser:
        sign_in(browser, module_hub.token(_KAB))
        page = browser.page
        page.get_by_role("link", name="WKSBM", exact=True).click()
        rows = page.locator(".baris")
        expect(rows.filter(has_text="Inggu Rai")).to_be_visible()
        look_at(browser, "meja_wksbm")
        page.set_viewport_size({"width": 360, "height": 740})
        page.get_by_label("Nama").fill("wksbm-landu")
        expect(rows).to_have_count(1)
        rows.get_by_role("link").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Contoh WKSBM Landu")
        tab_to(page.get_by_role("button", name="Catat kegiatan")).press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("1 hal perlu diperbaiki")
        pick(browser.page.get_by_role("combobox", name="Kegiatan", exact=True), "5a.3")
        type_into(browser, "Uraian", "Latihan <b>bersama</b>")
        tab_to(page.get_by_role("button", name="Catat kegiatan")).press("Enter")
        expect(page.get_by_text("✓ Tercatat: 5a.3")).to_be_visible()
        written = page.get_by_role("listitem").filter(has_text="Latihan <b>bersama</b>")
        expect(written).to_be_visible()
        kept = module_hub.sql("SELECT kegiatan FROM kegiatan_wksbm WHERE uraian = 'Latihan <b>bersama</b>'")
        assert kept == [("5a.3",)]
        look_at(browser, "meja_wksbm_satu")
        assert complaints(browser) == []


def test_a_phase_changes_when_nothing_is_lacking(module_hub: Client, desk_browser: OpenBrowser) -> None:
    with desk_browser(hub=module_hub) as browser:
        sign_in(browser, module_hub.token(_PROV))
        go(browser, f"wksbm/{_LANDU}")
        page = browser.page
        page.get_by_label("Tahap baru").select_option(label="Pemantapan")
        page.get_by_label("Sejak").fill("2020-05-01")
        page.get_by_label("Alasan").fill("Sudah siap")
        page.get_by_role("button", name="Pindah tahap").click()
        finding = page.locator("#tahap-temuan")
        expect(finding).to_contain_text("Kegiatan tahap penumbuhan yang belum dilaksanakan")
        expect(page.get_by_label("Alasan")).to_have_value("Sudah siap")
        look_at(browser, "meja_wksbm_ditolak")
        done = [{"tanggal": "2020-01-01", "kegiatan": f"5a.{n}"} for n in range(1, 7)]
        assert module_hub.ask(_WRITE, {"id": _LANDU, "k": done}, _KAB)["hasil"]["__typename"] == "WksbmTersimpan"
        page.get_by_role("button", name="Pindah tahap").click()
        expect(page.get_by_text("Kini dalam tahap pemantapan")).to_be_visible()
        expect(page.locator(".fakta")).to_contain_text("Pemantapan sejak 1 Mei 2020")
        assert module_hub.sql("SELECT tahap FROM wksbm WHERE id = %s", _LANDU.split(":")[1]) == [("PEMANTAPAN",)]


def test_members_and_links_are_shown_with_where_they_lead(module_hub: Client, desk_browser: OpenBrowser) -> None:
    with desk_browser(hub=module_hub) as browser:
        sign_in(browser, module_hub.token(_KAB))
        go(browser, f"wksbm/{_INGGU_RAI}")
        page = browser.page
        expect(page.get_by_role("listitem").filter(has_text="Koperasi Nelayan")).to_contain_text("keluar 1 Juli 2020")
        links = page.locator("section").filter(has=page.get_by_role("heading", name="Hubungan"))
        assert links.get_by_role("listitem").count() >= 2
        links.get_by_role("link").first.click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Contoh WKSBM Inggu Rai")
        expect(page.get_by_text("Halaman ini tidak ada")).to_have_count(0)
