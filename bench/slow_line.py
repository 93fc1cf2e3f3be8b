"""A slow line to a server: what comes over all its connections together is no faster than the line, and everything is underway for a while.
Shaped here and not by the browser, whose own brake does not hold what a service worker fetches."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

_PIECE = 1_460  # bytes at a time


class _Way:
    """One direction. `pace`: bytes a second; `delay`: seconds that each is underway."""

    def __init__(self, pace: float, delay: float) -> None:
        self._pace = pace
        self._delay = delay
        self._free_at = 0.0  # by the loop's clock: when all that was put on it has left

    async def carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        clock = asyncio.get_running_loop().time
        underway: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(64)
        arrivals = asyncio.create_task(self._deliver(underway, target))
        try:
            while piece := await source.read(_PIECE):
                self._free_at = max(self._free_at, clock()) + len(piece) / self._pace
                leaves = self._free_at
                # one piece is always waiting: else the line would be idle whenever this wakes up late, and slower than it says
                await asyncio.sleep(max(0.0, leaves - _PIECE / self._pace - clock()))
                await underway.put((leaves + self._delay, piece))
            await underway.put((clock() + self._delay, b""))
            await arrivals
        except OSError:  # an end has gone: the other is told by its connection
            pass
        finally:
            arrivals.cancel()
            target.close()

    async def _deliver(self, underway: "asyncio.Queue[tuple[float, bytes]]", target: asyncio.StreamWriter) -> None:
        while True:
            at, piece = await underway.get()
            await asyncio.sleep(max(0.0, at - asyncio.get_running_loop().time()))
            if not piece:
                return
            target.write(piece)
            await target.drain()


@contextmanager
def slow_line(url: str, *, bits: float, round_trip: float) -> Iterator[str]:
    """The address at which that server is reached over such a line. `bits`: a second, either way; `round_trip`: seconds."""
    to = urlsplit(url)
    loop = asyncio.new_event_loop()
    up, down = (_Way(bits / 8, round_trip / 2) for _ in range(2))

    async def serve(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        server, client = await asyncio.open_connection(to.hostname, to.port)
        with suppress(asyncio.CancelledError):  # hung up
            await asyncio.gather(up.carry(source, client), down.carry(server, target))

    async def listen() -> asyncio.Server:
        return await asyncio.start_server(serve, "127.0.0.1", 0)

    async def hang_up(listener: asyncio.Server) -> None:
        listener.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    listener = asyncio.run_coroutine_threadsafe(listen(), loop).result()
    try:
        yield f"http://127.0.0.1:{listener.sockets[0].getsockname()[1]}"
    finally:
        asyncio.run_coroutine_threadsafe(hang_up(listener), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
