"""A page in a real browser, and everything it asked for or complained about."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

from tests.hub_server import SETTINGS

ARTEFAK = SETTINGS.home / "artefak"


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


Buka = Callable[..., AbstractContextManager[Peramban]]
