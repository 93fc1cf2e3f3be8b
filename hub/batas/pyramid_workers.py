"""Processes that do geometry beside this one, where there is enough of it. They end with this one, however it ends."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process
from types import TracebackType
from typing import Any, TypeVar

from hub.base.errors import PenyiapanError

K = TypeVar("K")
T = TypeVar("T")
TERBANYAK = 2  # each holds a kabupaten and its neighbours in memory, and the database wants a processor too


class Pekerja:
    """Runs functions of modules. `banyak`: processes; 0: none, the work is done here."""

    def __init__(self, banyak: int) -> None:
        self._kolam: ProcessPoolExecutor | None = None
        if banyak > 0:
            # spawned: forking would copy this process' threads and connections in the middle of what they do
            self._kolam = ProcessPoolExecutor(banyak, mp_context=get_context("spawn"), initializer=end_with_parent)
        self.banyak = max(1, banyak)

    async def run(self, kerja: Callable[..., T], *argumen: Any) -> T:
        """Raises PenyiapanError when a process dies, as it does where memory runs out."""
        if self._kolam is None:
            return kerja(*argumen)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._kolam, kerja, *argumen)
        except BrokenProcessPool:
            raise PenyiapanError(
                "Proses yang menggambar peta dihentikan dari luar, biasanya karena memori habis; tidak ada yang berubah. "
                "Beri mesin ini lebih banyak memori, lalu ulangi."
            ) from None

    async def each(
        self, kerja: Iterable[tuple[K, Callable[..., T], Awaitable[tuple[Any, ...]]]]
    ) -> AsyncIterator[tuple[K, T]]:
        """Results of (key, function, its arguments) as they come, each with its key. No more is fetched ahead than keeps
        every process busy."""
        terbit: dict[asyncio.Task[T], K] = {}
        try:
            for kunci, fungsi, argumen in kerja:
                terbit[asyncio.create_task(self.run(fungsi, *await argumen))] = kunci
                while len(terbit) > self.banyak:
                    for satu in await _first(terbit):
                        yield terbit.pop(satu), satu.result()
            while terbit:
                for satu in await _first(terbit):
                    yield terbit.pop(satu), satu.result()
        finally:
            for sisa in terbit:
                sisa.cancel()

    def __enter__(self) -> "Pekerja":
        return self

    def __exit__(
        self, jenis: type[BaseException] | None, salah: BaseException | None, jejak: TracebackType | None
    ) -> None:
        if self._kolam is not None:
            self._kolam.shutdown(wait=True, cancel_futures=True)


async def _first(terbit: Iterable["asyncio.Task[T]"]) -> "set[asyncio.Task[T]]":
    return (await asyncio.wait(terbit, return_when=asyncio.FIRST_COMPLETED))[0]


def processes_for(banyak: int, ambang: int) -> int:
    """How many processes so many pieces of work are worth: none below `ambang`."""
    return min(TERBANYAK, os.cpu_count() or 1) if banyak >= ambang else 0


def end_with_parent() -> None:
    """For a process of multiprocessing: a killed parent cannot tell its processes to stop; they watch for its end themselves."""
    induk = parent_process()
    assert induk is not None

    def jaga(penanda: int) -> None:
        connection.wait([penanda])
        os._exit(1)

    threading.Thread(target=jaga, args=(induk.sentinel,), daemon=True).start()
