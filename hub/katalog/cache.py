"""The catalogue in memory, fresh within seconds of a change made by any process."""

import asyncio
import time
from collections import defaultdict
from typing import Any

from hub.base.kode import Tingkat
from hub.base.periode import JenisPeriode
from hub.db.database import Database
from hub.katalog import statements as store
from hub.katalog.katalog import Aturan, ButirDaftar, DimensiRincian, Elemen, Formulir, Indikator, Katalog

_SEGAR = 3.0  # seconds between looks at the data base


class KatalogCache:
    """`get()` answers from memory and looks for a newer catalogue every few seconds."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._isi: Katalog | None = None
        self._sidik = ""
        self._dilihat = float("-inf")
        self._giliran = 0
        self._kunci = asyncio.Lock()

    async def get(self) -> Katalog:
        if self._isi is not None and time.monotonic() - self._dilihat < _SEGAR:
            return self._isi
        async with self._kunci:
            if self._isi is None or time.monotonic() - self._dilihat >= _SEGAR:
                giliran = self._giliran
                async with self._db.as_owner() as conn:
                    sidik = await store.fingerprint(conn)
                    if self._isi is None or sidik != self._sidik:
                        self._isi, self._sidik = susun(await store.snapshot(conn)), sidik
                if giliran == self._giliran:  # else it changed again while we looked
                    self._dilihat = time.monotonic()
            return self._isi

    def lupakan(self) -> None:
        """Something said that the catalogue has changed: look at once when next asked."""
        self._giliran += 1
        self._dilihat = float("-inf")


def susun(baris: dict[str, list[tuple[Any, ...]]]) -> Katalog:
    """Build the snapshot from rows as `katalog_statements.snapshot` returns them."""
    rincian: dict[str, list[DimensiRincian]] = defaultdict(list)
    for elemen, kode, nama, pilihan, terbuka, satuan, menjumlah in baris["rincian"]:
        rincian[elemen].append(DimensiRincian(kode, nama, tuple(pilihan), terbuka, satuan, menjumlah))
    elemen_formulir: dict[str, list[Elemen]] = defaultdict(list)
    for e in baris["elemen"]:
        elemen_formulir[e[1]].append(_elemen(e, tuple(rincian[e[0]])))
    aturan: dict[str, list[Aturan]] = defaultdict(list)
    for kode, formulir_, urai, kiri, operator, kanan, tingkat, pelapor, toleransi in baris["aturan"]:
        siapa = Tingkat[pelapor] if pelapor else None
        aturan[formulir_].append(Aturan(kode, formulir_, urai, kiri, operator, kanan, tingkat, siapa, toleransi))
    formulir = {
        kode: Formulir(
            kode, nama, versi, hash_, JenisPeriode[jenis], hari, tuple(elemen_formulir[kode]), tuple(aturan[kode])
        )
        for kode, nama, versi, hash_, jenis, hari in baris["formulir"]
    }
    daftar: dict[str, list[ButirDaftar]] = defaultdict(list)
    for nama, kode, sebutan, satuan, sensitif, alias, definisi in baris["daftar"]:
        daftar[nama].append(ButirDaftar(nama, kode, sebutan, satuan, sensitif, tuple(alias), tuple(definisi)))
    return Katalog(
        formulir=formulir,
        elemen={e.kode: e for f in formulir.values() for e in f.elemen},
        indikator=tuple(Indikator(*i) for i in baris["indikator"]),
        daftar={k: tuple(v) for k, v in daftar.items()},
    )


def _elemen(e: tuple[Any, ...], rincian: tuple[DimensiRincian, ...]) -> Elemen:
    kode, formulir, nama, satuan, tingkat, titik, frekuensi, wilayah, waktu = e[:9]
    sensitif, bulat, arah, kelompok, registri, definisi, kode_ref, kode_sipd = e[9:]
    return Elemen(
        kode, formulir, nama, satuan, Tingkat(tingkat), titik, frekuensi, wilayah, waktu, sensitif, bulat, arah, kelompok,
        None if registri is None else Tingkat(registri), definisi, kode_ref, kode_sipd, rincian,
    )  # fmt: skip
