"""Writing the ledger of disaster warehouses: receipts, issues, transfers, corrections, minimum stock.

One call, one document, one transaction. It holds the ledger of each warehouse it writes while it looks and writes, so two who
take from one warehouse take one after the other. Goods for another office's warehouse are sent, and under way until it says so
(stok_transfer). The balance may not fall below zero at the moment of the movement
nor at any later one: an issue that is written down late must leave enough for what went out since.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from hub.akses import izin
from hub.base.actor import Actor
from hub.base.errors import InvalidInputError
from hub.base.public_id import PublicId, read_id
from hub.base.temuan import ERROR, INFO, Refused, Temuan, has_error
from hub.base.uuid7 import uuid7
from hub.db.database import Conn, Database
from hub.gudang import statements as store
from hub.gudang import transfer_statements
from hub.gudang.alokasi import AvailableLot
from hub.gudang.checks import ReadyRow, build_movements, check_document, read_minimums, read_rows
from hub.gudang.draft import TRANSFER, MovementDraft
from hub.gudang.statements import Gudang, NewDocument
from hub.gudang.transfer_service import StokTransfer
from hub.gudang.warehouse import (
    Recorded,
    check_standing,
    earlier_receipt,
    office_of,
    require_keeper,
    require_possible_keeper,
)

_CLOCK_DIFFERENCE = timedelta(minutes=5)  # clocks of sender and database may differ by so much


@dataclass(frozen=True, slots=True)
class _ReadMovement:
    """A movement as it was read: out of or into which warehouse, into which other one (None: there is none), the goods, and what
    was found so far."""

    draft: MovementDraft
    origin: Gudang
    target: Gudang | None
    ready: Sequence[ReadyRow]
    temuan: tuple[Temuan, ...]


class StokLedger:
    """Raises NotAuthorisedError; everything else that is wrong is in Refused."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._transfer = StokTransfer(db)

    async def record(self, actor: Actor, draft: MovementDraft) -> Recorded | Refused:
        """Write down one movement, whatever its kind."""
        izin.require(actor, izin.RECORD_STOK)
        result = await self._record(actor, draft)
        if isinstance(result, Recorded) and result.pindahan is not None:
            not_received = await self._transfer.receive_own(actor, result.pindahan)
            result = replace(result, temuan=(*result.temuan, *not_received))
        return result

    async def _record(self, actor: Actor, draft: MovementDraft) -> Recorded | Refused:
        async with self._db.as_actor(actor) as conn:
            return await self.record_in(conn, actor, draft)

    async def record_in(self, conn: Conn, actor: Actor, draft: MovementDraft) -> Recorded | Refused:
        """The same in a transaction that is under way, by a caller who may write ledgers. What another warehouse of his own would
        receive at once stays under way."""
        temuan = check_document(draft)
        origin = await self._gudang(conn, draft.gudang, temuan, actor)
        target = None
        if draft.jenis == TRANSFER and draft.gudang_tujuan is not None:
            target = await self._gudang(conn, draft.gudang_tujuan, temuan)
            if target is not None and target == origin:
                temuan.append(Temuan("GUDANG_SAMA", ERROR, "Gudang asal dan gudang tujuan sama.", nilai=draft.gudang))
        if origin is not None and (earlier := await self._earlier_receipt(conn, origin, draft)) is not None:
            return earlier
        barang = await store.goods(conn)
        ready, wrong = read_rows(draft, barang)
        temuan += wrong
        if origin is None or (draft.jenis == TRANSFER and target in (None, origin)):
            return Refused(tuple(temuan))
        return await self._write(conn, actor, _ReadMovement(draft, origin, target, ready, tuple(temuan)))

    async def _write(self, conn: Conn, actor: Actor, movement: _ReadMovement) -> Recorded | Refused:
        """Look once more, holding what is written, and write."""
        draft, origin, target, temuan = movement.draft, movement.origin, movement.target, list(movement.temuan)
        as_read = [origin] if target is None else [origin, target]
        under_way = _goes_under_way(as_read)
        await store.hold(conn, [origin.id] if under_way else [g.id for g in as_read])
        # read again: one may have been closed, or got another owner, while this waited for its ledger
        involved = [await store.warehouse(conn, g.id) or g for g in as_read]
        require_keeper(actor, izin.RECORD_STOK, involved[0])
        under_way = under_way or _goes_under_way(involved)
        if (earlier := await self._earlier_receipt(conn, origin, draft)) is not None:  # the same call, a moment earlier
            return earlier
        now = await store.now(conn)
        happened_at = min(draft.pada or now, now)
        temuan += self._check_moment(draft.pada, now, involved)
        kode = [b.barang.kode for b in movement.ready]
        lots = {g.id: [_lot(x) for x in await store.lots(conn, g.id, kode, happened_at)] for g in involved}
        movements, wrong = build_movements(
            draft, movement.ready, (origin.id, lots[origin.id]), None if target is None else (target.id, lots[target.id]),
            self._day(happened_at),
        )  # fmt: skip
        temuan += wrong
        if len({office_of(g) for g in involved}) > 1:
            temuan.append(_left_under_way(involved[1]))
        if has_error(temuan):
            return Refused(tuple(temuan))
        document_id = PublicId(origin.id.kode_kab, str(uuid7()))
        document = NewDocument(
            origin.id.kode_kab, document_id.id, origin.id.kode_kab, draft.nomor_dokumen.strip(), _tidied(draft.tujuan),
            _tidied(draft.alasan), actor.name, draft.kunci_idempoten, draft.hash(), [asdict(t) for t in temuan],
        )  # fmt: skip
        if not await store.insert_document(conn, document, now):
            # the same key, used for another warehouse a moment earlier
            return await self._earlier_receipt(conn, origin, draft) or Refused(tuple(temuan))
        if under_way:
            same_office = office_of(involved[0]) == office_of(involved[1])
            await transfer_statements.send(
                conn, document_id, origin.id, involved[1].id, happened_at, same_office=same_office
            )
            movements = [m for m in movements if m.gudang == origin.id]
        await store.insert_movements(conn, document_id.id, movements, happened_at, now)
        return Recorded(origin.id, document_id.id, False, tuple(temuan), document_id if under_way else None)

    async def set_minimum(
        self, actor: Actor, gudang: str, rows: Sequence[tuple[str, Decimal | str]], since: date | None = None
    ) -> Recorded | Refused:
        """Minimum stock per kind of goods from that day (today) until another is set. Replaces what was set for that day."""
        izin.require(actor, izin.RECORD_STOK)
        temuan: list[Temuan] = []
        async with self._db.as_actor(actor) as conn:
            g = await self._gudang(conn, gudang, temuan, actor)
            barang = await store.goods(conn)
            minimums, wrong = read_minimums(rows, barang)
            temuan += wrong
            if g is None or has_error(temuan):
                return Refused(tuple(temuan))
            # two documents that name the same goods in another order would wait for each other crosswise
            await store.hold(conn, [g.id])
            require_keeper(actor, izin.RECORD_STOK, await store.warehouse(conn, g.id) or g)
            now = await store.now(conn)
            await store.put_minimum(conn, g.id, list(minimums.items()), since or self._day(now), now, actor.name)
            return Recorded(g.id, None, False, tuple(temuan))

    # ---------- parts ----------

    async def _gudang(self, conn: Conn, id_: str, temuan: list[Temuan], writer: Actor | None = None) -> Gudang | None:
        """The warehouse of a public id, or a finding. `writer`: who wants to write its ledger."""
        try:
            key = read_id(id_, "gudang")
        except InvalidInputError as error:
            temuan.append(Temuan("ID_TIDAK_SAH", ERROR, error.message, nilai=id_))
            return None
        if writer is not None:
            require_possible_keeper(writer, izin.RECORD_STOK, key, id_)
        gudang = await store.warehouse(conn, key)
        if gudang is None:
            temuan.append(
                Temuan("GUDANG_TAK_ADA", ERROR, f"Gudang bencana {id_} tidak ada.", wilayah=key.kode_kab, nilai=id_)
            )
        elif writer is not None:
            require_keeper(writer, izin.RECORD_STOK, gudang)
        return gudang

    async def _earlier_receipt(self, conn: Conn, origin: Gudang, draft: MovementDraft) -> Recorded | Refused | None:
        """What to answer when the idempotency key was used before; None when it was not."""
        return await earlier_receipt(conn, origin.id, draft.kunci_idempoten, draft.hash())

    def _check_moment(self, happened_at: datetime | None, now: datetime, gudang: Sequence[Gudang]) -> list[Temuan]:
        temuan: list[Temuan] = []
        if happened_at is not None and happened_at > now + _CLOCK_DIFFERENCE:
            message = "Waktu kejadian belum tiba; catat setelah barangnya bergerak."
            temuan.append(Temuan("PADA_BELUM_TIBA", ERROR, message, nilai=happened_at.isoformat()))
        return [*temuan, *check_standing(gudang, self._day(happened_at or now))]

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self._db.zone).date()


def _goes_under_way(gudang: Sequence[Gudang]) -> bool:
    """Whether goods between these are under way first: another office receives them, or a transaction of another kabupaten."""
    return len({(office_of(g), g.id.kode_kab) for g in gudang}) > 1


def _left_under_way(target: Gudang) -> Temuan:
    message = f"Barang dicatat dalam perjalanan; gudang {target.nama} yang menerima (terimaPindahan) atau menolaknya."
    return Temuan("DALAM_PERJALANAN", INFO, message, wilayah=target.id.kode_kab)


def _tidied(text: str | None) -> str | None:
    return (text or "").strip() or None


def _lot(x: store.Lot) -> AvailableLot:
    return AvailableLot(x.barang, x.sumber_dana, x.lot, x.kedaluwarsa, x.jumlah, max(x.tersedia, Decimal(0)))
