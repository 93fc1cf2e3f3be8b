"""Isian in a real browser: a day of a kabupaten from an empty grid to the approval, what is pasted, two at once, a bad line."""

import gzip
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from hub.akses.service import hash_of
from tests.client import Client
from tests.project_files import ROOT
from tests.rekap.texts import angka
from tests.web.browser import OpenBrowser
from tests.web.isian_page import (
    approve,
    cell,
    desa,
    open_grid,
    open_isian,
    paste,
    rekap,
    send,
    send_back,
    submit,
    wait,
)
from tests.web.meja_page import card, complaints, internals, open_desk, sign_in, violations, wait_worker

_KAB = "53.14"


def _block(rows: int, *, wrong: int = -1) -> str:
    """Penduduk, laki-laki, perempuan: they add up but for one row."""
    lines = [f"{i + 100 + (i == wrong)}\t{i + 40}\t60" for i in range(rows)]
    return "\r\n".join(lines) + "\r\n"


def test_a_day_of_a_kabupaten(module_hub: Client, device: OpenBrowser) -> None:
    token, places = module_hub.token(_KAB), desa(module_hub)
    (first, first_name), (third, third_name), (last, last_name) = places[0], places[2], places[-1]
    with device(hub=module_hub) as browser:
        sign_in(browser, token, on_device=True)
        wait_worker(browser)
        card(browser, "F01", "Triwulan III 2026").get_by_role("link", name="Isi").click()
        page = browser.page
        expect(page.get_by_role("heading", level=1)).to_contain_text("Wilayah dan data dasar")
        cell(page, first_name, 0).click()
        paste(page, _block(len(places), wrong=2))
        strip = page.get_by_label("Hasil tempelan")
        expect(strip).to_contain_text(f"{3 * len(places)} sel ditempel")
        expect(strip).to_contain_text(f"dari {first_name} sampai {last_name}")
        wrong = cell(page, third_name, 0)
        expect(wrong).to_have_attribute("aria-invalid", "true")
        wrong.click()
        expect(page.locator(".panel-sel")).to_contain_text("L + P = 102, tetapi tertulis 103")
        page.keyboard.press("u")
        expect(wrong).to_have_text("102")
        expect(wrong).to_have_attribute("aria-invalid", "false")
        expect(page.locator(".kepala")).to_contain_text("Tersimpan di gawai, belum dikirim")
        browser.screenshot("meja_isian_hari")
        page.context.set_offline(True)
        cell(page, first_name, 0).click()
        page.keyboard.type("1.100")
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowRight")
        page.keyboard.type("1040")
        page.keyboard.press("Tab")
        expect(cell(page, first_name, 0)).to_have_text("1.100")
    assert rekap(module_hub, "F01", "2026-TW3") is None
    with device(hub=module_hub) as browser:
        browser.page.context.set_offline(True)
        open_desk(browser)
        page = browser.page
        mine = card(browser, "F01", "Triwulan III 2026")
        expect(mine).to_contain_text("Draf di gawai ini")
        mine.get_by_role("link", name="Lanjutkan draf").click()
        expect(cell(page, first_name, 1)).to_have_text("1.040")
        send(page)
        expect(page.get_by_text("terkirim sendiri bila sambungan ada")).to_be_visible()
        page.context.set_offline(False)
        expect(page.locator(".isian-kepala")).to_contain_text("Menunggu provinsi")
        expect(page.locator(".kepala")).to_contain_text("Terkirim")
        sent = rekap(module_hub, "F01", "2026-TW3")
        assert sent is not None
        assert (sent["status"], sent["revisi"]) == ("DIAJUKAN", 1)
        assert len(sent["cells"]) == 3 * len(places)
        assert sent["cells"][first, "WIL01"] == 1100
        assert sent["cells"][third, "WIL01", "L"] == 42
        notes = [
            {"wilayah": last, "elemen": "WIL01", "usulan": 158, "alasan": "Terbalik?"},
            {"wilayah": last, "elemen": "WIL01", "rincian": [{"rincian": "JK", "pilihan": "P"}], "usulan": 0, "alasan": "Lihat daftar"},
        ]  # fmt: skip
        send_back(module_hub, "F01", "2026-TW3", 1, notes)
        back = page.get_by_role("region", name="Dikembalikan: 2 catatan")
        expect(back).to_contain_text("Lihat <b>catatan</b>")
        expect(back).to_contain_text("usulan 158")
        back.get_by_role("button", name="Terima semua usulan (2)").click()
        expect(back.get_by_role("button", name="Terima semua usulan")).to_have_count(0)
        back.get_by_role("button", name=f"{last_name}, Penduduk").first.click()
        expect(cell(page, last_name, 0)).to_have_text("158")
        expect(page.locator(".panel-sel")).to_contain_text("Terbalik?")
        assert internals(browser) == []
        assert violations(browser) == []
        browser.screenshot("meja_isian_dikembalikan")
        send(page)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator(".isian-kepala")).to_contain_text("Menunggu provinsi")
        again = rekap(module_hub, "F01", "2026-TW3")
        assert again is not None
        assert (again["status"], again["revisi"]) == ("DIAJUKAN", 2)
        assert again["cells"][last, "WIL01"] == 158
        approve(module_hub, "F01", "2026-TW3", 2)
        expect(page.locator(".isian-kepala")).to_contain_text("Disetujui")
        page.goto(f"{browser.address}/meja#/")
        expect(card(browser, "F01", "Triwulan III 2026")).to_contain_text("Disetujui")
        assert complaints(browser) == []


def test_a_block_with_names_is_matched_by_them_and_can_be_taken_back(
    module_hub: Client, desk_browser: OpenBrowser
) -> None:
    token, places = module_hub.token(_KAB), desa(module_hub)
    with desk_browser(hub=module_hub) as browser:
        sign_in(browser, token)
        page = open_grid(browser, "F01", "2025-TW1")
        names = [places[0][1], places[1][1], places[5][1]]
        rows = [
            "Laporan penduduk\t\t\t", "Desa\tKeluarga (KK)\tPenduduk\tRukun tetangga",
            f"1. Desa {names[0].upper()}\t1.234\t4000\t3", f"{names[1]}\tsekitar 5\tnihil\t2", f"{names[2]}\t-\t(7)\t",
            "Negeri Antah\t5\t6\t7", "JUMLAH\t10\t20\t30",
        ]  # fmt: skip
        cell(page, places[0][1], 1).click()
        paste(page, "\n".join(rows))
        strip = page.get_by_label("Hasil tempelan")
        expect(strip).to_contain_text("3 baris dicocokkan menurut nama")
        expect(strip).to_contain_text("Kolom “Keluarga (KK)” dibaca sebagai Keluarga (KK)")
        for left_out in ("“Rukun tetangga”", "“Negeri Antah”", "1 baris jumlah", "2 sel tidak terbaca"):
            expect(strip).to_contain_text(left_out)
        whole, families = 0, page.evaluate("[...document.querySelectorAll('.tabulator-col .kode-kolom')].findIndex((e) => e.textContent === 'WIL02')")  # fmt: skip
        expect(cell(page, names[0], families)).to_have_text("1.234")
        expect(cell(page, names[1], whole)).to_have_text("0")
        expect(cell(page, names[1], families)).to_have_attribute("aria-invalid", "true")
        expect(cell(page, names[2], families)).to_have_text("–")
        findings = page.get_by_role("region", name="Pemeriksaan")
        expect(findings).to_contain_text("“sekitar 5” bukan angka pasti")
        expect(findings).to_contain_text("dapat berarti 7 atau minus 7")
        assert internals(browser) == []
        assert violations(browser) == []
        browser.screenshot("meja_isian_tempelan")
        page.get_by_role("button", name="Kirim ke provinsi").click()
        page.get_by_role("dialog").get_by_role("button", name="Lihat yang pertama").click()
        expect(page.locator(".panel-sel")).to_contain_text("bukan angka pasti")
        cell(page, names[2], whole).click()
        page.keyboard.type("9")
        page.keyboard.press("Enter")
        strip.get_by_role("button", name="Batalkan tempelan").click()
        expect(cell(page, names[0], families)).to_have_text("")
        expect(cell(page, names[2], whole)).to_have_text("9")
        total = page.get_by_label("Jumlah tertulis Keluarga (KK)")
        cell(page, names[0], families).click()
        page.keyboard.type("12")
        page.keyboard.press("Enter")
        total.fill("15")
        total.press("Enter")
        expect(page.locator(".kaki .selisih .beda")).to_have_text("✖ -3")
        total.fill("12")
        total.press("Enter")
        expect(page.locator(".kaki .selisih")).to_contain_text("✓ cocok")
        page.get_by_role("button", name="Buang draf").click()
        page.get_by_role("dialog").get_by_role("button", name="Buang", exact=True).click()
        expect(page.locator(".isian-kepala")).to_contain_text("Belum diisi")
        assert complaints(browser) == []


def test_the_last_period_is_copied_and_a_draft_kept_at_the_hub(module_hub: Client, desk_browser: OpenBrowser) -> None:
    token, places = module_hub.token(_KAB), desa(module_hub)
    (first, first_name), (second, second_name) = places[:2]
    submit(module_hub, "F01", "2024-TW1", "lalu", [angka(first, "WIL01", 11), angka(second, "WIL01", 22)])
    with desk_browser(hub=module_hub) as browser:
        sign_in(browser, token)
        page = open_grid(browser, "F01", "2024-TW2")
        cell(page, second_name, 0).click()
        page.keyboard.type("23")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Salin dari Triwulan I 2024").click()
        expect(page.get_by_text("1 angka disalin dari Triwulan I 2024")).to_be_visible()
        expect(cell(page, first_name, 0)).to_have_text("11")
        expect(cell(page, second_name, 0)).to_have_text("23")
        page.get_by_role("button", name="Simpan draf di hub").click()
        expect(page.locator(".isian-kepala")).to_contain_text("Draf di hub")
        expect(page.locator(".kepala")).to_contain_text("Terkirim")
        kept = rekap(module_hub, "F01", "2024-TW2")
        assert kept == {"status": "DRAF", "revisi": 1, "cells": {(first, "WIL01"): 11, (second, "WIL01"): 23}}


def test_two_at_once_see_both_figures_and_choose(module_hub: Client, desk_browser: OpenBrowser) -> None:
    token, places = module_hub.token(_KAB), desa(module_hub)
    (first, first_name), (second, second_name), (third, _) = places[:3]
    with desk_browser(hub=module_hub) as browser:
        sign_in(browser, token)
        page = open_grid(browser, "F01", "2025-TW2")
        for name, figure in ((first_name, "10"), (second_name, "20")):
            cell(page, name, 0).click()
            page.keyboard.type(figure)
            page.keyboard.press("Enter")
        page.context.set_offline(True)
        submit(module_hub, "F01", "2025-TW2", "rekan", [angka(first, "WIL01", 11), angka(third, "WIL01", 33)])
        send(page)
        expect(page.get_by_text("terkirim sendiri bila sambungan ada")).to_be_visible()
        page.context.set_offline(False)
        clash = page.get_by_role("region", name="Isian ini juga diubah orang lain")
        expect(clash).to_contain_text("1 sel hanya diubah di sana")
        expect(clash.get_by_role("row").filter(has_text=first_name)).to_contain_text("10")
        expect(clash.get_by_role("row").filter(has_text=first_name)).to_contain_text("11")
        assert violations(browser) == []
        assert internals(browser) == []
        browser.screenshot("meja_isian_bentrok")
        clash.get_by_role("radio", name="isian Anda").check()
        clash.get_by_role("button", name="Gabungkan dan lanjutkan").click()
        expect(clash).to_have_count(0)
        expect(page.get_by_text("Tidak diterima hub.")).to_have_count(0)
        send(page)
        wait(page, lambda: (rekap(module_hub, "F01", "2025-TW2") or {})["revisi"] == 2)
        merged = rekap(module_hub, "F01", "2025-TW2")
        assert merged is not None
        assert merged["cells"] == {(first, "WIL01"): 10, (second, "WIL01"): 20, (third, "WIL01"): 33}


def test_a_token_revoked_and_a_line_that_drops_every_third_request_lose_no_work(
    module_hub: Client, desk_browser: OpenBrowser
) -> None:
    good, revoked, places = module_hub.token(_KAB), module_hub.another_token(_KAB), desa(module_hub)
    with desk_browser(hub=module_hub) as browser:
        sign_in(browser, revoked)
        page = browser.page
        asked: list[int] = []

        def drop(route: Any) -> None:
            asked.append(1)
            if len(asked) % 3:
                route.continue_()
                return
            if "mutation" in (route.request.post_data or ""):
                route.fetch()  # the hub gets it, and its answer does not arrive
            route.abort("connectionreset")

        page.context.route("**/graphql*", drop)
        page = open_grid(browser, "F01", "2025-TW3")
        for name in (places[0][1], places[1][1]):
            cell(page, name, 0).click()
            page.keyboard.type("50")
            page.keyboard.press("Enter")
        module_hub.sql("UPDATE token SET dicabut_pada = now() WHERE hash = %s", hash_of(revoked))
        send(page)
        expect(page.get_by_role("heading", name="Token Anda tidak berlaku lagi")).to_be_visible()
        expect(page.locator(".isian-kepala")).to_contain_text("belum terkirim")
        expect(cell(page, places[1][1], 0)).to_have_text("50")

        def signed_in() -> bool:
            if page.get_by_label("Token atau kode masuk").count():
                page.get_by_label("Token atau kode masuk").fill(good)
                page.get_by_label("Token atau kode masuk").press("Enter")
                page.wait_for_timeout(500)
            return page.get_by_label("Token atau kode masuk").count() == 0

        wait(page, signed_in)

        def arrived() -> bool:
            page.evaluate("dispatchEvent(new Event('online'))")
            page.wait_for_timeout(200)
            return "Terkirim" in page.locator(".kepala").inner_text()

        wait(page, arrived)
        assert len(asked) > 5
    sent = rekap(module_hub, "F01", "2025-TW3")
    assert sent is not None
    assert (sent["status"], sent["revisi"], len(sent["cells"])) == ("DIAJUKAN", 1, 2)


def test_by_keyboard_alone_from_the_card_to_the_province(module_hub: Client, desk_browser: OpenBrowser) -> None:
    token, places = module_hub.token(_KAB), desa(module_hub)
    with desk_browser(hub=module_hub) as browser:
        sign_in(browser, token)
        page, keys = browser.page, browser.page.keyboard
        link = page.get_by_role("link", name="Isi Bantuan sosial, Oktober 2026")
        link.focus()
        keys.press("Enter")
        expect(page.locator(".tabulator-row").first).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        holder = page.locator(".tabulator-tableholder")
        for _ in range(20):
            keys.press("Tab")
            if holder.evaluate("e => e === document.activeElement"):
                break
        expect(holder).to_be_focused()
        keys.type("12")
        keys.press("Enter")
        keys.press("x")
        keys.press("ArrowDown")
        keys.press("-")
        keys.press("Shift+ArrowDown")
        keys.press("b")
        keys.press("ArrowUp")
        keys.press("Delete")
        expect(cell(page, places[0][1], 0)).to_have_text("12")
        expect(cell(page, places[1][1], 0)).to_have_text("")
        expect(cell(page, places[2][1], 0)).to_have_text("∕")
        expect(cell(page, places[3][1], 0)).to_have_text("∕")
        keys.press("ArrowUp")
        keys.press("x")
        expect(cell(page, places[0][1], 0)).to_have_text("✕")
        expect(page.locator(".panel-sel")).to_contain_text("tidak dilaksanakan")
        keys.press("F2")
        keys.press("Control+A")
        keys.type("7")
        keys.press("Escape")
        expect(cell(page, places[0][1], 0)).to_have_text("✕")
        keys.type("8")
        keys.press("Enter")
        keys.press("Tab")
        assert not holder.evaluate("e => e === document.activeElement"), "the grid lets go"
        page.get_by_role("button", name="Kirim ke provinsi").focus()
        keys.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        keys.press("Enter")
        wait(page, lambda: rekap(module_hub, "F02", "2026-10") is not None)


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1920, 1080)])
def test_nothing_is_cut_off_and_axe_finds_nothing(
    module_hub: Client, desk_browser: OpenBrowser, width: int, height: int
) -> None:
    token, places = module_hub.token(_KAB), desa(module_hub)
    with desk_browser(width, height, module_hub) as browser:
        sign_in(browser, token)
        page = open_isian(browser, "F05", "2025-TW1" if width == 360 else "2025-TW2")
        if width == 360:
            field = page.locator(".bidang input").first
            field.fill("12 atau 13")
            field.press("Enter")
            expect(page.locator(".bidang.salah")).to_contain_text("bukan angka")
            assert violations(browser) == []
            browser.screenshot("meja_isian_360_bidang")
            page.get_by_label("Mengapa tidak ada angka").first.select_option("tidak ada data")
            expect(page.locator(".bidang.salah")).to_have_count(0)
            expect(field).to_have_attribute("placeholder", "tidak ada data")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(browser) == []
        assert internals(browser) == []
        browser.screenshot(f"meja_isian_{width}")
        assert places
        assert complaints(browser) == []


def test_the_screen_is_light() -> None:
    static = ROOT / "hub" / "web" / "static" / "aset"
    page = re.findall(r"(?:src|href)=\"/aset/([^\"]+)", (static.parent / "meja.html").read_text())
    own = [
        p.name
        for name in ("screen", "grid", "sending", "queries", "known")
        for p in static.glob(f"{name}-*")
        if p.suffix not in (".gz", ".br")
    ]
    weights = {name: len(gzip.compress((static / name).read_bytes(), 9)) for name in {*page, *own}}
    assert len(own) >= 4
    assert sum(weights.values()) <= 150 * 1024, weights
