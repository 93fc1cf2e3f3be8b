"""An ASGI app on a free loopback port, in a thread."""

import socket
import threading
import time
from typing import Any, Literal

import uvicorn


class ServerThread:
    def __init__(self, app: Any, lifespan: Literal["on", "off"] = "on", server: uvicorn.Server | None = None) -> None:
        self._listener = socket.socket()
        self._listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as hub serve does
        self._listener.bind(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        config = uvicorn.Config(app, log_level="error", lifespan=lifespan, interface="asgi3")
        self._server = server or uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._listener]}, daemon=True)

    def start(self) -> None:
        self._thread.start()
        deadline = time.monotonic() + 20
        while not self._server.started:
            assert self._thread.is_alive(), "the server did not start"
            assert time.monotonic() < deadline, "the server did not start in time"
            time.sleep(0.01)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(20)
        self._listener.close()
