"""One day of both sides, each in a browser of its own and at once: what one does shows at the other, and whom a colleague overtakes sees both."""

from playwright.sync_api import Page, expect

from tests.client import Client
from tests.web import province_scene as scene
from tests.web.browser import OpenBrowser
from tests.web.isian_page import cell, open_grid, send
from tests.web.meja_page import card, complaints, sign_in

_FORM, _PERIODE = scene.FORM, "2026-09"
_ID = f"{scene.KAB}:{_FORM}:{_PERIODE}"
_TITLE = "Bantuan sosial, September 2026, Kabupaten Rote Ndao"
_SOON = 2_000  # ms
_CELLS = "query ($id: ID!) { rekap(id: $id) { nilai { wilayah { kode } elemen { kode } } } }"


def _type(page: Page, region: str, figure: str) -> None:
    cell(page, region, 0).click()
    page.keyboard.type(figure)
    page.keyboard.press("Enter")


def test_a_rekap_goes_back_and_forth_while_both_look(module_hub: Client, desk_browser: OpenBrowser) -> None:
    kabupaten, province = module_hub.token(scene.KAB), module_hub.token(scene.PROV)
    with desk_browser(hub=module_hub) as there, desk_browser(hub=module_hub) as here:
        sign_in(there, province)
        matrix = there.page
        matrix.goto(f"{there.address}/meja#/matriks/{_PERIODE}")
        stands = matrix.get_by_role("row").filter(has_text="Rote Ndao").get_by_role("cell").nth(1)
        expect(stands).to_be_visible()
        sign_in(here, kabupaten)
        page = open_grid(here, _FORM, _PERIODE)
        names = page.locator(".tabulator-row .tabulator-cell:first-child").all_inner_texts()[:2]
        first, second = (n.splitlines()[0] for n in names)
        _type(page, first, "47")
        _type(page, second, "480")
        send(page)
        expect(page.locator(".isian-kepala")).to_contain_text("Menunggu provinsi")
        row = matrix.get_by_role("row").filter(has_text="Rote Ndao")
        expect(row).to_contain_text("Diajukan", timeout=_SOON)

        row.get_by_role("link").filter(has_text="Diajukan").first.click()
        expect(matrix.get_by_role("heading", level=1)).to_have_text(_TITLE)
        matrix.get_by_role("button", name=f", {second}").first.click()
        matrix.get_by_label("Catatan", exact=True).fill("Seharusnya 48?")
        matrix.get_by_label("Usulan angka").fill("48")
        matrix.get_by_role("button", name="Kembalikan dengan 1 catatan").click()
        matrix.get_by_role("dialog").get_by_role("button", name="Kembalikan dengan 1 catatan").click()
        expect(matrix.get_by_text("Dikembalikan kepada kantornya")).to_be_visible()

        back = page.get_by_role("region", name="Dikembalikan: 1 catatan")
        expect(back).to_contain_text("usulan 48", timeout=_SOON)
        _type(page, first, "46")
        back.get_by_role("button", name="Terima semua usulan (1)").click()
        expect(cell(page, second, 0)).to_have_text("48")

        region = module_hub.ask(_CELLS, {"id": _ID}, scene.KAB)["rekap"]["nilai"][0]
        theirs = [(region["wilayah"]["kode"], region["elemen"]["kode"], 45)]
        scene.submit(module_hub, scene.KAB, _PERIODE, theirs, revisiDasar=1)
        clash = page.get_by_role("region", name="Isian ini juga diubah orang lain")
        expect(clash).to_contain_text("Kiriman lain", timeout=_SOON + 3_000)
        for mine in clash.get_by_role("radio", name="isian Anda").all():
            mine.check()
        clash.get_by_role("button", name="Gabungkan dan lanjutkan").click()
        expect(clash).to_have_count(0)
        send(page)
        expect(page.locator(".isian-kepala")).to_contain_text("Menunggu provinsi")

        expect(matrix.get_by_role("region", name="Tabel angka")).to_contain_text("46 ", timeout=_SOON + 3_000)
        matrix.get_by_role("button", name="Setujui").click()
        matrix.get_by_role("dialog").get_by_role("button", name="Setujui").click()
        expect(page.locator(".isian-kepala")).to_contain_text("Disetujui", timeout=_SOON + 3_000)
        page.goto(f"{here.address}/meja#/")
        expect(card(here, _FORM, "F02September 2026")).to_contain_text("Disetujui")
        assert complaints(there) == complaints(here) == []
    assert scene.status(module_hub, scene.KAB, _PERIODE)[0] == "DISETUJUI"
