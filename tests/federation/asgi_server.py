"""A server in a thread that keeps the queries it was sent."""

import json
from typing import Any, Literal

from tests.server_thread import ServerThread


class Pelayan(ServerThread):
    def __init__(self, app: Any, lifespan: Literal["on", "off"] = "off") -> None:
        self.diterima: list[str] = []  # the queries, in order
        self._app = app
        super().__init__(self._catat, lifespan)

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
