"""A province reads a rekap beside what was in force or a period before, notes what is odd, returns or approves; several at once;
without a line, against another's decision, and by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.client import Client
from tests.web import province_scene as scene
from tests.web.browser import Browser, OpenBrowser
from tests.web.meja_page import complaints, internals, kept, lose_first, sign_in, violations

_NOTES = "query ($id: ID!) { rekap(id: $id) { riwayat { aksi alasan } catatan { wilayah { kode } elemen { kode } alasan usulan nilai } } }"
_JULY = f"{scene.KAB}:{scene.FORM}:2026-07"


@pytest.fixture(scope="module")
def token(module_hub: Client) -> str:
    """The province's; the scene is set."""
    given = scene.officers(module_hub)
    scene.months(module_hub)
    scene.waiting(module_hub)
    return given


def _open(browser: Browser, token: str, place: str) -> Page:
    sign_in(browser, token)
    browser.page.evaluate("(place) => { location.hash = place; }", f"#/{place}")
    return browser.page


def _review(browser: Browser, token: str, rekap: str) -> Page:
    page = _open(browser, token, f"periksa/{rekap.replace(':', '%3A')}")
    expect(page.get_by_role("heading", name="Angka", exact=True)).to_be_visible()
    return page


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1920, 1080)])
def test_nothing_is_cut_off_and_axe_finds_nothing(
    module_hub: Client, desk_browser: OpenBrowser, token: str, width: int, height: int
) -> None:
    with desk_browser(width, height, module_hub) as browser:
        page = _open(browser, token, "periksa")
        expect(page.get_by_role("heading", level=1)).to_have_text("4 rekap menunggu diperiksa")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(browser) == []
        assert internals(browser) == []
        browser.screenshot(f"meja_periksa_daftar_{width}")
        page.get_by_role("link", name="Bantuan sosial").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Bantuan sosial, Juli 2026, Kabupaten Rote Ndao")
        page.get_by_role("button", name="Catat KPM BPNT/Sembako, Rote Barat Daya").click()
        page.get_by_label("Usulan angka").fill("4x")
        expect(page.get_by_text("Tulis angka saja")).to_be_visible()
        page.get_by_text("Riwayat").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(browser) == []
        assert internals(browser) == []
        browser.screenshot(f"meja_periksa_{width}")
        page.get_by_role("button", name="Hapus catatan").click()
        expect(page.locator(".kepala .kabar-kirim")).to_have_text("Semua sudah terkirim")
        assert complaints(browser) == []


def test_what_changed_stands_beside_what_was_the_unusual_first(
    module_hub: Client, desk_browser: OpenBrowser, token: str
) -> None:
    with desk_browser(hub=module_hub) as browser:
        page = _review(browser, token, _JULY)
        expect(page.get_by_text(scene.LETTER["nomor"])).to_be_visible()
        assert page.locator("main b, main i").count() == 0, "a text is shown as written"
        expect(page.locator(".kepala-rekap")).to_contain_text("oleh Petugas <i>53.14</i>")
        expect(page.get_by_role("region", name="Jumlah tertulis")).to_contain_text("558 KPM")
        expect(page.locator(".temuan-temuan")).to_contain_text("480, padahal biasanya")
        rows = page.get_by_role("region", name="Tabel angka").locator("tbody tr")
        expect(rows).to_have_count(2)
        expect(rows.first).to_contain_text("tidak biasa")
        assert rows.first.get_by_role("cell").all_inner_texts()[:2] == ["47 KPM", "480 KPM"]
        expect(rows.first).to_contain_text("+433 +921,3%")
        page.get_by_label("Dibandingkan dengan").select_option(label="Juni 2026")
        expect(rows.first).to_contain_text("46 KPM")
        expect(rows.first).to_contain_text("+434")
        page.get_by_label("Dibandingkan dengan").select_option(label="Tanpa pembanding")
        expect(page.get_by_text("2 angka, ")).to_be_visible()
        expect(rows.first).to_contain_text("tidak biasa")


def _note_and_leave(page: Page) -> None:
    """Begins a note, and types the letters that would decide."""
    page.get_by_role("button", name="Catat KPM BPNT/Sembako, Rote Barat Daya").press("Enter")
    expect(page.get_by_label("Catatan", exact=True)).to_be_focused()
    page.keyboard.type("Kurang satu nol? Seharusnya 48 <b>KK</b>, jks")
    page.keyboard.press("Tab")
    page.keyboard.type("1.048,5")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".kepala")).to_contain_text("Tersimpan di gawai, belum dikirim")
    page.wait_for_timeout(300)  # the last letter is written down too


def test_a_rekap_is_returned_by_keyboard_with_notes_that_survive_a_reload(
    module_hub: Client, desk_browser: OpenBrowser, token: str
) -> None:
    with desk_browser(hub=module_hub) as browser:
        page = _review(browser, token, _JULY)
        _note_and_leave(page)
        page.reload()
        expect(page.get_by_role("button", name="Kembalikan dengan 1 catatan")).to_be_visible()
        page.get_by_role("button", name="Kembalikan dengan 1 catatan").press("Enter")
        page.get_by_role("dialog").get_by_role("button", name="Kembalikan dengan 1 catatan").press("Enter")
        refused = page.locator(".putusan .galat")
        expect(refused).to_contain_text("harus bilangan bulat")
        refused.get_by_role("button", name="Tutup").press("Enter")
        page.get_by_label("Usulan angka").fill("1.048")
        page.get_by_role("heading", level=1).focus()
        lost = lose_first(page, "SendBackRekap")
        page.keyboard.press("r")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("Juli 2026")
        assert violations(browser) == []
        dialog.get_by_label("Alasan").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".putusan")).to_contain_text("tersimpan di gawai, belum terkirim")
        expect(page.get_by_role("button", name="Setujui")).to_be_disabled()
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.get_by_text("Dikembalikan kepada kantornya")).to_be_visible()
        expect(page.locator(".putusan p")).to_have_count(0)
        expect(page.get_by_role("button", name="Setujui")).to_have_count(0)
        expect(page.get_by_role("heading", name="Catatan pengembalian")).to_be_visible()
        assert kept(browser)["rows"]["drafts"] == 0
        assert internals(browser) == []
        assert len(lost) == 1
        assert complaints(browser) == []
    found = module_hub.ask(_NOTES, {"id": _JULY}, scene.KAB)["rekap"]
    assert [e["aksi"] for e in found["riwayat"]].count("KEMBALIKAN") == 1
    (note,) = found["catatan"]
    assert (note["wilayah"]["kode"], note["elemen"]["kode"], note["usulan"]) == (scene.FIRST, "BAN03", 1048)
    assert note["alasan"] == "Kurang satu nol? Seharusnya 48 <b>KK</b>, jks"


def test_several_are_approved_at_once_though_the_line_was_lost(
    module_hub: Client, desk_browser: OpenBrowser, token: str
) -> None:
    for kab in ("53.15", "53.01"):
        scene.submit(module_hub, kab, "2026-06", [(kab, "BAN04", 8_000_000)])
    with desk_browser(hub=module_hub) as browser:
        page = _open(browser, token, "periksa")
        expect(page.get_by_role("table")).to_be_visible()
        for kab in ("Manggarai Barat", "Kupang"):
            page.get_by_label(f"Pilih Bantuan sosial, Juni 2026, Kabupaten {kab}").check()
        page.context.set_offline(True)
        page.keyboard.press("s")
        page.get_by_role("dialog").get_by_role("button", name="Setujui 2").click()
        expect(page.get_by_role("row").filter(has_text="Juni 2026").first).to_contain_text("belum terkirim")
        assert violations(browser) == []
        scene.send_back(module_hub, "53.01", "2026-06", reason="Salah bulan")  # a colleague is first
        page.context.set_offline(False)
        refused = page.locator(".putusan .galat")
        expect(refused).to_contain_text("1 lainnya disetujui.")
        expect(refused).to_contain_text("Kupang: Sudah dikembalikan oleh Petugas <i>53</i>")
        expect(page.get_by_role("row").filter(has_text="Juni 2026")).to_have_count(0)
        assert internals(browser) == []
        refused.get_by_role("button", name="Tutup").click()
        expect(refused).to_have_count(0)
    assert scene.status(module_hub, "53.15", "2026-06") == ("DISETUJUI", 1)
    assert scene.status(module_hub, "53.01", "2026-06") == ("DIKEMBALIKAN", 1)


def test_by_keys_alone_from_one_to_the_next(module_hub: Client, desk_browser: OpenBrowser, token: str) -> None:
    with desk_browser(hub=module_hub) as browser:
        page = _open(browser, token, "periksa")
        expect(page.get_by_role("table")).to_be_visible()
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        expect(page.locator("tbody a").first).to_be_focused()
        page.keyboard.press("Enter")
        title = page.get_by_role("heading", level=1)
        expect(title).to_have_text("Bantuan sosial, Agustus 2026, Kabupaten Rote Ndao")
        page.keyboard.press("j")
        expect(title).to_have_text("Bantuan sosial, Agustus 2026, Kabupaten Manggarai Barat")
        expect(title).to_be_focused()
        page.keyboard.press("k")
        expect(title).to_have_text("Bantuan sosial, Agustus 2026, Kabupaten Rote Ndao")
        expect(page.get_by_role("button", name="Setujui")).to_be_enabled()
        page.get_by_role("button", name="Matikan pintasan").press("Enter")
        expect(page.get_by_role("button", name="Nyalakan pintasan")).to_be_visible()
        page.keyboard.press("s")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.get_by_role("button", name="Nyalakan pintasan").press("Enter")
        expect(page.get_by_role("button", name="Matikan pintasan")).to_be_visible()
        page.keyboard.press("s")
        expect(page.get_by_role("dialog").get_by_role("button", name="Setujui")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(".kepala-rekap")).to_contain_text("Disetujui, revisi 1")
        page.keyboard.press("j")
        expect(title).to_have_text("Bantuan sosial, Agustus 2026, Kabupaten Manggarai Barat")
    assert scene.status(module_hub, scene.KAB, "2026-08") == ("DISETUJUI", 1)


def test_a_newer_revision_is_said_and_what_is_not_there_as_well(
    module_hub: Client, desk_browser: OpenBrowser, token: str
) -> None:
    with desk_browser(hub=module_hub) as browser:
        page = _review(browser, token, "53.15:F02:2026-08")
        page.context.set_offline(True)
        page.keyboard.press("s")
        page.get_by_role("dialog").get_by_role("button", name="Setujui").click()
        expect(page.locator(".putusan")).to_contain_text("belum terkirim")
        scene.submit(module_hub, "53.15", "2026-08", [("53.15", "BAN04", 7_000_000)])
        page.context.set_offline(False)
        expect(page.locator(".putusan .galat")).to_contain_text(
            "Kantornya mengajukan revisi 2 sesudah Anda membuka revisi 1"
        )
        expect(page.locator(".kepala-rekap")).to_contain_text("revisi 2")
        assert violations(browser) == []
        page.evaluate("location.hash = '#/periksa/53.15%3AF02%3A2019-01'")
        expect(page.get_by_text("Rekap ini belum pernah dikirim")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert scene.status(module_hub, "53.15", "2026-08") == ("DIAJUKAN", 2)
