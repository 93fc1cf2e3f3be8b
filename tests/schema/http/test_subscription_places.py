"""Places of subscriptions and WebSockets, with few of them: who gets one, who is told why not, and who floods."""

import asyncio
import base64
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from hub.app import Bounds
from hub.base.places import Shares
from hub.berita.service import Berita
from hub.web.traffic import TrafficLimits
from schema.http.endpoint import GraphQLEndpoint
from schema.http.event_plan import SubscriptionPlan
from schema.http.subscription_places import Pace, SocketLimits
from tests.client import Client
from tests.hub_server import Server
from tests.raw_http import RawClient, connected, eventually
from tests.schema.http.subscription_client import SUBSCRIPTION, WebsocketClient, follow_sse, ws

KAB, PROV = "53.15", "53"
FEW = Bounds(
    subscriptions=Shares(total=6, public=4, per_token=2, per_address=3),
    traffic=TrafficLimits(head_seconds=1, grace=5, tick=0.05),
    sockets=SocketLimits(
        places=Shares(total=6, public=4, per_token=2, per_address=3), greetings_per_address=2, greeting=1.5, idle=1, burst=50,
        per_second=1_000,
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def server(shared_demo_url: str) -> Iterator[Server]:
    served = Server(shared_demo_url, bounds=FEW)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def hub(server: Server) -> Iterator[Client]:
    traffic = server.app.state.traffic
    eventually(lambda: traffic.count == 0)
    with Client(server.address, server.database_url) as client:
        yield client


def _subscribe(connection: WebsocketClient, id_: str) -> str | None:
    """None where the subscription stands; else why it does not."""
    connection.send(type="subscribe", id=id_, payload={"query": SUBSCRIPTION, "variables": {"w": PROV}})
    connection.send(type="ping")
    message = connection.receive()
    if message["type"] == "pong":
        return None
    assert connection.receive() == {"type": "pong"}
    return str(message["payload"][0]["extensions"]["kode"])


def _greeted(
    stack: ExitStack, hub: Client, whose: str | None = None, source: str = "127.0.0.1", scheme: str = "Bearer "
) -> WebsocketClient:
    connection = stack.enter_context(ws(hub, source_address=(source, 0)))
    connection.greet(None if whose is None else {"Authorization": f"{scheme}{hub.token(whose)}"})
    return connection


def _closed(connection: WebsocketClient, code: int) -> str:
    with pytest.raises(ConnectionClosed) as ended:
        [connection.receive() for _ in range(1_000)]
    assert ended.value.rcvd is not None
    assert ended.value.rcvd.code == code, ended.value.rcvd
    return ended.value.rcvd.reason


# ---------- subscriptions ----------


def test_the_public_cannot_take_all_subscriptions(hub: Client, berita: Berita) -> None:
    with ExitStack() as stack:
        here, there = _greeted(stack, hub), _greeted(stack, hub, source="127.0.0.2")
        assert [_subscribe(here, str(i)) for i in range(4)] == [None, None, None, "BATAS_TEMPAT"]
        assert [_subscribe(there, str(i)) for i in range(2)] == [None, "BATAS_TEMPAT"]
        officer, other = _greeted(stack, hub, PROV), _greeted(stack, hub, KAB)
        assert [_subscribe(officer, str(i)) for i in range(3)] == [None, None, "BATAS_TEMPAT"]
        assert _subscribe(other, "0") == "BATAS_TEMPAT"  # six in all
        here.send(type="complete", id="0")
        eventually(lambda: berita.count == 5)
        assert _subscribe(other, "1") is None
    eventually(lambda: berita.count == 0)


def test_a_subscription_without_a_place_is_not_compiled(
    hub: Client, berita: Berita, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[object] = []
    prepare = SubscriptionPlan.prepare

    def noted(*args: Any) -> Any:
        compiled.append(args)
        return prepare(*args)

    monkeypatch.setattr(SubscriptionPlan, "prepare", noted)
    with ExitStack() as stack:
        here = _greeted(stack, hub)
        assert [_subscribe(here, str(i)) for i in range(9)] == [None] * 3 + ["BATAS_TEMPAT"] * 6
        assert len(compiled) == 3
        here.send(type="complete", id="0")
        for wrong in ("x", "53.14.01.2005"):  # what cannot be gives its place back
            here.send(type="subscribe", id=wrong, payload={"query": SUBSCRIPTION, "variables": {"w": wrong}})
            assert here.receive()["type"] == "error"
        assert _subscribe(here, "9") is None
    eventually(lambda: berita.count == 0)


def test_event_streams_take_the_same_places(hub: Client, berita: Berita) -> None:
    with ExitStack() as stack:
        here = _greeted(stack, hub)
        assert [_subscribe(here, str(i)) for i in range(3)] == [None] * 3
        refused = stack.enter_context(follow_sse(hub, PROV)).response
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
        refused.read()
        (error,) = refused.json()["errors"]
        assert error["extensions"]["kode"] == "BATAS_TEMPAT"
        assert "coba lagi" in error["message"]
        assert stack.enter_context(follow_sse(hub, PROV, source="127.0.0.2")).response.status_code == 200
        assert (
            stack.enter_context(follow_sse(hub, PROV, source="127.0.0.2")).response.status_code == 503
        )  # four public ones
        officer = [stack.enter_context(follow_sse(hub, PROV, PROV)).response.status_code for _ in range(3)]
        assert officer == [200, 200, 503]
    eventually(lambda: berita.count == 0)


# ---------- WebSockets ----------


def test_the_public_cannot_take_all_websockets(hub: Client) -> None:
    with ExitStack() as stack:
        held = [_greeted(stack, hub) for _ in range(3)]
        for each in held:
            assert _subscribe(each, "0") is None  # in use, so that they stay
        late = stack.enter_context(ws(hub))
        late.send(type="connection_init")
        assert "token" in _closed(late, 1013)
        officers = [_greeted(stack, hub, PROV, scheme=scheme) for scheme in ("Bearer ", "bEARER   ")]
        third = stack.enter_context(ws(hub, PROV))
        third.send(type="connection_init")
        assert "token ini" in _closed(third, 1013)
        assert _subscribe(officers[0], "0") is None
        held[0].ws.close()
        assert _subscribe(_greeted(stack, hub), "0") is None


def test_who_does_not_greet_gives_way_to_who_does(hub: Client) -> None:
    with ExitStack() as stack:
        silent = [stack.enter_context(ws(hub)) for _ in range(2)]
        assert _subscribe(_greeted(stack, hub, PROV), "0") is None
        assert "connection_init" in _closed(silent[0], 4408)


def test_the_greeting_is_not_waited_for_forever(hub: Client) -> None:
    with ws(hub) as connection:
        assert "timeout" in _closed(connection, 4408)


def test_a_socket_that_is_not_used_is_closed(hub: Client) -> None:
    with ExitStack() as stack:
        idle, busy = _greeted(stack, hub), _greeted(stack, hub)
        assert _subscribe(busy, "0") is None
        assert "tidak dipakai" in _closed(idle, 1000)
        assert _subscribe(busy, "1") is None


@pytest.mark.parametrize("by_itself", [True, False], ids=["answered", "completed"])
def test_idle_is_counted_from_the_end_of_what_was_asked(
    hub: Client, monkeypatch: pytest.MonkeyPatch, *, by_itself: bool
) -> None:
    """Not from the last message, which may have come long before the answer. The limit here is one second."""

    async def slowly(*_: object) -> bytes:
        await asyncio.sleep(0.7)
        return b'{"data":{}}'

    monkeypatch.setattr(GraphQLEndpoint, "once", slowly)
    with ExitStack() as stack:
        connection = _greeted(stack, hub)
        if by_itself:
            connection.send(type="subscribe", id="0", payload={"query": "{ __typename }"})
            assert [connection.receive()["type"] for _ in range(2)] == ["next", "complete"]
        else:
            assert _subscribe(connection, "0") is None
            time.sleep(0.7)
            connection.send(type="complete", id="0")
        time.sleep(0.6)
        connection.send(type="ping")
        assert connection.receive() == {"type": "pong"}
        assert "tidak dipakai" in _closed(connection, 1000)


# ---------- floods ----------


def test_many_messages_are_read_more_slowly_and_none_is_lost(hub: Client) -> None:
    with ExitStack() as stack:
        connection = _greeted(stack, hub)
        for i in range(200):
            connection.send(type="ping", payload={"i": i})
        assert [connection.receive()["payload"]["i"] for _ in range(200)] == list(range(200))


def test_the_pace_is_kept_from_the_burst_on(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("schema.http.subscription_places.monotonic", lambda: 5.0)
    monkeypatch.setattr("schema.http.subscription_places.sleep", sleep)

    async def speak() -> None:
        pace = Pace(SocketLimits(burst=3, per_second=10))
        for _ in range(5):
            await pace.keep()

    asyncio.run(speak())
    assert slept == pytest.approx([0.1, 0.2])


def _frame(opcode: int, payload: bytes) -> bytes:
    """Masked with zeros, as a client must."""
    length = bytes([0x80 | len(payload)]) if len(payload) < 126 else b"\xff" + len(payload).to_bytes(8, "big")
    return bytes([0x80 | opcode]) + length + b"\0\0\0\0" + payload


def _upgrade(*headers: str) -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        "GET /graphql HTTP/1.1",
        "Host: hub",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
    ]
    lines += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: graphql-transport-ws", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


def _upgraded(client: RawClient) -> None:
    client.send(_upgrade())
    assert client.answer().status == 101


def _close_code(client: RawClient) -> int:
    received = b""
    while piece := client.socket.recv(65_536):
        received += piece
    at = received.rindex(b"\x88")
    return int.from_bytes(received[at + 2 : at + 4], "big")


def test_who_does_not_read_is_not_read_from(hub: Client, server: Server) -> None:
    """Each ping makes a pong: 64 MB of them were kept for a reader who never came."""
    pings = _frame(9, b"x" * 100) * 10_000
    with connected(hub.address, receive_buffer=4_096) as client:
        _upgraded(client)
        client.socket.settimeout(4)
        with suppress(TimeoutError, ConnectionError):
            for _ in range(64):
                client.send(pings)
        assert server.app.state.traffic.unsent < 4 * 2**20


@pytest.mark.parametrize(("frames", "code"), [
    (_frame(1, b'{"type":"ping"}') * 400, 1008), (_frame(1, b"\xff\xfe"), 1007), (_frame(1, b"x" * 300_000)[:100], 1009),
], ids=["at once", "no text", "too large"])  # fmt: skip
def test_floods_and_nonsense_end_the_socket_with_a_code(hub: Client, frames: bytes, code: int) -> None:
    with connected(hub.address) as client:
        _upgraded(client)
        client.send(frames)
        assert _close_code(client) == code


def test_a_message_of_a_token_holder_is_no_larger_either(hub: Client) -> None:
    with ExitStack() as stack:
        office = _greeted(stack, hub, PROV)
        office.send(type="ping", payload={"x": "y" * 250_000})
        assert office.receive()["type"] == "pong"
        with suppress(ConnectionClosed):
            office.send(type="ping", payload={"x": "y" * 300_000})
        _closed(office, 1009)


@pytest.mark.parametrize(
    "header", ["X-A: " + "x" * 9_000, "Content-Length: 5"], ids=["longer line than is taken", "body"]
)
def test_a_handshake_that_leads_to_nothing_is_given_up(hub: Client, header: str) -> None:
    with connected(hub.address) as client:
        client.send(_upgrade(header))
        assert client.closed()
