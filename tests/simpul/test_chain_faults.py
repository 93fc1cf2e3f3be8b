"""What comes twice, out of order, cut off, with holes, forged, foreign or from another history: what is whole is taken once, the rest is
named, and nothing is ever overwritten."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson
import psycopg
import pytest

from hub.base.errors import InvalidInputError, UnknownNameError
from hub.berita.chain import Beginning, begin_chain, chain_head, end_chain, received_head
from hub.berita.chain_event import UP
from hub.berita.chain_verify import verify_chains
from hub.db.database import Conn, Database
from hub.db.private_cluster import PrivateCluster
from hub.katalog.cache import KatalogCache
from hub.simpul import receive as receiving
from hub.simpul import receive_event
from hub.simpul.envelope import enclose, open_batch
from hub.simpul.receipts import Receipt
from hub.simpul.receive import ForkedChainError, Receiver
from tests.client import Client
from tests.rekap.texts import APPROVE
from tests.simpul.two_hubs import (
    KAB,
    batch_of,
    begin,
    decide,
    deliver,
    events_of,
    hubs,
    receive,
    send,
    standing,
    take_receipt,
    with_database,
)

MONTHS = ("2023-01", "2023-02", "2023-03", "2023-04")


@pytest.fixture
def pair(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[tuple[Client, Client]]:
    yield from hubs(cluster, templates["contoh"])


def sent(node: Client) -> list[dict[str, Any]]:
    """Four submissions that wait."""
    for number, periode in enumerate(MONTHS, 1):
        send(node, f"k{number}", number, periode=periode)
    return events_of(batch_of(node))


def content(events: list[dict[str, Any]]) -> bytes:
    return orjson.dumps(events)


def taken(province: Client) -> list[int]:
    return [n for (n,) in province.sql("SELECT nomor FROM rantai_peristiwa_masuk ORDER BY nomor")]


def problems(receipt: Receipt) -> list[tuple[int | None, str]]:
    return [(p.number, p.kode) for p in receipt.problems]


def test_the_same_again_is_answered_as_it_was(pair: tuple[Client, Client]) -> None:
    node, province = pair
    batch = content(sent(node))
    first = receive(province, batch)
    events = province.sql("SELECT count(*) FROM rekap_peristiwa")
    again = receive(province, batch)
    assert (again.answered, again.number, again.hash, again.problems) == (first.answered, 4, first.hash, [])
    assert province.sql("SELECT count(*) FROM rekap_peristiwa") == events
    kept = province.sql("SELECT diberi, nomor, tanda_tangan, peringatan FROM tanda_terima ORDER BY id")
    assert kept == [(True, 4, b"tanda tangan", False)] * 2


def test_out_of_order_and_twice_in_one_batch(pair: tuple[Client, Client]) -> None:
    node, province = pair
    a, b, c, d = sent(node)
    receipt = receive(province, content([d, b, a, c, b]))
    assert (receipt.number, problems(receipt), [x.number for x in receipt.answered]) == (4, [], [1, 2, 3, 4])


def test_a_hole_stops_and_the_rest_is_named(pair: tuple[Client, Client]) -> None:
    node, province = pair
    a, _, c, d = sent(node)
    receipt = receive(province, content([a, c, d]))
    assert (receipt.number, problems(receipt)) == (1, [(3, "RANTAI_BERLUBANG")])
    assert (
        receipt.problems[0].message == "Peristiwa 2 belum datang; kirim mulai dari nomor itu. Belum diterima juga: 4."
    )
    take_receipt(node, receipt)
    assert [e["nomor"] for e in events_of(batch_of(node))] == [2, 3, 4]
    assert deliver(node, province).number == 4


def test_cut_off_in_mid_event(pair: tuple[Client, Client]) -> None:
    node, province = pair
    sent(node)
    whole = batch_of(node)
    receipt = receive(province, whole[: whole.index(b'"nomor":3') + 40])
    assert (receipt.number, problems(receipt)) == (2, [(None, "PERISTIWA_RUSAK")])
    assert taken(province) == [1, 2]


@pytest.mark.parametrize(
    "junk", [b"", b"{}", b"\xff\xfe", b'[{"specversion": "1.0"}]', b"[1, null]", b"[[]]", b"[" * 2_000]
)
def test_what_is_no_batch(pair: tuple[Client, Client], junk: bytes) -> None:
    _, province = pair
    receipt = receive(province, junk)
    assert receipt.number == 0
    assert {kode for _, kode in problems(receipt)} <= {"PERISTIWA_RUSAK"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("aktor", "orang lain"), ("time", "2020-01-01T00:00:00.000000Z"), ("subject", "53.15:F02:2022"), ("type", "id.hub.rekap.tarik"),
        ("masa", 2), ("sidik", "ab" * 32), ("sidikisi", "ab" * 32),
    ],
)  # fmt: skip
def test_a_forged_one_is_not_taken(pair: tuple[Client, Client], name: str, value: Any) -> None:
    node, province = pair
    a, b, *_ = sent(node)
    receipt = receive(province, content([a, {**b, name: value}]))
    assert (receipt.number, problems(receipt)) == (1, [(2, "RANTAI_PUTUS")])
    assert province.sql("SELECT peringatan FROM tanda_terima") == [(True,)]


def test_figures_that_were_changed_on_the_way_are_not_taken(pair: tuple[Client, Client]) -> None:
    node, province = pair
    a, *_ = sent(node)
    a["data"]["nilai"][0][3] = "9"
    assert problems(receive(province, content([a]))) == [(1, "RANTAI_PUTUS")]
    assert taken(province) == []


def test_the_same_number_with_another_content_is_an_alarm(pair: tuple[Client, Client]) -> None:
    node, province = pair
    sent(node)
    (first,) = open_batch(batch_of(node, 0, most=10)).enclosed
    deliver(node, province)
    before = standing(province, MONTHS[0])
    # another event with number 1 whose hashes are right: of a copy that was restored
    event = replace(first.event, content=first.event.content.replace('"1"', '"2"'))
    receipt = receive(province, enclose([event]))
    assert (receipt.number, problems(receipt), receipt.alarming) == (4, [(1, "RANTAI_BERCABANG")], True)
    assert (standing(province, MONTHS[0]), taken(province)) == (before, [1, 2, 3, 4])


def test_another_history_does_not_go_on_from_ours(pair: tuple[Client, Client], cluster: PrivateCluster) -> None:
    node, province = pair
    sent(node)
    receive(province, batch_of(node, 0, most=10))
    node.sql("ALTER TABLE rantai_peristiwa DISABLE TRIGGER USER")
    node.sql("UPDATE rantai_peristiwa SET sidik_sebelum = decode(repeat('ab', 32), 'hex') WHERE nomor = 2")
    assert problems(receive(province, batch_of(node, 1))) == [(2, "RANTAI_BERCABANG")]


def test_an_old_epoch_is_refused_and_a_new_one_goes_on(pair: tuple[Client, Client]) -> None:
    node, province = pair
    sent(node)
    deliver(node, province)
    province.sql("UPDATE rantai_masuk SET masa = 3")
    send(node, "k5", 5, periode="2023-05")
    assert problems(receive(province, batch_of(node))) == [(5, "MASA_LAMA")]
    province.sql("UPDATE rantai_masuk SET masa = 1")
    node.sql("UPDATE rantai SET masa = 2")
    send(node, "k6", 6, periode="2023-06")
    receipt = deliver(node, province)
    assert (receipt.epoch, receipt.number) == (2, 6)


def test_foreign_ones_are_named(pair: tuple[Client, Client]) -> None:
    node, province = pair
    a, b, *_ = sent(node)
    receipt = receive(province, content([a, {**b, "kodekab": "53.14"}, {**b, "arah": "TURUN"}]))
    assert (receipt.number, problems(receipt)) == (1, [(2, "PERISTIWA_ASING")] * 2)
    with pytest.raises(UnknownNameError):
        receive(province, content([a]), kode_kab="53.14")


def test_a_kind_that_is_not_known_yet_waits(pair: tuple[Client, Client]) -> None:
    node, province = pair
    node.sql("SELECT hub_rantai_tulis(%s, 'kelak.apa', 'x', '{}', now(), 'uji')", KAB)
    send(node, "a")
    receipt = receive(province, batch_of(node))
    assert (receipt.number, problems(receipt)) == (0, [(1, "JENIS_PERISTIWA_TAK_DIKENAL")])


@pytest.mark.parametrize(
    "data",
    [
        "{}",
        '{"formulir":"F02","kunci":"a","nilai":[[1]],"periode":"2023","revisi":1,"surat":null,"total":[]}',
        '{"formulir":"F02","kunci":"a","nilai":[["BAN05","53.15",[],"1","ADA"]],"periode":"2023","revisi":1,"surat":null,"total":[]}',
        '{"formulir":"F02","kunci":"a","nilai":[["BAN05","53.15",{"a":1},"1","ADA"]],"periode":"2023","revisi":1,"surat":null,"total":[]}',
        '{"formulir":"F02","kunci":"a","nilai":[["BAN05","53.15",{},"NaN","ADA"]],"periode":"2023","revisi":1,"surat":null,"total":[]}',
        '{"formulir":"F02","kunci":"a","nilai":[["BAN05","\\u0000",{},"1","ADA"]],"periode":"2023","revisi":1,"surat":null,"total":[]}',
        '{"formulir":"F02","kunci":"a","nilai":[],"periode":"2023","revisi":-1,"surat":{"nomor":"1","tanggal":"x"},"total":[]}',
        '{"formulir":"F02","kunci":"a","nilai":[],"periode":"2022","revisi":1,"surat":null,"total":[]}',
    ],
)
def test_content_that_is_not_what_its_kind_says_is_refused_and_the_chain_goes_on(
    pair: tuple[Client, Client], data: str
) -> None:
    node, province = pair
    node.sql("SELECT hub_rantai_tulis(%s, 'rekap.ajukan', '53.15:F02:2023', %s, now(), 'uji')", KAB, data)
    send(node, "a")
    receipt = deliver(node, province)
    assert [a.verdict for a in receipt.answered] == ["DITOLAK", "DITERIMA"]
    assert receipt.answered[0].temuan[0]["kode"] == "PERISTIWA_RUSAK"


def test_killed_between_writing_and_the_receipt(pair: tuple[Client, Client]) -> None:
    node, province = pair
    sent(node)
    receive(province, batch_of(node))  # its answer is lost
    assert [e["nomor"] for e in events_of(batch_of(node))] == [1, 2, 3, 4]
    assert [a.verdict for a in deliver(node, province).answered] == ["DITERIMA"] * 4
    assert province.sql("SELECT count(*) FROM rekap_revisi WHERE kunci_idempoten LIKE 'k_'") == [(4,)]


def test_killed_while_it_writes(pair: tuple[Client, Client], monkeypatch: pytest.MonkeyPatch) -> None:
    node, province = pair
    sent(node)
    keep = receive_event.Taking.keep
    monkeypatch.setattr(receiving, "may_run", lambda event: False)  # one by one; together: test_receive_run.py

    async def dies(self: receive_event.Taking, conn: Conn, taken: bool, temuan: Any) -> None:
        await keep(self, conn, taken, temuan)
        if self.event.number == 3:
            await conn.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(receive_event.Taking, "keep", dies)
    with pytest.raises((psycopg.Error, Exception)):
        receive(province, batch_of(node))
    monkeypatch.undo()
    assert taken(province) == [1, 2]
    assert province.sql("SELECT count(*) FROM rekap_revisi WHERE kunci_idempoten LIKE 'k_'") == [(2,)]
    assert deliver(node, province).number == 4


def test_the_same_batch_by_several_at_once(pair: tuple[Client, Client]) -> None:
    node, province = pair
    sent(node)
    batch = batch_of(node)

    async def work(db: Database) -> list[Receipt]:
        receiver = Receiver(db, KatalogCache(db))
        return await asyncio.gather(*(receiver.receive(KAB, batch) for _ in range(4)))

    receipts = with_database(province.url, work)
    assert [(r.number, r.problems) for r in receipts] == [(4, [])] * 4
    assert len({orjson.dumps([{"verdict": a.verdict, "at": a.at} for a in r.answered]) for r in receipts}) == 1
    assert province.sql("SELECT count(*) FROM rekap_revisi WHERE kunci_idempoten LIKE 'k_'") == [(4,)]


def test_a_receipt_that_lies_moves_nothing(pair: tuple[Client, Client]) -> None:
    node, province = pair
    sent(node)
    receipt = receive(province, batch_of(node))
    forged = Receipt(KAB, UP, 1, 4, bytes(32), receipt.at, receipt.answered, ())
    unsent = Receipt(KAB, UP, 1, 9, receipt.hash, receipt.at, (), ())
    for lie in (forged, unsent):
        with pytest.raises(ForkedChainError):
            take_receipt(node, lie)
    with pytest.raises(InvalidInputError):
        take_receipt(node, Receipt(KAB, "TURUN", 1, 4, receipt.hash, receipt.at, (), ()))
    assert node.sql("SELECT diterima FROM rantai") == [(0,)]
    assert node.sql("SELECT peringatan FROM tanda_terima") == [(True,)] * 2


def test_guests_have_no_chain(pair: tuple[Client, Client]) -> None:
    node, province = pair
    assert province.sql("SELECT count(*) FROM rantai_peristiwa") == [(0,)]
    send(province, "a")  # at the province itself: not what it tells the node
    decide(province, APPROVE, 1)
    assert [j for (j,) in province.sql("SELECT jenis FROM rantai_peristiwa")] == ["rekap.setujui"]
    assert deliver(province, node).answered[0].temuan[0]["kode"] == "REKAP_TAK_ADA"


def test_nobody_but_the_triggers_writes_a_chain(pair: tuple[Client, Client]) -> None:
    node, _ = pair
    sent(node)
    for statement in ("UPDATE rantai_peristiwa SET isi = '{}'", "DELETE FROM rantai_peristiwa"):  # not even its owner
        with pytest.raises(psycopg.errors.RestrictViolation):
            node.sql(statement)
    tables = ["rantai_peristiwa", "rantai_peristiwa_masuk", "rantai", "rantai_masuk", "tanda_terima"]
    roles = ["hub_publik", "hub_kabupaten", "hub_provinsi", "hub_admin", "hub_sistem"]
    asked = "SELECT DISTINCT t, r FROM unnest(%s::text[]) t, unnest(%s::text[]) r, unnest(%s::text[]) p WHERE has_table_privilege(r, t, p)"
    assert set(node.sql(asked, tables, roles, ["INSERT", "UPDATE", "DELETE", "TRUNCATE"])) == {
        ("rantai", "hub_sistem"),
        ("rantai_masuk", "hub_sistem"),
    }
    assert {r for _, r in node.sql(asked, tables, roles, ["SELECT"])} == {"hub_sistem"}


def test_what_is_written_while_a_chain_begins_is_in_it_or_before_it(
    cluster: PrivateCluster, pair: tuple[Client, Client]
) -> None:
    node, _ = pair
    node.sql("DELETE FROM rantai")
    with psycopg.connect(node.url) as conn:
        conn.execute("INSERT INTO rekap_peristiwa (kode_kab, formulir, periode, urut, pada, oleh, aksi, dari, ke, revisi, catatan) "
                     "VALUES ('53.15', 'F02', '2023', 1, now(), 'uji', 'TARIK', 'DIAJUKAN', 'DRAF', 1, '[]')")  # fmt: skip
        begin(node.url, KAB, UP)
    assert node.sql("SELECT jenis FROM rantai_peristiwa") == [("rekap.tarik",)]


def test_a_chain_that_was_ended_goes_on_and_another_machine_takes_it_up(pair: tuple[Client, Client]) -> None:
    node, province = pair
    sent(node)
    deliver(node, province)

    async def end(db: Database) -> None:
        async with db.as_owner() as conn:
            await end_chain(conn, KAB)

    with_database(node.url, end)
    send(node, "k5", 5, periode="2023-05")  # told to nobody
    begin(node.url, KAB, UP)
    send(node, "k6", 6, periode="2023-06")
    assert [e["nomor"] for e in events_of(batch_of(node))] == [5]
    deliver(node, province)

    async def heads(db: Database) -> Beginning:
        async with db.as_owner() as conn:
            own, received = await received_head(conn, KAB), await chain_head(conn, KAB)
        assert own is not None
        assert received is not None
        return Beginning(own, received)

    beginning = with_database(province.url, heads)
    node.sql("ALTER TABLE rantai_peristiwa DISABLE TRIGGER USER")
    for table in ("rantai", "rantai_masuk", "rantai_peristiwa"):
        node.sql(f"DELETE FROM {table}")

    async def take_up(db: Database) -> None:
        async with db.as_owner() as conn:
            await begin_chain(conn, KAB, UP, 2)  # before it knows where
            await begin_chain(conn, KAB, UP, 2, beginning)

    with_database(node.url, take_up)
    assert events_of(batch_of(node)) == []
    send(node, "k7", 7, periode="2023-07")
    receipt = deliver(node, province)
    assert (receipt.number, receipt.epoch) == (6, 2)
    assert with_database(node.url, verify_chains) == (1, [])
    assert with_database(province.url, verify_chains) == (6, [])
