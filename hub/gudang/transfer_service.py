"""Goods between offices: what one sent is under way until the other receives or refuses it.

    PINDAH ─→ DALAM_PERJALANAN ─terimaPindahan→ DITERIMA
                      └─tolakPindahan→ DITOLAK ─→ back in the sender's ledger

Each arrow is one transaction in one kabupaten, under one ledger. What a killed program left between two of them is made up
by `finish`.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

import structlog

from hub.akses import izin
from hub.base import kode as kode_wilayah
from hub.base.actor import Actor, Role
from hub.base.errors import HubError, InvalidInputError, NotAuthorisedError
from hub.base.public_id import PublicId, read_id
from hub.base.temuan import ERROR, WARNING, Refused, Temuan, has_error
from hub.base.uuid7 import uuid7
from hub.db.database import Conn, Database
from hub.gudang import statements as stok_statements
from hub.gudang import transfer_statements as store
from hub.gudang.checks import check_idempotency_key, check_same_lot, check_text
from hub.gudang.statements import Gudang, NewDocument, NewMovement
from hub.gudang.transfer_statements import RECEIVED, REFUSED, Answer, Transfer, Unfinished
from hub.gudang.warehouse import Recorded, check_standing, earlier_receipt, require_keeper

_log = structlog.get_logger("hub.stok")

_ANSWERED = {RECEIVED: "PINDAHAN_SUDAH_DITERIMA", REFUSED: "PINDAHAN_SUDAH_DITOLAK"}
_HUB = Actor(Role.ADMIN, "", "hub")  # what the hub finishes by itself


class StokTransfer:
    """Raises NotAuthorisedError; everything else that is wrong is in Refused."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def accept(self, actor: Actor, id_: str, idempotency_key: str) -> Recorded | Refused:
        """The goods have arrived: into the receiver's ledger, now, all of them as they were sent."""
        izin.require(actor, izin.ANSWER_TRANSFER)
        key, findings = _read_id(id_)
        findings += check_idempotency_key(idempotency_key)
        if key is None or findings:
            return Refused(tuple(findings))
        async with self._db.as_actor(actor) as conn:
            return await self._receive(conn, actor, key, idempotency_key)

    async def refuse(self, actor: Actor, id_: str, reason: str) -> Recorded | Refused:
        """The goods go back: the sender's ledger gets them in a transaction of its own."""
        izin.require(actor, izin.ANSWER_TRANSFER)
        key, findings = _read_id(id_)
        findings += _check_reason(reason)
        if key is None or findings:
            return Refused(tuple(findings))
        async with self._db.as_actor(actor) as conn:
            result = await self._turn_away(conn, actor, key, reason.strip())
        if isinstance(result, Recorded):
            await self.bring_back(key)
        return result

    async def receive_own(self, actor: Actor, id_: PublicId) -> list[Temuan]:
        """What an office sent to itself in another kabupaten is received at once, at the moment it left. What cannot be stays
        under way; the findings say why."""
        async with self._db.as_actor(actor) as conn:
            p = await store.find(conn, id_)
            if p is None or not p.satu_kantor or p.status is not None:
                return []
            try:
                result = await self._receive(conn, actor, id_, None)
            except NotAuthorisedError as error:  # the receiver has got another owner meanwhile
                return [_left_under_way(p, error.message)]
        if isinstance(result, Recorded) or any(t.kode in _ANSWERED.values() for t in result.temuan):
            return []
        return [_left_under_way(p, t.pesan) for t in result.temuan if t.tingkat == ERROR]

    async def finish(self) -> None:
        """Make up what a killed program left half done. What cannot be, and why, is in the log; it stays as it is."""
        async with self._db.as_actor(_HUB) as conn:
            unfinished = await store.unfinished(conn)
        for t in unfinished:
            try:
                await self._finish(t)
            except HubError as error:
                _log.warning("pindahan belum dapat diselesaikan", pindahan=str(t.id), sebab=error.message)

    async def bring_back(self, id_: PublicId) -> None:
        """What was refused, into its sender's ledger, once; nothing where that ledger is written at another hub."""
        async with self._db.as_actor(_HUB) as conn:
            await store.bring_back(conn, id_, uuid7())

    # ---------- parts ----------

    async def _finish(self, t: Unfinished) -> None:
        if t.refused:
            await self.bring_back(t.id)
            return
        office = Actor(Role.PROVINSI, kode_wilayah.kode_prov(t.id.kode_kab), t.by)
        for finding in await self.receive_own(office, t.id):
            _log.warning("pindahan belum diterima", pindahan=str(t.id), sebab=finding.pesan)

    async def _receive(
        self, conn: Conn, actor: Actor, id_: PublicId, idempotency_key: str | None
    ) -> Recorded | Refused:
        """`idempotency_key` None: the hub does it by itself, as of the moment the goods left: for one office they have never been away."""
        found = await _held(conn, actor, id_)
        if isinstance(found, Refused):
            return found
        p, gudang = found
        content = hashlib.sha256(f"terimaPindahan {id_}".encode()).digest()
        if (
            idempotency_key is not None
            and (earlier := await earlier_receipt(conn, p.receiver, idempotency_key, content, id_)) is not None
        ):
            return earlier
        if p.status is not None:
            return Refused((_answered(p),))
        now = await stok_statements.now(conn)
        happened_at = p.dikirim_pada if idempotency_key is None else now
        day = happened_at.astimezone(self._db.zone).date()
        rows = await store.goods_sent(conn, p)
        findings = [*check_standing([gudang], day), *await _check_lots(conn, p, rows), *_expired(rows, day)]
        if has_error(findings):
            return Refused(tuple(findings))
        document = NewDocument(
            p.receiver.kode_kab, str(uuid7()), p.receiver.kode_kab, p.nomor_dokumen, None, None, actor.name, idempotency_key, content,
            [asdict(t) for t in findings],
        )  # fmt: skip
        if not await stok_statements.insert_document(conn, document, now):
            # the same key, used for another warehouse a moment earlier
            assert idempotency_key is not None, "only a key can be there already"
            earlier = await earlier_receipt(conn, p.receiver, idempotency_key, content, id_)
            return earlier or Refused(tuple(findings))
        await store.answer(conn, p, Answer(RECEIVED, actor.name, now, document_id=document.id))
        await stok_statements.insert_movements(conn, document.id, rows, happened_at, now)
        return Recorded(p.receiver, document.id, False, tuple(findings), id_)

    async def _turn_away(self, conn: Conn, actor: Actor, id_: PublicId, reason: str) -> Recorded | Refused:
        """A warehouse that has closed meanwhile may still refuse."""
        found = await _held(conn, actor, id_)
        if isinstance(found, Refused):
            return found
        p, _ = found
        if (p.status, p.alasan) == (REFUSED, reason):
            return Recorded(p.receiver, None, True, (), id_)
        if p.status is not None:
            return Refused((_answered(p),))
        now = await stok_statements.now(conn)
        await store.answer(conn, p, Answer(REFUSED, actor.name, now, reason=reason))
        return Recorded(p.receiver, None, False, (), id_)


async def _held(conn: Conn, actor: Actor, id_: PublicId) -> tuple[Transfer, Gudang] | Refused:
    """The transfer and the warehouse it goes to, whose ledger is held from here on."""
    p = await store.find(conn, id_)
    gudang = None if p is None else await stok_statements.warehouse(conn, p.receiver)
    if p is None or gudang is None:
        return Refused((_unknown(id_),))
    require_keeper(actor, izin.ANSWER_TRANSFER, gudang)
    await stok_statements.hold(conn, [p.receiver])
    # again: it may have been answered, or the warehouse closed or given away, while this waited for the ledger
    p, gudang = await store.find(conn, id_) or p, await stok_statements.warehouse(conn, p.receiver) or gudang
    require_keeper(actor, izin.ANSWER_TRANSFER, gudang)
    return p, gudang


def _read_id(id_: str) -> tuple[PublicId | None, list[Temuan]]:
    try:
        return read_id(id_, "pindahan"), []
    except InvalidInputError as error:
        return None, [Temuan("ID_TIDAK_SAH", ERROR, error.message, nilai=id_)]


def _check_reason(reason: str) -> list[Temuan]:
    if not reason.strip():
        return [Temuan("ALASAN_KOSONG", ERROR, "alasan harus diisi supaya pengirim tahu mengapa barangnya ditolak.")]
    return check_text("alasan", reason)


async def _check_lots(conn: Conn, p: Transfer, rows: Sequence[NewMovement]) -> list[Temuan]:
    """One lot has one day of expiry, in every warehouse."""
    known = await stok_statements.lots(
        conn, p.receiver, sorted({r.barang for r in rows}), await stok_statements.now(conn)
    )
    return [t for r in rows for t in check_same_lot(r, known, "gudang ini")]


def _expired(rows: Sequence[NewMovement], day: date) -> list[Temuan]:
    return [
        Temuan(
            "SUDAH_KEDALUWARSA", WARNING,
            f"{r.barang} lot {r.lot or '(tanpa lot)'} sudah kedaluwarsa pada hari diterima ({r.kedaluwarsa}).",
            nilai=str(r.kedaluwarsa),
        )
        for r in rows
        if r.kedaluwarsa is not None and r.kedaluwarsa <= day
    ]  # fmt: skip


def _left_under_way(p: Transfer, why: str) -> Temuan:
    message = (
        f"Barang sudah keluar dari gudang asal, tetapi belum masuk ke gudang tujuan: {why} Pindahan {p.id} dalam perjalanan sampai "
        "kantor pemilik gudang tujuan menerimanya (terimaPindahan) atau menolaknya (tolakPindahan)."
    )
    return Temuan("DALAM_PERJALANAN", WARNING, message, wilayah=p.receiver.kode_kab, nilai=str(p.id))


def _unknown(id_: PublicId) -> Temuan:
    message = f"Pindahan {id_} tidak ada; id-nya ada dalam pindahanMasuk gudang Anda."
    return Temuan("PINDAHAN_TAK_ADA", ERROR, message, wilayah=id_.kode_kab, nilai=str(id_))


def _answered(p: Transfer) -> Temuan:
    if p.status == RECEIVED:
        message = (
            f"Pindahan {p.id} sudah diterima; yang keliru dibetulkan dengan KOREKSI atau dikirim kembali (PINDAH)."
        )
        return Temuan(_ANSWERED[RECEIVED], ERROR, message, wilayah=p.id.kode_kab, nilai=str(p.id))
    message = f"Pindahan {p.id} sudah ditolak ({p.alasan}); barangnya kembali ke pengirim."
    return Temuan(_ANSWERED[REFUSED], ERROR, message, wilayah=p.id.kode_kab, nilai=str(p.id))
