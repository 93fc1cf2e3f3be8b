"""What two hubs hold otherwise is found, named and mended by its owner; what can never differ is an alarm."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import pytest

from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from hub.simpul.compare import MISSING, MORE, OTHER, Difference, compare, mend
from hub.simpul.compare_door import Comparison
from hub.simpul.keys import NodeKey
from hub.simpul.wire_client import Line
from hub.simpul.wire_door import Delivery
from hub.simpul.wire_frames import Frame
from tests.client import Client
from tests.rekap.texts import APPROVE, SUBMIT, angka, submission
from tests.simpul import two_hubs
from tests.simpul.two_hubs import hubs, with_database
from tests.sumber_daya.texts import panti, save

KAB = "53.14"
Pair = tuple[Client, Client]
T = TypeVar("T")


@pytest.fixture(scope="module")
def both(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Pair]:
    yield from hubs(cluster, templates["contoh"], KAB)


@dataclass(frozen=True)
class _Sender:
    kode_kab: str


class Wire(Line):
    """Straight to the province's door."""

    province_url = ""
    asked = 0

    async def ask(self, path: str, frame: Frame, state: Mapping[str, Any]) -> Frame:
        Wire.asked += 1

        async def work(db: Database) -> Frame:
            return await Comparison(db).answer(Delivery(_Sender(KAB), frame, timedelta(0), {}))  # type: ignore[arg-type]

        return await asyncio.to_thread(with_database, self.province_url, work)


def at_node(both: Pair, work: Callable[[Database, Line], Awaitable[T]]) -> T:
    node, province = both
    line = Wire("", "53", NodeKey(None), {})  # type: ignore[arg-type]
    Wire.province_url = province.url
    return with_database(node.url, lambda db: work(db, line))


def found(both: Pair) -> dict[str, Difference]:
    return {d.table: d for d in at_node(both, lambda db, line: compare(db, line, KAB))}


def mended(both: Pair) -> Any:
    differences = list(found(both).values())
    result = at_node(both, lambda db, line: mend(db, line, KAB, differences))
    deliver(*both)
    return result


def deliver(sender: Client, receiver: Client) -> None:
    receipt = two_hubs.deliver(sender, receiver, KAB)
    assert [a.verdict for a in receipt.answered] == ["DITERIMA"] * len(receipt.answered), receipt.answered


def send(hub: Client, period: str, figure: int = 100) -> None:
    m = submission(KAB, "F02", period, f"banding{period}", nilai=[angka(KAB, "BAN05", figure)])
    answer = hub.ask(SUBMIT, {"m": m}, KAB)["hasil"]
    assert answer["__typename"] == "RekapDiterima", answer


def save_at_node(both: Pair, name: str) -> str:
    answer = save(both[0], panti(nama=name), KAB)
    assert answer["__typename"] == "SumberDayaTersimpan", answer
    return str(answer["sumberDaya"]["id"]).rpartition(":")[2]


def untold(hub: Client, statement: str, *values: Any) -> None:
    """Written past everything that would tell of it."""
    table = statement.split()[{"UPDATE": 1, "DELETE": 2}[statement.split()[0]]]
    hub.sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    hub.sql(statement, *values)
    hub.sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_hubs_that_hold_the_same_are_found_alike_by_one_question(both: Pair) -> None:
    send(both[0], "2022")
    save_at_node(both, "Panti Sama")
    deliver(*both)
    answer = both[1].ask(APPROVE, {"id": f"{KAB}:F02:2022", "revisi": 1}, "53")["hasil"]
    assert answer["__typename"] == "RekapDiterima", answer
    deliver(both[1], both[0])
    Wire.asked = 0
    assert found(both) == {}
    assert Wire.asked == 1


def test_a_row_that_was_changed_or_lost_at_the_province_comes_again(both: Pair) -> None:
    _, province = both
    changed, lost = save_at_node(both, "Panti Diubah"), save_at_node(both, "Panti Hilang")
    deliver(*both)
    untold(province, "UPDATE sumber_daya SET nama = 'lain' WHERE id = %s", changed)
    untold(province, "DELETE FROM sumber_daya WHERE id = %s", lost)
    (difference,) = found(both).values()
    assert (difference.table, difference.alarm) == ("sumber_daya", False)
    assert {(r.key[0], r.what) for r in difference.rows} == {(changed, OTHER), (lost, MISSING)}
    result = mended(both)
    assert (result.told, result.left) == (2, [])
    assert found(both) == {}
    assert province.sql("SELECT nama FROM sumber_daya WHERE id = ANY(%s::uuid[]) ORDER BY nama", [changed, lost]) == [
        ("Panti Diubah",), ("Panti Hilang",),
    ]  # fmt: skip


def test_a_submission_that_the_province_lost_comes_again(both: Pair) -> None:
    _, province = both
    send(both[0], "2023-05")
    deliver(*both)
    for table in (
        "rekap_nilai",
        "rekap_total",
        "rekap_temuan",
        "rekap_lonjakan",
        "rekap_peristiwa",
        "rekap_revisi",
        "rekap",
    ):
        untold(province, f"DELETE FROM {table} WHERE kode_kab = %s AND periode = '2023-05'", KAB)
    assert found(both).keys() == {"rekap_revisi", "rekap_nilai"}
    assert mended(both).told == 1
    assert found(both) == {}


def test_the_same_number_with_another_figure_is_an_alarm_and_nothing_is_written_over(both: Pair) -> None:
    node, province = both
    send(node, "2023-06", 7)
    deliver(*both)
    untold(province, "UPDATE rekap_nilai SET nilai = 8 WHERE kode_kab = %s AND periode = '2023-06'", KAB)
    (difference,) = found(both).values()
    assert (difference.table, difference.alarm, [r.what for r in difference.rows]) == ("rekap_nilai", True, [OTHER])
    told = node.sql("SELECT nomor FROM rantai")
    result = mended(both)
    assert (result.told, len(result.left)) == (0, 1)
    assert node.sql("SELECT nomor FROM rantai") == told
    assert province.sql("SELECT nilai FROM rekap_nilai WHERE periode = '2023-06' AND kode_kab = %s", KAB)[0][0] == 8
    untold(province, "UPDATE rekap_nilai SET nilai = 7 WHERE kode_kab = %s AND periode = '2023-06'", KAB)


def test_what_the_province_keeps_comes_from_there(both: Pair) -> None:
    node, province = both
    answer = save(province, panti(nama="Panti Provinsi", pemilik="PROVINSI"), "53")
    assert answer["__typename"] == "SumberDayaTersimpan", answer
    deliver(province, node)
    assert found(both) == {}
    untold(node, "UPDATE sumber_daya SET nama = 'lain' WHERE nama = 'Panti Provinsi'")
    assert {r.what for r in found(both)["sumber_daya"].rows} == {OTHER}
    differences = list(found(both).values())
    assert at_node(both, lambda db, line: mend(db, line, KAB, differences)).told == 1
    deliver(province, node)
    assert found(both) == {}


def test_what_only_the_province_has_is_named(both: Pair) -> None:
    node, _ = both
    only = save_at_node(both, "Panti Tinggal")
    deliver(*both)
    untold(node, "DELETE FROM sumber_daya WHERE id = %s", only)
    (difference,) = found(both).values()
    assert [(r.key[0], r.what) for r in difference.rows] == [(only, MORE)]
