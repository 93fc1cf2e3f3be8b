"""What is known of nodes: at the province of each that joined, at a node of itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.db.database import Database
from hub.simpul import registry_statements as store
from hub.simpul.refusals import ReplayedError, RevokedKeyError, UnknownKeyError
from hub.simpul.registry_statements import Contact, KeyRow, NodeRow
from hub.simpul.troubles import Trouble, newest_troubles


@dataclass(frozen=True, slots=True)
class Sender:
    """A node whose key was found good. `public`: that key; `now`: the database's time."""

    node: NodeRow
    key: KeyRow

    @property
    def kode_kab(self) -> str:
        return self.node.kode_kab

    @property
    def public(self) -> bytes:
        return bytes(self.key.kunci)

    @property
    def now(self) -> datetime:
        return self.key.now


async def states(db: Database) -> list[NodeRow]:
    """Of all nodes that are known here, by code. Raises ServiceNotReadyError."""
    async with db.as_owner() as conn:
        return await store.nodes(conn)


async def troubles(db: Database, most: int) -> Sequence[Trouble]:
    """What is open between nodes and their provinces, the newest first. Raises ServiceNotReadyError."""
    async with db.as_owner() as conn:
        return await newest_troubles(conn, most)


async def sender(db: Database, key_id: str) -> Sender:
    """Whose key that is. Raises UnknownKeyError, RevokedKeyError."""
    async with db.as_owner() as conn:
        key = await store.key(conn, key_id[:64]) if key_id.isprintable() else None
        node = await store.node(conn, key.kode_kab) if key is not None else None
    if key is None or node is None:
        raise UnknownKeyError(
            "Kunci simpul ini tidak dikenal di sini; bergabunglah dahulu: hub simpul gabung URL --kode KODE (kode dari provinsi)."
        )
    if node.dicabut_pada is not None:
        raise RevokedKeyError(
            f"Simpul {node.kode_kab} sudah dicabut oleh provinsi; tanyakan kepada pengelola hub provinsi."
        )
    if not key.good:
        raise RevokedKeyError(
            f"Kunci ini tidak diterima lagi bagi {node.kode_kab}; pakai kunci yang terbaru. Bila simpul ini sudah diganti mesin lain, "
            "kemas catatannya di sini (hub simpul kemas), lalu di mesin itu: hub simpul pulihkan --dari BERKAS."
        )
    return Sender(node, key)


async def take_once(db: Database, kode_kab: str, nonce: str, until: datetime) -> None:
    """Raises ReplayedError where that request was taken before."""
    async with db.as_owner() as conn:
        if not await store.take_nonce(conn, kode_kab, nonce, until):
            raise ReplayedError(
                "Kiriman yang sama persis sudah diterima; simpul mengirim lagi dengan tanda tangan baru."
            )


async def note_contact(db: Database, kode_kab: str, contact: Contact, taken: int) -> None:
    """`taken`: highest sequence that the province has without a hole."""
    async with db.as_owner() as conn:
        await store.note_contact(conn, kode_kab, contact, taken)


async def note_failure(db: Database, kode_kab: str, why: str) -> None:
    """`why`: for people, in one line."""
    async with db.as_owner() as conn:
        await store.note_failure(conn, kode_kab, why[:300])


async def province_keys(db: Database, node: NodeRow) -> dict[str, bytes]:
    """At a node: the keys that its province signs with, by name."""
    async with db.as_owner() as conn:
        rows = await store.keys(conn, node.kode_induk)
    return {k.sidik: bytes(k.kunci) for k in rows if k.good}


async def other_ends(db: Database, node: str | None) -> dict[str, dict[str, bytes]]:
    """By kabupaten the keys, by name, that its other end signs with: at a node (`node`: its code) the province's, else those of every node
    that was not revoked."""
    if node is not None:
        return {s.kode_kab: await province_keys(db, s) for s in await states(db) if s.kode_kab == node}
    found: dict[str, dict[str, bytes]] = {}
    async with db.as_owner() as conn:
        for s in await store.nodes(conn):
            if s.dicabut_pada is None:
                found[s.kode_kab] = {k.sidik: bytes(k.kunci) for k in await store.keys(conn, s.kode_kab) if k.good}
    return found


async def former_ends(db: Database, node: str | None) -> dict[str, dict[str, bytes]]:
    """The same of keys that were revoked, or whose time is over."""
    found: dict[str, dict[str, bytes]] = {}
    async with db.as_owner() as conn:
        for s in await store.nodes(conn):
            whose = s.kode_kab if node is None else s.kode_induk
            rows = await store.keys(conn, whose)
            found[s.kode_kab] = {k.sidik: bytes(k.kunci) for k in rows if not k.good or s.dicabut_pada is not None}
    return found


async def keys_of(db: Database, kode_kab: str) -> dict[str, bytes]:
    """Every key of that hub that was ever taken and not revoked: receipts outlive the keys they were signed with."""
    async with db.as_owner() as conn:
        rows = await store.keys(conn, kode_kab)
    return {k.sidik: bytes(k.kunci) for k in rows if k.dicabut_pada is None}


async def own_contact(db: Database, newest: int, clock_ms: int | None = None) -> Contact:
    """What this hub says of itself."""
    async with db.as_owner() as conn:
        node = await store.own_node(conn)
        catalogue, regions = await store.versions(conn, None if node is None else node.kode_induk)
        revision = await store.revision(conn)
    return Contact(newest, catalogue, regions, revision, clock_ms, None if node is None else node.bekal_sebab)
