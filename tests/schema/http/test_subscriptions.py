"""rekapBerubah through real sockets: who hears what, over which way, and what happens to those who do not listen."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from hub.berita import service as berita_service
from hub.berita.service import Berita
from tests.client import Client
from tests.hub_server import Server
from tests.rekap.texts import APPROVE, REOPEN, SAVE, SEND_BACK, SUBMIT, angka, submission
from tests.schema.http.subscription_client import SUBSCRIPTION, follow_sse, follow_ws, ws

KAB, OTHER, PROV, ID = "53.15", "53.16", "53", "53.15:F02:2023"


@pytest.fixture
def server(demo_url: str) -> Iterator[Server]:
    started = Server(demo_url)
    started.start()
    yield started
    started.stop()


@pytest.fixture
def hub(server: Server, demo_url: str) -> Iterator[Client]:
    with Client(server.address, demo_url) as client:
        yield client


def send(hub: Client, mutation: str, key: str, kab: str = KAB) -> None:
    m = submission(kab, "F02", "2023", key, nilai=[angka(kab, "BAN05", 100)])
    assert hub.ask(mutation, {"m": m}, kab)["hasil"]["__typename"] == "RekapDiterima"


def approve(hub: Client, revision: int) -> None:
    assert hub.ask(APPROVE, {"id": ID, "revisi": revision}, PROV)["hasil"]["__typename"] == "RekapDiterima"


def write(hub: Client, kab: str, start: int, stop: int, length: int = 1) -> None:
    """Events as the hub would write them, in one transaction."""
    hub.sql(
        "INSERT INTO rekap_peristiwa (kode_kab, formulir, periode, urut, pada, oleh, aksi, dari, ke, revisi, alasan, "
        "catatan) SELECT %s, 'F02', '2022', n, now(), 'uji', 'SIMPAN', 'DRAF', 'DRAF', n, repeat(md5(n::text), %s), '[]' "
        "FROM generate_series(%s::int, %s::int) n",
        kab, length, start, stop,
    )  # fmt: skip


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


# ---------- what is told ----------


def test_both_ways_tell_of_the_whole_life_of_a_rekap(hub: Client) -> None:
    with follow_ws(hub, PROV, PROV) as over_ws, follow_sse(hub, PROV, PROV) as over_sse:
        send(hub, SAVE, "a")
        send(hub, SUBMIT, "b")
        hub.ask(SEND_BACK, {"id": ID, "revisi": 2, "alasan": "periksa BAN05"}, PROV)
        send(hub, SUBMIT, "c")
        approve(hub, 3)
        hub.ask(REOPEN, {"id": ID, "alasan": "koreksi"}, PROV)
        kab, prov = f"uji KABUPATEN {KAB}", f"uji PROVINSI {PROV}"
        expected = [
            ("SIMPAN", "DRAF", 1, kab, None),
            ("AJUKAN", "DIAJUKAN", 2, kab, None),
            ("KEMBALIKAN", "DIKEMBALIKAN", 2, prov, "periksa BAN05"),
            ("AJUKAN", "DIAJUKAN", 3, kab, None),
            ("SETUJUI", "DISETUJUI", 3, prov, None),
            ("BUKA", "DIKEMBALIKAN", 3, prov, "koreksi"),
        ]
        for read in (over_ws.event, over_sse.event):
            assert [tuple(read().values()) for _ in expected] == expected


def test_an_event_says_what_rekap_it_is_of(hub: Client) -> None:
    fields = "aksi revisi rekap { id status periode pelapor { kode nama } formulir { kode nama } riwayat { aksi } }"
    query = f"subscription ($w: KodeWilayah!) {{ rekapBerubah(wilayah: $w) {{ {fields} }} }}"
    with follow_sse(hub, PROV, PROV, query) as follower:
        send(hub, SUBMIT, "a")
        told = follower.event()
    about = {"id": ID, "status": "DIAJUKAN", "periode": "2023", "riwayat": [{"aksi": "AJUKAN"}]}
    place = {"pelapor": {"kode": KAB, "nama": "Manggarai Barat"}, "formulir": {"kode": "F02", "nama": "Bantuan sosial"}}
    assert told == {"aksi": "AJUKAN", "revisi": 1, "rekap": about | place}
    history = f"""{{ rekap(id: "{ID}") {{ riwayat {{ rekap {{ id pelapor {{ kode nama }} formulir {{ kode nama }} status }} }} }} }}"""
    assert hub.ask(history, None, KAB)["rekap"]["riwayat"] == [{"rekap": {"id": ID, "status": "DIAJUKAN", **place}}]
    assert hub.ask(history, None, OTHER)["rekap"] is None


def test_events_come_within_the_second(hub: Client) -> None:
    with follow_ws(hub, KAB, KAB) as follower:
        start = time.monotonic()
        send(hub, SUBMIT, "a")
        follower.event()
        assert time.monotonic() - start < 2


def test_everybody_hears_only_what_their_history_shows(hub: Client) -> None:
    with (
        follow_ws(hub, PROV, KAB) as own,
        follow_ws(hub, PROV, OTHER) as neighbour,
        follow_ws(hub, KAB, OTHER) as eavesdropper,
        follow_ws(hub, PROV, "36") as other_provinsi,
        follow_ws(hub, PROV) as public,
        follow_ws(hub, PROV, "") as admin,
        follow_ws(hub, OTHER, PROV) as filtered,
    ):
        send(hub, SAVE, "a")
        send(hub, SUBMIT, "b")
        approve(hub, 2)
        send(hub, SAVE, "c", OTHER)
        three = ["SIMPAN", "AJUKAN", "SETUJUI"]
        assert [own.event()["aksi"] for _ in three] == three
        assert [admin.event()["aksi"] for _ in (*three, "c")] == [*three, "SIMPAN"]
        for follower in (neighbour, filtered):
            assert follower.event()["oleh"] == f"uji KABUPATEN {OTHER}"  # and nothing of the other before it
        for follower in (own, eavesdropper, other_provinsi, public, neighbour):
            assert follower.is_silent()
    history = hub.ask(f'{{ rekap(id: "{ID}") {{ status riwayat {{ aksi }} }} }}')["rekap"]
    assert history == {"status": "DISETUJUI", "riwayat": []}  # the same rule as the public's silence


def test_a_trial_and_a_refusal_tell_nothing(hub: Client) -> None:
    with follow_ws(hub, KAB, KAB) as follower:
        m = submission(KAB, "F02", "2023", "uji", nilai=[angka(KAB, "BAN05", 1)])
        hub.ask(SUBMIT, {"m": m, "uji": True}, KAB)
        hub.ask(APPROVE, {"id": ID, "revisi": 1}, PROV)
        send(hub, SAVE, "a")
        assert follower.event()["aksi"] == "SIMPAN"


def test_aliases_fragments_and_typename_work_as_in_queries(hub: Client) -> None:
    query = """subscription ($w: KodeWilayah!) { kabar: rekapBerubah(wilayah: $w) { ...i __typename } }
      fragment i on PeristiwaRekap { apa: aksi }"""
    with follow_sse(hub, KAB, KAB, query) as follower:
        send(hub, SAVE, "a")
        assert follower.receive() == ("next", {"data": {"kabar": {"apa": "SIMPAN", "__typename": "PeristiwaRekap"}}})


# ---------- who does not listen ----------


def test_a_reader_who_does_not_read_holds_up_nobody(
    hub: Client, berita: Berita, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(berita_service, "LONGEST_QUEUE", 500)
    count, batch = 2_000, 100
    with (
        follow_ws(hub, KAB, KAB, compression=None, max_queue=1) as slow,
        follow_ws(hub, KAB, KAB, compression=None) as fast,
    ):
        received, durations = [], []
        for start in range(1, count, batch):
            write(hub, KAB, start, start + batch - 1, 400)
            began = time.monotonic()
            received += [fast.event()["revisi"] for _ in range(batch)]
            durations.append(time.monotonic() - began)
        assert received == list(range(1, count + 1))
        assert max(durations) < 3, durations
        # whoever was away hears what still fitted, in order, and then why no more comes
        late = []
        while (message := slow.receive())["type"] == "next":
            late.append(message["payload"]["data"]["rekapBerubah"]["revisi"])
        assert late == list(range(1, len(late) + 1))
        assert len(late) < count
        assert message["type"] == "error"
        assert message["payload"][0]["extensions"]["kode"] == "LANGGANAN_TERTINGGAL"
        assert "lagi" in message["payload"][0]["message"]
        slow.subscribe(KAB)  # asking again is all it takes
        write(hub, KAB, count + 1, count + 1)
        assert slow.event()["revisi"] == count + 1
        assert fast.event()["revisi"] == count + 1


def test_thousands_at_once_reach_who_reads(hub: Client) -> None:
    with follow_ws(hub, KAB, KAB) as follower:
        write(hub, KAB, 1, 3_000)
        assert [follower.event()["revisi"] for _ in range(3_000)] == list(range(1, 3_001))


# ---------- outages, tokens ----------


def test_a_lost_listener_comes_back_and_loses_nothing(hub: Client, berita: Berita) -> None:
    with follow_ws(hub, KAB, KAB) as over_ws, follow_sse(hub, KAB, KAB) as over_sse:
        write(hub, KAB, 1, 1)
        assert over_ws.event()["revisi"] == over_sse.event()["revisi"] == 1
        tag = berita.version
        killed = hub.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'hub_berita' "
            "AND datname = current_database()"
        )
        assert killed == [(True,)]
        write(hub, KAB, 2, 2)  # nobody listens
        for follower in (over_ws, over_sse):
            assert follower.event()["revisi"] == 2
        wait_until(lambda: berita.version is not None)
        assert berita.version != tag
        write(hub, KAB, 3, 3)
        for follower in (over_ws, over_sse):
            assert follower.event()["revisi"] == 3


def test_a_wrong_token_is_turned_away_with_a_sentence(hub: Client) -> None:
    with ws(hub) as connection:
        connection.send(type="connection_init", payload={"Authorization": "Bearer hub_salah"})
        with pytest.raises(ConnectionClosed) as closed:
            connection.receive()
        assert closed.value.rcvd is not None
        assert (closed.value.rcvd.code, "Token" in closed.value.rcvd.reason) == (4403, True)
    response = hub.post(
        "/graphql",
        json={"query": SUBSCRIPTION, "variables": {"w": KAB}},
        headers={"Accept": "text/event-stream", "Authorization": "Bearer hub_salah"},
    )
    assert response.status_code == 401
    assert response.json()["errors"][0]["extensions"]["kode"] == "TOKEN_DITOLAK"


def test_the_http_header_counts_where_the_greeting_brings_no_token(hub: Client) -> None:
    with ws(hub, KAB) as connection:
        connection.greet()
        connection.subscribe(KAB)
        write(hub, KAB, 1, 1)
        assert connection.event()["revisi"] == 1


def test_a_token_revoked_later_hears_nothing_more(hub: Client) -> None:
    with follow_ws(hub, KAB, KAB) as over_ws, follow_sse(hub, KAB, KAB) as over_sse:
        write(hub, KAB, 1, 1)
        over_ws.event()
        over_sse.event()
        hub.sql("UPDATE token SET dicabut_pada = now()")
        write(hub, KAB, 2, 2)
        with pytest.raises(ConnectionClosed) as closed:
            over_ws.receive()
        assert closed.value.rcvd is not None
        assert (closed.value.rcvd.code, "dicabut" in closed.value.rcvd.reason) == (4403, True)
        name, content = over_sse.receive()
        assert (name, content["errors"][0]["extensions"]["kode"]) == ("next", "TOKEN_DITOLAK")
        assert over_sse.receive() == ("complete", None)


# ---------- ends ----------


def test_leaving_frees_everything(hub: Client, berita: Berita) -> None:
    with ws(hub) as connection:
        connection.greet()
        for i in range(20):
            connection.subscribe(KAB, str(i))
        assert berita.count == 20
        for i in range(20):
            connection.send(type="complete", id=str(i))
        wait_until(lambda: berita.count == 0)
        connection.subscribe(KAB, "0")  # the id is free again
        assert berita.count == 1
    wait_until(lambda: berita.count == 0)
    with follow_sse(hub, KAB):
        wait_until(lambda: berita.count == 1)
    wait_until(lambda: berita.count == 0)


def test_a_hub_that_stops_takes_leave_at_once(hub: Client, server: Server) -> None:
    with (
        follow_ws(hub, KAB) as over_ws,
        ws(hub) as silent,
        follow_sse(hub, KAB) as over_sse,
        follow_ws(hub, KAB, KAB, compression=None, max_queue=1) as stuck,
    ):
        silent.greet()
        for n in range(1, 400, 50):
            write(hub, KAB, n, n + 49, 2_000)  # more than sockets hold: this one's stream is stuck
        start = time.monotonic()
        server.stop()
        assert time.monotonic() - start < 4
        assert over_ws.receive() == {"id": "1", "type": "complete"}
        for connection in (over_ws, silent):
            with pytest.raises(ConnectionClosed) as closed:
                connection.receive()
            assert closed.value.rcvd is not None
            assert closed.value.rcvd.code == 1001
        assert over_sse.receive() == ("complete", None)
        rest = [stuck.ws.recv(10)]
        with pytest.raises(ConnectionClosed):
            rest += [stuck.ws.recv(10) for _ in range(400)]  # cut off in the middle


def test_silence_is_broken_by_signs_of_life(hub: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schema.http.event_stream.HEARTBEAT", 0.1)
    body: dict[str, Any] = {"query": SUBSCRIPTION, "variables": {"w": KAB}}
    with httpx.stream("POST", f"{hub.address}/graphql", json=body, headers={"Accept": "text/event-stream"}) as response:
        pieces = response.iter_raw()
        assert b"".join(next(pieces) for _ in range(3)).startswith(b":\n\n:\n\n:\n\n")
