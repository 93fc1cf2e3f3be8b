"""Connections that stand still, crowd or flood, against a served hub with small bounds."""

import select
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hub.app import Bounds, server_config
from hub.base.origin import TrustedProxies
from hub.base.settings import Settings
from hub.web.body_room import BodyRoom
from hub.web.traffic import Traffic, TrafficLimits
from tests.client import Client
from tests.hub_server import Server
from tests.raw_http import WAIT, RawClient, connected, eventually, get, post
from tests.server_thread import PromptServer, ServerThread

SMALL = TrafficLimits(
    connections=12, per_address=6, head_seconds=0.6, head_bytes=8_192, head_lines=20, grace=0.8, rate=2_000, body_seconds=10,
    linger=1, room_wait=0.6, pipelined=8, tick=0.05,
)  # fmt: skip
HALF = b"GET /sehat HTTP/1.1\r\nHost: hub\r\nX-A: "
QUERY = b'{"query": "{ __typename }"}'
EVENTS = post(b'{"query": "subscription { rekapBerubah(wilayah: \\"53\\") { aksi } }"}', "Accept: text/event-stream")


@pytest.fixture(scope="module")
def server(shared_demo_url: str) -> Iterator[Server]:
    served = Server(shared_demo_url, Settings(batas_badan_mb=1, batas_badan_publik_kb=1_024), Bounds(traffic=SMALL))
    served.start()
    yield served
    served.stop()


@pytest.fixture
def hub(server: Server) -> str:
    """Its address, once nobody else is connected."""
    traffic: Traffic = server.app.state.traffic
    eventually(lambda: traffic.count == 0)
    return server.address


def _crowd(stack: ExitStack, hub: str, number: int, data: bytes, source: str = "127.0.0.1") -> list[RawClient]:
    clients = [stack.enter_context(connected(hub, source)) for _ in range(number)]
    for client in clients:
        client.send(data)
    return clients


# ---------- heads ----------


def test_a_length_may_begin_with_zeros(hub: str) -> None:
    """As many as Python takes for no number any more."""
    with connected(hub) as client:
        client.send(post(QUERY).replace(b"Content-Length: ", b"Content-Length: " + b"0" * 5_000))
        assert client.answer().status == 200


def test_half_a_head_is_not_waited_for(hub: str) -> None:
    with connected(hub) as client:
        client.send(HALF)
        answer = client.answer()
        assert (answer.status, answer.kode, answer.headers["connection"]) == (408, "BATAS_KIRIM", "close")
        assert client.closed()


def test_a_connection_that_says_nothing_is_closed(hub: str) -> None:
    with connected(hub) as client:
        assert client.closed()


def test_half_a_head_is_not_waited_for_after_a_whole_one_either(hub: str) -> None:
    with connected(hub) as client:
        for rest in (b"\r\n", HALF):
            client.send(get("/sehat") + rest)
            assert client.answer().status == 200
            if rest is HALF:
                assert client.answer().status == 408
        assert client.closed()


def test_dripping_does_not_buy_time(hub: str) -> None:
    with connected(hub) as client:
        client.send(HALF)
        client.socket.settimeout(0.1)
        for _ in range(100):  # a byte each tenth of a second, for ten seconds at most
            try:
                assert client.socket.recv(12) == b"HTTP/1.1 408"
                break
            except TimeoutError:
                client.send(b"x")
        else:
            pytest.fail("it was waited for all the same")


@pytest.mark.parametrize("head", [
    HALF + b"x" * 40_000, get("/sehat", "X-A: " + "x" * 9_000), get("/sehat", *["X-A: 1"] * 21), get("/" + "x" * 9_000),
])  # fmt: skip
def test_too_large_a_head_is_refused(hub: str, head: bytes) -> None:
    with connected(hub) as client:
        client.send(head)
        answer = client.answer()
        assert (answer.status, answer.kode) == (431, "BATAS_KEPALA")
        assert client.closed()


def test_what_is_no_http_is_told_so(hub: str) -> None:
    with connected(hub) as client:
        client.send(b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n")
        answer = client.answer()
        assert (answer.status, answer.kode) == (400, "MASUKAN_TIDAK_SAH")


# ---------- bodies ----------


def test_a_body_that_stands_still_is_not_waited_for(hub: str) -> None:
    with connected(hub) as client:
        client.send(post(QUERY, length=1_000))
        answer = client.answer()
        assert (answer.status, answer.kode) == (408, "BATAS_KIRIM")
        assert client.closed()


def test_a_slow_line_has_time_enough(hub: str) -> None:
    body = QUERY + b" " * 8_000
    with connected(hub) as client:
        client.send(post(b"", length=len(body)))
        begin = time.monotonic()
        for at in range(0, len(body), 400):  # at twice the lowest rate, for longer than a body may stand still
            client.send(body[at : at + 400])
            time.sleep(0.1)
        assert time.monotonic() - begin > SMALL.grace
        assert client.answer().status == 200


def test_who_is_refused_reads_why_though_the_body_goes_on(hub: str) -> None:
    with connected(hub) as client:
        client.send(post(b"x" * 3_000_000, "Authorization: Bearer hub_salah"))
        assert client.answer().status == 401


def test_the_rest_of_a_body_that_nobody_wants_is_not_waited_for(hub: str) -> None:
    with connected(hub) as client:
        client.send(post(QUERY, "Authorization: Bearer hub_salah", length=1_000_000))
        assert client.answer().status == 401
        assert client.closed()


def test_bodies_on_their_way_have_a_bound(hub: str, server: Server) -> None:
    room = server.app.state.traffic.room
    with ExitStack() as stack, Client(hub, server.database_url) as graph_client:
        token = graph_client.token("53")
        first, second = _crowd(stack, hub, 2, post(QUERY, length=400_000))
        answer = _first_of(first, second).answer()
        assert (answer.status, answer.kode, answer.headers["retry-after"]) == (503, "BATAS_TEMPAT", "5")
        assert "kirim lagi" in answer.body.decode()
        officer = stack.enter_context(connected(hub))
        officer.send(post(QUERY + b" " * 900_000, f"Authorization: Bearer {token}"))
        assert officer.answer().status == 200  # while the other still sends
        assert room.taken <= 4 * 2**20
    eventually(lambda: room.taken == 0)


def _first_of(*clients: RawClient) -> RawClient:
    """Whichever is answered first."""
    ready, _, _ = select.select([c.socket for c in clients], [], [], WAIT)
    return next(c for c in clients if c.socket in ready)


def test_who_waits_for_room_gets_it_when_another_is_done(hub: str, server: Server) -> None:
    with ExitStack() as stack:
        (first,) = _crowd(stack, hub, 1, post(QUERY, length=400_000))
        eventually(lambda: server.app.state.traffic.room.taken)
        (second,) = _crowd(stack, hub, 1, post(QUERY + b" " * 399_900))
        first.hang_up()
        assert second.answer().status == 200


def test_a_chunked_body_is_counted_as_it_comes(hub: str, server: Server) -> None:
    with ExitStack() as stack:
        _crowd(stack, hub, 1, post(QUERY, length=500_000))
        eventually(lambda: server.app.state.traffic.room.taken)
        (client,) = _crowd(
            stack, hub, 1, post(b"").replace(b"Content-Length: 0", b"Transfer-Encoding: chunked"), "127.0.0.2"
        )
        for _ in range(12):
            client.send(b"%x\r\n%b\r\n" % (50_000, b" " * 50_000))
        answer = client.answer()
        assert (answer.status, answer.kode) == (503, "BATAS_TEMPAT")


def test_the_body_is_asked_for_where_the_client_waits_for_that(hub: str) -> None:
    with connected(hub) as client:
        client.send(post(b"", "Expect: 100-continue", length=len(QUERY)))
        assert client.answer().status == 100
        client.send(QUERY)
        assert client.answer().status == 200
    with connected(hub) as client:
        client.send(post(b"", "Expect: 100-continue", "Authorization: Bearer hub_salah", length=len(QUERY)))
        assert client.answer().status == 401  # and no 100 before it


def test_http_1_0_is_answered_and_closed(hub: str) -> None:
    with connected(hub) as client:
        client.send(b"GET /sehat HTTP/1.0\r\n\r\n")
        assert client.answer().body == b'{"sehat":true}'
        assert client.closed()


# ---------- connections ----------


def test_who_waits_for_nothing_gives_way_to_a_request_of_the_same_address(hub: str) -> None:
    with ExitStack() as stack:
        clients = _crowd(stack, hub, SMALL.per_address, HALF)
        (late,) = _crowd(stack, hub, 1, get("/sehat"))
        assert late.answer().status == 200
        assert clients[0].closed()


def test_one_address_cannot_take_all_places(hub: str) -> None:
    with ExitStack() as stack:
        for client in _crowd(stack, hub, SMALL.per_address, EVENTS):
            assert b"200 OK" in client.socket.recv(1_000)
        (refused,) = _crowd(stack, hub, 1, b"")
        answer = refused.answer()
        assert (answer.status, answer.kode, answer.headers["retry-after"]) == (503, "BATAS_TEMPAT", "5")
        (other,) = _crowd(stack, hub, 1, get("/siap"), "127.0.0.2")
        assert other.answer().status == 200


def test_when_all_places_are_taken_who_waits_for_nothing_gives_way(hub: str) -> None:
    with ExitStack() as stack:
        first = _crowd(stack, hub, SMALL.per_address, HALF)[0]
        _crowd(stack, hub, SMALL.per_address, HALF, "127.0.0.2")
        (late,) = _crowd(stack, hub, 1, get("/siap"), "127.0.0.3")
        assert late.answer().status == 200
        assert first.closed()


def test_requests_behind_each_other_are_answered_in_order_up_to_a_number(hub: str) -> None:
    with connected(hub) as client:
        client.send(b"".join(get(path) for path in ("/sehat", "/siap") * 4))
        assert [client.answer().body for _ in range(8)] == [b'{"sehat":true}', b'{"siap":true}'] * 4
    with connected(hub) as client:
        client.send(get("/siap") * 200)
        received = b""
        while piece := client.socket.recv(65_536):
            received += piece
        assert received.count(b"HTTP/1.1 200") <= SMALL.pipelined + 1


# ---------- readers ----------


def _large(_: Request) -> Response:
    return Response(b"x" * 24 * 2**20, media_type="application/octet-stream")


@pytest.fixture
def downloads(request: pytest.FixtureRequest) -> Iterator[tuple[str, Traffic]]:
    """A server of one large answer. Its parameter: seconds that a reader may stand still, MiB that may wait in all."""
    grace, unsent = request.param
    app = Starlette(routes=[Route("/besar", _large)])
    limits = TrafficLimits(grace=grace, unsent=unsent * 2**20, tick=0.05)
    app.state.traffic = Traffic(limits, TrustedProxies(""), BodyRoom(2**20, 1))
    served = ServerThread(app, server=PromptServer(server_config(app, log_level="error")))
    served.start()
    yield served.address, app.state.traffic
    served.stop()


@pytest.mark.parametrize("downloads", [(0.6, 256)], indirect=True)
def test_an_answer_that_nobody_reads_is_given_up(downloads: tuple[str, Traffic]) -> None:
    address, traffic = downloads
    with connected(address, receive_buffer=4_096) as client:
        client.send(get("/besar"))
        eventually(lambda: traffic.unsent > 0)
        eventually(lambda: traffic.count == 0)


@pytest.mark.parametrize("downloads", [(0.5, 256)], indirect=True)
def test_who_reads_slowly_gets_it_all(downloads: tuple[str, Traffic]) -> None:
    address, traffic = downloads
    with connected(address, receive_buffer=4_096) as client:
        client.send(get("/besar"))
        eventually(lambda: traffic.unsent > 0)
        taken = b""
        for _ in range(20):
            taken += client.socket.recv(8_192)
            time.sleep(0.1)
        taken += client.read(24 * 2**20)
        assert len(taken) > 24 * 2**20


@pytest.mark.parametrize("downloads", [(60, 60)], indirect=True)
def test_who_lets_most_wait_loses_it_when_too_much_waits(downloads: tuple[str, Traffic]) -> None:
    address, traffic = downloads
    with connected(address, "127.0.0.2", 4_096) as modest, ExitStack() as stack:
        modest.send(get("/besar"))
        eventually(lambda: traffic.unsent > 0)
        for _ in range(4):
            greedy = stack.enter_context(connected(address, "127.0.0.3", 4_096))
            greedy.send(get("/besar"))
        eventually(lambda: traffic.count < 5)
        assert traffic.unsent <= 60 * 2**20
        assert len(modest.answer().body) == 24 * 2**20
