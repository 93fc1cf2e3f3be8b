"""The page /peta as its tests see it: opened and settled, with what its map has drawn."""

from typing import Any

from playwright.sync_api import expect

from tests.web.conftest import Peramban

# Everything asked for has come and is drawn; what the page has just learned it tells the map after its next frame.
_TENANG = """async () => {
  const hub = document.querySelector(".peta").petaHub;
  const tenang = () => hub.peta.getLayer("darat") !== undefined && hub.peta.loaded() && !hub.peta.isMoving();
  const akhir = performance.now() + 20000;
  while (performance.now() < akhir) {
    await new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)));
    await hub.queue;
    if (tenang()) return true;
    await new Promise((r) => setTimeout(r, 50));
  }
  return false;
}"""
_TERGAMBAR = """(lapisan) => {
  const peta = document.querySelector(".peta").petaHub.peta;
  return peta.queryRenderedFeatures({ layers: [lapisan] }).map((f) => ({ ...f.properties, ...f.state }));
}"""
_WARNA = """async ([lon, lat]) => {
  const hub = document.querySelector(".peta").petaHub;
  const { x, y } = hub.peta.project([lon, lat]);
  const gambar = new Image();
  gambar.src = hub.picture();
  await gambar.decode();
  const kanvas = document.createElement("canvas");
  [kanvas.width, kanvas.height] = [gambar.width, gambar.height];
  const kuas = kanvas.getContext("2d");
  kuas.drawImage(gambar, 0, 0);
  const skala = gambar.width / hub.peta.getContainer().clientWidth;
  return [...kuas.getImageData(Math.round(x * skala), Math.round(y * skala), 1, 1).data.slice(0, 3)];
}"""
_DI_LAYAR = """([lon, lat]) => {
  const peta = document.querySelector(".peta").petaHub.peta;
  const { x, y } = peta.project([lon, lat]);
  const { left, top } = peta.getContainer().getBoundingClientRect();
  return [left + x, top + y];
}"""


def buka_peta(peramban: Peramban, tautan: str = "") -> None:
    """Open the page and wait until its map stands and its figures are there."""
    peramban.halaman.goto(f"{peramban.alamat}/peta{tautan}")
    expect(peramban.halaman.locator(".legenda .legenda-angka")).to_be_attached(timeout=15_000)
    expect(peramban.halaman.locator(".peta canvas")).to_be_visible(timeout=15_000)
    tenang(peramban)


def tenang(peramban: Peramban) -> None:
    """Until the map has drawn all that it asked for."""
    assert peramban.halaman.evaluate(_TENANG), "the map did not settle within twenty seconds"


def tergambar(peramban: Peramban, lapisan: str) -> list[dict[str, Any]]:
    """What a layer has drawn: the properties of its features, with their states."""
    hasil: list[dict[str, Any]] = peramban.halaman.evaluate(_TERGAMBAR, lapisan)
    return hasil


def tunggu_tergambar(peramban: Peramban, lapisan: str, ciri: str, nilai: str) -> None:
    """Until a layer has drawn a feature with that property, be the page slow to ask for it; fails after twenty seconds."""
    peramban.halaman.wait_for_function(
        "([lapisan, ciri, nilai]) => document.querySelector('.peta').petaHub.peta"
        ".queryRenderedFeatures({ layers: [lapisan] }).some((f) => f.properties[ciri] === nilai)",
        arg=[lapisan, ciri, nilai], timeout=20_000,
    )  # fmt: skip


def warna_di(peramban: Peramban, titik: list[float]) -> str:
    """The colour at a point of the map (lon, lat), as "#rrggbb", read from the picture it draws."""
    r, g, b = peramban.halaman.evaluate(_WARNA, titik)
    return f"#{r:02x}{g:02x}{b:02x}"


def klik_di(peramban: Peramban, titik: list[float]) -> None:
    x, y = peramban.halaman.evaluate(_DI_LAYAR, titik)
    peramban.halaman.mouse.move(x, y)
    peramban.halaman.mouse.click(x, y)


def pusat(peramban: Peramban) -> tuple[float, float, float]:
    """Where the map stands: longitude, latitude, zoom."""
    lon, lat, zum = peramban.halaman.evaluate(
        "() => { const p = document.querySelector('.peta').petaHub.peta; const c = p.getCenter(); return [c.lng, c.lat, p.getZoom()]; }"
    )
    return lon, lat, zum
