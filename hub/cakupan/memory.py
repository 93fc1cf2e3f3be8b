"""What was worked out is kept while the version of the data it came from stands (see Berita.versi), and only then."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar, cast

from cachetools import LRUCache

T = TypeVar("T")
_Tasks = LRUCache[Hashable, "asyncio.Task[Any]"]


class Ingatan:
    """`versi`: the version now, None when nobody knows. At most `terbanyak` things are kept, the ones not asked for longest are forgotten
    first. What several ask for at once is made once."""

    def __init__(self, versi: Callable[[], str | None], terbanyak: int) -> None:
        self._versi_kini = versi
        self._terbanyak = terbanyak
        self._versi: str | None = None
        self._isi: _Tasks = LRUCache(terbanyak)

    async def ambil(self, kunci: Hashable, buat: Callable[[], Awaitable[T]]) -> T:
        """The thing of that key, made when nobody has it yet. Whatever `buat` raises is not kept."""
        versi = self._versi_kini()  # taken before anything is read: what changes meanwhile belongs to the next version
        if versi is None:
            return await buat()
        if versi != self._versi:
            self._versi, self._isi = versi, LRUCache(self._terbanyak)
        isi = self._isi
        tugas = isi.get(kunci)
        if tugas is None:
            tugas = asyncio.ensure_future(_jalankan(buat))
            isi[kunci] = tugas
            tugas.add_done_callback(lambda t: _lupakan(isi, kunci, t))
        # whoever gives up waiting does not take the answer away from the others
        return cast(T, await asyncio.shield(tugas))


async def _jalankan(buat: Callable[[], Awaitable[T]]) -> T:
    return await buat()


def _lupakan(isi: "_Tasks", kunci: Hashable, tugas: "asyncio.Task[Any]") -> None:
    gagal = tugas.cancelled() or tugas.exception() is not None
    if gagal and isi.get(kunci) is tugas:
        del isi[kunci]
