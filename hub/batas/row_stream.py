"""Rows that come from somewhere slow, on their way to the database, and the watch over them: what stands still is ended.

Reading happens in a thread of its own, for a file on a share that is gone holds whoever reads it, for ever.
"""

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Coroutine, Iterable
from contextlib import suppress
from itertools import islice
from typing import Any, TypeVar

from hub.base.errors import TimeLimitError
from hub.db.database import Conn

T = TypeVar("T")

STANDSTILL = 60.0  # seconds without a row, nor any work at one
AT_WORK = 1800.0  # seconds of work at one row: damaged files keep some readers busy for ever
_AT_ONCE, _AHEAD = 32, 4  # rows handed over at a time; so many times they wait for the database
_ENDING = 10.0  # seconds in which a connection that was hung up on lets go


class Watch:
    """Knows when a row last moved, when somebody was last seen at work at one, and for whom the rows wait."""

    def __init__(self, patience: float = STANDSTILL) -> None:
        self.patience = patience
        self.reading = True  # else: sending
        self._row = self._work = time.monotonic()

    def moved(self) -> None:
        self._row = self._work = time.monotonic()

    def at_work(self) -> None:
        self._work = time.monotonic()

    def stands_still(self) -> bool:
        now = time.monotonic()
        return now - self._work > self.patience or now - self._row > AT_WORK

    def sentence(self) -> str:
        if time.monotonic() - self._work <= self.patience:
            return (
                f"Berkasnya dibaca terus selama {AT_WORK / 60:g} menit tanpa satu baris pun selesai: berkasnya rusak, atau satu "
                "bentuk di dalamnya terlalu besar; periksa, lalu ulangi. Impor dihentikan dan tidak ada yang disimpan."
            )
        why = (
            "berkasnya tidak terbaca lebih jauh; salin ke cakram mesin ini"
            if self.reading
            else "basis data tidak menerima; periksa servernya"
        )
        return (
            f"Tidak ada baris yang dibaca atau dikirim selama {self.patience:g} detik: {why}, lalu ulangi. "
            "Impor dihentikan dan tidak ada yang disimpan."
        )


async def flowing(rows: Iterable[T], watch: Watch) -> AsyncGenerator[T]:
    """The rows, read in a thread. Raises what reading them raises. The thread ends with them; one that is held is left behind."""
    loop = asyncio.get_running_loop()
    arrived: asyncio.Queue[list[T] | Exception | None] = asyncio.Queue()
    room = threading.Semaphore(_AHEAD)
    left = threading.Event()

    def hand_over(what: list[T] | Exception | None) -> None:
        with suppress(RuntimeError):  # nobody waits any more, and the loop is closed
            loop.call_soon_threadsafe(arrived.put_nowait, what)

    def pull() -> None:
        try:
            coming = iter(rows)
            while batch := list(islice(coming, _AT_ONCE)):
                room.acquire()
                if left.is_set():
                    return
                hand_over(batch)
            hand_over(None)
        except Exception as error:
            hand_over(error)

    threading.Thread(target=pull, name="rows", daemon=True).start()
    try:
        while (batch := await arrived.get()) is not None:
            if isinstance(batch, Exception):
                raise batch
            watch.reading = False
            for row in batch:
                yield row
                watch.moved()
            watch.reading = arrived.empty()
            room.release()
    finally:
        left.set()
        room.release()


async def watched(conn: Conn, work: Coroutine[Any, Any, T], watch: Watch) -> T:
    """Do that work on the connection. Raises TimeLimitError when rows stand still for longer than the watch's patience; the
    connection is closed by then, and what it did is rolled back, even if its server hangs."""
    watch.moved()
    task = asyncio.create_task(work)
    try:
        while not (await asyncio.wait({task}, timeout=watch.patience / 10))[0]:
            if watch.stands_still():
                sentence = watch.sentence()
                await _end(conn, task)
                raise TimeLimitError(sentence)
        return task.result()
    finally:
        if not task.done():  # the import itself was interrupted
            task.cancel()
            await asyncio.wait({task}, timeout=_ENDING)


async def _end(conn: Conn, task: "asyncio.Task[Any]") -> None:
    """Hang up: a server that waits for its client ends at that and rolls back, one that waits for something else as soon as
    it goes on. To end it from another connection takes rights that the hub's login does not have."""
    task.cancel()
    conn.pgconn.finish()  # at once: waiting for the server's consent to being cancelled could take for ever
    await asyncio.wait({task}, timeout=_ENDING)
    if task.done() and not task.cancelled():
        task.exception()  # told by the sentence
