"""The shipped catalogue, spoilt and installed."""

import asyncio
from collections.abc import Callable
from typing import Any

from hub.db.database import Database
from hub.katalog.draft import KatalogBerkas, katalog_dari
from hub.katalog.install import LaporanKatalog, install_katalog
from seeds.katalog_toml import baca_mentah


class Mentah:
    """The catalogue as its files say it, to be spoilt."""

    def __init__(self) -> None:
        isi = baca_mentah()
        self.formulir: list[dict[str, Any]] = isi["formulir"]
        self.rincian: dict[str, dict[str, Any]] = isi["rincian"]
        self.indikator: list[dict[str, Any]] = isi["indikator"]
        self.daftar: list[dict[str, Any]] = isi["daftar"]


Ubah = Callable[[Mentah], object]


def formulir(b: Mentah, kode: str = "F02") -> dict[str, Any]:
    return next(f for f in b.formulir if f["kode"] == kode)


def elemen(b: Mentah, kode: str = "BAN01") -> dict[str, Any]:
    return next(e for f in b.formulir for e in f["elemen"] if e["kode"] == kode)


def aturan(b: Mentah, kode: str = "F02-A1") -> dict[str, Any]:
    return next(a for f in b.formulir for a in f.get("aturan", []) if a["kode"] == kode)


def indikator(b: Mentah, kode: str = "I01") -> dict[str, Any]:
    return next(i for i in b.indikator if i["kode"] == kode)


def daftar(b: Mentah, kode: str = "PPKS") -> dict[str, Any]:
    return next(d for d in b.daftar if d["daftar"] == kode)


def rusak(ubah: Ubah) -> KatalogBerkas:
    """The shipped catalogue with one fault. Raises MasukanTidakSahError when the fault is one of shape."""
    mentah = Mentah()
    ubah(mentah)
    return katalog_dari(vars(mentah))


def pasang(url: str, *berkas: KatalogBerkas) -> list[LaporanKatalog]:
    async def kerja() -> list[LaporanKatalog]:
        db = Database(url, 2)
        await db.open()
        try:
            return [await install_katalog(db, b) for b in berkas]
        finally:
            await db.close()

    return asyncio.run(kerja())
