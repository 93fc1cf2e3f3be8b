"""Where a node takes up the chains of its kabupaten, and how its province sees that it went back."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, TypeVar

import pytest

from hub.base.errors import InvalidInputError
from hub.db.database import Conn
from hub.db.private_cluster import PrivateCluster
from hub.katalog.cache import KatalogCache
from hub.simpul.chain_ledger import ChainLedger
from hub.simpul.refusals import RestoredError
from tests.client import Client
from tests.rekap.texts import APPROVE, SEND_BACK
from tests.simpul.two_hubs import KAB, decide, deliver, hubs, send, with_database

T = TypeVar("T")
Pair = tuple[Client, Client]


@pytest.fixture
def pair(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Pair]:
    yield from hubs(cluster, templates["contoh"])


def _in(hub: Client, work: Callable[[ChainLedger, Conn], Awaitable[T]]) -> T:
    async def run(db: Any) -> T:
        async with db.as_owner() as conn:
            return await work(ChainLedger(db, KatalogCache(db)), conn)

    return with_database(hub.url, run)


def _handed(province: Client, epoch: int, told: int) -> Mapping[str, Any] | None:
    return _in(province, lambda ledger, conn: ledger.handed(conn, KAB, epoch, told))


def _place(node: Client) -> dict[str, Any]:
    return dict(_in(node, lambda ledger, _: ledger.place(KAB)))


def _check(province: Client, place: Mapping[str, object]) -> None:
    _in(province, lambda ledger, _: ledger.check_place(KAB, place))


def test_the_same_hand_over_is_answered_alike_until_the_node_goes_on(pair: Pair) -> None:
    node, province = pair
    send(node, "a")
    deliver(node, province)
    _in(province, lambda ledger, conn: ledger.begin(conn, KAB, 2, up=False))
    first = _handed(province, 2, 0)
    assert first is not None
    decide(province, APPROVE, 1)
    assert _handed(province, 2, 0) == first
    node.sql("UPDATE rantai SET masa = 2")
    deliver(province, node)
    assert _handed(province, 2, 0) is None, "it has said that it has what was told since"
    assert _handed(province, 2, 1) is not None
    send(node, "b", 2, periode="2022")
    deliver(node, province)
    assert _handed(province, 2, 1) is None, "it has told something since"


def test_another_machine_takes_the_chains_up_and_one_with_another_history_cannot(pair: Pair) -> None:
    node, province = pair
    send(node, "a")
    deliver(node, province)
    decide(province, APPROVE, 1)
    ends = _handed(province, 2, 1)
    _in(node, lambda ledger, conn: ledger.take_up(conn, KAB, 2, ends))
    assert node.sql("SELECT masa, nomor, awal FROM rantai_masuk") == [(2, 1, 1)], (
        "what the copy held is not asked for again"
    )
    assert node.sql("SELECT masa, nomor, awal FROM rantai") == [(2, 1, 0)]
    send(node, "b", 2, periode="2022")
    with pytest.raises(InvalidInputError, match="basis data baru"):
        _in(node, lambda ledger, conn: ledger.take_up(conn, KAB, 3, ends))
    for junk in ({}, {"naik": [1, "x"], "turun": [1, ""]}, [1], "x"):
        with pytest.raises(InvalidInputError, match="versi yang sama"):
            _in(node, lambda ledger, conn, junk=junk: ledger.take_up(conn, KAB, 3, junk))  # type: ignore[misc]


def test_a_node_that_went_back_or_another_way_is_seen_before_anything_is_taken(pair: Pair) -> None:
    node, province = pair
    before = _place(node)
    _check(province, before)
    send(node, "a")
    _check(province, _place(node))
    deliver(node, province)
    decide(province, SEND_BACK, 1, alasan="lagi", catatan=[])
    _check(province, _place(node))
    deliver(province, node)
    now = _place(node)
    _check(province, now)
    went_back = [before, {**now, "sidik": "00" * 32}, {**now, "turun": 0}]
    for place in went_back:
        with pytest.raises(RestoredError, match="hub simpul pulihkan"):
            _check(province, place)
    for unknown in ({}, {"nomor": "1"}, {"masa": 1, "nomor": None, "turun": 0}):
        _check(province, unknown)
    province.sql("UPDATE rantai SET ditulis = false")
    _check(province, before)
