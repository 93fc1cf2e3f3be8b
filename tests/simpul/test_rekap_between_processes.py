"""The whole way of a rekap between a kabupaten's hub and its province's: two processes, two databases, killed and started again. What is
made at the node is approved at the province, and each shows at the other as if it had been done there."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hub.db.private_cluster import PrivateCluster
from hub.katalog.cache import KatalogCache
from hub.simpul import registry
from hub.simpul.chain_ledger import ChainLedger
from hub.simpul.joining import own_node
from hub.simpul.joining_copy import take_over
from hub.simpul.keys import node_key
from hub.simpul.wire_client import Line
from tests.cli.hub_process import run_hub, wait_until
from tests.client import Client
from tests.database_clones import clone_of
from tests.pekerjaan.jobs import opened
from tests.rekap.texts import APPROVE, SEND_BACK, SUBMIT, angka, submission
from tests.simpul.hub_pair import Hub, pair

_STATE = """query ($id: ID!) { rekap(id: $id) { status revisi revisiDisetujui
  riwayat { aksi alasan oleh } nilai { elemen { kode } nilai } } }"""
_SUM = 'query ($p: [Periode!]!) { agregat(elemen: ["BAN05"], periode: $p, wilayah: "53.14", tingkat: KABUPATEN) { nilai status } }'


@dataclass
class Sides:
    province: Hub
    node: Hub

    def at(self, hub: Hub) -> Client:
        return Client(hub.address, hub.url)


@pytest.fixture(scope="module")
def sides(
    cluster: PrivateCluster, templates: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sides]:
    folder: Path = tmp_path_factory.mktemp("rekap")
    for province_url in clone_of(cluster, templates["contoh"]):
        for node_url in clone_of(cluster, templates["dasar"]):
            with pair(folder, province_url, node_url) as hubs:
                asyncio.run(_take_over(hubs.node, hubs.province))
                hubs.node.kill()  # it answers by what it had read of itself before
                hubs.node.start()
                yield Sides(hubs.province, hubs.node)


async def _take_over(node: Hub, province: Hub) -> None:
    async with opened(node.url) as db:
        line = Line(province.address, "53", node_key(node.home), await registry.province_keys(db, await own_node(db)))
        copied = await take_over(db, node.url, ChainLedger(db, KatalogCache(db)), line)
    assert copied.attempts >= 1


def _state(hub: Client, period: str, as_whom: str) -> Any:
    return hub.ask(_STATE, {"id": f"53.14:F02:{period}"}, as_whom)["rekap"]


def _submit(hub: Client, period: str, key: str, value: int) -> Any:
    return hub.ask(
        SUBMIT, {"m": submission("53.14", "F02", period, key, nilai=[angka("53.14", "BAN05", value)])}, "53.14"
    )["hasil"]


def _until(hub: Client, period: str, as_whom: str, status: str) -> Any:
    wait_until(
        lambda: (_state(hub, period, as_whom) or {}).get("status") == status,
        f"{status}: {_state(hub, period, as_whom)}",
        40,
    )
    return _state(hub, period, as_whom)


def test_a_rekap_of_the_node_is_returned_and_approved_at_the_province(sides: Sides) -> None:
    with sides.at(sides.node) as node, sides.at(sides.province) as province:
        assert _submit(node, "2018", "a", 7)["__typename"] == "RekapDiterima"
        _until(province, "2018", "53", "DIAJUKAN")
        returned = province.ask(
            SEND_BACK, {"id": "53.14:F02:2018", "revisi": 1, "alasan": "BAN05 kurang 4", "catatan": None}, "53"
        )["hasil"]
        assert returned["__typename"] == "RekapDiterima"
        here = _until(node, "2018", "53.14", "DIKEMBALIKAN")
        assert here["riwayat"][-1]["alasan"] == "BAN05 kurang 4"
        sides.province.kill()
        assert _submit(node, "2018", "b", 11)["__typename"] == "RekapDiterima"
        sides.province.start()
        there = _until(province, "2018", "53", "DIAJUKAN")
        assert [x["nilai"] for x in there["nilai"] if x["elemen"]["kode"] == "BAN05"] == [11]
        assert (
            province.ask(APPROVE, {"id": "53.14:F02:2018", "revisi": there["revisi"]}, "53")["hasil"]["__typename"]
            == "RekapDiterima"
        )
        assert _until(node, "2018", "53.14", "DISETUJUI")["revisiDisetujui"] == there["revisi"]
        for hub, as_whom in ((province, "53"), (node, "53.14")):
            assert hub.ask(_SUM, {"p": ["2018"]}, as_whom)["agregat"] == [{"nilai": 11, "status": "ADA"}]


@pytest.mark.parametrize("dying", ["receive:after", "given:after"])
def test_whatever_dies_on_the_way_the_rekap_is_there_once(sides: Sides, dying: str) -> None:
    period = {"receive:after": "2022", "given:after": "2023"}[dying]
    with sides.at(sides.node) as node, sides.at(sides.province) as province:
        sides.province.kill()
        sides.province.start(MATI_DI=dying)
        assert _submit(node, period, f"k{period}", 5)["__typename"] == "RekapDiterima"
        sides.province.wait_for_death()
        sides.province.start()
        there = _until(province, period, "53", "DIAJUKAN")
        assert there["revisi"] == 1
        assert [e["aksi"] for e in there["riwayat"]] == ["AJUKAN"]


def test_at_the_province_the_office_is_told_where_it_writes(sides: Sides) -> None:
    with sides.at(sides.province) as province:
        refused = _submit(province, "2014", "a", 5)
    assert refused["__typename"] == "TidakBerwenang"
    assert "hubnya sendiri" in refused["pesan"]


def test_both_ends_check_and_hub_status_tells(sides: Sides) -> None:
    for hub in (sides.province, sides.node):
        checked = run_hub("check", "rantai", **hub.environment())
        assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "sehat" in sides.province.do("status")
