"""An ASGI app on a free loopback port, in a thread, that keeps the queries it was sent."""

import json
import socket
import threading
import time
from typing import Any, Literal

import uvicorn


class Pelayan:
    def __init__(self, app: Any, lifespan: Literal["on", "off"] = "off") -> None:
        self.diterima: list[str] = []  # the queries, in order
        self._app = app
        self._pintu = socket.socket()
        self._pintu.bind(("127.0.0.1", 0))
        self.alamat = f"http://127.0.0.1:{self._pintu.getsockname()[1]}"
        self._server = uvicorn.Server(
            uvicorn.Config(self._catat, log_level="error", lifespan=lifespan, interface="asgi3")
        )
        self._utas = threading.Thread(target=self._server.run, kwargs={"sockets": [self._pintu]}, daemon=True)

    async def _catat(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        badan, lagi = b"", True
        while lagi:
            pesan = await receive()
            badan += pesan.get("body", b"")
            lagi = pesan.get("more_body", False)
        self.diterima.append(json.loads(badan)["query"])
        terkirim = False

        async def ulang() -> Any:
            nonlocal terkirim
            if terkirim:
                return await receive()
            terkirim = True
            return {"type": "http.request", "body": badan, "more_body": False}

        await self._app(scope, ulang, send)

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
