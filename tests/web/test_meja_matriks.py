"""A province's home and its matrix: who sent what, live; offices reminded, with the text to send; at any width and without a line."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.client import Client
from tests.web import province_scene as scene
from tests.web.browser import Browser, OpenBrowser
from tests.web.meja_page import complaints, internals, sign_in, violations, wait_worker

_REMINDED = (
    """query ($p: [Periode!]!) { kelengkapan(wilayah: "53.15", periode: $p) { formulir { kode } diingatkanLewat } }"""
)


@pytest.fixture(scope="module")
def token(module_hub: Client) -> str:
    """The province's; the scene is set."""
    given = scene.officers(module_hub)
    scene.waiting(module_hub)
    return given


def _open(browser: Browser, token: str, place: str) -> Page:
    sign_in(browser, token)
    browser.page.evaluate("(place) => { location.hash = place; }", f"#/{place}")
    return browser.page


def _cell(page: Page, office: str, column: int = 1) -> Locator:
    """By the column of the form: 1 is F02 in a month."""
    return (
        page.get_by_role("row")
        .filter(has=page.get_by_role("rowheader", name=office))
        .get_by_role("cell")
        .nth(column - 1)
    )


def test_the_home_says_what_waits_and_leads_to_the_matrix(
    module_hub: Client, desk_browser: OpenBrowser, token: str
) -> None:
    with desk_browser(hub=module_hub) as browser:
        sign_in(browser, token)
        page = browser.page
        expect(page.get_by_role("heading", level=1)).to_have_text("3 rekap menunggu diperiksa")
        expect(page.locator(".keadaan-provinsi li").first).to_contain_text("0 dari 22 sudah disetujui")
        assert violations(browser) == []
        assert internals(browser) == []
        page.locator(".keadaan-provinsi a").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Matriks")
        expect(page.get_by_role("table")).to_be_visible()
        assert complaints(browser) == []


def test_each_state_is_a_word_and_what_happens_shows_within_two_seconds(
    module_hub: Client, desk_browser: OpenBrowser, token: str
) -> None:
    with desk_browser(hub=module_hub) as browser:
        page = _open(browser, token, "matriks/2026-09")
        expect(_cell(page, "Manggarai Barat")).to_contain_text("Draf")
        expect(_cell(page, "Manggarai Barat")).to_contain_text("terlambat")
        expect(_cell(page, "Kupang 0 dari")).to_contain_text("Dikembalikan")
        expect(_cell(page, "Belu")).to_contain_text("Terlambat")
        expect(page.locator(".keterangan")).to_contain_text("Terlambat: 64")
        page.wait_for_timeout(1000)  # the subscription stands
        scene.submit(module_hub, "53.15", "2026-09", [("53.15", "BAN04", 1_500_000)])
        expect(_cell(page, "Manggarai Barat")).to_contain_text("Diajukan", timeout=2_000)
        scene.approve(module_hub, "53.15", "2026-09", 2)
        expect(_cell(page, "Manggarai Barat")).to_contain_text("Disetujui", timeout=2_000)
        expect(page.get_by_role("rowheader", name="Manggarai Barat")).to_contain_text("1 dari 3 · 33%")
        expect(page.locator("tfoot")).to_contain_text("1 dari 22")
        expect(page.get_by_role("status").filter(has_text="disetujui")).to_contain_text("Manggarai Barat")
        _cell(page, "Manggarai Barat").get_by_role("link").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Bantuan sosial, September 2026, Kabupaten Manggarai Barat"
        )
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        assert complaints(browser) == []


def test_an_office_is_reminded_by_keyboard_with_a_text_to_send(
    module_hub: Client, desk_browser: OpenBrowser, token: str
) -> None:
    with desk_browser(hub=module_hub) as browser:
        page = _open(browser, token, "matriks/2026-08")
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Ingatkan Manggarai Barat").focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("Bencana (F03): terlambat")
        expect(dialog).not_to_contain_text("Bantuan sosial")
        assert violations(browser) == []
        dialog.get_by_label("Bencana").press("Space")  # not this one
        dialog.get_by_role("button", name="Catat dan tulis pesannya").press("Enter")
        text = dialog.get_by_role("textbox").input_value()
        assert "Gudang" in text
        assert "Bencana" not in text
        assert "Agustus 2026" in text
        assert "10 September 2026 (terlambat" in text
        assert text.endswith(f"{module_hub.address}/meja")
        link = dialog.get_by_role("link", name="Buka WhatsApp").get_attribute("href") or ""
        assert link.startswith("https://wa.me/?text=Yth.%20Dinas%20Sosial%20Kabupaten%20Manggarai%20Barat")
        dialog.get_by_role("button", name="Salin").press("Enter")
        expect(dialog).to_contain_text("Tersalin.")
        assert page.evaluate("navigator.clipboard.readText()") == text
        assert violations(browser) == []
        assert internals(browser) == []
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(page.get_by_role("button", name="Ingatkan Manggarai Barat")).to_be_focused()
        expect(_cell(page, "Manggarai Barat", 3)).to_contain_text("diingatkan")
        assert browser.outbound() == []
    rows = module_hub.ask(_REMINDED, {"p": ["2026-08"]}, scene.PROV)["kelengkapan"]
    assert {r["formulir"]["kode"]: r["diingatkanLewat"] for r in rows} == {"F02": None, "F03": None, "F04": "WhatsApp"}


def test_all_that_are_late_are_reminded_at_once(module_hub: Client, desk_browser: OpenBrowser, token: str) -> None:
    with desk_browser(hub=module_hub) as browser:
        page = _open(browser, token, "matriks/2026-07")
        page.get_by_role("button", name="Ingatkan semua yang terlambat (22 kantor)").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Disampaikan lewat").select_option("Telepon")
        page.context.set_offline(True)
        dialog.get_by_role("button", name="Catat dan tulis pesannya").click()
        expect(dialog).to_contain_text("Hub tidak terjangkau")
        page.context.set_offline(False)
        dialog.get_by_role("button", name="Catat dan tulis pesannya").click()
        expect(dialog.get_by_role("textbox")).to_have_count(22)
    rows = module_hub.ask(_REMINDED, {"p": ["2026-07"]}, scene.PROV)["kelengkapan"]
    assert {r["diingatkanLewat"] for r in rows} == {"Telepon"}


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1920, 1080)])
def test_nothing_is_cut_off_and_axe_finds_nothing(
    module_hub: Client, desk_browser: OpenBrowser, token: str, width: int, height: int
) -> None:
    with desk_browser(width, height, module_hub) as browser:
        page = _open(browser, token, "matriks")
        expect(page.get_by_role("table")).to_be_visible()
        page.get_by_label("Periode").focus()
        page.get_by_label("Periode").select_option("2020")
        expect(page.get_by_role("heading", level=1)).to_have_text("Matriks Tahun 2020")
        expect(_cell(page, "Rote Ndao")).to_contain_text("Disetujui")
        expect(page.get_by_label("Periode")).to_be_focused()
        assert page.evaluate("location.hash") == "#/matriks/2020"
        page.get_by_label("Periode").select_option("2025")
        expect(page.get_by_text("Tidak ada formulir yang ditunggu")).to_be_visible()
        page.get_by_label("Periode").select_option("2026-TW2")
        expect(page.get_by_role("columnheader")).to_have_count(9)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(browser) == []
        assert internals(browser) == []
        browser.screenshot(f"meja_matriks_{width}")
        assert complaints(browser) == []


def test_without_a_line_the_matrix_is_the_one_last_seen(
    module_hub: Client, desk_browser: OpenBrowser, token: str
) -> None:
    with desk_browser(hub=module_hub) as browser:
        page = _open(browser, token, "matriks/2026-08")
        expect(_cell(page, "Rote Ndao")).to_contain_text("Diajukan")
        wait_worker(browser)
        page.context.set_offline(True)
        page.reload()
        expect(_cell(page, "Rote Ndao")).to_contain_text("Diajukan")
