"""Unggah in a real browser: a file as an office has it, what the hub asks of it, and into Isian; remembered for the next file."""

import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.client import Client
from tests.web.browser import Browser, OpenBrowser
from tests.web.isian_page import cell, desa, rekap, send, wait
from tests.web.meja_page import card, complaints, internals, sign_in, violations

_KAB = "53.14"


def _file(places: list[tuple[str, str]]) -> FilePayload:
    rows = [
        "Laporan bantuan;;", "Desa;Realisasi KPM;Keterangan", f"{places[0][1]};1.799 KPM;baik", f"{places[1][1]};sekitar 20;",
        "Desa Entah Berantah;7;", f"{places[2][1]};nihil;", "Jumlah;;",
    ]  # fmt: skip
    return {"name": "bantuan <b>baru</b>.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}


def _open(browser: Browser, periode: str) -> Page:
    browser.page.goto(f"{browser.address}/meja#/unggah/F02/{periode}")
    expect(browser.page.get_by_text("Pilih berkas Excel")).to_be_visible()
    return browser.page


def test_a_file_is_read_asked_about_and_opened_in_the_grid(module_hub: Client, desk_browser: OpenBrowser) -> None:
    token, places = module_hub.token(_KAB), desa(module_hub)
    with desk_browser(hub=module_hub) as browser:
        sign_in(browser, token)
        page = _open(browser, "2025-01")
        page.get_by_label("Pilih berkas").set_input_files(_file(places))
        sheet = page.locator(".bacaan")
        expect(sheet).to_contain_text("3 baris dikenali wilayahnya")
        expect(page.get_by_text("bantuan <b>baru</b>.csv")).to_be_visible()
        keep = page.get_by_role("button", name="Simpan sebagai draf dan buka isian")
        expect(keep).to_be_disabled()
        assert internals(browser) == []
        assert violations(browser) == []
        browser.screenshot("meja_unggah")
        page.get_by_label("Kolom B, Realisasi KPM, dibaca sebagai").select_option("BAN03")
        page.get_by_label("Baris 5: “Desa Entah Berantah”").select_option(places[3][0])
        sheet.get_by_text("baris dilewati, dan sebabnya").click()
        expect(sheet).to_contain_text("judul di atas tabel")
        expect(keep).to_be_enabled()
        page.get_by_role("button", name="Baca ulang dengan jawaban ini").click()
        expect(sheet).to_contain_text("4 baris dikenali wilayahnya")
        assert internals(browser) == []
        keep.click()
        expect(page.get_by_role("heading", name="Pemeriksaan")).to_be_visible()
        column = page.locator(".tabulator-col .kode-kolom").filter(has_text="BAN03")
        expect(column).to_be_visible()
        expect(page.locator(".tabulator-col .kode-kolom").first).to_be_visible()
        place = page.evaluate("[...document.querySelectorAll('.tabulator-col .kode-kolom')].findIndex((e) => e.textContent === 'BAN03')")  # fmt: skip
        expect(cell(page, places[0][1], place)).to_have_text("1.799")
        expect(cell(page, places[2][1], place)).to_have_text("0")
        expect(cell(page, places[3][1], place)).to_have_text("7")
        unread = cell(page, places[1][1], place)
        expect(unread).to_have_text("sekitar 20")
        expect(unread).to_have_attribute("aria-invalid", "true")
        unread.click()
        page.keyboard.type("20")
        page.keyboard.press("Enter")
        expect(unread).to_have_attribute("aria-invalid", "false")
        send(page)
        wait(page, lambda: (rekap(module_hub, "F02", "2025-01") or {}).get("status") == "DIAJUKAN")
        sent = rekap(module_hub, "F02", "2025-01")
        assert sent is not None
        assert sent["cells"][places[1][0], "BAN03"] == 20
        page = _open(browser, "2025-02")
        page.get_by_label("Pilih berkas").set_input_files(_file(places))
        expect(sheet).to_contain_text("4 baris dikenali wilayahnya")
        expect(page.get_by_label("Kolom B, Realisasi KPM, dibaca sebagai")).to_have_value("BAN03")
        expect(keep).to_be_enabled()
        with page.expect_download() as download:
            page.get_by_role("button", name="Unduh berkas dengan tanda temuan").click()
        assert "Temuan hub" in Path(download.value.path()).read_text()
        assert complaints(browser) == []


def test_a_template_that_was_filled_in_needs_no_answer(module_hub: Client, desk_browser: OpenBrowser) -> None:
    token, places = module_hub.token(_KAB), desa(module_hub)
    with desk_browser(hub=module_hub) as browser:
        sign_in(browser, token)
        page = _open(browser, "2025-03")
        with page.expect_download() as download:
            page.get_by_role("button", name="Unduh templat").click()
        book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
        rows = book["Per desa"]
        header = next(r for r in rows.iter_rows() if any(c.value == "BAN03" for c in r))
        column = next(c.column for c in header if c.value == "BAN03")
        rows.cell(header[0].row + 1, column, 44)
        content = io.BytesIO()
        book.save(content)
        given: FilePayload = {"name": "F02.xlsx", "mimeType": "application/octet-stream", "buffer": content.getvalue()}
        page.get_by_label("Pilih berkas").set_input_files(given)
        page.get_by_role("button", name="Simpan sebagai draf dan buka isian").click()
        expect(page.locator(".isian-kepala")).to_contain_text("Draf di hub")
        expect(page.locator(".tabulator-col .kode-kolom").first).to_be_visible()
        place = page.evaluate("[...document.querySelectorAll('.tabulator-col .kode-kolom')].findIndex((e) => e.textContent === 'BAN03')")  # fmt: skip
        expect(cell(page, places[0][1], place)).to_have_text("44")
        expect(page.get_by_text("1 dari 119 desa/kelurahan berisi angka")).to_be_visible()
        expect(page.get_by_text("Harus diperbaiki")).to_have_count(0)
        page.goto(f"{browser.address}/meja#/")
        link = card(browser, "F02", "Oktober 2026").get_by_role(
            "link", name="Unggah berkas Bantuan sosial, Oktober 2026"
        )
        expect(link).to_have_attribute("href", "#/unggah/F02/2026-10")


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1920, 1080)])
def test_at_any_width(module_hub: Client, desk_browser: OpenBrowser, width: int, height: int) -> None:
    token, places = module_hub.token(_KAB), desa(module_hub)
    with desk_browser(width, height, module_hub) as browser:
        sign_in(browser, token)
        page = _open(browser, "2025-04")
        page.get_by_label("Pilih berkas").set_input_files(_file(places))
        expect(page.locator(".bacaan")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(browser) == []
        assert internals(browser) == []
        browser.screenshot(f"meja_unggah_{width}")
