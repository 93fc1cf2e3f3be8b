"""The shipped catalogue, spoilt and installed."""

import asyncio
from collections.abc import Callable
from typing import Any

from hub.db.database import Database
from hub.katalog.draft import KatalogDraft, katalog_draft
from hub.katalog.install import LaporanKatalog, install_katalog
from seeds.katalog_toml import read_raw


class Raw:
    """The catalogue as its files say it, to be spoilt."""

    def __init__(self) -> None:
        raw = read_raw()
        self.formulir: list[dict[str, Any]] = raw["formulir"]
        self.rincian: dict[str, dict[str, Any]] = raw["rincian"]
        self.indikator: list[dict[str, Any]] = raw["indikator"]
        self.daftar: list[dict[str, Any]] = raw["daftar"]
        self.kewajaran: dict[str, Any] = raw["kewajaran"]


Change = Callable[[Raw], object]


def formulir(b: Raw, kode: str = "F02") -> dict[str, Any]:
    return next(f for f in b.formulir if f["kode"] == kode)


def elemen(b: Raw, kode: str = "BAN01") -> dict[str, Any]:
    return next(e for f in b.formulir for e in f["elemen"] if e["kode"] == kode)


def aturan(b: Raw, kode: str = "F02-A1") -> dict[str, Any]:
    return next(a for f in b.formulir for a in f.get("aturan", []) if a["kode"] == kode)


def indikator(b: Raw, kode: str = "I01") -> dict[str, Any]:
    return next(i for i in b.indikator if i["kode"] == kode)


def code_list(b: Raw, kode: str = "PPKS") -> dict[str, Any]:
    return next(d for d in b.daftar if d["daftar"] == kode)


def broken(change: Change) -> KatalogDraft:
    """The shipped catalogue with one fault. Raises InvalidInputError when the fault is one of shape."""
    raw = Raw()
    change(raw)
    return katalog_draft(vars(raw))


def install(url: str, *files: KatalogDraft) -> list[LaporanKatalog]:
    async def work() -> list[LaporanKatalog]:
        db = Database(url, 2)
        await db.open()
        try:
            return [await install_katalog(db, b) for b in files]
        finally:
            await db.close()

    return asyncio.run(work())
