"""The map page in a real browser, over the demo and the hub's own tiles: what is drawn, asked for and said."""

import re
from datetime import date
from typing import Any

from playwright.sync_api import expect

from tests.client import Client
from tests.web.browser import Browser, OpenBrowser
from tests.web.peta_page import centre, click_at, colour_at, drawn, open_peta, settle

_PKH = "KPM PKH"
_AGREGAT = """query ($hari: Date!) { agregat(elemen: ["BAN01"], periode: "2020", wilayah: "53", tingkat: KECAMATAN, wilayahPada: $hari) {
  wilayah { kode nama } nilai } }"""


def _assert_sound(browser: Browser) -> None:
    assert browser.outbound() == []
    assert browser.complaints == []


def _point(hub: Client, kode: str) -> list[float]:
    """A point within a kecamatan."""
    point: list[float] = hub.ask("query ($k: KodeWilayah!) { kecamatan(kode: $k) { titik } }", {"k": kode})[
        "kecamatan"
    ]["titik"]["coordinates"]
    return point


def _requested(browser: Browser, part: str) -> list[str]:
    return [u for u in browser.requested if part in u]


def test_the_first_view_shows_figures_where_there_are_some(read_hub: Client, peta_browser: OpenBrowser) -> None:
    point = _point(read_hub, "53.14.01")
    with peta_browser() as browser:
        open_peta(browser)
        legend = browser.page.locator(".legenda")
        expect(legend.get_by_role("heading", name=_PKH)).to_be_visible()
        expect(legend).to_contain_text("1 dari 22")
        expect(legend).to_contain_text("2.001 – 2.900")
        by_code = {f["kode"]: f for f in drawn(browser, "darat")}
        assert {k for k in by_code if k.startswith("53.14.")} == {f"53.14.{n:02}" for n in range(1, 12)}
        assert by_code["53.14.01"]["k"] == 4, "the most KPM of all kecamatan: the darkest class"
        assert colour_at(browser, point) == "#253494"
        assert {f["nama"] for f in drawn(browser, "nama")} & {"Lobalain", "Rote Timur", "Ndao Nuse"}
        expect(browser.page.locator(".sumber-peta")).to_contain_text("bukan batas resmi")
        expect(browser.page.locator(".sumber-peta")).to_contain_text("Angka: Rekap yang disetujui")
        assert browser.screenshot("peta").stat().st_size > 20_000
        _assert_sound(browser)


def test_another_indicator_moves_figures_and_no_shapes(peta_browser: OpenBrowser) -> None:
    with peta_browser() as browser:
        open_peta(browser)
        browser.requested.clear()
        box = browser.page.get_by_role("combobox", name="Elemen atau indikator")
        box.click()
        box.fill("i02")
        box.press("Enter")
        expect(
            browser.page.locator(".legenda").get_by_role("heading", name="Keluarga miskin penerima BPNT/Sembako")
        ).to_be_visible()
        settle(browser)
        assert len(_requested(browser, "/angka.json?indikator=I02&periode=2020&tingkat=KECAMATAN")) == 1
        assert _requested(browser, "/ubin/") == []
        assert [u for u in browser.requested if "/angka.json" not in u and "/aset/ikon" not in u] == []
        _assert_sound(browser)


def test_zero_no_data_and_closed_look_different(peta_browser: OpenBrowser, token_kabupaten: str) -> None:
    with peta_browser() as browser:
        open_peta(browser, "#di=53.14&tingkat=desa&data=REH10&periode=2020")
        legend = browser.page.locator(".legenda")
        expect(legend).to_contain_text("Dirahasiakan")
        closed = {f["kode"] for f in drawn(browser, "kosong-3") if f.get("s") == 3}
        assert len(closed) > 100
        assert all(k.startswith("53.14.") for k in closed)
        browser.screenshot("peta_ditutup")
        browser.page.get_by_label("Token petugas").fill(token_kabupaten)
        browser.page.get_by_label("Token petugas").press("Enter")
        expect(legend).not_to_contain_text("Dirahasiakan")
        expect(legend).to_contain_text("Tidak ada data")
        settle(browser)
        looks = {(f.get("k"), f.get("s")) for f in drawn(browser, "darat") if f["kode"].startswith("53.14.")}
        assert (0, -1) in looks, "the 24 desa that received"
        assert (-2, 0) in looks, "the others, of which nothing is known"
        browser.screenshot("peta_token")
        _assert_sound(browser)


def test_a_click_tells_the_figure_its_completeness_and_place(read_hub: Client, peta_browser: OpenBrowser) -> None:
    point = _point(read_hub, "53.14.05")
    with peta_browser() as browser:
        open_peta(browser)
        click_at(browser, point)
        expect(browser.page.locator(".petunjuk")).to_contain_text("934 KPM")
        rincian = browser.page.get_by_role("region", name="Rincian")
        expect(rincian).to_contain_text("Kecamatan Pantai Baru")
        expect(rincian).to_contain_text("934 KPM")
        expect(rincian).to_contain_text("1 dari 1 kabupaten/kota rekapnya disetujui")
        expect(rincian).to_contain_text("Rote Ndao · Nusa Tenggara Timur")
        assert [f["kode"] for f in drawn(browser, "dipilih") if f.get("chosen")] == ["53.14.05"]
        browser.screenshot("peta_rincian")
        rincian.get_by_role("button", name="Tutup rincian").click()
        expect(rincian).not_to_be_attached()
        _assert_sound(browser)


def test_the_card_tells_where_its_figure_comes_from(read_hub: Client, peta_browser: OpenBrowser) -> None:
    """With the keyboard alone, by nobody in particular."""
    with peta_browser() as browser:
        open_peta(browser)
        click_at(browser, _point(read_hub, "53.14.05"))
        rincian = browser.page.get_by_role("region", name="Rincian")
        button = rincian.get_by_role("button", name="Dari mana angka ini?")
        expect(button).to_have_attribute("aria-expanded", "false")
        assert _requested(browser, "jelaskanAngka") == []  # asked when somebody wants to know
        button.focus()
        browser.page.keyboard.press("Enter")
        origin = rincian.get_by_role("region", name="Asal angka")
        expect(origin).to_contain_text("Menurut rekap Bantuan sosial kabupaten/kotanya yang disetujui.")
        expect(origin).to_contain_text("Kabupaten Rote Ndao: 934 KPM")
        expect(origin).to_contain_text("disetujui Dinas Sosial Provinsi Nusa Tenggara Timur")
        assert len(_requested(browser, "jelaskanAngka")) == 1
        browser.screenshot("peta_asal_angka")
        browser.page.keyboard.press("Enter")
        expect(origin).not_to_be_attached()
        _assert_sound(browser)


# Letters with no time at all between them, however busy the machine is; everything the list then shows is kept.
_TYPE_AT_ONCE = """(kotak, teks) => {
  const daftar = document.getElementById("cari-daftar");
  window.terlihat = [];
  new MutationObserver(() => window.terlihat.push(daftar.innerText)).observe(daftar, { childList: true, subtree: true, characterData: true });
  for (let i = 1; i <= teks.length; i++) {
    kotak.value = teks.slice(0, i);
    kotak.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""


def test_search_by_keyboard(peta_browser: OpenBrowser) -> None:
    with peta_browser() as browser:
        open_peta(browser)
        box = browser.page.get_by_role("combobox", name="Cari wilayah")
        box.focus()
        browser.page.keyboard.type("tunganamo pantai baru", delay=15)
        pilihan = browser.page.locator("#cari-daftar").get_by_role("option")
        expect(pilihan.first).to_contain_text("Tungganamo")
        expect(box).to_have_attribute("aria-expanded", "true")
        box.press("ArrowDown")
        active = box.get_attribute("aria-activedescendant")
        expect(browser.page.locator(f"#{active}")).to_be_visible()
        box.press("ArrowUp")
        browser.screenshot("peta_cari")
        box.press("Enter")
        expect(box).to_have_attribute("aria-expanded", "false")
        expect(browser.page.get_by_role("region", name="Rincian")).to_contain_text("Desa Tungganamo")
        settle(browser)
        assert centre(browser)[2] > 10
        before = len(_requested(browser, "cariWilayah"))
        box.evaluate(_TYPE_AT_ONCE, "zzqx")
        expect(pilihan).to_contain_text("Tidak ada wilayah")
        assert len(_requested(browser, "cariWilayah")) == before + 1, "a question per pause, not per letter"
        seen = browser.page.evaluate("window.terlihat")
        assert seen
        assert not any("Tungganamo" in t for t in seen), "found for another text, and Enter would choose it"
        box.press("Escape")
        expect(pilihan).to_have_count(0)
        _assert_sound(browser)


def test_the_table_says_what_the_map_shows(read_hub: Client, peta_browser: OpenBrowser) -> None:
    rows = read_hub.ask(_AGREGAT, {"hari": date.today().isoformat()})["agregat"]
    angka = sorted((b["nilai"] for b in rows if b["nilai"] is not None), reverse=True)
    with peta_browser() as browser:
        open_peta(browser)
        browser.page.get_by_role("tab", name="Angka", exact=True).focus()
        browser.page.keyboard.press("ArrowRight")
        table = browser.page.get_by_role("table")
        expect(table).to_contain_text("Lobalain")
        expect(table.get_by_role("columnheader", name="Nilai")).to_have_attribute("aria-sort", "descending")
        nilai = [_angka(t) for t in table.locator("tbody td.angka").all_inner_texts()]
        assert [n for n in nilai if n is not None] == angka
        table.get_by_role("button", name="Nilai").press("Enter")
        nilai = [_angka(t) for t in table.locator("tbody td.angka").all_inner_texts()]
        assert [n for n in nilai if n is not None] == angka[::-1]
        browser.screenshot("peta_tabel")
        table.get_by_role("button", name="Lobalain").press("Enter")
        expect(browser.page.get_by_role("region", name="Rincian")).to_contain_text("1.594 KPM")
        settle(browser)
        browser.page.get_by_label("Hanya yang tampak di peta").check()
        expect(table.locator("tbody tr")).not_to_have_count(len(rows))
        _assert_sound(browser)


def _angka(text: str) -> int | None:
    return int(text.replace(".", "")) if re.fullmatch(r"[\d.]+", text) else None


def test_a_link_restores_what_was_looked_at(peta_browser: OpenBrowser) -> None:
    link = (
        "#di=53.14&tingkat=desa&data=PPK03&periode=2020&cara=sama&kelas=4&titik=PANTI,KARANG_TARUNA&cakupan=KARANG_TARUNA&jarak=3"
        "&wksbm=ya&tahap=PENUMBUHAN&pilih=53.14.05&tab=cakupan&lihat=10.25/123.1000/-10.7000"
    )
    with peta_browser() as browser:
        open_peta(browser, link)
        page = browser.page
        expect(page.get_by_role("tab", name="Jangkauan")).to_have_attribute("aria-selected", "true")
        expect(page.get_by_role("slider")).to_have_value("3")
        expect(page.get_by_role("region", name="Rincian")).to_contain_text("Kecamatan Pantai Baru")
        expect(page.locator(".legenda")).to_contain_text("Jangkauan 3 km")
        settle(browser)
        assert [round(n, 4) for n in centre(browser)] == [123.1, -10.7, 10.25]
        layers = set(page.evaluate("document.querySelector('.peta').petaHub.peta.getStyle().layers.map((l) => l.id)"))
        assert {"titik", "celah", "lingkaran", "wksbm", "hubungan-LOKAL", "usulan"} <= layers
        page.wait_for_function("t => location.hash === t", arg=link)
        page.get_by_role("tab", name="Sumber daya").click()
        page.get_by_role("checkbox", name=re.compile("^Panti")).uncheck()
        page.wait_for_function("() => location.hash.includes('titik=KARANG_TARUNA&')")
        _assert_sound(browser)


def _cakupan(hub: Client, km: float) -> Any:
    return hub.ask(
        """query ($km: Float!) { cakupan(jenis: [KARANG_TARUNA], jarakKm: $km, wilayah: "53.14") {
        jumlahDesa desaTercakup baris { desa { kode nama } tercakup } } }""",
        {"km": km},
    )["cakupan"]


def test_the_gaps_are_those_that_graphql_tells(read_hub: Client, peta_browser: OpenBrowser) -> None:
    with peta_browser() as browser:
        open_peta(browser, "#di=53.14&tab=cakupan&cakupan=KARANG_TARUNA&jarak=4")
        page = browser.page
        table = page.get_by_role("table")
        for km in (4, 5):
            answer = _cakupan(read_hub, km)
            gaps = {b["desa"]["kode"]: b["desa"]["nama"] for b in answer["baris"] if not b["tercakup"]}
            assert 0 < len(gaps) < answer["jumlahDesa"]
            expect(table.locator("caption")).to_contain_text(f"{km} km")
            expect(table.locator("tbody tr")).to_have_count(len(gaps))
            assert sorted(table.locator("tbody th").all_inner_texts()) == sorted(gaps.values())
            expect(page.locator(".angka-besar")).to_contain_text(
                f"{answer['desaTercakup']} dari {answer['jumlahDesa']}"
            )
            settle(browser)
            assert {f["kode"] for f in drawn(browser, "celah")} == set(gaps)
            assert drawn(browser, "lingkaran")
            page.get_by_role("slider").press("ArrowRight")
        expect(page.locator("ol.usulan li")).to_have_count(3)
        settle(browser)
        assert {f["urutan"] for f in drawn(browser, "usulan")} == {1, 2, 3}
        browser.screenshot("peta_cakupan")
        zoom = centre(browser)[2]
        table.locator("tbody th button").first.press("Enter")
        expect(page.get_by_role("region", name="Rincian")).to_be_visible()
        page.wait_for_function(f"() => document.querySelector('.peta').petaHub.peta.getZoom() > {zoom + 0.5}")
        _assert_sound(browser)


def test_resources_and_wksbm_are_drawn_by_kind(read_hub: Client, peta_browser: OpenBrowser) -> None:
    counted = read_hub.ask(
        '{ daftarSumberDaya(saring: { jenis: [KARANG_TARUNA], di: "53.14", aktif: true }) { totalCount } }'
    )
    with peta_browser() as browser:
        open_peta(browser, "#di=53.14&tab=sumberdaya&titik=KARANG_TARUNA&wksbm=ya")
        page = browser.page
        count = counted["daftarSumberDaya"]["totalCount"]
        expect(page.locator(".daftar-centang label", has_text="Karang taruna").locator("small")).to_have_text(
            str(count)
        )
        points = [f for f in drawn(browser, "titik") if f.get("jenis") == "KARANG_TARUNA"]
        assert sum(int(f.get("banyak", 1)) for f in points) >= count
        assert drawn(browser, "wksbm")
        browser.screenshot("peta_sumber_daya")
        page.get_by_role("tab", name="WKSBM").click()
        jejaring = read_hub.ask('{ jejaring(wilayah: "53.14") { simpul hubungan } }')["jejaring"]
        expect(page.locator(".angka-besar dd").first).to_have_text(str(jejaring["simpul"]))
        browser.screenshot("peta_wksbm")
        _assert_sound(browser)
