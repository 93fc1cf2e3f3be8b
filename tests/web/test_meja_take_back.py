"""What was submitted is taken back by its office, what was approved is opened again by the province; and the province goes from a finding
to its figure, and notes one that was not sent."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.client import Client
from tests.web import province_scene as scene
from tests.web.browser import Browser, OpenBrowser
from tests.web.meja_page import card, complaints, internals, lose_first, sign_in, violations

_HISTORY = "query ($id: ID!) { rekap(id: $id) { status riwayat { aksi alasan } catatan { wilayah { kode } elemen { kode } alasan usulan } } }"
_JULY = f"{scene.KAB}:{scene.FORM}:2026-07"
_AUGUST = f"{scene.KAB}:{scene.FORM}:2026-08"
_MARCH = f"{scene.KAB}:{scene.FORM}:2026-03"


@pytest.fixture(scope="module")
def tokens(module_hub: Client) -> dict[str, str]:
    """The kabupaten's and the province's; the scene is set."""
    province = scene.officers(module_hub)
    scene.months(module_hub)
    scene.waiting(module_hub)
    return {scene.KAB: module_hub.token(scene.KAB), scene.PROV: province}


def _history(hub: Client, rekap: str) -> Any:
    return hub.ask(_HISTORY, {"id": rekap}, scene.KAB)["rekap"]


def _review(browser: Browser, token: str, rekap: str) -> Page:
    sign_in(browser, token)
    browser.page.evaluate("(place) => { location.hash = place; }", f"#/periksa/{rekap.replace(':', '%3A')}")
    expect(browser.page.get_by_role("heading", name="Angka", exact=True)).to_be_visible()
    return browser.page


def test_an_office_takes_back_what_it_submitted_once_though_the_answer_was_lost(
    module_hub: Client, desk_browser: OpenBrowser, tokens: dict[str, str]
) -> None:
    with desk_browser(360, 740, module_hub) as browser:
        sign_in(browser, tokens[scene.KAB])
        page = browser.page
        lost = lose_first(page, "WithdrawRekap")
        waits = card(browser, scene.FORM, "Agustus 2026")
        waits.get_by_role("button", name="Tarik kembali").press("Enter")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("button", name="Tarik kembali")).to_be_disabled()
        dialog.get_by_label("Alasan, terbaca oleh provinsi").fill("Salah <b>lembar</b>")
        assert violations(browser) == []
        assert internals(browser) == []
        browser.screenshot("meja_tarik_360")
        dialog.get_by_role("button", name="Tarik kembali").press("Enter")
        expect(page.locator(".putusan")).to_contain_text("tersimpan di gawai, belum terkirim")
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(waits).to_contain_text("Lanjutkan draf")
        expect(page.locator(".putusan p")).to_have_count(0)
        assert len(lost) == 1
        assert complaints(browser) == []
    found = _history(module_hub, _AUGUST)
    assert [(e["aksi"], e["alasan"]) for e in found["riwayat"]][-1:] == [("TARIK", "Salah <b>lembar</b>")]
    assert [e["aksi"] for e in found["riwayat"]].count("TARIK") == 1


def test_what_the_province_decided_first_is_said(
    module_hub: Client, desk_browser: OpenBrowser, tokens: dict[str, str]
) -> None:
    with desk_browser(hub=module_hub) as browser:
        sign_in(browser, tokens[scene.KAB])
        page = browser.page
        take_back = card(browser, scene.FORM, "Juli 2026").get_by_role("button", name="Tarik kembali")
        expect(take_back).to_be_visible()
        page.context.set_offline(True)
        take_back.click()
        page.get_by_role("dialog").get_by_label("Alasan").fill("Salah")
        page.get_by_role("dialog").get_by_role("button", name="Tarik kembali").click()
        expect(page.locator(".putusan")).to_contain_text("belum terkirim")
        revision = scene.status(module_hub, scene.KAB, "2026-07")[1]
        scene.approve(module_hub, scene.KAB, "2026-07", revision)
        page.context.set_offline(False)
        expect(page.locator(".putusan .galat")).to_contain_text("Sudah disetujui oleh Petugas <i>53</i>")
        assert internals(browser) == []
    assert _history(module_hub, _JULY)["status"] == "DISETUJUI"


def test_a_province_opens_again_what_it_approved(
    module_hub: Client, desk_browser: OpenBrowser, tokens: dict[str, str]
) -> None:
    with desk_browser(hub=module_hub) as browser:
        page = _review(browser, tokens[scene.PROV], _MARCH)
        expect(page.locator(".kepala-rekap")).to_contain_text("Disetujui")
        lost = lose_first(page, "ReopenRekap")
        page.get_by_role("button", name="Buka kembali").press("Enter")
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Alasan, terbaca oleh kantornya").fill("Ada desa yang terlewat")
        assert violations(browser) == []
        dialog.get_by_role("button", name="Buka kembali").press("Enter")
        expect(page.locator(".putusan")).to_contain_text("belum terkirim")
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator(".putusan p")).to_have_count(0)
        expect(page.get_by_role("button", name="Buka kembali")).to_have_count(0)
        page.get_by_text("Riwayat").click()
        expect(page.locator(".riwayat")).to_contain_text("“Ada desa yang terlewat”")
        assert len(lost) == 1
        assert complaints(browser) == []
    found = _history(module_hub, _MARCH)
    assert [e["aksi"] for e in found["riwayat"]].count("BUKA") == 1
    assert found["status"] != "DISETUJUI"


@pytest.mark.parametrize("width", [360, 1920])
def test_from_a_finding_to_its_figure_and_a_note_at_one_that_was_not_sent(
    module_hub: Client, desk_browser: OpenBrowser, tokens: dict[str, str], width: int
) -> None:
    periode = f"2026-{9 if width == 360 else 10:02d}"
    scene.submit(module_hub, scene.KAB, periode, [(scene.FIRST, "BAN03", 480), (scene.SECOND, "BAN03", 79)])
    rekap = f"{scene.KAB}:{scene.FORM}:{periode}"
    with desk_browser(width, 900, module_hub) as browser:
        page = _review(browser, tokens[scene.PROV], rekap)
        page.get_by_role("button", name="Ke angkanya BAN03 (KPM BPNT/Sembako), Rote Barat Daya").press("Enter")
        row = page.locator("tr.dicari")
        expect(row).to_be_focused()
        expect(row).to_contain_text("480 KPM")
        page.get_by_text("Catat angka yang tidak dikirim").press("Enter")
        page.get_by_role("combobox", name="Angka yang tidak dikirim").select_option(label="KPM PKH")
        page.get_by_role("combobox", name="Wilayah").select_option(label="Rote Barat Daya")
        page.get_by_role("button", name="Catat", exact=True).press("Enter")
        expect(page.get_by_label("Catatan", exact=True)).to_have_value("Angka ini belum diisi.")
        page.get_by_label("Usulan angka").fill("55")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(browser) == []
        assert internals(browser) == []
        browser.screenshot(f"meja_periksa_tak_terkirim_{width}")
        page.get_by_role("button", name="Kembalikan dengan 1 catatan").press("Enter")
        page.get_by_role("dialog").get_by_role("button", name="Kembalikan dengan 1 catatan").press("Enter")
        expect(page.get_by_text("Dikembalikan kepada kantornya")).to_be_visible()
        assert complaints(browser) == []
    (note,) = _history(module_hub, rekap)["catatan"]
    assert (note["wilayah"]["kode"], note["alasan"], note["usulan"]) == (scene.FIRST, "Angka ini belum diisi.", 55)
