"""Events of goods under way between offices of which one keeps its ledger at another hub: what left, what its receiver said, and that
what was refused is back. Each hub writes the ledgers of its own offices; of the others it keeps what it was told."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from hub.base.public_id import PublicId
from hub.base.temuan import Temuan
from hub.berita.chain_event import ChainEvent
from hub.db.database import Conn, Database
from hub.gudang.transfer_service import StokTransfer
from hub.gudang.transfer_statements import REFUSED
from hub.simpul.receive_event import ContentError, Taking, text_of
from hub.simpul.receive_rows import REFUSALS, RowEvents, not_as_there, texts_of

_SENT_TABLES = frozenset({"bukti_stok", "mutasi_stok", "pindahan_stok", "sumber_daya"})
_ANSWER_TABLES = frozenset({"jawaban_pindahan"})

Row = Mapping[str, str | None]
Rows = Mapping[str, Sequence[Row]]


class TransferEvents:
    """Answers what refused an event; () where it was taken. Raises ContentError, UnknownKindError, TakenAlreadyError."""

    def __init__(self, db: Database, rows: RowEvents) -> None:
        self._db = db
        self._rows = rows
        self._transfer = StokTransfer(db)

    async def sent(self, taking: Taking, clock: timedelta | None) -> Sequence[Temuan]:
        """At the node they go to."""
        rows = _sent_rows(taking.event)
        return await self._keep_told(taking, rows)

    async def answered_there(self, taking: Taking, clock: timedelta | None) -> Sequence[Temuan]:
        """At the province: by the office of a node."""
        found = await self._rows.write(taking, clock)
        if not found:
            await self._bring_back(_answer_row(taking.event))
        return found

    async def answered(self, taking: Taking, clock: timedelta | None) -> Sequence[Temuan]:
        """At a node: by another office than its own."""
        row = _answer_row(taking.event)
        found = await self._keep_told(taking, {"jawaban_pindahan": [row]})
        if not found:
            await self._bring_back(row)
        return found

    async def returned(self, taking: Taking, clock: timedelta | None) -> Sequence[Temuan]:
        """Where the sender's ledger is not written: that it holds again what was refused."""
        event, data = taking.event, orjson.loads(taking.event.content)
        if not isinstance(data, dict):
            raise ContentError("")
        try:
            transfer, document = (UUID(text_of(data, name)) for name in ("pindahan", "bukti"))
            at = datetime.fromisoformat(text_of(data, "pada"))
        except ValueError as error:
            raise ContentError(str(error)) from None
        async with self._db.as_owner() as conn:
            await taking.begin(conn)
            found = await _written(
                conn, event, "SELECT hub_terima_kembali(%s, %s, %s, %s)", (event.kode_kab, transfer, document, at)
            )
            await taking.keep(conn, not found, found)
        return found

    async def _keep_told(self, taking: Taking, rows: Rows) -> Sequence[Temuan]:
        async with self._db.as_owner() as conn:
            await taking.begin(conn)
            found = await _written(
                conn, taking.event, "SELECT hub_catat_pindahan_luar(%s::jsonb)", (orjson.dumps(rows).decode(),)
            )
            await taking.keep(conn, not found, found)
        return found

    async def _bring_back(self, row: Row) -> None:
        """Refused goods go back into the ledger they came from, if that is written here. Killed before it: when the hub starts next."""
        if row["status"] == REFUSED:
            await self._transfer.bring_back(PublicId(str(row["asal_kab"]), str(row["pindahan"])))


async def _written(conn: Conn, event: ChainEvent, statement: str, params: tuple[Any, ...]) -> list[Temuan]:
    """What the database says against it; a function that answers false says that it does not fit what is here."""
    try:
        async with conn.transaction():
            row = await (await conn.execute(statement, params)).fetchone()
            await conn.execute("SET CONSTRAINTS ALL IMMEDIATE")
            await conn.execute("SET CONSTRAINTS ALL DEFERRED")
    except REFUSALS:
        return [not_as_there(event)]
    return [not_as_there(event)] if row is not None and row[0] is False else []


def _sent_rows(event: ChainEvent) -> Rows:
    rows = texts_of(event, _SENT_TABLES)
    if [len(rows[t]) for t in ("bukti_stok", "pindahan_stok")] != [1, 1] or len(rows["sumber_daya"]) > 1:
        raise ContentError("pindahan_stok")
    (p,), (document,) = rows["pindahan_stok"], rows["bukti_stok"]
    kab, gudang = p.get("kode_kab"), p.get("gudang")
    fits = [
        kab != event.kode_kab == p.get("ke_kab"),
        (document.get("kode_kab"), document.get("id")) == (kab, p.get("id")),
        all((s.get("kode_kab"), s.get("id")) == (kab, gudang) for s in rows["sumber_daya"]),
        all(
            [m.get(c) for c in ("kode_kab", "bukti", "gudang", "jenis")] == [kab, p.get("id"), gudang, "PINDAH_KELUAR"]
            for m in rows["mutasi_stok"]
        ),
    ]
    if not all(fits):
        raise ContentError("pindahan_stok")
    return rows


def _answer_row(event: ChainEvent) -> Row:
    rows = texts_of(event, _ANSWER_TABLES)["jawaban_pindahan"]
    if len(rows) != 1 or event.kode_kab not in (rows[0].get("kode_kab"), rows[0].get("asal_kab")):
        raise ContentError("jawaban_pindahan")
    if not all(rows[0].get(c) for c in ("kode_kab", "asal_kab", "pindahan", "status")):
        raise ContentError("jawaban_pindahan")
    row: Row = rows[0]
    return row
