"""What is taken along from the map page, and what tells where one is: files with the same question, a picture, all of the region."""

import csv
import io
from pathlib import Path

import openpyxl
from playwright.sync_api import Page, expect

from tests.client import Client
from tests.web.browser import OpenBrowser
from tests.web.peta_page import centre, open_peta, settle

_LINK = "#di=53.14&tingkat=kecamatan&data=BAN01&periode=2020"
_SIZE = """async (bytes) => {
  const gambar = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
  const kanvas = new OffscreenCanvas(gambar.width, gambar.height);
  const kuas = kanvas.getContext("2d");
  kuas.drawImage(gambar, 0, 0);
  const data = kuas.getImageData(0, 0, gambar.width, gambar.height).data;
  const warna = new Map();
  for (let i = 0; i < data.length; i += 4) {
    const kunci = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
    warna.set(kunci, (warna.get(kunci) ?? 0) + 1);
  }
  const banyak = [...warna].filter(([, n]) => n > 400).map(([k]) => "#" + k.toString(16).padStart(6, "0"));
  return { lebar: gambar.width, tinggi: gambar.height, banyak };
}"""


def _download(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as begun:
        page.get_by_role("group", name="Unduh yang ditampilkan").get_by_role("button", name=name).click()
    file = folder / begun.value.suggested_filename
    begun.value.save_as(file)
    return file


def test_tables_of_the_same_question_and_a_picture_of_the_map(
    read_hub: Client, peta_browser: OpenBrowser, tmp_path: Path
) -> None:
    path = "/tabel.csv?elemen=BAN01&periode=2020&wilayah=53.14&tingkat=KECAMATAN"
    with peta_browser() as browser:
        open_peta(browser, _LINK)
        page = browser.page
        file = _download(page, "CSV", tmp_path)
        assert file.suffix == ".csv"
        assert "KPM-PKH" in file.name
        assert file.read_bytes() == read_hub.get(path).content
        rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
        assert {"2859"} <= {v for row in rows for v in row.values()}
        book = openpyxl.load_workbook(_download(page, "Excel", tmp_path))
        cells = {c.value for sheet in book for line in sheet.iter_rows() for c in line}
        assert 2859 in cells
        picture = _download(page, "PNG", tmp_path)
        seen = page.evaluate(_SIZE, list(picture.read_bytes()))
        box = page.locator(".peta").bounding_box()
        assert box is not None
        assert seen["lebar"] > box["width"]
        assert {"#253494", "#41b6c4"} <= set(seen["banyak"]), "the map's own colours"
        Path(browser.screenshot("peta_unduhan")).with_name("peta_unduhan_gambar.png").write_bytes(picture.read_bytes())
        assert browser.complaints == []
        assert browser.outbound() == []


def test_an_officer_takes_along_what_he_sees(peta_browser: OpenBrowser, token_kabupaten: str, tmp_path: Path) -> None:
    with peta_browser() as browser:
        open_peta(browser, "#di=53.14&tingkat=desa&data=REH10&periode=2020")
        page = browser.page
        closed = _download(page, "CSV", tmp_path).read_text()
        page.get_by_label("Token petugas").fill(token_kabupaten)
        page.get_by_label("Token petugas").press("Enter")
        expect(page.locator(".legenda")).not_to_contain_text("Dirahasiakan")
        own = _download(page, "CSV", tmp_path).read_text()
        assert closed.count("DISUPRESI") > 100
        assert own.count("DISUPRESI") == 0


def test_a_failed_download_is_said(peta_browser: OpenBrowser) -> None:
    with peta_browser() as browser:
        open_peta(browser, _LINK)
        browser.page.route("**/tabel.csv?*", lambda route: route.fulfill(status=400, json={"pesan": "Terlalu besar."}))
        browser.page.get_by_role("button", name="CSV").click()
        expect(browser.page.get_by_role("alert")).to_contain_text("Terlalu besar.")


def test_a_button_shows_all_of_the_region_and_choices_say_what_is_empty(peta_browser: OpenBrowser) -> None:
    with peta_browser() as browser:
        open_peta(browser, f"{_LINK}&lihat=13.00/123.0500/-10.7000")
        page = browser.page
        page.get_by_role("button", name="Seluruh wilayah").click()
        page.wait_for_function("() => document.querySelector('.peta').petaHub.peta.getZoom() < 10.5")
        settle(browser)
        lon, lat, zoom = centre(browser)
        assert 122.5 < lon < 123.6
        assert -11.1 < lat < -10.3
        assert zoom > 8
        options = page.locator(".pilihan select").first.locator("option")
        assert "belum ada angka" not in (options.filter(has_text="Kabupaten Rote Ndao").text_content() or "")
        expect(options.filter(has_text="Kabupaten Sabu Raijua")).to_contain_text("belum ada angka")
        source = page.locator(".sumber-peta")
        expect(source).to_contain_text("Batas: peta contoh buatan, bukan batas resmi")
        expect(source).to_contain_text("Angka: Rekap yang disetujui, ")
        assert browser.complaints == []
