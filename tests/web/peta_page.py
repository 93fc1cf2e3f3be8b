"""The page /peta as its tests see it: opened and settled, with what its map has drawn."""

from typing import Any

from playwright.sync_api import expect

from tests.web.browser import Browser

# Everything asked for has come and is drawn; what the page has just learned it tells the map after its next frame.
_SETTLED = """async () => {
  let hub;
  const tenang = () => hub.peta.getLayer("darat") !== undefined && hub.peta.loaded() && !hub.peta.isMoving();
  const akhir = performance.now() + 20000;
  while (performance.now() < akhir) {
    await new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)));
    hub = document.querySelector(".peta")?.petaHub;  // a page that was just loaded has none yet
    await hub?.queue;
    if (hub && tenang()) return true;
    await new Promise((r) => setTimeout(r, 50));
  }
  return false;
}"""
_DRAWN = """(lapisan) => {
  const peta = document.querySelector(".peta").petaHub.peta;
  return peta.queryRenderedFeatures({ layers: [lapisan] }).map((f) => ({ ...f.properties, ...f.state }));
}"""
_COLOUR = """async ([lon, lat]) => {
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
_ON_SCREEN = """([lon, lat]) => {
  const peta = document.querySelector(".peta").petaHub.peta;
  const { x, y } = peta.project([lon, lat]);
  const { left, top } = peta.getContainer().getBoundingClientRect();
  return [left + x, top + y];
}"""


def open_peta(browser: Browser, link: str = "") -> None:
    """Open the page and wait until its map stands and its figures are there."""
    browser.page.goto(f"{browser.address}/peta{link}")
    expect(browser.page.locator(".legenda .legenda-angka")).to_be_attached(timeout=30_000)
    expect(browser.page.locator(".peta canvas")).to_be_visible(timeout=30_000)
    settle(browser)


def settle(browser: Browser) -> None:
    """Until the map has drawn all that it asked for."""
    assert browser.page.evaluate(_SETTLED), "the map did not settle within twenty seconds"


def drawn(browser: Browser, layer: str) -> list[dict[str, Any]]:
    """What a layer has drawn: the properties of its features, with their states."""
    result: list[dict[str, Any]] = browser.page.evaluate(_DRAWN, layer)
    return result


def wait_drawn(browser: Browser, layer: str, property_name: str, nilai: str) -> None:
    """Until a layer has drawn a feature with that property, be the page slow to ask for it; fails after twenty seconds."""
    browser.page.wait_for_function(
        "([lapisan, ciri, nilai]) => document.querySelector('.peta').petaHub.peta"
        ".queryRenderedFeatures({ layers: [lapisan] }).some((f) => f.properties[ciri] === nilai)",
        arg=[layer, property_name, nilai], timeout=20_000,
    )  # fmt: skip


def colour_at(browser: Browser, point: list[float]) -> str:
    """The colour at a point of the map (lon, lat), as "#rrggbb", read from the picture it draws."""
    r, g, b = browser.page.evaluate(_COLOUR, point)
    return f"#{r:02x}{g:02x}{b:02x}"


def click_at(browser: Browser, point: list[float]) -> None:
    x, y = browser.page.evaluate(_ON_SCREEN, point)
    browser.page.mouse.move(x, y)
    browser.page.mouse.click(x, y)


def centre(browser: Browser) -> tuple[float, float, float]:
    """Where the map stands: longitude, latitude, zoom."""
    lon, lat, zoom = browser.page.evaluate(
        "() => { const p = document.querySelector('.peta').petaHub.peta; const c = p.getCenter(); return [c.lng, c.lat, p.getZoom()]; }"
    )
    return lon, lat, zoom
