"""A province's database and its node's, and what travels down between them without a wire: counted, and cut where a test wants it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import psycopg

from hub.db.database import Database
from hub.db.private_cluster import PrivateCluster
from hub.simpul.bundle_digests import Digests
from hub.simpul.bundle_door import Storehouse
from hub.simpul.bundle_fetch import TOLD, Fetching, read_told
from hub.simpul.keys import NodeKey
from hub.simpul.refusals import NoPeerError
from hub.simpul.registry import Sender
from hub.simpul.wire_client import Line
from hub.simpul.wire_door import Delivery
from hub.simpul.wire_frames import Frame, pack, unpack
from tests.database_clones import clone_of
from tests.pekerjaan.jobs import opened
from tests.simpul.two_hubs import with_database

KAB = "53.14"
_JOINED = (
    "INSERT INTO simpul (kode_kab, mode, mode_diminta, induk, kode_induk, bergabung_pada, serah_pada) "
    "VALUES (%s, %s, 'KIRIM', %s, '53', now(), now())"
)


@dataclass(frozen=True, slots=True)
class _Node:
    kode_kab: str


class Wire(Line):
    """The province behind a line without a wire. `cut_after`: exchanges after which the line is gone; `before`: sees what is asked;
    `changed`: the answer, as it is to arrive."""

    def __init__(self, province: Database, kode_kab: str) -> None:
        super().__init__("http://provinsi.invalid", "53", cast(NodeKey, None), {})
        self.storehouse = Storehouse(province, Digests(province))
        self.sender = cast(Sender, _Node(kode_kab))
        self.bytes = 0
        self.exchanges = 0
        self.cut_after = 1_000_000
        self.before: Callable[[Frame], None] = lambda frame: None
        self.changed: Callable[[Frame], Frame] = lambda answer: answer

    async def ask(self, path: str, frame: Frame, state: Mapping[str, Any]) -> Frame:
        if self.exchanges >= self.cut_after:
            raise NoPeerError("Sambungan putus.")
        self.exchanges += 1
        self.before(frame)
        self.bytes += len(pack(frame))
        answer = pack(await self.storehouse.answer(Delivery(self.sender, unpack(pack(frame)), None, {})))
        self.bytes += len(answer)
        return self.changed(unpack(answer))


@dataclass
class Brought:
    """`taken`: parts that were put in force; `bytes`, `exchanges`: it took."""

    taken: list[str] = field(default_factory=list)
    bytes: int = 0
    exchanges: int = 0


@dataclass
class BundlePair:
    """`province`, `node`: addresses of their databases, as owners."""

    province: str
    node: str
    kode_kab: str = KAB

    def bring(self, prepare: Callable[[Wire], None] = lambda wire: None) -> Brought:
        """What a delivery does once events are carried. Raises NoPeerError."""
        brought = Brought()

        async def go(node: Database, province: Database) -> None:
            wire = Wire(province, self.kode_kab)
            prepare(wire)
            told = read_told({TOLD: await wire.storehouse.told(self.kode_kab)})
            assert told is not None
            try:
                brought.taken = await Fetching(node, Digests(node)).bring(wire, self.kode_kab, told)
            finally:
                brought.bytes, brought.exchanges = wire.bytes, wire.exchanges

        self.with_both(go)
        return brought

    def with_both(self, work: Callable[[Database, Database], Any]) -> None:
        async def outer(node: Database) -> None:
            async with opened(self.province) as province:
                await work(node, province)

        with_database(self.node, outer)

    def at_province(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return sql(self.province, statement, *values)

    def at_node(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return sql(self.node, statement, *values)

    def rows(self, url: str, table: str, where: str = "true") -> list[tuple[Any, ...]]:
        with psycopg.connect(url, options="-c timezone=UTC") as conn:
            return conn.execute(f"SELECT t::text FROM {table} t WHERE {where} ORDER BY 1").fetchall()


def sql(url: str, statement: str, *values: object) -> list[tuple[Any, ...]]:
    with psycopg.connect(url, autocommit=True) as conn:
        cursor = conn.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def bundle_pair(
    cluster: PrivateCluster, templates: Mapping[str, str], node: str = "dasar", *, boundaries: bool = False
) -> Iterator[BundlePair]:
    """The province has the demo; `node`: the template of the node's database, which has joined; `boundaries`: with them, which takes a
    second to draw."""
    for province_url in clone_of(cluster, templates["contoh"]):
        for node_url in clone_of(cluster, templates[node]):
            sql(province_url, _JOINED, KAB, "HOSTING", None)  # tests write there for the node
            sql(node_url, _JOINED, KAB, "KIRIM", "http://provinsi.invalid")
            for url in () if boundaries else (province_url, node_url):
                sql(url, "DELETE FROM batas")
                sql(url, "DELETE FROM tetangga_desa")
            yield BundlePair(province_url, node_url)
