"""Pieces of a long answer, made in a task of their own, a few ahead of who sends them. What makes them holds a connection of the
database, so it ends by itself, and wherever its reader ends: however a task of the server is cancelled, the connection is given
back in order."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from hub.base.errors import TimeLimitError
from hub.base.off_loop import HungUpError

_AHEAD = 2  # pieces


class ReadAhead:
    """`seconds`: how long making and sending may take in all; `gone`: done once the client has hung up; None: nobody notices."""

    def __init__(
        self, pieces: AsyncGenerator[bytes], seconds: float, gone: "asyncio.Future[None] | None" = None
    ) -> None:
        self._queue: asyncio.Queue[bytes | Exception | None] = asyncio.Queue(_AHEAD)
        self._task = asyncio.create_task(self._make(pieces, seconds))
        self._task.add_done_callback(self._made)
        self._gone = gone
        if gone is not None:
            gone.add_done_callback(self._hung_up)

    async def next(self) -> bytes | None:
        """The next piece; None after the last. Raises what their making raised, TimeLimitError when it took too long, HungUpError
        when it was closed or the client has hung up."""
        piece = await self._queue.get()
        if isinstance(piece, Exception):
            raise piece
        return piece

    def close(self) -> None:
        """Make no more."""
        self._task.cancel()

    async def _make(self, pieces: AsyncGenerator[bytes], seconds: float) -> None:
        end: Exception | None = None
        try:
            async with asyncio.timeout(seconds), aclosing(pieces):
                async for piece in pieces:
                    await self._queue.put(piece)
        except TimeoutError:
            end = TimeLimitError(
                f"Tabel ini tidak selesai dikirim dalam {seconds / 60:g} menit; persempit wilayah, periode atau elemennya."
            )
        except Exception as error:  # told to who reads
            end = error
        await self._queue.put(end)

    def _hung_up(self, _: object) -> None:
        self._task.cancel()

    def _made(self, task: "asyncio.Task[None]") -> None:
        if self._gone is not None:
            self._gone.remove_done_callback(self._hung_up)
        if task.cancelled():
            while not self._queue.empty():
                self._queue.get_nowait()
            self._queue.put_nowait(HungUpError())
