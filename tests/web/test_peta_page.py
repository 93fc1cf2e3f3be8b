"""The map page in a real browser, over the demo and the hub's own tiles: what is drawn, asked for and said."""

import re
from datetime import date
from typing import Any

from playwright.sync_api import expect

from tests.client import Klien
from tests.web.conftest import Buka, Peramban
from tests.web.peta_halaman import buka_peta, klik_di, pusat, tenang, tergambar, warna_di

_PKH = "KPM PKH"
_AGREGAT = """query ($hari: Date!) { agregat(elemen: ["BAN01"], periode: "2020", wilayah: "53", tingkat: KECAMATAN, wilayahPada: $hari) {
  wilayah { kode nama } nilai } }"""


def _baik(peramban: Peramban) -> None:
    assert peramban.ke_luar() == []
    assert peramban.keluhan == []


def _titik(hub: Klien, kode: str) -> list[float]:
    """A point within a kecamatan."""
    isi: list[float] = hub.tanya("query ($k: KodeWilayah!) { kecamatan(kode: $k) { titik } }", {"k": kode})[
        "kecamatan"
    ]["titik"]["coordinates"]
    return isi


def _diminta(peramban: Peramban, bagian: str) -> list[str]:
    return [u for u in peramban.diminta if bagian in u]


def test_the_first_view_shows_figures_where_there_are_some(hub_baca: Klien, peramban_peta: Buka) -> None:
    titik = _titik(hub_baca, "53.14.01")
    with peramban_peta() as peramban:
        buka_peta(peramban)
        legenda = peramban.halaman.locator(".legenda")
        expect(legenda.get_by_role("heading", name=_PKH)).to_be_visible()
        expect(legenda).to_contain_text("1 dari 22")
        expect(legenda).to_contain_text("2.859")
        ada = {f["kode"]: f for f in tergambar(peramban, "darat")}
        assert {k for k in ada if k.startswith("53.14.")} == {f"53.14.{n:02}" for n in range(1, 12)}
        assert ada["53.14.01"]["k"] == 4, "the most KPM of all kecamatan: the darkest class"
        assert warna_di(peramban, titik) == "#253494"
        assert {f["nama"] for f in tergambar(peramban, "nama")} & {"Lobalain", "Rote Timur", "Ndao Nuse"}
        expect(peramban.halaman.get_by_text("bukan batas resmi").first).to_be_visible()
        assert peramban.potret("peta").stat().st_size > 20_000
        _baik(peramban)


def test_another_indicator_moves_figures_and_no_shapes(peramban_peta: Buka) -> None:
    with peramban_peta() as peramban:
        buka_peta(peramban)
        peramban.diminta.clear()
        kotak = peramban.halaman.get_by_role("combobox", name="Elemen atau indikator")
        kotak.click()
        kotak.fill("i02")
        kotak.press("Enter")
        expect(
            peramban.halaman.locator(".legenda").get_by_role("heading", name="Keluarga miskin penerima BPNT/Sembako")
        ).to_be_visible()
        tenang(peramban)
        assert len(_diminta(peramban, "/angka.json?indikator=I02")) == 1
        assert _diminta(peramban, "/ubin/") == []
        assert [u for u in peramban.diminta if "/angka.json" not in u and "/aset/ikon" not in u] == []
        _baik(peramban)


def test_zero_no_data_and_closed_look_different(peramban_peta: Buka, token_kabupaten: str) -> None:
    with peramban_peta() as peramban:
        buka_peta(peramban, "#di=53.14&tingkat=desa&data=REH10&periode=2020")
        legenda = peramban.halaman.locator(".legenda")
        expect(legenda).to_contain_text("Ditutup")
        tutup = {f["kode"] for f in tergambar(peramban, "kosong-3") if f.get("s") == 3}
        assert len(tutup) > 100
        assert all(k.startswith("53.14.") for k in tutup)
        peramban.potret("peta_ditutup")
        peramban.halaman.get_by_label("Token petugas").fill(token_kabupaten)
        peramban.halaman.get_by_label("Token petugas").press("Enter")
        expect(legenda).not_to_contain_text("Ditutup")
        expect(legenda).to_contain_text("Tidak ada data")
        tenang(peramban)
        rupa = {(f.get("k"), f.get("s")) for f in tergambar(peramban, "darat") if f["kode"].startswith("53.14.")}
        assert (0, -1) in rupa, "the 24 desa that received"
        assert (-2, 0) in rupa, "the others, of which nothing is known"
        peramban.potret("peta_token")
        _baik(peramban)


def test_a_click_tells_the_figure_its_completeness_and_place(hub_baca: Klien, peramban_peta: Buka) -> None:
    titik = _titik(hub_baca, "53.14.05")
    with peramban_peta() as peramban:
        buka_peta(peramban)
        klik_di(peramban, titik)
        expect(peramban.halaman.locator(".petunjuk")).to_contain_text("934 KPM")
        rincian = peramban.halaman.get_by_role("region", name="Rincian")
        expect(rincian).to_contain_text("Kecamatan Pantai Baru")
        expect(rincian).to_contain_text("934 KPM")
        expect(rincian).to_contain_text("1 dari 1 rekap")
        expect(rincian).to_contain_text("Rote Ndao · Nusa Tenggara Timur")
        assert [f["kode"] for f in tergambar(peramban, "dipilih") if f.get("chosen")] == ["53.14.05"]
        peramban.potret("peta_rincian")
        rincian.get_by_role("button", name="Tutup rincian").click()
        expect(rincian).not_to_be_attached()
        _baik(peramban)


# Letters with no time at all between them, however busy the machine is; everything the list then shows is kept.
_KETIK_SEKALIGUS = """(kotak, teks) => {
  const daftar = document.getElementById("cari-daftar");
  window.terlihat = [];
  new MutationObserver(() => window.terlihat.push(daftar.innerText)).observe(daftar, { childList: true, subtree: true, characterData: true });
  for (let i = 1; i <= teks.length; i++) {
    kotak.value = teks.slice(0, i);
    kotak.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""


def test_search_by_keyboard(peramban_peta: Buka) -> None:
    with peramban_peta() as peramban:
        buka_peta(peramban)
        kotak = peramban.halaman.get_by_role("combobox", name="Cari wilayah")
        kotak.focus()
        peramban.halaman.keyboard.type("tunganamo pantai baru", delay=15)
        pilihan = peramban.halaman.locator("#cari-daftar").get_by_role("option")
        expect(pilihan.first).to_contain_text("Tungganamo")
        expect(kotak).to_have_attribute("aria-expanded", "true")
        kotak.press("ArrowDown")
        aktif = kotak.get_attribute("aria-activedescendant")
        expect(peramban.halaman.locator(f"#{aktif}")).to_be_visible()
        kotak.press("ArrowUp")
        peramban.potret("peta_cari")
        kotak.press("Enter")
        expect(kotak).to_have_attribute("aria-expanded", "false")
        expect(peramban.halaman.get_by_role("region", name="Rincian")).to_contain_text("Desa Tungganamo")
        tenang(peramban)
        assert pusat(peramban)[2] > 10
        sebelum = len(_diminta(peramban, "cariWilayah"))
        kotak.evaluate(_KETIK_SEKALIGUS, "zzqx")
        expect(pilihan).to_contain_text("Tidak ada wilayah")
        assert len(_diminta(peramban, "cariWilayah")) == sebelum + 1, "a question per pause, not per letter"
        terlihat = peramban.halaman.evaluate("window.terlihat")
        assert terlihat
        assert not any("Tungganamo" in t for t in terlihat), "found for another text, and Enter would choose it"
        kotak.press("Escape")
        expect(pilihan).to_have_count(0)
        _baik(peramban)


def test_the_table_says_what_the_map_shows(hub_baca: Klien, peramban_peta: Buka) -> None:
    isi = hub_baca.tanya(_AGREGAT, {"hari": date.today().isoformat()})["agregat"]
    angka = sorted((b["nilai"] for b in isi if b["nilai"] is not None), reverse=True)
    with peramban_peta() as peramban:
        buka_peta(peramban)
        peramban.halaman.get_by_role("tab", name="Angka").focus()
        peramban.halaman.keyboard.press("ArrowRight")
        tabel = peramban.halaman.get_by_role("table")
        expect(tabel).to_contain_text("Lobalain")
        expect(tabel.get_by_role("columnheader", name="Nilai")).to_have_attribute("aria-sort", "descending")
        nilai = [_angka(t) for t in tabel.locator("tbody td.angka").all_inner_texts()]
        assert [n for n in nilai if n is not None] == angka
        tabel.get_by_role("button", name="Nilai").press("Enter")
        nilai = [_angka(t) for t in tabel.locator("tbody td.angka").all_inner_texts()]
        assert [n for n in nilai if n is not None] == angka[::-1]
        peramban.potret("peta_tabel")
        tabel.get_by_role("button", name="Lobalain").press("Enter")
        expect(peramban.halaman.get_by_role("region", name="Rincian")).to_contain_text("1.594 KPM")
        tenang(peramban)
        peramban.halaman.get_by_label("Hanya yang tampak di peta").check()
        expect(tabel.locator("tbody tr")).not_to_have_count(len(isi))
        _baik(peramban)


def _angka(teks: str) -> int | None:
    return int(teks.replace(".", "")) if re.fullmatch(r"[\d.]+", teks) else None


def test_a_link_restores_what_was_looked_at(peramban_peta: Buka) -> None:
    tautan = (
        "#di=53.14&tingkat=desa&data=PPK03&periode=2020&cara=sama&kelas=4&titik=PANTI,KARANG_TARUNA&cakupan=KARANG_TARUNA&jarak=3"
        "&wksbm=ya&tahap=PENUMBUHAN&pilih=53.14.05&tab=cakupan&lihat=10.25/123.1000/-10.7000"
    )
    with peramban_peta() as peramban:
        buka_peta(peramban, tautan)
        halaman = peramban.halaman
        expect(halaman.get_by_role("tab", name="Cakupan")).to_have_attribute("aria-selected", "true")
        expect(halaman.get_by_role("slider")).to_have_value("3")
        expect(halaman.get_by_role("region", name="Rincian")).to_contain_text("Kecamatan Pantai Baru")
        expect(halaman.locator(".legenda")).to_contain_text("Cakupan 3 km")
        tenang(peramban)
        assert [round(n, 4) for n in pusat(peramban)] == [123.1, -10.7, 10.25]
        lapisan = set(
            halaman.evaluate("document.querySelector('.peta').petaHub.peta.getStyle().layers.map((l) => l.id)")
        )
        assert {"titik", "celah", "lingkaran", "wksbm", "hubungan-LOKAL", "usulan"} <= lapisan
        halaman.wait_for_function("t => location.hash === t", arg=tautan)
        halaman.get_by_role("tab", name="Sumber daya").click()
        halaman.get_by_role("checkbox", name=re.compile("^Panti")).uncheck()
        halaman.wait_for_function("() => location.hash.includes('titik=KARANG_TARUNA&')")
        _baik(peramban)


def _cakupan(hub: Klien, km: float) -> Any:
    return hub.tanya(
        """query ($km: Float!) { cakupan(jenis: [KARANG_TARUNA], jarakKm: $km, wilayah: "53.14") {
        jumlahDesa desaTercakup baris { desa { kode nama } tercakup } } }""",
        {"km": km},
    )["cakupan"]


def test_the_gaps_are_those_that_graphql_tells(hub_baca: Klien, peramban_peta: Buka) -> None:
    with peramban_peta() as peramban:
        buka_peta(peramban, "#di=53.14&tab=cakupan&cakupan=KARANG_TARUNA&jarak=4")
        halaman = peramban.halaman
        tabel = halaman.get_by_role("table")
        for km in (4, 5):
            isi = _cakupan(hub_baca, km)
            celah = {b["desa"]["kode"]: b["desa"]["nama"] for b in isi["baris"] if not b["tercakup"]}
            assert 0 < len(celah) < isi["jumlahDesa"]
            expect(tabel.locator("caption")).to_contain_text(f"{km} km")
            expect(tabel.locator("tbody tr")).to_have_count(len(celah))
            assert sorted(tabel.locator("tbody th").all_inner_texts()) == sorted(celah.values())
            expect(halaman.locator(".angka-besar")).to_contain_text(f"{isi['desaTercakup']} dari {isi['jumlahDesa']}")
            tenang(peramban)
            assert {f["kode"] for f in tergambar(peramban, "celah")} == set(celah)
            assert tergambar(peramban, "lingkaran")
            halaman.get_by_role("slider").press("ArrowRight")
        expect(halaman.locator("ol.usulan li")).to_have_count(3)
        tenang(peramban)
        assert {f["urutan"] for f in tergambar(peramban, "usulan")} == {1, 2, 3}
        peramban.potret("peta_cakupan")
        zum = pusat(peramban)[2]
        tabel.locator("tbody th button").first.press("Enter")
        expect(halaman.get_by_role("region", name="Rincian")).to_be_visible()
        halaman.wait_for_function(f"() => document.querySelector('.peta').petaHub.peta.getZoom() > {zum + 0.5}")
        _baik(peramban)


def test_resources_and_wksbm_are_drawn_by_kind(hub_baca: Klien, peramban_peta: Buka) -> None:
    hitung = hub_baca.tanya(
        '{ daftarSumberDaya(saring: { jenis: [KARANG_TARUNA], di: "53.14", aktif: true }) { totalCount } }'
    )
    with peramban_peta() as peramban:
        buka_peta(peramban, "#di=53.14&tab=sumberdaya&titik=KARANG_TARUNA&wksbm=ya")
        halaman = peramban.halaman
        banyak = hitung["daftarSumberDaya"]["totalCount"]
        expect(halaman.locator(".daftar-centang label", has_text="Karang taruna").locator("small")).to_have_text(
            str(banyak)
        )
        titik = [f for f in tergambar(peramban, "titik") if f.get("jenis") == "KARANG_TARUNA"]
        assert sum(int(f.get("banyak", 1)) for f in titik) >= banyak
        assert tergambar(peramban, "wksbm")
        peramban.potret("peta_sumber_daya")
        halaman.get_by_role("tab", name="WKSBM").click()
        jejaring = hub_baca.tanya('{ jejaring(wilayah: "53.14") { simpul hubungan } }')["jejaring"]
        expect(halaman.locator(".angka-besar dd").first).to_have_text(str(jejaring["simpul"]))
        peramban.potret("peta_wksbm")
        _baik(peramban)
