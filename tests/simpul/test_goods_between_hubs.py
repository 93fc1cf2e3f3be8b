"""Goods between offices that keep their ledgers at different hubs: two nodes, their province, and a guest of it. Nothing is lost on the way
or there twice, and each hub writes the ledgers of its own offices alone."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson
import pytest

from hub.berita.chain_event import DOWN, UP
from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from hub.gudang.verify import verify_stock
from hub.simpul.joining_copy_statements import read_page
from tests.client import Client
from tests.database_clones import clone_of
from tests.gudang.stok_texts import gudang, item, movement, recorded, without_samples
from tests.gudang.transfer_texts import accept, incoming, outgoing, refuse, send
from tests.hub_server import serve
from tests.simpul.two_hubs import batch_of, begin, deliver, events_of, receive, with_database

A, B, GUEST, PROV = "53.14", "53.15", "53.16", "53"


class Hubs(NamedTuple):
    province: Client
    node: dict[str, Client]

    def exchange(self) -> None:
        """Everybody delivers until nobody has anything."""
        for _ in range(4):
            told = 0
            for kab, node in self.node.items():
                for sender, receiver in ((node, self.province), (self.province, node)):
                    receipt = deliver(sender, receiver, kab)
                    assert [a.verdict for a in receipt.answered] == ["DITERIMA"] * len(receipt.answered), (
                        receipt.answered
                    )
                    told += len(receipt.answered)
            if not told:
                return
        raise AssertionError("it does not end")

    def same(self, tables: str = "bukti_stok mutasi_stok pindahan_stok jawaban_pindahan stok buku_stok") -> None:
        """What a node and the province hold of its own ledgers and transfers."""
        for kab, node in self.node.items():
            for table in tables.split():
                asked = f"SELECT (to_jsonb(t) - '{{kunci_idempoten,temuan}}'::text[])::text FROM {table} t WHERE kode_kab = %s ORDER BY 1"
                assert node.sql(asked, kab) == self.province.sql(asked, kab), (kab, table)
        for hub in (self.province, *self.node.values()):
            assert with_database(hub.url, verify_stock)[1] == []


@pytest.fixture
def hubs(cluster: PrivateCluster, templates: dict[str, str]) -> Iterator[Hubs]:
    template = templates["contoh"]
    clones = [clone_of(cluster, template) for _ in range(3)]
    province_url, *urls = [next(c) for c in clones]
    for url, kab in zip(urls, (A, B), strict=True):
        begin(url, kab, UP)
        begin(province_url, kab, DOWN)
    served = [serve(url) for url in (province_url, *urls)]
    province, a, b = [without_samples(next(s)) for s in served]
    yield Hubs(province, {A: a, B: b})
    for generator in (*served, *clones):
        next(generator, None)


def warehouses(hubs: Hubs, *wanted: tuple[int, str, str]) -> list[str]:
    """Those warehouses, known wherever their office or the province is. `wanted`: number, desa, owner."""
    ids: list[str] = []
    for number, desa, owner in wanted:
        for hub in (hubs.province, *(n for k, n in hubs.node.items() if k == desa[:5])):
            hub.sql("ALTER TABLE sumber_daya DISABLE TRIGGER rantai")
            id_ = gudang(hub, number, desa, pemilik=owner)
            hub.sql("ALTER TABLE sumber_daya ENABLE TRIGGER rantai")
        ids.append(id_)
    return ids


def stock(hub: Client, g: str) -> list[Any]:
    return [int(n) for (n,) in hub.sql("SELECT jumlah FROM stok WHERE gudang = %s AND jumlah <> 0", g[6:])]


DESA_A, DESA_B, DESA_GUEST = "53.14.10.2003", "53.15.01.2001", "53.16.01.2001"


def known_everywhere(hubs: Hubs, g: str) -> None:
    """A warehouse of another kabupaten, as a node has it of the list that comes down."""
    row = hubs.province.sql("SELECT kode_kab, kode_desa, nama, pemilik FROM sumber_daya WHERE id = %s", g[6:])[0]
    for kab, node in hubs.node.items():
        if kab != g[:5]:
            node.sql(
                "INSERT INTO sumber_daya (kode_kab, id, kode_desa, nama, pemilik, jenis, sejak, diubah_pada, diubah_oleh) "
                "VALUES (%s, %s, %s, %s, %s, 'GUDANG_BENCANA', '2019-01-01', now(), 'uji')",
                row[0], g[6:], *row[1:],
            )  # fmt: skip


def test_from_one_node_to_another(hubs: Hubs) -> None:
    g, h = warehouses(hubs, (1, DESA_A, "KABUPATEN"), (2, DESA_B, "KABUPATEN"))
    known_everywhere(hubs, h)
    recorded(hubs.node[A], movement(g, "TERIMA", "a", item("SELIMUT", 100)))
    first = send(hubs.node[A], movement(g, "PINDAH", "b", item("SELIMUT", 30), gudangTujuan=h))["pindahan"]
    second = send(hubs.node[A], movement(g, "PINDAH", "c", item("SELIMUT", 20), gudangTujuan=h))["pindahan"]
    assert incoming(hubs.node[B], h, B) == []
    hubs.exchange()
    under_way = incoming(hubs.node[B], h, B)
    assert [p["status"] for p in under_way] == ["DALAM_PERJALANAN"] * 2
    assert [p["id"] for p in under_way] == [second["id"], first["id"]]
    assert under_way[1]["dari"] == {"id": g}
    assert under_way[1]["mutasi"][0]["jumlah"] == -30
    assert [stock(x, g) for x in (hubs.node[A], hubs.node[B], hubs.province)] == [[50], [], [50]]
    assert accept(hubs.node[B], first["id"], "d", B)["__typename"] == "StokTercatat"
    assert refuse(hubs.node[B], second["id"], "rusak", B)["__typename"] == "StokTercatat"
    assert stock(hubs.node[B], g) == []  # who refuses does not write the sender's ledger
    hubs.exchange()
    for hub in (hubs.node[A], hubs.province):
        assert [p["status"] for p in outgoing(hub, g, A)] == ["DITOLAK", "DITERIMA"]
        assert stock(hub, g) == [70]
    assert outgoing(hubs.node[A], g, A)[0]["alasan"] == "rusak"
    assert [stock(x, h) for x in (hubs.node[B], hubs.province)] == [[30], [30]]
    hubs.same()


@pytest.mark.parametrize("answer", ["terima", "tolak"])
def test_between_a_node_and_a_guest_of_the_province(hubs: Hubs, answer: str) -> None:
    g, h = warehouses(hubs, (1, DESA_A, "KABUPATEN"), (2, DESA_GUEST, "KABUPATEN"))
    known_everywhere(hubs, h)
    for origin, target, kab, at, there in (
        (g, h, A, hubs.node[A], hubs.province), (h, g, GUEST, hubs.province, hubs.node[A]),
    ):  # fmt: skip
        recorded(at, movement(origin, "TERIMA", f"a{kab}", item("SELIMUT", 100)))
        sent = send(at, movement(origin, "PINDAH", f"b{kab}", item("SELIMUT", 10), gudangTujuan=target))["pindahan"]
        hubs.exchange()
        if answer == "terima":
            assert accept(there, sent["id"], f"c{kab}", target[:5])["__typename"] == "StokTercatat"
        else:
            assert refuse(there, sent["id"], "rusak", target[:5])["__typename"] == "StokTercatat"
        hubs.exchange()
    hubs.same()
    for id_, hub in ((g, hubs.node[A]), (g, hubs.province), (h, hubs.province)):
        assert stock(hub, id_) == [100]


@pytest.mark.parametrize("answer", ["terima", "tolak"])
def test_between_a_node_and_the_provinces_warehouse_beside_it(hubs: Hubs, answer: str) -> None:
    g, p = warehouses(hubs, (1, DESA_A, "KABUPATEN"), (2, DESA_A, "PROVINSI"))
    node = hubs.node[A]
    recorded(node, movement(g, "TERIMA", "a", item("SELIMUT", 100)))
    recorded(hubs.province, movement(p, "TERIMA", "b", item("SELIMUT", 100)), PROV)
    there = send(node, movement(g, "PINDAH", "c", item("SELIMUT", 10), gudangTujuan=p))["pindahan"]
    back = send(hubs.province, movement(p, "PINDAH", "d", item("SELIMUT", 5), gudangTujuan=g), PROV)["pindahan"]
    hubs.exchange()
    for hub, id_, who in ((hubs.province, there["id"], PROV), (node, back["id"], A)):
        done = accept(hub, id_, f"e{who}", who) if answer == "terima" else refuse(hub, id_, "rusak", who)
        assert done["__typename"] == "StokTercatat", done
    if answer == "tolak":
        assert stock(node, p) == [95]  # the province's ledger is written at the province
    hubs.exchange()
    for hub in (node, hubs.province):
        assert [stock(hub, g), stock(hub, p)] == ([[95], [105]] if answer == "terima" else [[100], [100]])
        assert outgoing(hub, g, A)[0]["status"] == ("DITERIMA" if answer == "terima" else "DITOLAK")
    hubs.same()


def test_the_province_sends_to_its_own_warehouse_in_a_nodes_kabupaten(hubs: Hubs) -> None:
    p, q = warehouses(hubs, (1, DESA_GUEST, "PROVINSI"), (2, DESA_A, "PROVINSI"))
    recorded(hubs.province, movement(p, "TERIMA", "a", item("SELIMUT", 100)), PROV)
    send(hubs.province, movement(p, "PINDAH", "b", item("SELIMUT", 40), gudangTujuan=q), PROV)
    hubs.exchange()
    assert [stock(hub, q) for hub in (hubs.node[A], hubs.province)] == [[40], [40]]
    hubs.same()


def test_a_return_that_was_not_refused_here_writes_nothing(hubs: Hubs) -> None:
    g, h = warehouses(hubs, (1, DESA_A, "KABUPATEN"), (2, DESA_B, "KABUPATEN"))
    known_everywhere(hubs, h)
    node = hubs.node[A]
    recorded(node, movement(g, "TERIMA", "a", item("SELIMUT", 100)))
    sent = send(node, movement(g, "PINDAH", "b", item("SELIMUT", 30), gudangTujuan=h))["pindahan"]
    hubs.exchange()
    content = {
        "bukti": "01939f2e-7d1c-7a3b-9c55-00000000000f",
        "pada": "2026-11-29T00:00:00+00:00",
        "pindahan": sent["id"][6:],
    }
    node.sql(
        "SELECT hub_rantai_tulis(%s, 'stok.kembali', 'x', hub_json_kanonik(%s::jsonb), now(), 'uji')",
        A,
        orjson.dumps(content).decode(),
    )
    receipt = receive(hubs.province, batch_of(node, kode_kab=A), kode_kab=A)
    assert [(a.verdict, a.temuan[0]["kode"]) for a in receipt.answered] == [("DITOLAK", "BARIS_DITOLAK")]
    assert stock(hubs.province, g) == [70]


def test_a_node_gets_what_is_sent_to_it_and_no_other(hubs: Hubs) -> None:
    g, h, k = warehouses(hubs, (1, DESA_A, "KABUPATEN"), (2, DESA_B, "KABUPATEN"), (3, DESA_GUEST, "KABUPATEN"))
    known_everywhere(hubs, h)
    recorded(hubs.province, movement(k, "TERIMA", "a", item("SELIMUT", 100)))
    send(hubs.province, movement(k, "PINDAH", "b", item("SELIMUT", 10), gudangTujuan=h))
    assert [e["type"] for e in events_of(batch_of(hubs.province, kode_kab=B))] == ["id.hub.pindahan.kirim"]
    assert events_of(batch_of(hubs.province, kode_kab=A)) == []
    hubs.exchange()
    assert hubs.node[A].sql("SELECT count(*) FROM pindahan_stok") == [(0,)]
    assert incoming(hubs.node[B], h, B)[0]["mutasi"][0]["jumlah"] == -10
    assert stock(hubs.node[B], k) == []  # of a ledger that it does not write it knows what was sent to it, no balance
    assert g


def test_what_is_under_way_when_a_kabupaten_joins_is_in_its_copy(hubs: Hubs) -> None:
    """As it was sent before there was a chain: what to and from it, and of others' ledgers nothing else."""
    g, k = warehouses(hubs, (1, DESA_A, "KABUPATEN"), (3, DESA_GUEST, "KABUPATEN"))
    recorded(hubs.province, movement(k, "TERIMA", "a", item("SELIMUT", 100)))
    sent = send(hubs.province, movement(k, "PINDAH", "b", item("SELIMUT", 10), gudangTujuan=g))["pindahan"]

    async def copied(db: Database) -> list[bytes]:
        async with db.as_owner() as conn:
            return [
                await read_page(conn, A, table, 0, 100)
                for table in ("bukti_stok", "mutasi_stok", "pindahan_stok", "stok", "buku_stok")
            ]

    document, movements, transfers, *balances = with_database(hubs.province.url, copied)
    assert [document.count(b"\n"), movements.count(b"\n"), transfers.count(b"\n")] == [1, 1, 1]
    assert all(sent["id"][6:].encode() in rows for rows in (document, movements, transfers))
    assert b"PINDAH_KELUAR" in movements
    assert balances == [b"", b""]
