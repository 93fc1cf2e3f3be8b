"""The first copy and the hand-over: the node fetches all rows of its kabupaten, proves that it has the same as the province, and from then
on the kabupaten writes there. Every step may be repeated; nothing is handed over before both sides are found equal."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import AsyncConnection

from hub.base.actor import Actor, Role
from hub.base.errors import HubError, InvalidInputError
from hub.db.connections import Conn, connect_async
from hub.db.database import Database
from hub.simpul import joining_copy_statements as store
from hub.simpul import registry_statements as registry_store
from hub.simpul.delivery import Ledger
from hub.simpul.joining import own_node
from hub.simpul.joining_copy_statements import TABLES, Digest
from hub.simpul.refusals import NoPeerError, PeerRefusedError, RestoredError
from hub.simpul.wire_client import Line
from hub.simpul.wire_door import Delivery
from hub.simpul.wire_frames import Frame

COPY_PATH, HAND_OVER_PATH = "/simpul/salinan", "/simpul/serah"
_ORDER = tuple(TABLES)
_ROWS = 20_000  # of one page
_PAGE_BYTES = 24 * 2**20  # unpacked; fewer rows where they are longer
SETTLE = (
    7.0  # seconds until every process of the province's hub lets nobody write there, and who wrote just then has ended
)
_FROZEN = 6.0  # seconds for which nobody writes there, said anew every third of it while it is handed over
_ATTEMPTS = 3  # copies, where the kabupaten went on writing meanwhile


class DifferentCopyError(HubError):
    """The node does not hold what the province holds."""

    kode = "SALINAN_BERBEDA"
    status = 409


class HandedOverError(HubError):
    """The kabupaten writes at its node already."""

    kode = "SUDAH_SERAH_TERIMA"
    status = 409


# ---------- at the province ----------


@dataclass(frozen=True, slots=True)
class Office:
    """Gives a kabupaten into the hands of its node. `settle`: see SETTLE."""

    db: Database
    ledger: Ledger
    settle: float = SETTLE

    async def page(self, delivery: Delivery) -> Frame:
        """One page of the copy: its columns, its rows, and where the next one begins. Once it was handed over a node gets it again
        (`lagi`) without people: their names are its own alone. Raises InvalidInputError, HandedOverError."""
        kab, table, start = delivery.sender.kode_kab, delivery.frame.head.get("tabel"), delivery.frame.head.get("mulai")
        if delivery.frame.head.get("lagi") is not True or table in store.NAMES:
            _not_handed_over(delivery)
        if not isinstance(table, str) or table not in TABLES or not isinstance(start, int) or not 0 <= start < 2**31:
            raise InvalidInputError("Halaman salinan itu tidak ada; pakai hub versi yang sama di kedua pihak.")
        office = Actor(Role.KABUPATEN, kab, "hub simpul")
        most, content = _ROWS, b""
        async with self.db.as_actor(office) if table in store.NAMES else self.db.as_owner() as conn:
            names = await store.columns(conn, table)
            while len(content := await store.read_page(conn, kab, table, start, most)) > _PAGE_BYTES and most > 1:
                most //= 8
        rows = content.count(b"\n")
        place = _ORDER.index(table)
        following: list[Any] | None = [table, start + rows]
        if rows < most:
            following = [_ORDER[place + 1], 0] if place + 1 < len(_ORDER) else None
        return Frame({"kolom": names, "berikut": following}, content)

    async def hand_over(self, delivery: Delivery) -> Frame:
        """From now on the kabupaten writes at its node, if that holds what is held here; where the node takes up the chains. Raises
        DifferentCopyError, HandedOverError."""
        kab, node = delivery.sender.kode_kab, delivery.sender.node
        if node.serah_pada is not None:  # its answer was lost
            return await self._handed(kab)
        theirs = delivery.frame.head.get("sidik")
        if not isinstance(theirs, dict):
            raise InvalidInputError("Serah terima tanpa sidik isi.")
        await self._freeze(kab)
        freezing = asyncio.create_task(self._keep_frozen(kab))
        try:
            await asyncio.sleep(self.settle)
            async with self.db.as_owner() as conn:
                await self.ledger.begin(conn, kab, node.zaman, up=False)
                names = different(await store.digests(conn, kab), theirs)
                if names:
                    raise DifferentCopyError(f"Isi simpul berbeda dari provinsi: {', '.join(names[:10])}; salin lagi.")
                if not await registry_store.hand_over_frozen(conn, kab):
                    raise HandedOverError("Serah terima terhenti di tengah jalan; jalankan lagi: hub simpul serah.")
        except BaseException:
            with suppress(HubError):
                async with self.db.as_owner() as conn:
                    await registry_store.thaw(conn, kab)
            raise
        finally:
            freezing.cancel()
        return await self._handed(kab)

    async def _freeze(self, kab: str) -> None:
        async with self.db.as_owner() as conn:
            if not await registry_store.freeze(conn, kab, _FROZEN):
                raise HandedOverError(f"{kab} baru saja diserahterimakan; jalankan lagi: hub simpul serah.")

    async def _keep_frozen(self, kab: str) -> None:
        """While this hub lives; it ends with it."""
        while True:
            await asyncio.sleep(_FROZEN / 3)
            with suppress(HubError):
                await self._freeze(kab)

    async def _handed(self, kab: str) -> Frame:
        async with self.db.as_owner() as conn:
            node = await registry_store.node(conn, kab)
            assert node is not None
            ends = await self.ledger.handed(conn, kab, node.zaman, node.serah_turun)
        if ends is None:
            raise RestoredError(
                f"Simpul {kab} sudah menulis sesudah serah terima, sedangkan basis data simpul ini belum tahu: ia dari cadangan lama. "
                f"Jalankan hub simpul pulihkan dengan cadangan sesudah serah terima; bila tidak ada, provinsi mencabutnya (hub simpul "
                f"cabut {kab}) dan simpul bergabung lagi."
            )
        return Frame({"ujung": ends})


def _not_handed_over(delivery: Delivery) -> None:
    if delivery.sender.node.serah_pada is not None:
        raise HandedOverError(f"{delivery.sender.kode_kab} sudah menulis di simpulnya; salinan pertama sudah diambil.")


def different(here: Mapping[str, Digest], theirs: Mapping[str, Any]) -> list[str]:
    """The tables in which they are not alike."""
    return [table for table, d in here.items() if theirs.get(table) != [d.count, d.sum]]


# ---------- at the node ----------


@dataclass(frozen=True, slots=True)
class Copied:
    """`rows`: of each table that has any; `attempts`: copies it took."""

    rows: Mapping[str, int]
    attempts: int


async def take_over(db: Database, owner_url: str, ledger: Ledger, line: Line) -> Copied:
    """Fetch the copy, be found equal, and begin to write here. `owner_url`: of this hub's database, as its owner, who alone writes what
    others wrote. Raises NoPeerError, PeerRefusedError, InvalidInputError."""
    node = await own_node(db)
    kab = node.kode_kab
    rows: dict[str, int] = {}
    if node.serah_pada is not None:
        return Copied(rows, 0)
    if await ledger.waits(kab):
        raise InvalidInputError(
            f"Simpul ini masih menyimpan catatan {kab} yang belum sampai ke provinsi; salinan dari provinsi akan menimpanya. Bila "
            "catatan itu diperlukan, simpan dahulu (hub simpul kemas BERKAS), mulailah dengan basis data baru, dan sesudah serah terima "
            "jadikan draf: hub simpul pulihkan --dari BERKAS."
        )
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            rows = await _load(owner_url, kab, line)
        except PeerRefusedError as error:
            if error.their_code != HandedOverError.kode:  # else it was confirmed, and only its answer was lost
                raise
        async with db.as_owner() as conn:
            await ledger.begin(conn, kab, node.zaman, up=True)
            ours = await store.digests(conn, kab)
        try:
            said = await line.ask(HAND_OVER_PATH, Frame({"sidik": {t: [d.count, d.sum] for t, d in ours.items()}}), {})
        except PeerRefusedError as error:
            if error.their_code != DifferentCopyError.kode or attempt == _ATTEMPTS:
                raise
            continue
        async with db.as_owner() as conn:
            await ledger.take_up(conn, kab, node.zaman, said.head.get("ujung"))
            await registry_store.hand_over(conn, kab)
        return Copied(rows, attempt)
    raise AssertionError("the last attempt raises")


async def _load(owner_url: str, kab: str, line: Line) -> dict[str, int]:
    rows: dict[str, int] = {}
    async with await connect_async(owner_url, AsyncConnection[tuple[Any, ...]]) as conn:
        await store.hold(conn)
        await store.clear(conn, kab)
        async for table, names, content in pages(line):
            if content:
                await write(conn, table, names, content)
                rows[table] = rows.get(table, 0) + content.count(b"\n")
        await store.close(conn)
    return rows


async def pages(line: Line, *, again: bool = False) -> AsyncIterator[tuple[str, list[str], bytes]]:
    """Table, columns and rows, page by page. `again`: by a node that was handed over before; without tables of people."""
    following: Any = [_ORDER[0], 0]
    while following is not None:
        table, start = following
        if again and table in store.NAMES:
            place = _ORDER.index(table) + 1
            following = [_ORDER[place], 0] if place < len(_ORDER) else None
            continue
        answer = await line.ask(
            COPY_PATH, Frame({"tabel": table, "mulai": start, **({"lagi": True} if again else {})}), {}
        )
        names, following = answer.head.get("kolom"), answer.head.get("berikut")
        if not isinstance(names, list) or not (following is None or _is_place(following)):
            raise NoPeerError("Jawaban provinsi bukan halaman salinan; pakai hub versi yang sama di kedua pihak.")
        yield table, [str(n) for n in names], answer.content


def _is_place(following: object) -> bool:
    return (
        isinstance(following, list) and len(following) == 2 and following[0] in TABLES and isinstance(following[1], int)
    )


async def write(conn: Conn, table: str, names: list[str], content: bytes) -> None:
    try:
        await store.write_page(conn, table, names, content)
    except psycopg.Error as error:
        why = str(error).strip().split("\n")[0]
        raise InvalidInputError(
            f"Salinan {table} tidak dapat ditulis ({why}); pakai hub versi yang sama di kedua pihak."
        ) from None
