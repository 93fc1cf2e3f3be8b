"""Signing in to the desk, being told who one is, and leaving nothing behind."""

from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import expect

from tests.akses.invitations import invite
from tests.client import Client
from tests.web.browser import OpenBrowser
from tests.web.meja_page import complaints, internals, internals_in, kept, open_desk, sign_in, violations

_FIELD = "Token atau kode masuk"


def test_a_token_typed_once_opens_the_desk_and_leaving_forgets_it(
    desk_browser: OpenBrowser, token_kabupaten: str
) -> None:
    with desk_browser() as browser:
        open_desk(browser)
        assert browser.page.title() == "Masuk · Meja kerja · Hub Dinsos"
        sign_in(browser, token_kabupaten)
        page = browser.page
        expect(page.locator(".nama-kantor")).to_contain_text("Kabupaten Rote Ndao")
        expect(page.get_by_role("heading", level=1)).to_contain_text("menunggu Anda")
        expect(page.get_by_text("Semua sudah terkirim")).to_be_visible()
        assert page.title() == "Beranda · Meja kerja · Hub Dinsos"
        expect(page.get_by_role("heading", name="Unduhan")).to_be_visible()
        there = kept(browser)
        assert there["session"]
        assert there["device"] == []
        assert there["rows"]["answers"] > 0
        page.reload()
        expect(page.locator(".nama-kantor")).to_contain_text("Kabupaten Rote Ndao")
        page.get_by_role("button", name="Keluar").click()
        expect(page.get_by_label(_FIELD)).to_be_visible()
        assert kept(browser) == {
            "session": [], "device": [], "cookie": "", "rows": {"answers": 0, "drafts": 0, "queue": 0},
        }  # fmt: skip
        assert page.context.cookies() == []
        assert browser.outbound() == []
        assert complaints(browser) == []


def test_a_token_is_kept_on_the_device_only_when_asked_for(
    read_hub: Client, device: OpenBrowser, token_kabupaten: str
) -> None:
    with device(hub=read_hub) as browser:
        sign_in(browser, token_kabupaten)
    with device(hub=read_hub) as browser:
        open_desk(browser)
        expect(browser.page.get_by_label(_FIELD)).to_be_visible()
        expect(browser.page.locator("body")).not_to_contain_text("Rote Ndao")
        browser.page.wait_for_timeout(500)  # time to take away what was kept
        assert kept(browser)["rows"]["answers"] == 0, "what somebody saw who is not there any more"
        sign_in(browser, token_kabupaten, on_device=True)
    with device(hub=read_hub) as browser:
        open_desk(browser)
        expect(browser.page.locator(".nama-kantor")).to_contain_text("Kabupaten Rote Ndao")


def test_a_wrong_token_is_said_with_its_remedy_and_keeps_nothing(desk_browser: OpenBrowser) -> None:
    with desk_browser() as browser:
        open_desk(browser)
        page = browser.page
        page.get_by_role("button", name="Masuk").click()
        expect(page.get_by_role("alert")).to_contain_text("belum diisi")
        for wrong in ("hub_tidak_ada", "tökén salah"):
            page.get_by_label(_FIELD).fill(wrong)
            page.get_by_label(_FIELD).press("Enter")
            expect(page.get_by_role("alert")).to_contain_text("pengelola hub")
            expect(page.get_by_label(_FIELD)).to_be_focused()
        assert kept(browser)["session"] == []
        assert violations(browser) == []
        assert internals(browser) == []


def test_a_link_with_a_one_time_code_opens_the_desk_once(module_hub: Client, device: OpenBrowser) -> None:
    with ThreadPoolExecutor(1) as elsewhere:  # in this thread a browser runs
        codes = [elsewhere.submit(invite, module_hub.url).result().code for _ in range(2)]
    with device(hub=module_hub) as browser:
        open_desk(browser, f"#masuk={codes[0]}")
        page = browser.page
        expect(page.locator(".nama-kantor")).to_contain_text("Dinas Sosial Rote Ndao")
        assert "masuk" not in page.url
        page.get_by_role("button", name="Keluar").click()
        open_desk(browser, f"#masuk={codes[0]}")
        expect(page.get_by_role("alert")).to_be_visible()
        assert internals(browser) == []
        page.get_by_label(_FIELD).fill(codes[1].lower())  # by hand, as it is spelled
        page.get_by_label(_FIELD).press("Enter")
        expect(page.locator(".nama-kantor")).to_contain_text("Dinas Sosial Rote Ndao")


def test_the_desk_of_a_province_says_what_there_is_for_it(read_hub: Client, desk_browser: OpenBrowser) -> None:
    token = read_hub.token("53")
    with desk_browser() as browser:
        sign_in(browser, token)
        page = browser.page
        expect(page.get_by_role("heading", level=1)).to_have_text("Provinsi Nusa Tenggara Timur")
        for link in page.locator("main a").evaluate_all("links => links.map((a) => a.getAttribute('href'))"):
            assert read_hub.get(link, headers={"Accept": "text/html"}).status_code == 200, link
        page.get_by_label("Formulir").select_option("F02")
        page.get_by_label("Periode").select_option("2020")
        for button, name in (
            ("Templat kosong", "F02_53.01_2020.xlsx"),
            ("Tabel angka yang disetujui", "angka_F02_53_2020.xlsx"),
        ):
            with page.expect_download() as download:
                page.get_by_role("button", name=button).click()
            assert download.value.suggested_filename == name
            assert download.value.path().read_bytes()[:2] == b"PK"
        assert violations(browser) == []
        assert internals(browser) == []
        assert complaints(browser) == []


def test_the_search_for_internals_finds_them() -> None:
    text = "Kunci kunciIdempoten dipakai. TIDAK_ADA_DATA; status DRAF. Bukan: F02, BAN01, Kabupaten, WhatsApp, DIY. undefined"
    assert internals_in(text) == ["DRAF", "TIDAK_ADA_DATA", "kunciIdempoten", "undefined"]
