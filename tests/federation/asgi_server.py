"""A server in a thread that keeps the queries it was sent, and how it answered."""

import json
from typing import Any, Literal

from tests.server_thread import ServerThread


class RecordingServer(ServerThread):
    def __init__(self, app: Any, lifespan: Literal["on", "off"] = "off") -> None:
        self.received: list[str] = []  # the queries, in order
        self.statuses: list[int] = []  # of the answers
        self._app = app
        super().__init__(self._record, lifespan)

    async def _record(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        self.received.append(json.loads(body)["query"])
        replayed = False

        async def replay() -> Any:
            nonlocal replayed
            if replayed:
                return await receive()
            replayed = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def watched(message: Any) -> None:
            if message["type"] == "http.response.start":
                self.statuses.append(message["status"])
            await send(message)

        await self._app(scope, replay, watched)
