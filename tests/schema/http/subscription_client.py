"""Subscribers as a user's program would have them: over a WebSocket, and over server-sent events."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.client import Client

FIELDS = "aksi ke revisi oleh alasan"
SUBSCRIPTION = f"subscription ($w: KodeWilayah!) {{ rekapBerubah(wilayah: $w) {{ {FIELDS} }} }}"
PROTOCOL = Subprotocol("graphql-transport-ws")


class WebsocketClient:
    """One WebSocket. Reading is the test's business: who does not call `receive` does not read."""

    def __init__(self, ws: ClientConnection) -> None:
        self.ws = ws

    def send(self, **message: Any) -> None:
        self.ws.send(json.dumps(message))

    def receive(self, seconds: float = 10) -> dict[str, Any]:
        received: dict[str, Any] = json.loads(self.ws.recv(seconds))
        return received

    def greet(self, payload: dict[str, Any] | None = None) -> None:
        self.send(type="connection_init", **({} if payload is None else {"payload": payload}))
        assert self.receive() == {"type": "connection_ack"}

    def subscribe(self, wilayah: str, id_: str = "1", query: str = SUBSCRIPTION) -> None:
        """Subscribe, and know that the subscription stands: messages are taken in order, so a pong comes after it."""
        self.send(type="subscribe", id=id_, payload={"query": query, "variables": {"w": wilayah}})
        self.send(type="ping")
        assert self.receive() == {"type": "pong"}

    def event(self, seconds: float = 10, id_: str = "1") -> Any:
        """The next event."""
        message = self.receive(seconds)
        assert (message["type"], message["id"]) == ("next", id_), message
        return message["payload"]["data"]["rekapBerubah"]

    def is_silent(self, seconds: float = 0.5) -> bool:
        """Whether nothing comes for so long."""
        try:
            self.receive(seconds)
        except TimeoutError:
            return True
        return False


@contextmanager
def ws(hub: Client, as_whom: str | None = None, **kwargs: Any) -> Iterator[WebsocketClient]:
    """Connected, not greeted yet; the token goes into the HTTP header."""
    headers = {} if as_whom is None else {"Authorization": f"Bearer {hub.token(as_whom)}"}
    address = hub.address.replace("http", "ws", 1) + "/graphql"
    with connect(address, subprotocols=[PROTOCOL], additional_headers=headers, **kwargs) as connection:
        yield WebsocketClient(connection)


@contextmanager
def follow_ws(hub: Client, wilayah: str, as_whom: str | None = None, **kwargs: Any) -> Iterator[WebsocketClient]:
    """Subscribed; the token goes into connection_init."""
    with ws(hub, None, **kwargs) as connection:
        connection.greet(None if as_whom is None else {"Authorization": f"Bearer {hub.token(as_whom)}"})
        connection.subscribe(wilayah)
        yield connection


class EventStream:
    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self._lines = response.iter_lines()

    def receive(self) -> tuple[str, Any]:
        """The next event: its name and its data. Raises StopIteration at the end of the stream."""
        name, data = "", ""
        for line in self._lines:
            if not line and name:
                return name, json.loads(data) if data else None
            label, _, value = line.partition(":")
            if label == "event":
                name = value.strip()
            elif label == "data":
                data += value.strip()
        raise StopIteration

    def event(self) -> Any:
        name, payload = self.receive()
        assert name == "next", (name, payload)
        return payload["data"]["rekapBerubah"]


@contextmanager
def follow_sse(
    hub: Client, wilayah: str, as_whom: str | None = None, query: str = SUBSCRIPTION, source: str = "127.0.0.1"
) -> Iterator[EventStream]:
    """`source`: the loopback address that it comes from."""
    headers = {"Accept": "text/event-stream"}
    if as_whom is not None:
        headers["Authorization"] = f"Bearer {hub.token(as_whom)}"
    body = {"query": query, "variables": {"w": wilayah}}
    with (
        httpx.Client(transport=httpx.HTTPTransport(local_address=source), timeout=20) as client,
        client.stream("POST", f"{hub.address}/graphql", json=body, headers=headers) as response,
    ):
        yield EventStream(response)
