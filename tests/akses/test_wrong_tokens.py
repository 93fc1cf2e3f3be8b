"""Wrong tokens: refused, then told that they are too many; right ones always go through; the log says who and how many."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from hub.akses import guard as token_guard
from hub.akses.guard import GuessLimits
from hub.app import Bounds
from hub.base.errors import TokenRefusedError
from hub.base.origin import Origin
from hub.base.settings import Settings
from tests.client import Client
from tests.hub_server import Server
from tests.raw_http import eventually
from tests.schema.http.subscription_client import ws

BURST = 5
BOUNDS = Bounds(guesses=GuessLimits(burst=BURST, every=30, pause=0.05, report=3))
QUERY = {"query": '{ rekap(id: "53.14:F05:2020") { boleh } }'}
_FIGURES = "elemen=BAN01&periode=2020&wilayah=53.14&tingkat=DESA"
MAPS = [f"/ubin/angka/0/0/0.mvt?{_FIGURES}", f"/geojson/angka?{_FIGURES}", f"/angka.json?{_FIGURES}"]


@pytest.fixture
def server(demo_url: str) -> Iterator[Server]:
    served = Server(demo_url, Settings(proksi="127.0.0.9"), BOUNDS)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def hub(server: Server) -> Iterator[Client]:
    with Client(server.address, server.database_url) as client:
        yield client


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []

    class Recorder:
        def warning(self, event: str, **fields: Any) -> None:
            lines.append({"event": event, **fields})

    monkeypatch.setattr(token_guard, "_log", Recorder())
    return lines


def _ask(hub: Client, token: str, source: str = "127.0.0.1", **headers: str) -> httpx.Response:
    with httpx.Client(transport=httpx.HTTPTransport(local_address=source)) as client:
        return client.post(
            f"{hub.address}/graphql", json=QUERY, headers={"Authorization": f"Bearer {token}", **headers}
        )


def _kode(answer: httpx.Response) -> str:
    content = answer.json()
    return str(content["errors"][0]["extensions"]["kode"] if "errors" in content else content["kode"])


def _exhaust(hub: Client, source: str = "127.0.0.1", **headers: str) -> None:
    answers = [_ask(hub, f"hub_salah{n}", source, **headers) for n in range(BURST)]
    assert [(a.status_code, _kode(a)) for a in answers] == [(401, "TOKEN_DITOLAK")] * BURST


def test_too_many_wrong_tokens_are_told_so_everywhere(hub: Client) -> None:
    _exhaust(hub)
    answer = _ask(hub, "hub_salah")
    assert (answer.status_code, _kode(answer), answer.headers["retry-after"]) == (429, "BATAS_PERCOBAAN", "30")
    assert "periksa salinannya" in answer.json()["errors"][0]["message"]
    for path in MAPS:
        answer = hub.get(path, headers={"Authorization": "Bearer hub_salah"})
        assert (answer.status_code, _kode(answer), answer.headers["retry-after"]) == (429, "BATAS_PERCOBAAN", "30")
    with ws(hub) as connection:
        connection.send(type="connection_init", payload={"Authorization": "Bearer hub_salah"})
        with pytest.raises(ConnectionClosed) as ended:
            connection.receive()
        assert ended.value.rcvd is not None
        assert (ended.value.rcvd.code, "BATAS_PERCOBAAN" in ended.value.rcvd.reason) == (4429, True)


def test_a_right_token_goes_through_whatever_its_address_has_done(hub: Client) -> None:
    known = hub.token("53")
    assert _ask(hub, known).status_code == 200
    _exhaust(hub)
    assert _ask(hub, "hub_salah").status_code == 429
    new = hub.token("53.14")  # this hub has never seen it
    for token in (known, new):
        assert _ask(hub, token).status_code == 200
        for path in MAPS:
            assert hub.get(path, headers={"Authorization": f"Bearer {token}"}).status_code == 200
    with ws(hub, "53.14") as connection:
        connection.greet()
    assert hub.send("{ __typename }").status_code == 200  # nor is the public refused anything


def test_other_addresses_are_not_limited(hub: Client) -> None:
    _exhaust(hub)
    assert _ask(hub, "hub_salah").status_code == 429
    assert _ask(hub, "hub_salah", "127.0.0.2").status_code == 401


def test_revoked_tokens_stop_at_once_and_count_as_wrong(hub: Client) -> None:
    token = hub.token("53")
    assert _ask(hub, token).status_code == 200
    hub.sql("UPDATE token SET dicabut_pada = now()")
    answers = [_ask(hub, token) for _ in range(BURST + 1)]
    assert [a.status_code for a in answers] == [401] * BURST + [429]
    assert "dicabut" in answers[0].json()["errors"][0]["message"]


def test_an_address_is_what_a_named_proxy_says_it_is(hub: Client) -> None:
    behind = {"X-Forwarded-For": "203.0.113.7"}
    _exhaust(hub, "127.0.0.9", **behind)
    assert _ask(hub, "hub_salah", "127.0.0.9", **behind).status_code == 429
    assert _ask(hub, "hub_salah", "127.0.0.9", **{"X-Forwarded-For": "203.0.113.8"}).status_code == 401
    _exhaust(hub, "127.0.0.2", **{"X-Forwarded-For": "203.0.113.9"})
    last = _ask(hub, "hub_salah", "127.0.0.2", **{"X-Forwarded-For": "203.0.113.10"})  # nobody named that proxy
    assert last.status_code == 429


def test_the_log_says_who_and_how_many_and_never_the_token(hub: Client, log: list[dict[str, Any]]) -> None:
    for n in range(30):
        hub.post("/graphql", json=QUERY, headers={"Authorization": f"Bearer hub_rahasia{n}"})
    _ask(hub, "hub_rahasia", "127.0.0.2")
    eventually(lambda: sum(line.get("banyak", 0) for line in log) >= 30 - BURST)
    assert log[0] == {"event": "token ditolak", "alamat": "127.0.0.1", "jalur": "/graphql"}
    assert {line["alamat"] for line in log} == {"127.0.0.1", "127.0.0.2"}
    assert len(log) < 12  # not one line per guess
    assert "rahasia" not in str(log)


def _told(log: list[dict[str, Any]]) -> int:
    """How many failures the lines tell of: one each, or as many as they say."""
    return sum(int(line.get("banyak", 1)) for line in log)


def test_guesses_from_many_addresses_are_all_in_the_log(hub: Client, log: list[dict[str, Any]]) -> None:
    for n in range(30):
        assert _ask(hub, f"hub_rahasia{n}", f"127.0.1.{n + 1}").status_code == 401
    eventually(lambda: _told(log) == 30)
    assert [line.get("alamat_lain") for line in log if "alamat_lain" in line] == [20]
    assert len(log) < 12


def test_what_is_forgotten_is_told_first(monkeypatch: pytest.MonkeyPatch, log: list[dict[str, Any]]) -> None:
    monkeypatch.setattr(token_guard, "_ADDRESSES", 15)

    async def work() -> None:
        guard = token_guard.TokenGuard(GuessLimits(report=0.05))
        for n in range(40):
            guard.failed(Origin(f"203.0.113.{n}", "/graphql"), TokenRefusedError("tidak dikenal"))
        guard.failed(Origin("203.0.113.39", "/graphql"), TokenRefusedError("tidak dikenal"))
        await asyncio.sleep(0.2)

    asyncio.run(work())
    assert _told(log) == 41
    assert len(log) <= 12
