"""What either end refused and what raised an alarm: counted on the node while it is open, and listed with what to do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from structlog.contextvars import clear_contextvars, get_contextvars

from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from hub.katalog.cache import KatalogCache
from hub.simpul.chain_ledger import ChainLedger
from tests.client import Client
from tests.simpul.hub_pair import Hub
from tests.simpul.two_hubs import (
    KAB,
    PROV,
    batch_of,
    deliver,
    events_of,
    hubs,
    receive,
    send,
    take_receipt,
    with_database,
)

_NODE = (
    "INSERT INTO simpul (kode_kab, mode, mode_diminta, kode_induk, bergabung_pada, serah_pada, terakhir_kontak) "
    "VALUES (%s, %s, 'KIRIM', %s, now(), now(), now())"
)
_ASKED = "{ daftarSimpul { ditolak peringatan } }"


@pytest.fixture
def pair(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[tuple[Client, Client]]:
    for node, province in hubs(cluster, templates["contoh"]):
        for hub, mode in (
            (node, "HOSTING"),
            (province, "KIRIM"),
        ):  # the one runs as a hub for all, and would not let the office write
            hub.sql(_NODE, KAB, mode, PROV)
        yield node, province


def counted(hub: Client, as_whom: str = PROV) -> tuple[int, int]:
    ((row),) = hub.ask(_ASKED, None, as_whom)["daftarSimpul"]
    return row["ditolak"], row["peringatan"]


def bad(node: Client, subject: str = "53.15:F02:2023") -> None:
    """A submission that no province can take."""
    data = '{"formulir":"F02","kunci":"a","nilai":[[1]],"periode":"2023","revisi":1,"surat":null,"total":[]}'
    node.sql("SELECT hub_rantai_tulis(%s, 'rekap.ajukan', %s, %s, now(), 'uji')", KAB, subject, data)


def status(hub: Client, folder: Path) -> str:
    return " ".join(Hub(hub.url, folder, {"HUB_WILAYAH": PROV, "COLUMNS": "300"}).do("status").split())


def test_what_was_refused_counts_until_something_newer_was_taken(pair: tuple[Client, Client], tmp_path: Path) -> None:
    node, province = pair
    bad(node)
    bad(node, "53.15:F02:2022")
    deliver(node, province)
    assert counted(province) == counted(node, KAB) == (2, 0)
    told = status(province, tmp_path)
    assert "rekap.ajukan 53.15:F02:2023" in told
    assert "tidak dapat dibaca" in told
    assert "ajukan lagi" in told
    send(node, "b")
    deliver(node, province)
    assert counted(province) == counted(node, KAB) == (1, 0)


def forked(node: Client, province: Client) -> Any:
    """An event with a number that was taken, and another content; the receipt is kept."""
    first = events_of(batch_of(node, 0))[0]
    return receive(province, orjson.dumps([{**first, "aktor": "orang lain"}]))


def test_an_alarm_stands_until_a_receipt_without_one(pair: tuple[Client, Client], tmp_path: Path) -> None:
    node, province = pair
    send(node, "a")
    deliver(node, province)
    assert counted(province) == (0, 0)
    for _ in range(3):  # a node tries again and again
        take_receipt(node, forked(node, province))
    assert counted(province) == counted(node, KAB) == (0, 1)
    told = status(province, tmp_path)
    assert "RANTAI_BERCABANG" in told
    assert "bandingkan keduanya" in told
    send(node, "b", 101)
    deliver(node, province)
    assert counted(province) == counted(node, KAB) == (0, 0)
    assert "RANTAI_BERCABANG" not in status(province, tmp_path)


def test_a_delivery_is_told_of_in_one_line(pair: tuple[Client, Client]) -> None:
    """How much came, and what of it was refused; whoever logs the request says the rest."""
    node, province = pair
    send(node, "a")
    bad(node)

    batch = batch_of(node)

    async def received(db: Database) -> dict[str, Any]:
        clear_contextvars()
        await ChainLedger(db, KatalogCache(db)).receive(KAB, batch, None)
        return get_contextvars()

    told = with_database(province.url, received)
    assert told == {"peristiwa": 2, "ditolak": 1, "masalah": [], "angka": 1}
