"""What takes long is done beside the event loop, also for documents that are known; whoever waits for it has a share."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from graphql import parse

from hub.base.off_loop import LEARNING
from hub.base.places import Places, Shares
from tests.client import Client
from tests.raw_http import RawClient, connected, eventually, get, post
from tests.schema.http.subscription_client import SUBSCRIPTION, WebsocketClient, ws

_LONG = "nama " * 30 + " " * 20_000
LONG_SUBSCRIPTION = (
    f"subscription ($w: KodeWilayah!) {{ rekapBerubah(wilayah: $w) {{ {_LONG.replace('nama', 'aksi')} }} }}"
)
QUERY = f"query ($k: KodeWilayah!) {{ kabupaten(kode: $k) {{ {_LONG} }} }}"
MUTATION = (
    'mutation ($ya: Boolean!) { bukaRekap(id: "x", alasan: "y") @include(if: $ya) {'
    f" {_LONG.replace('nama', '__typename')} }} }}"
)


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the threads in which documents were parsed."""
    seen: list[str] = []

    def noting(real: Callable[..., Any]) -> Callable[..., Any]:
        def parsed(*args: Any, **kwargs: Any) -> Any:
            seen.append(threading.current_thread().name)
            return real(*args, **kwargs)

        return parsed

    for module in ("endpoint", "documents", "executor_lane"):
        monkeypatch.setattr(f"schema.http.{module}.parse", noting(parse))
    return seen


def _beside(threads: list[str]) -> bool:
    found = bool(threads) and all(name.startswith(("documents", "bulk")) for name in threads)
    threads.clear()
    return found


def test_a_long_document_is_parsed_beside_the_loop_however_often_it_comes(read_hub: Client, threads: list[str]) -> None:
    assert read_hub.ask(QUERY, {"k": "53.14"})["kabupaten"]
    assert read_hub.ask(MUTATION, {"ya": True})
    assert _beside(threads)
    read_hub.errors(QUERY, {"k": {}})
    assert _beside(threads)  # what does not fit
    assert read_hub.errors(QUERY, {"k": "53"})[0]["path"] == ["kabupaten"]
    assert _beside(threads)  # the place of what is wrong
    read_hub.errors(MUTATION, {"ya": "x"})
    assert _beside(threads)  # the public's change


@pytest.mark.parametrize("query", [LONG_SUBSCRIPTION, SUBSCRIPTION], ids=["long", "short"])
def test_no_subscription_is_compiled_on_the_loop(read_hub: Client, threads: list[str], query: str) -> None:
    with ws(read_hub) as connection:
        connection.greet()
        connection.subscribe("53", "1", query)
        threads.clear()
        connection.subscribe("53", "2", query)
        assert _beside(threads)
    streamed = post(json.dumps({"query": query, "variables": {"w": "53"}}).encode(), "Accept: text/event-stream")
    with connected(read_hub.address) as client:
        client.send(streamed)
        client._until(b"\n\n")
    assert _beside(threads)


# ---------- shares ----------


@pytest.fixture
def blocked(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """No new document is read until it is set. Three may wait from one address, four from the public."""
    shares = Shares(total=8, public=4, per_token=2, per_address=3)
    monkeypatch.setattr(LEARNING, "_places", Places(shares))
    go = threading.Event()
    LEARNING._threads.submit(go.wait, 60)
    yield go
    go.set()


def _new(name: str, *headers: str) -> bytes:
    """A document of a shape of its own."""
    query = f'{{ kabupaten(kode: "53.14") {{ {name}: nama }} }}'
    return post(json.dumps({"query": query}).encode(), *headers)


def test_an_address_cannot_take_the_places_of_those_who_wait_to_be_read(
    read_hub: Client, blocked: threading.Event
) -> None:
    with ExitStack() as stack:

        def send(name: str, source: str, *headers: str) -> RawClient:
            client = stack.enter_context(connected(read_hub.address, source))
            client.send(_new(name, *headers))
            return client

        crowd = [send(f"crowd{n}", "127.0.0.2") for n in range(3)]
        eventually(lambda: LEARNING.count == 3)
        refused = send("late", "127.0.0.2").answer()
        assert (refused.status, refused.kode, refused.headers["retry-after"]) == (503, "BATAS_TEMPAT", "5")
        other = send("other", "127.0.0.3")
        eventually(lambda: LEARNING.count == 4)
        assert send("fourth", "127.0.0.4").answer().status == 503
        office = send("office", "127.0.0.2", f"Authorization: Bearer {read_hub.token('53.14')}")
        eventually(lambda: LEARNING.count == 5)
        blocked.set()
        for client, name in ((office, "office"), (other, "other"), *((c, f"crowd{n}") for n, c in enumerate(crowd))):
            assert json.loads(client.answer().body)["data"] == {"kabupaten": {name: "Rote Ndao"}}


def test_nobody_waits_for_the_turn_of_those_who_hung_up(read_hub: Client, blocked: threading.Event) -> None:
    for n in range(100):
        with connected(read_hub.address, "127.0.0.2") as client:
            client.send(_new(f"left{n}") + get("/siap") * (n % 2))
            eventually(lambda: LEARNING.count)
        assert LEARNING.count <= 3
        eventually(lambda: not LEARNING.count)
    with ws(read_hub) as connection:
        _subscribed(connection)
        eventually(lambda: LEARNING.count)
    eventually(lambda: not LEARNING.count)


def _subscribed(connection: WebsocketClient) -> None:
    connection.greet()
    connection.send(type="subscribe", id="1", payload={"query": '{ kabupaten(kode: "53.14") { socket: nama } }'})
