"""An ASGI app on a free loopback port, in a thread."""

import asyncio
import socket
import threading
import time
from contextlib import suppress
from typing import Any, Literal

import uvicorn

_CLOSING = 0.1  # seconds that connections which their users have closed get to go


class PromptServer(uvicorn.Server):
    """Uvicorn, except that it stops when it is told and nobody is connected. On its own it looks every tenth of a second whether
    it is told, and then waits another one; hundreds of tests have a server of their own."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._told = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def end(self) -> None:
        """From any thread."""
        self.should_exit = True
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended by itself, and its loop is closed
                self._loop.call_soon_threadsafe(self._told.set)

    async def main_loop(self) -> None:
        self._loop = asyncio.get_running_loop()
        counter = 0
        while not await self.on_tick(counter):
            counter += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), 0.1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        deadline = time.monotonic() + _CLOSING
        while self.server_state.connections and time.monotonic() < deadline:  # noqa: ASYNC110 - uvicorn offers no event for it
            await asyncio.sleep(0.002)
        if self.server_state.connections or self.server_state.tasks:
            await super().shutdown(sockets)
            return
        for server in self.servers:
            server.close()
            await server.wait_closed()
        for listener in sockets or []:
            listener.close()
        await self.lifespan.shutdown()


class ServerThread:
    def __init__(self, app: Any, lifespan: Literal["on", "off"] = "on", server: PromptServer | None = None) -> None:
        self._listener = socket.socket()
        self._listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as hub serve does
        self._listener.bind(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        config = uvicorn.Config(app, log_level="error", lifespan=lifespan, interface="asgi3")
        self._server = server or PromptServer(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._listener]}, daemon=True)

    def start(self) -> None:
        self._thread.start()
        deadline = time.monotonic() + 20
        while not self._server.started:
            assert self._thread.is_alive(), "the server did not start"
            assert time.monotonic() < deadline, "the server did not start in time"
            time.sleep(0.005)

    def stop(self) -> None:
        self._server.end()
        self._thread.join(20)
        self._listener.close()
