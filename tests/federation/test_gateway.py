"""A real gateway over the hub and a statistics service answers questions that need both."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import psycopg
import pytest

from tests.client import Client
from tests.federation.gateway import Supergraph
from tests.federation.rain_service import rain
from tests.federation.statistics_service import forest_area, pdrb
from tests.rekap.texts import SAVE, angka, submission

FROM_HUB = '{ kabupaten(kode: "53.14") { nama pdrb kecamatan { nama desa { kode nama luasHutan } } } }'
FROM_STATISTICS = "{ hutanTerluas(banyak: 119) { kode luasHutan nama kecamatan { nama } } }"


@pytest.fixture
def sent_statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement of the hub that is not about the transaction, the settings of a connection, a newer catalogue, or the
    listener's pulse."""
    statements: list[str] = []
    original = psycopg.AsyncCursor.execute

    async def execute(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
        text = str(query)
        housekeeping = text == "SELECT 1" or text.startswith(("BEGIN", "COMMIT", "SET ", "SELECT set_config"))
        if not housekeeping and "katalog_riwayat" not in text:
            statements.append(text)
        return await original(self, query, *args, **kwargs)

    monkeypatch.setattr(psycopg.AsyncCursor, "execute", execute)
    return statements


@pytest.fixture
def fresh_supergraph(supergraph: Supergraph, sent_statements: list[str]) -> Supergraph:
    """Nothing sent yet; the catalogue read and the gateway warm."""
    supergraph.gateway.ask('{ formulir(kode: "F01") { kode } }')
    supergraph.hub.received.clear()
    supergraph.statistics.received.clear()
    sent_statements.clear()
    return supergraph


def test_the_hubs_desa_with_the_other_services_figures(
    fresh_supergraph: Supergraph, sent_statements: list[str]
) -> None:
    answer = fresh_supergraph.gateway.ask(FROM_HUB)
    assert "errors" not in answer, answer["errors"]
    kab = answer["data"]["kabupaten"]
    assert (kab["nama"], kab["pdrb"], len(kab["kecamatan"])) == ("Rote Ndao", pdrb("53.14"), 11)
    desa = [d for c in kab["kecamatan"] for d in c["desa"]]
    assert [d["kode"] for d in desa] == fresh_supergraph.desa
    assert len(desa) == 119
    assert [d["luasHutan"] for d in desa] == [forest_area(d["kode"]) for d in desa]
    assert len(fresh_supergraph.hub.received) == len(sent_statements) == 1


def test_the_other_services_desa_with_the_hubs_names(fresh_supergraph: Supergraph, sent_statements: list[str]) -> None:
    """119 desa of a list that the hub did not make: one `_entities` request, one SQL statement."""
    answer = fresh_supergraph.gateway.ask(FROM_STATISTICS)
    assert "errors" not in answer, answer["errors"]
    assert len(fresh_supergraph.hub.received) == 1
    assert fresh_supergraph.hub.received[0].count("_entities") == 1
    assert len(sent_statements) == 1
    desa = answer["data"]["hutanTerluas"]
    assert [d["luasHutan"] for d in desa] == sorted((forest_area(k) for k in fresh_supergraph.desa), reverse=True)
    with psycopg.connect(fresh_supergraph.url) as conn:
        expected = {
            kode: (name, kecamatan)
            for kode, name, kecamatan in conn.execute(
                "SELECT d.kode, d.nama, c.nama FROM wilayah d JOIN wilayah c ON c.kode_kab = d.kode_kab AND c.kode = d.kode_induk"
                " WHERE d.kode_kab = '53.14' AND d.tingkat = 4 AND d.berlaku_sampai IS NULL AND c.berlaku_sampai IS NULL"
            )
        }
    assert {d["kode"]: (d["nama"], d["kecamatan"]["nama"]) for d in desa} == expected
    assert len(expected) == 119


WET = """query ($k: [String!]!) { wilayahBasah(kode: $k) { __typename kode hujan nama ... on Desa { kecamatan { nama } } } }"""
PLACES = {"k": ["53.14", "53", "53.99", "53.14.10.2003"]}


@pytest.mark.parametrize("router", ["gateway", "apollo"])
def test_what_a_service_adds_to_an_interface_begins_at_the_service(fresh_supergraph: Supergraph, router: str) -> None:
    """It answers with {__typename: "Wilayah", kode}, and the hub says what each one is."""
    ask = fresh_supergraph.gateway.ask if router == "gateway" else fresh_supergraph.ask_apollo
    answer = ask(WET, PLACES)
    kabupaten, province, missing, desa = answer["data"]["wilayahBasah"]
    assert kabupaten == {"__typename": "Kabupaten", "kode": "53.14", "nama": "Rote Ndao", "hujan": rain("53.14")}
    assert (province["__typename"], province["hujan"]) == ("Provinsi", rain("53"))
    assert missing is None  # what the hub does not know has no type
    assert (desa["__typename"], desa["nama"], desa["kecamatan"]) == ("Desa", "Sotimori", {"nama": "Landu Leko"})
    assert len(fresh_supergraph.hub.received) == 1


def test_what_a_service_adds_to_an_interface_is_there_for_every_type(fresh_supergraph: Supergraph) -> None:
    """Planned as Apollo's router does. (Hive's gateway asks for it where a field is of the interface itself, next test.)"""
    answer = fresh_supergraph.ask_apollo(
        '{ provinsi(kode: "53") { nama hujan } kabupaten(kode: "53.14") { hujan kecamatan { kode hujan } } }'
    )
    assert answer["data"]["provinsi"] == {"nama": "Nusa Tenggara Timur", "hujan": rain("53")}
    assert answer["data"]["kabupaten"]["hujan"] == rain("53.14")
    assert [c["hujan"] for c in answer["data"]["kabupaten"]["kecamatan"]] == [
        rain(c["kode"]) for c in answer["data"]["kabupaten"]["kecamatan"]
    ]


@pytest.mark.parametrize("router", ["gateway", "apollo"])
def test_resources_too_are_asked_for_as_what_they_have_in_common(fresh_supergraph: Supergraph, router: str) -> None:
    ask = fresh_supergraph.gateway.ask if router == "gateway" else fresh_supergraph.ask_apollo
    listed = '{ daftarSumberDaya(saring: {di: "53.14"}, first: 5) { edges { node { __typename id nama hujan } } } }'
    nodes = [e["node"] for e in ask(listed)["data"]["daftarSumberDaya"]["edges"]]
    assert nodes
    assert [n["hujan"] for n in nodes] == [rain(n["id"]) for n in nodes]
    answer = ask(
        "query ($i: [String!]!) { sumberDayaBasah(id: $i) { __typename id nama hujan } }",
        {"i": [n["id"] for n in nodes]},
    )
    assert answer["data"]["sumberDayaBasah"] == nodes


def test_the_callers_token_travels_along(fresh_supergraph: Supergraph) -> None:
    with Client(fresh_supergraph.hub.address, fresh_supergraph.url) as client:
        draf = submission("53.15", "F02", "2022", "rahasia-gerbang", nilai=[angka("53.15", "BAN05", 4_242)])
        assert client.ask(SAVE, {"m": draf}, as_whom="53.15")["hasil"]["__typename"] == "RekapDiterima"
        query = '{ rekap(id: "53.15:F02:2022") { status pelapor { ... on Kabupaten { nama pdrb } } } }'
        assert fresh_supergraph.gateway.ask(query)["data"]["rekap"] is None
        answer = fresh_supergraph.gateway.ask(query, token=client.token("53.15"))
        assert answer["data"]["rekap"]["status"] == "DRAF"
        assert answer["data"]["rekap"]["pelapor"]["pdrb"] == pdrb("53.15")


def test_an_event_travels_through_a_router_with_what_others_add(fresh_supergraph: Supergraph) -> None:
    """The hub sends server-sent events, the router joins the other service's figure to each. What the event is about it says itself."""
    asked = 'subscription { rekapBerubah(wilayah: "53.15") { aksi rekap { id pelapor { nama ... on Kabupaten { pdrb } } } } }'
    with Client(fresh_supergraph.hub.address, fresh_supergraph.url) as client:
        token = client.token("53.15")
        headers = {"Accept": "text/event-stream", "Authorization": f"Bearer {token}"}
        address = f"{fresh_supergraph.gateway.address}/graphql"
        with httpx.stream("POST", address, json={"query": asked}, headers=headers, timeout=30) as stream:
            lines = stream.iter_lines()
            assert next(lines) == ":"
            with ThreadPoolExecutor(1) as writer:
                stop = threading.Event()
                writing = writer.submit(_write_until, stop, client)
                event = next(line for line in lines if "aksi" in line)
                stop.set()
                assert writing.result() is None
    told = json.loads(event.removeprefix("data: "))["data"]["rekapBerubah"]
    assert told["aksi"] == "SIMPAN"
    assert told["rekap"]["id"].startswith("53.15:F02:")
    assert told["rekap"]["pelapor"] == {"nama": "Manggarai Barat", "pdrb": pdrb("53.15")}


def _write_until(stop: threading.Event, client: Client) -> None:
    """A draft of one year after the other: when the router has subscribed at the hub, it does not say."""
    for year in range(1990, 2020):
        draf = submission("53.15", "F02", str(year), f"langganan-{year}", nilai=[angka("53.15", "BAN05", 4_242)])
        assert client.ask(SAVE, {"m": draf}, as_whom="53.15")["hasil"]["__typename"] == "RekapDiterima"
        if stop.wait(0.3):
            return


def test_the_hubs_part_stays_when_the_other_service_is_down(fresh_supergraph: Supergraph) -> None:
    """The last test of this file: it ends the service."""
    fresh_supergraph.statistics.stop()
    answer = fresh_supergraph.gateway.ask(FROM_HUB)
    assert answer["errors"]
    kab = answer["data"]["kabupaten"]
    assert (kab["nama"], kab["pdrb"]) == ("Rote Ndao", None)
    desa = [d for c in kab["kecamatan"] for d in c["desa"]]
    assert len(desa) == 119
    assert all(d["nama"] and d["luasHutan"] is None for d in desa)
