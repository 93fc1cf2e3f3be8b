"""An ASGI app on a free loopback port, in a thread."""

import socket
import threading
import time
from typing import Any, Literal

import uvicorn


class ServerThread:
    def __init__(self, app: Any, lifespan: Literal["on", "off"] = "on", server: uvicorn.Server | None = None) -> None:
        self._pintu = socket.socket()
        self._pintu.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as hub serve does
        self._pintu.bind(("127.0.0.1", 0))
        self.alamat = f"http://127.0.0.1:{self._pintu.getsockname()[1]}"
        config = uvicorn.Config(app, log_level="error", lifespan=lifespan, interface="asgi3")
        self._server = server or uvicorn.Server(config)
        self._utas = threading.Thread(target=self._server.run, kwargs={"sockets": [self._pintu]}, daemon=True)

    def nyala(self) -> None:
        self._utas.start()
        batas = time.monotonic() + 20
        while not self._server.started:
            assert self._utas.is_alive(), "the server did not start"
            assert time.monotonic() < batas, "the server did not start in time"
            time.sleep(0.01)

    def mati(self) -> None:
        self._server.should_exit = True
        self._utas.join(20)
        self._pintu.close()
