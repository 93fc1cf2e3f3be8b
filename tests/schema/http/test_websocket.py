"""graphql-transport-ws to the letter: greetings, close codes, several operations, and what is refused."""

from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.client import Klien
from tests.schema.http.subscription_client import LANGGANAN, SambunganWS, ws

SUBSCRIBE = {"type": "subscribe", "id": "1", "payload": {"query": LANGGANAN, "variables": {"w": "53"}}}


def _ditutup(sambungan: SambunganWS, kode: int) -> str:
    with pytest.raises(ConnectionClosed) as tutup:
        sambungan.terima()
    assert tutup.value.rcvd is not None
    assert tutup.value.rcvd.code == kode, tutup.value.rcvd
    return tutup.value.rcvd.reason


@pytest.mark.parametrize(
    "teks",
    [
        "{", "[]", '"x"', "{}", '{"type": 3}', '{"type": "start"}', b"\x00\x01",
        '{"type": "subscribe"}', '{"type": "subscribe", "id": "1"}', '{"type": "subscribe", "id": "", "payload": {"query": "{ x }"}}',
        '{"type": "subscribe", "id": 1, "payload": {"query": "{ x }"}}', '{"type": "subscribe", "id": "1", "payload": {"query": 1}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{ x }", "variables": 1}}', '{"type": "complete"}',
    ],
)  # fmt: skip
def test_a_malformed_message_ends_the_connection(hub_baca: Klien, teks: str | bytes) -> None:
    with ws(hub_baca) as sambungan:
        sambungan.salam()
        sambungan.ws.send(teks)
        assert _ditutup(sambungan, 4400).strip()


@pytest.mark.parametrize("payload", [3, "x", [], {"Authorization": 3}])
def test_a_malformed_greeting_ends_the_connection(hub_baca: Klien, payload: Any) -> None:
    with ws(hub_baca) as sambungan:
        sambungan.kirim(type="connection_init", payload=payload)
        _ditutup(sambungan, 4400)


def test_nothing_before_the_greeting_and_no_second_one(hub_baca: Klien) -> None:
    with ws(hub_baca) as sambungan:
        sambungan.kirim(**SUBSCRIBE)
        assert "Unauthorized" in _ditutup(sambungan, 4401)
    with ws(hub_baca) as sambungan:
        sambungan.salam()
        sambungan.kirim(type="connection_init")
        assert "Too many" in _ditutup(sambungan, 4429)


def test_an_id_is_used_once_at_a_time(hub_baca: Klien) -> None:
    with ws(hub_baca) as sambungan:
        sambungan.salam()
        sambungan.kirim(**SUBSCRIBE)
        sambungan.kirim(**SUBSCRIBE)
        assert "already exists" in _ditutup(sambungan, 4409)


def test_another_subprotocol_is_refused(hub_baca: Klien) -> None:
    with connect(hub_baca.alamat.replace("http", "ws", 1) + "/graphql") as polos:
        assert "graphql-transport-ws" in _ditutup(SambunganWS(polos), 4406)


def test_pings_come_back_with_what_they_carried(hub_baca: Klien) -> None:
    with ws(hub_baca) as sambungan:
        sambungan.kirim(type="ping", payload={"a": 1})
        assert sambungan.terima() == {"type": "pong", "payload": {"a": 1}}
        sambungan.kirim(type="pong")
        sambungan.kirim(type="complete", id="tidak ada")  # a race that clients run into, no mistake
        sambungan.salam()


@pytest.mark.parametrize(
    ("query", "w", "kata"),
    [
        ("subscription {", "53", "Syntax Error"),
        ("subscription { rekapBerubah(wilayah: 53) { salah } }", "53", "salah"),
        (LANGGANAN, "5x", "kode wilayah"),
        (LANGGANAN, "53.14.01", "kecamatan"),
        (LANGGANAN, None, "w"),
        ("subscription ($w: KodeWilayah!) { a: rekapBerubah(wilayah: $w) { aksi } b: rekapBerubah(wilayah: $w) { aksi } }", "53", "only one"),
        ("subscription { __typename }", "53", "introspection"),
        ("subscription A($w: KodeWilayah!) { rekapBerubah(wilayah: $w) { aksi } } query B { __typename }", "53", "operationName"),
        ("x" * 60_001, "53", "variables"),
        (LANGGANAN, "53\0", "NUL"),
    ],
)  # fmt: skip
def test_a_subscription_that_cannot_be_is_an_error_of_its_own(
    hub_baca: Klien, query: str, w: str | None, kata: str
) -> None:
    with ws(hub_baca) as sambungan:
        sambungan.salam()
        sambungan.kirim(type="subscribe", id="x", payload={"query": query, "variables": {"w": w}})
        pesan = sambungan.terima()
        assert (pesan["type"], pesan["id"]) == ("error", "x")
        assert any(kata in galat["message"] for galat in pesan["payload"]), pesan
        assert all(galat["extensions"]["kode"] != "KESALAHAN_DALAM" for galat in pesan["payload"])
        sambungan.langgan("53", "x")  # the connection goes on, the id is free


def test_queries_run_over_it_too(hub_baca: Klien) -> None:
    with ws(hub_baca, "53.14") as sambungan:
        sambungan.salam()
        sambungan.kirim(type="subscribe", id="q", payload={"query": '{ kabupaten(kode: "53.14") { nama } }'})
        pesan = sambungan.terima()
        assert (pesan["type"], pesan["id"]) == ("next", "q")
        assert pesan["payload"]["data"] == {"kabupaten": {"nama": "Rote Ndao"}}
        assert sambungan.terima() == {"type": "complete", "id": "q"}
        ubah = 'mutation { setujuiRekap(id: "53.14:F01:2020", revisi: 1) { __typename } }'
        sambungan.kirim(type="subscribe", id="m", payload={"query": ubah})
        assert sambungan.terima()["payload"]["data"] == {"setujuiRekap": {"__typename": "TidakBerwenang"}}


def test_one_connection_has_a_limit_of_operations(hub_baca: Klien) -> None:
    with ws(hub_baca) as sambungan:
        sambungan.salam()
        for i in range(50):
            sambungan.langgan("53", str(i))
        sambungan.kirim(**{**SUBSCRIBE, "id": "lebih"})
        pesan = sambungan.terima()
        assert (pesan["id"], pesan["payload"][0]["extensions"]["kode"]) == ("lebih", "BATAS_TERLAMPAUI")


# ---------- server-sent events ----------


def test_a_subscription_by_a_plain_request_is_told_how(hub_baca: Klien) -> None:
    for kirim in (hub_baca.kirim(LANGGANAN, {"w": "53"}), hub_baca.get("/graphql", params={"query": LANGGANAN})):
        assert kirim.status_code == 400
        assert "text/event-stream" in kirim.json()["errors"][0]["message"]


def test_a_subscription_that_cannot_be_is_refused_before_the_stream(hub_baca: Klien) -> None:
    jawab = hub_baca.post(
        "/graphql",
        json={"query": LANGGANAN, "variables": {"w": "53.14.01"}},
        headers={"Accept": "text/event-stream"},
    )
    assert jawab.status_code == 400
    assert "kecamatan" in jawab.json()["errors"][0]["message"]


def test_a_query_as_events_is_a_stream_of_one(hub_baca: Klien) -> None:
    query = '{ kabupaten(kode: "53.14") { kecamatan { nama } } }'
    jawab = hub_baca.get("/graphql", params={"query": query}, headers={"Accept": "text/event-stream"})
    assert jawab.headers["content-type"].startswith("text/event-stream")
    awal, _, sisa = jawab.text.partition("\n")
    assert awal == "event: next"
    data, _, akhir = sisa.partition("\n\n")
    assert data.startswith('data: {"data":{"kabupaten"')
    assert "\n" not in data
    assert akhir == "event: complete\ndata:\n\n"
    both = hub_baca.get("/graphql", params={"query": query}, headers={"Accept": "application/json, text/event-stream"})
    assert both.headers["content-type"] == "application/json"


def test_events_come_by_get_too(hub_baca: Klien) -> None:
    params = {"query": LANGGANAN, "variables": '{"w": "53"}'}
    with httpx.stream(
        "GET", f"{hub_baca.alamat}/graphql", params=params, headers={"Accept": "text/event-stream"}
    ) as jawab:
        assert jawab.status_code == 200
        assert jawab.headers["content-type"].startswith("text/event-stream")
        assert jawab.headers["cache-control"] == "no-store"
        assert next(jawab.iter_lines()) == ":"


def test_the_publics_messages_and_changes_are_bounded_as_its_requests_are(hub_baca: Klien) -> None:
    ubah = "mutation ($m: RekapMasukan!) { ajukanRekap(masukan: $m) { __typename } }"
    panjang = {"query": ubah, "variables": {"m": "x" * (256 * 2**10)}}
    with ws(hub_baca) as sambungan:
        sambungan.salam()
        sambungan.kirim(type="subscribe", id="1", payload={"query": ubah, "variables": {"m": 3}})
        assert sambungan.terima()["payload"]["data"] == {"ajukanRekap": {"__typename": "TidakBerwenang"}}
        assert sambungan.terima()["type"] == "complete"
        sambungan.kirim(type="subscribe", id="2", payload=panjang)
        _ditutup(sambungan, 1009)
    with ws(hub_baca) as sambungan:  # nor before anybody has said who it is
        sambungan.kirim(type="connection_init", payload={"x": "y" * (256 * 2**10)})
        _ditutup(sambungan, 1009)
    with ws(hub_baca, "53.14") as sambungan:  # what an office has to say at length goes over HTTP
        sambungan.salam()
        sambungan.kirim(type="subscribe", id="1", payload=panjang)
        _ditutup(sambungan, 1009)
