"""The start of a kabupaten's desk: what waits for it, live; what the province proposed, taken over once; at any width, by keyboard."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hub.akses.service import hash_of
from tests.client import Client
from tests.rekap.texts import APPROVE, SEND_BACK, SUBMIT, angka, submission
from tests.web.browser import Browser, OpenBrowser
from tests.web.meja_page import card, complaints, internals, kept, open_desk, sign_in, violations, wait_worker

_KAB, _PROV = "53.14", "53"
_MARKUP = "Periksa <b>lagi</b> & tanyakan"


def _submit(hub: Client, periode: str, key: str) -> None:
    cells = [angka("53.14.01", "BAN03", 40), angka("53.14.02", "BAN03", 7)]
    answer = hub.ask(SUBMIT, {"m": submission(_KAB, "F02", periode, key, nilai=cells), "uji": False}, _KAB)["hasil"]
    assert answer["__typename"] == "RekapDiterima", answer


def _approve(hub: Client, periode: str, revision: int) -> None:
    answer = hub.ask(APPROVE, {"id": f"{_KAB}:F02:{periode}", "revisi": revision}, _PROV)["hasil"]
    assert answer["__typename"] == "RekapDiterima", answer


def _send_back(hub: Client, periode: str, revision: int = 1) -> None:
    notes = [{"wilayah": "53.14.01", "elemen": "BAN03", "usulan": 44, "alasan": _MARKUP}]
    given = {"id": f"{_KAB}:F02:{periode}", "revisi": revision, "alasan": "Lihat catatan", "catatan": notes}
    answer = hub.ask(SEND_BACK, given, _PROV)["hasil"]
    assert answer["__typename"] == "RekapDiterima", answer


def _status(hub: Client, periode: str) -> tuple[str, int]:
    rekap = hub.ask("query ($id: ID!) { rekap(id: $id) { status revisi } }", {"id": f"{_KAB}:F02:{periode}"}, _KAB)[
        "rekap"
    ]
    return rekap["status"], rekap["revisi"]


def _wait(page: Page, condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        page.wait_for_timeout(100)


def test_what_waits_is_said_by_form_period_and_deadline(
    read_hub: Client, desk_browser: OpenBrowser, token_kabupaten: str
) -> None:
    with desk_browser() as browser:
        sign_in(browser, token_kabupaten)
        page = browser.page
        waiting = page.locator(".rekap.keadaan-missing")
        expect(waiting.first).to_contain_text("Belum diisi")
        expect(waiting.first).to_contain_text("Tenggat")
        expect(page.get_by_role("heading", level=1)).to_have_text(f"{waiting.count()} rekap menunggu Anda")
        expect(page.get_by_text("rekap lama belum pernah dikirim")).to_be_visible()
        expect(page.get_by_role("heading", name="Disetujui", exact=True)).to_be_visible()
        for link in page.locator("main a").evaluate_all("links => links.map((a) => a.getAttribute('href'))")[:5]:
            assert read_hub.get(link).status_code == 200, link
        assert browser.outbound() == []
        assert complaints(browser) == []


def test_what_happens_at_the_province_shows_within_two_seconds(module_hub: Client, desk_browser: OpenBrowser) -> None:
    token = module_hub.token(_KAB)
    with desk_browser(hub=module_hub) as browser:
        sign_in(browser, token)
        page = browser.page
        expect(page.get_by_role("heading", name="Unduhan dan rekap lain")).to_be_visible()
        browser.wait_for_request("/graphql")
        page.wait_for_timeout(1000)  # the subscription stands
        changes: tuple[tuple[Callable[[], None], str], ...] = (
            (lambda: _submit(module_hub, "2024", "langsung"), "Menunggu provinsi"),
            (lambda: _send_back(module_hub, "2024"), "Dikembalikan: 1 catatan"),
            (lambda: _submit(module_hub, "2024", "lagi"), "Menunggu provinsi"),
            (lambda: _approve(module_hub, "2024", 2), "Disetujui"),
        )
        for change, words in changes:
            change()
            expect(card(browser, "F02", "Tahun 2024")).to_contain_text(words, timeout=2_000)
        expect(page.get_by_role("status").filter(has_text="Tahun 2024")).to_contain_text("disetujui")


def _offline_take_over(page: Page, browser: Browser) -> None:
    back = card(browser, "F02", "Tahun 2023")
    expect(back).to_contain_text("Dikembalikan: 1 catatan")
    back.locator("summary").click()
    expect(back).to_contain_text(_MARKUP)
    assert back.locator("b").count() == 0, "a text is shown as written"
    expect(back).to_contain_text("Terkirim 40")
    expect(back).to_contain_text("usulan 44")
    page.context.set_offline(True)
    back.get_by_role("button", name="Terima 1 usulan").click()
    expect(back).to_contain_text("Tersimpan di gawai, belum terkirim")
    expect(page.locator(".kepala")).to_contain_text("Tersimpan di gawai, belum terkirim")
    expect(page.locator(".kepala")).to_contain_text("Tanpa sambungan")


def test_what_is_taken_over_without_a_line_is_sent_once_after_the_browser_was_closed(
    module_hub: Client, device: OpenBrowser
) -> None:
    token = module_hub.token(_KAB)
    _submit(module_hub, "2023", "terima")
    _send_back(module_hub, "2023")
    with device(360, 740, hub=module_hub) as browser:
        sign_in(browser, token, on_device=True)
        wait_worker(browser)
        _offline_take_over(browser.page, browser)
        browser.page.get_by_role("button", name="Keluar").click()
        dialog = browser.page.get_by_role("dialog")
        expect(dialog).to_contain_text("belum terkirim")
        expect(dialog).to_contain_text("Tahun 2023")
        assert violations(browser) == []
        browser.screenshot("meja_keluar_360")
        dialog.get_by_role("button", name="Tetap di sini").click()
        assert internals(browser) == []
    assert _status(module_hub, "2023") == ("DIKEMBALIKAN", 1)
    with device(360, 740, hub=module_hub) as browser:
        lost: list[str] = []

        def lose(route: Any) -> None:
            """The hub gets it and its answer does not arrive."""
            if "TakeProposals" not in (route.request.post_data or "") or len(lost) > 1:
                route.continue_()
                return
            lost.append(route.request.post_data)
            if len(lost) == 1:
                route.fetch()
            route.abort("connectionreset")

        browser.page.context.route("**/graphql", lose)
        open_desk(browser)
        _wait(browser.page, lambda: len(lost) >= 1)
        browser.page.evaluate("dispatchEvent(new Event('online'))")
        _wait(browser.page, lambda: len(lost) >= 2)
        browser.page.evaluate("dispatchEvent(new Event('online'))")
        expect(browser.page.locator(".kepala .kabar-kirim")).to_contain_text("Terkirim")
        expect(browser.page.locator(".kepala .kabar-kirim")).not_to_contain_text("belum terkirim")
        assert len(set(lost)) == 1, "another key would be another submission"
        assert kept(browser)["rows"]["queue"] == 1
    assert _status(module_hub, "2023") == ("DIAJUKAN", 2)


def test_a_refusal_is_said_at_the_card_and_can_be_put_away(module_hub: Client, desk_browser: OpenBrowser) -> None:
    token = module_hub.token(_KAB)
    _submit(module_hub, "2022", "tolak")
    _send_back(module_hub, "2022")
    with desk_browser(hub=module_hub) as browser:
        sign_in(browser, token)
        back = card(browser, "F02", "Tahun 2022")
        expect(back.get_by_role("button", name="Terima 1 usulan")).to_be_visible()
        browser.page.context.set_offline(True)
        back.get_by_role("button", name="Terima 1 usulan").click()
        expect(back).to_contain_text("belum terkirim")
        _submit(module_hub, "2022", "mendahului")
        _send_back(module_hub, "2022", 2)
        browser.page.context.set_offline(False)
        expect(back).to_contain_text("Tidak diterima hub.")
        assert internals(browser) == []
        back.get_by_role("button", name="Tutup").click()
        expect(back.get_by_role("button", name="Terima 1 usulan")).to_be_visible()
    assert _status(module_hub, "2022") == ("DIKEMBALIKAN", 2)


def test_a_token_revoked_in_the_middle_loses_nothing(module_hub: Client, desk_browser: OpenBrowser) -> None:
    _submit(module_hub, "2021", "cabut")
    _send_back(module_hub, "2021")
    first, second = module_hub.token(_KAB), module_hub.another_token(_KAB)
    with desk_browser(hub=module_hub) as browser:
        sign_in(browser, second)
        page = browser.page
        back = card(browser, "F02", "Tahun 2021")
        expect(back.get_by_role("button", name="Terima 1 usulan")).to_be_visible()
        page.context.set_offline(True)
        back.get_by_role("button", name="Terima 1 usulan").click()
        expect(back).to_contain_text("belum terkirim")
        module_hub.sql("UPDATE token SET dicabut_pada = now() WHERE hash = %s", hash_of(second))
        page.context.set_offline(False)
        expect(page.get_by_role("heading", name="Token Anda tidak berlaku lagi")).to_be_visible()
        expect(back).to_contain_text("belum terkirim")
        assert violations(browser) == []
        assert internals(browser) == []
        browser.screenshot("meja_token_dicabut")
        page.get_by_label("Token atau kode masuk").fill(first)
        page.get_by_label("Token atau kode masuk").press("Enter")
        expect(page.get_by_role("heading", name="Token Anda tidak berlaku lagi")).to_have_count(0)
        expect(page.locator(".kepala")).to_contain_text("Terkirim")
    assert _status(module_hub, "2021") == ("DIAJUKAN", 2)


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1920, 1080)])
def test_nothing_is_cut_off_and_axe_finds_nothing(
    module_hub: Client, desk_browser: OpenBrowser, width: int, height: int
) -> None:
    token = module_hub.token(_KAB)
    with desk_browser(width, height, module_hub) as browser:
        open_desk(browser)
        assert violations(browser) == []
        assert internals(browser) == []
        browser.screenshot(f"meja_masuk_{width}")
        sign_in(browser, token)
        page = browser.page
        expect(page.get_by_role("button", name="Templat kosong")).to_be_visible()
        for details in page.locator("summary").all():
            details.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(browser) == []
        assert internals(browser) == []
        page.evaluate("scrollTo(0, 0)")
        browser.screenshot(f"meja_beranda_{width}")
        page.emulate_media(media="print")
        expect(page.locator(".kepala nav")).to_be_hidden()
        assert complaints(browser) == []


def test_by_keyboard_alone(desk_browser: OpenBrowser, token_kabupaten: str) -> None:
    with desk_browser() as browser:
        open_desk(browser)
        page = browser.page
        keys = page.keyboard
        page.evaluate("document.activeElement.blur()")
        keys.press("Tab")
        expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
        keys.press("Enter")
        expect(page.locator("main")).to_be_focused()
        keys.press("Tab")
        expect(page.get_by_label("Token atau kode masuk")).to_be_focused()
        keys.type(token_kabupaten)
        keys.press("Tab")
        keys.press("Tab")
        expect(page.get_by_role("button", name="Masuk")).to_be_focused()
        keys.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("menunggu")
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        keys.press("Tab")
        expect(page.locator("main a.utama").first).to_be_focused()
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
