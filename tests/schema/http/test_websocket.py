"""graphql-transport-ws to the letter: greetings, close codes, several operations, and what is refused."""

from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.client import Client
from tests.schema.http.subscription_client import SUBSCRIPTION, WebsocketClient, ws

SUBSCRIBE = {"type": "subscribe", "id": "1", "payload": {"query": SUBSCRIPTION, "variables": {"w": "53"}}}


def _closed(connection: WebsocketClient, kode: int) -> str:
    with pytest.raises(ConnectionClosed) as closing:
        connection.receive()
    assert closing.value.rcvd is not None
    assert closing.value.rcvd.code == kode, closing.value.rcvd
    return closing.value.rcvd.reason


@pytest.mark.parametrize(
    "message",
    [
        "{", "[]", '"x"', "{}", '{"type": 3}', '{"type": "start"}', b"\x00\x01",
        '{"type": "subscribe"}', '{"type": "subscribe", "id": "1"}', '{"type": "subscribe", "id": "", "payload": {"query": "{ x }"}}',
        '{"type": "subscribe", "id": 1, "payload": {"query": "{ x }"}}', '{"type": "subscribe", "id": "1", "payload": {"query": 1}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ x }", "variables": 1}}', '{"type": "complete"}',
    ],
)  # fmt: skip
def test_a_malformed_message_ends_the_connection(read_hub: Client, message: str | bytes) -> None:
    with ws(read_hub) as connection:
        connection.greet()
        connection.ws.send(message)
        assert _closed(connection, 4400).strip()


@pytest.mark.parametrize("payload", [3, "x", [], {"Authorization": 3}])
def test_a_malformed_greeting_ends_the_connection(read_hub: Client, payload: Any) -> None:
    with ws(read_hub) as connection:
        connection.send(type="connection_init", payload=payload)
        _closed(connection, 4400)


def test_nothing_before_the_greeting_and_no_second_one(read_hub: Client) -> None:
    with ws(read_hub) as connection:
        connection.send(**SUBSCRIBE)
        assert "Unauthorized" in _closed(connection, 4401)
    with ws(read_hub) as connection:
        connection.greet()
        connection.send(type="connection_init")
        assert "Too many" in _closed(connection, 4429)


def test_an_id_is_used_once_at_a_time(read_hub: Client) -> None:
    with ws(read_hub) as connection:
        connection.greet()
        connection.send(**SUBSCRIBE)
        connection.send(**SUBSCRIBE)
        assert "already exists" in _closed(connection, 4409)


def test_another_subprotocol_is_refused(read_hub: Client) -> None:
    with connect(read_hub.address.replace("http", "ws", 1) + "/graphql") as plain:
        assert "graphql-transport-ws" in _closed(WebsocketClient(plain), 4406)


def test_pings_come_back_with_what_they_carried(read_hub: Client) -> None:
    with ws(read_hub) as connection:
        connection.send(type="ping", payload={"a": 1})
        assert connection.receive() == {"type": "pong", "payload": {"a": 1}}
        connection.send(type="pong")
        connection.send(type="complete", id="tidak ada")  # a race that clients run into, no mistake
        connection.greet()


@pytest.mark.parametrize(
    ("query", "w", "word"),
    [
        ("subscription {", "53", "Syntax Error"),
        ("subscription { rekapBerubah(wilayah: 53) { salah } }", "53", "salah"),
        (SUBSCRIPTION, "5x", "kode wilayah"),
        (SUBSCRIPTION, "53.14.01", "kecamatan"),
        (SUBSCRIPTION, None, "w"),
        ("subscription ($w: KodeWilayah!) { a: rekapBerubah(wilayah: $w) { aksi } b: rekapBerubah(wilayah: $w) { aksi } }", "53", "only one"),
        ("subscription { __typename }", "53", "introspection"),
        ("subscription A($w: KodeWilayah!) { rekapBerubah(wilayah: $w) { aksi } } query B { __typename }", "53", "operationName"),
        ("x" * 60_001, "53", "variables"),
        (SUBSCRIPTION, "53\0", "NUL"),
    ],
)  # fmt: skip
def test_a_subscription_that_cannot_be_is_an_error_of_its_own(
    read_hub: Client, query: str, w: str | None, word: str
) -> None:
    with ws(read_hub) as connection:
        connection.greet()
        connection.send(type="subscribe", id="x", payload={"query": query, "variables": {"w": w}})
        message = connection.receive()
        assert (message["type"], message["id"]) == ("error", "x")
        assert any(word in error["message"] for error in message["payload"]), message
        assert all(error["extensions"]["kode"] != "KESALAHAN_DALAM" for error in message["payload"])
        connection.subscribe("53", "x")  # the connection goes on, the id is free


def test_queries_run_over_it_too(read_hub: Client) -> None:
    with ws(read_hub, "53.14") as connection:
        connection.greet()
        connection.send(type="subscribe", id="q", payload={"query": '{ kabupaten(kode: "53.14") { nama } }'})
        message = connection.receive()
        assert (message["type"], message["id"]) == ("next", "q")
        assert message["payload"]["data"] == {"kabupaten": {"nama": "Rote Ndao"}}
        assert connection.receive() == {"type": "complete", "id": "q"}
        change = 'mutation { setujuiRekap(id: "53.14:F01:2020", revisi: 1) { __typename } }'
        connection.send(type="subscribe", id="m", payload={"query": change})
        assert connection.receive()["payload"]["data"] == {"setujuiRekap": {"__typename": "TidakBerwenang"}}


def test_variables_that_do_not_fit_are_an_error_and_no_answer(read_hub: Client) -> None:
    with ws(read_hub) as connection:
        connection.greet()
        query = "query ($k: KodeWilayah!) { kabupaten(kode: $k) { nama } }"
        for id_, wrong in (("1", {"k": None}), ("2", {"k": "53\0"}), ("3", {})):
            connection.send(type="subscribe", id=id_, payload={"query": query, "variables": wrong})
            message = connection.receive()
            assert (message["type"], message["id"]) == ("error", id_)
            assert message["payload"][0]["extensions"]["code"] == "BAD_USER_INPUT"
        connection.send(type="ping")
        assert connection.receive() == {"type": "pong"}  # an error is the end: no "complete" after it
        partly = '{ a: kabupaten(kode: "53") { nama } b: kabupaten(kode: "53.14") { nama } }'
        connection.send(type="subscribe", id="4", payload={"query": partly})
        assert connection.receive()["payload"]["data"] == {"a": None, "b": {"nama": "Rote Ndao"}}


def test_one_connection_has_a_limit_of_operations(read_hub: Client) -> None:
    with ws(read_hub) as connection:
        connection.greet()
        for i in range(50):
            connection.subscribe("53", str(i))
        connection.send(**{**SUBSCRIBE, "id": "lebih"})
        message = connection.receive()
        assert (message["id"], message["payload"][0]["extensions"]["kode"]) == ("lebih", "BATAS_TERLAMPAUI")


# ---------- server-sent events ----------


def test_a_subscription_by_a_plain_request_is_told_how(read_hub: Client) -> None:
    for response in (
        read_hub.send(SUBSCRIPTION, {"w": "53"}),
        read_hub.get("/graphql", params={"query": SUBSCRIPTION}),
    ):
        assert response.status_code == 200
        assert "text/event-stream" in response.json()["errors"][0]["message"]


def test_a_subscription_that_cannot_be_is_refused_before_the_stream(read_hub: Client) -> None:
    response = read_hub.post(
        "/graphql",
        json={"query": SUBSCRIPTION, "variables": {"w": "53.14.01"}},
        headers={"Accept": "text/event-stream"},
    )
    assert response.status_code == 422
    assert "kecamatan" in response.json()["errors"][0]["message"]


def test_a_query_as_events_is_a_stream_of_one(read_hub: Client) -> None:
    query = '{ kabupaten(kode: "53.14") { kecamatan { nama } } }'
    response = read_hub.get("/graphql", params={"query": query}, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    first_line, _, rest = response.text.partition("\n")
    assert first_line == "event: next"
    data, _, end = rest.partition("\n\n")
    assert data.startswith('data: {"data":{"kabupaten"')
    assert "\n" not in data
    assert end == "event: complete\ndata:\n\n"
    both = read_hub.get("/graphql", params={"query": query}, headers={"Accept": "application/json, text/event-stream"})
    assert both.headers["content-type"] == "application/json"


def test_events_come_by_get_too(read_hub: Client) -> None:
    params = {"query": SUBSCRIPTION, "variables": '{"w": "53"}'}
    with httpx.stream(
        "GET", f"{read_hub.address}/graphql", params=params, headers={"Accept": "text/event-stream"}
    ) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        assert response.headers["cache-control"] == "no-store"
        assert next(response.iter_lines()) == ":"


def test_the_publics_messages_and_changes_are_bounded_as_its_requests_are(read_hub: Client) -> None:
    change = "mutation ($m: RekapMasukan!) { ajukanRekap(masukan: $m) { __typename } }"
    long = {"query": change, "variables": {"m": "x" * (256 * 2**10)}}
    with ws(read_hub) as connection:
        connection.greet()
        connection.send(type="subscribe", id="1", payload={"query": change, "variables": {"m": 3}})
        assert connection.receive()["payload"]["data"] == {"ajukanRekap": {"__typename": "TidakBerwenang"}}
        assert connection.receive()["type"] == "complete"
        connection.send(type="subscribe", id="2", payload=long)
        _closed(connection, 1009)
    with ws(read_hub) as connection:  # nor before anybody has said who it is
        connection.send(type="connection_init", payload={"x": "y" * (256 * 2**10)})
        _closed(connection, 1009)
    with ws(read_hub, "53.14") as connection:  # what an office has to say at length goes over HTTP
        connection.greet()
        connection.send(type="subscribe", id="1", payload=long)
        _closed(connection, 1009)
