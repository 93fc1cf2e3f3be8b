"""Bytes of answers kept in memory, ready to be sent; and one maker for what many ask for at once."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

T = TypeVar("T")

_CATATAN = 400  # bytes that keys and records of one entry take, about


@dataclass(frozen=True, slots=True)
class Kept:
    """`coding`: how the bytes are packed (Content-Encoding); None: they are not."""

    body: bytes
    coding: str | None


class ByteCache:
    """At most so many bytes, keys and records included; what was not asked for longest goes first. 0: nothing is kept."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._isi: OrderedDict[Hashable, Kept] = OrderedDict()
        self.size = 0

    def get(self, key: Hashable) -> Kept | None:
        ada = self._isi.get(key)
        if ada is not None:
            self._isi.move_to_end(key)
        return ada

    def put(self, key: Hashable, isi: Kept) -> None:
        besar = len(isi.body) + _CATATAN
        if besar > self._most // 4:  # one giant must not push out everything else
            return
        lama = self._isi.pop(key, None)
        if lama is not None:
            self.size -= len(lama.body) + _CATATAN
        self._isi[key] = isi
        self.size += besar
        while self.size > self._most:
            _, keluar = self._isi.popitem(last=False)
            self.size -= len(keluar.body) + _CATATAN

    def __len__(self) -> int:
        return len(self._isi)


class SingleFlight:
    """Whoever asks for what is already being made waits for that."""

    def __init__(self) -> None:
        self._terbang: dict[Hashable, asyncio.Task[Any]] = {}

    async def run(self, key: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """What `make` gives; it runs once for all who ask meanwhile, and what it raises all of them get."""
        tugas = self._terbang.get(key)
        if tugas is None:
            tugas = asyncio.ensure_future(_lari(make))
            self._terbang[key] = tugas
            tugas.add_done_callback(lambda t: self._selesai(key, t))
        # whoever gives up waiting does not take the answer away from the others
        return cast(T, await asyncio.shield(tugas))

    def _selesai(self, key: Hashable, tugas: "asyncio.Task[Any]") -> None:
        self._terbang.pop(key, None)
        if not tugas.cancelled():
            tugas.exception()  # if all have gone, nobody looks at it: that is no defect


async def _lari(make: Callable[[], Awaitable[T]]) -> T:
    return await make()
