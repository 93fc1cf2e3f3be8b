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
from hub.base.actor import Actor, Peran
from hub.base.errors import HubError, MasukanTidakSahError, TidakBerwenangError
from hub.base.id_publik import IdPublik, baca_id
from hub.base.temuan import GALAT, PERINGATAN, Ditolak, Temuan, ada_galat
from hub.base.uuid7 import uuid7
from hub.db.database import Conn, Database
from hub.gudang import pindahan_statements as store
from hub.gudang import statements as stok_statements
from hub.gudang.checks import periksa_kunci, periksa_lot_sama, periksa_teks
from hub.gudang.pindahan_statements import DITERIMA, DITOLAK, Pindahan, Tertunda
from hub.gudang.statements import BuktiBaru, Gudang, MutasiBaru
from hub.gudang.warehouse import Tercatat, earlier_receipt, periksa_masa, require_keeper

_log = structlog.get_logger("hub.stok")

_ANSWERED = {DITERIMA: "PINDAHAN_SUDAH_DITERIMA", DITOLAK: "PINDAHAN_SUDAH_DITOLAK"}
_HUB = Actor(Peran.ADMIN, "", "hub")  # what the hub finishes by itself


class StokTransfer:
    """Raises TidakBerwenangError; everything else that is wrong is in Ditolak."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def accept(self, actor: Actor, id_: str, kunci: str) -> Tercatat | Ditolak:
        """The goods have arrived: into the receiver's ledger, now, all of them as they were sent."""
        izin.require(actor, izin.ANSWER_PINDAHAN)
        key, findings = _read_id(id_)
        findings += periksa_kunci(kunci)
        if key is None or findings:
            return Ditolak(tuple(findings))
        async with self._db.as_actor(actor) as conn:
            return await self._receive(conn, actor, key, kunci)

    async def refuse(self, actor: Actor, id_: str, alasan: str) -> Tercatat | Ditolak:
        """The goods go back: the sender's ledger gets them in a transaction of its own."""
        izin.require(actor, izin.ANSWER_PINDAHAN)
        key, findings = _read_id(id_)
        findings += _check_reason(alasan)
        if key is None or findings:
            return Ditolak(tuple(findings))
        async with self._db.as_actor(actor) as conn:
            result = await self._turn_away(conn, actor, key, alasan.strip())
        if isinstance(result, Tercatat):
            await self._bring_back(key)
        return result

    async def receive_own(self, actor: Actor, id_: IdPublik) -> list[Temuan]:
        """What an office sent to itself in another kabupaten is received at once, at the moment it left. What cannot be stays
        under way; the findings say why."""
        async with self._db.as_actor(actor) as conn:
            p = await store.find(conn, id_)
            if p is None or not p.satu_kantor or p.status is not None:
                return []
            try:
                result = await self._receive(conn, actor, id_, None)
            except TidakBerwenangError as error:  # the receiver has got another owner meanwhile
                return [_left_under_way(p, error.pesan)]
        if isinstance(result, Tercatat) or any(t.kode in _ANSWERED.values() for t in result.temuan):
            return []
        return [_left_under_way(p, t.pesan) for t in result.temuan if t.tingkat == GALAT]

    async def finish(self) -> None:
        """Make up what a killed program left half done. What cannot be, and why, is in the log; it stays as it is."""
        async with self._db.as_actor(_HUB) as conn:
            unfinished = await store.unfinished(conn)
        for t in unfinished:
            try:
                await self._finish(t)
            except HubError as error:
                _log.warning("pindahan belum dapat diselesaikan", pindahan=str(t.id), sebab=error.pesan)

    # ---------- parts ----------

    async def _finish(self, t: Tertunda) -> None:
        if t.ditolak:
            await self._bring_back(t.id)
            return
        office = Actor(Peran.PROVINSI, kode_wilayah.kode_prov(t.id.kode_kab), t.oleh)
        for finding in await self.receive_own(office, t.id):
            _log.warning("pindahan belum diterima", pindahan=str(t.id), sebab=finding.pesan)

    async def _bring_back(self, id_: IdPublik) -> None:
        async with self._db.as_actor(_HUB) as conn:
            await store.bring_back(conn, id_, uuid7())

    async def _receive(self, conn: Conn, actor: Actor, id_: IdPublik, kunci: str | None) -> Tercatat | Ditolak:
        """`kunci` None: the hub does it by itself, as of the moment the goods left: for one office they have never been away."""
        found = await _held(conn, actor, id_)
        if isinstance(found, Ditolak):
            return found
        p, gudang = found
        content = hashlib.sha256(f"terimaPindahan {id_}".encode()).digest()
        if kunci is not None and (earlier := await earlier_receipt(conn, p.ke, kunci, content, id_)) is not None:
            return earlier
        if p.status is not None:
            return Ditolak((_answered(p),))
        now = await stok_statements.now(conn)
        pada = p.dikirim_pada if kunci is None else now
        day = pada.astimezone(self._db.zona).date()
        rows = await store.goods_sent(conn, p)
        findings = [*periksa_masa([gudang], day), *await _check_lots(conn, p, rows), *_expired(rows, day)]
        if ada_galat(findings):
            return Ditolak(tuple(findings))
        bukti = BuktiBaru(
            p.ke.kode_kab, str(uuid7()), p.ke.kode_kab, p.nomor_dokumen, None, None, actor.nama, kunci, content,
            [asdict(t) for t in findings],
        )  # fmt: skip
        if not await stok_statements.insert_document(conn, bukti, now):
            # the same key, used for another warehouse a moment earlier
            assert kunci is not None, "only a key can be there already"
            earlier = await earlier_receipt(conn, p.ke, kunci, content, id_)
            return earlier or Ditolak(tuple(findings))
        await store.received(conn, p, bukti.id, actor.nama, now)
        await stok_statements.insert_movements(conn, bukti.id, rows, pada, now)
        return Tercatat(p.ke, bukti.id, False, tuple(findings), id_)

    async def _turn_away(self, conn: Conn, actor: Actor, id_: IdPublik, alasan: str) -> Tercatat | Ditolak:
        """A warehouse that has closed meanwhile may still refuse."""
        found = await _held(conn, actor, id_)
        if isinstance(found, Ditolak):
            return found
        p, _ = found
        if (p.status, p.alasan) == (DITOLAK, alasan):
            return Tercatat(p.ke, None, True, (), id_)
        if p.status is not None:
            return Ditolak((_answered(p),))
        await store.refused(conn, p, alasan, actor.nama, await stok_statements.now(conn))
        return Tercatat(p.ke, None, False, (), id_)


async def _held(conn: Conn, actor: Actor, id_: IdPublik) -> tuple[Pindahan, Gudang] | Ditolak:
    """The transfer and the warehouse it goes to, whose ledger is held from here on."""
    p = await store.find(conn, id_)
    gudang = None if p is None else await stok_statements.warehouse(conn, p.ke)
    if p is None or gudang is None:
        return Ditolak((_unknown(id_),))
    require_keeper(actor, izin.ANSWER_PINDAHAN, gudang)
    await stok_statements.hold(conn, [p.ke])
    # again: it may have been answered, or the warehouse closed or given away, while this waited for the ledger
    p, gudang = await store.find(conn, id_) or p, await stok_statements.warehouse(conn, p.ke) or gudang
    require_keeper(actor, izin.ANSWER_PINDAHAN, gudang)
    return p, gudang


def _read_id(id_: str) -> tuple[IdPublik | None, list[Temuan]]:
    try:
        return baca_id(id_, "pindahan"), []
    except MasukanTidakSahError as error:
        return None, [Temuan("ID_TIDAK_SAH", GALAT, error.pesan, nilai=id_)]


def _check_reason(alasan: str) -> list[Temuan]:
    if not alasan.strip():
        return [Temuan("ALASAN_KOSONG", GALAT, "alasan harus diisi supaya pengirim tahu mengapa barangnya ditolak.")]
    return periksa_teks("alasan", alasan)


async def _check_lots(conn: Conn, p: Pindahan, rows: Sequence[MutasiBaru]) -> list[Temuan]:
    """One lot has one day of expiry, in every warehouse."""
    known = await stok_statements.lots(conn, p.ke, sorted({r.barang for r in rows}), await stok_statements.now(conn))
    return [t for r in rows for t in periksa_lot_sama(r, known, "gudang ini")]


def _expired(rows: Sequence[MutasiBaru], day: date) -> list[Temuan]:
    return [
        Temuan(
            "SUDAH_KEDALUWARSA", PERINGATAN,
            f"{r.barang} lot {r.lot or '(tanpa lot)'} sudah kedaluwarsa pada hari diterima ({r.kedaluwarsa}).",
            nilai=str(r.kedaluwarsa),
        )
        for r in rows
        if r.kedaluwarsa is not None and r.kedaluwarsa <= day
    ]  # fmt: skip


def _left_under_way(p: Pindahan, why: str) -> Temuan:
    pesan = (
        f"Barang sudah keluar dari gudang asal, tetapi belum masuk ke gudang tujuan: {why} Pindahan {p.id} dalam perjalanan sampai "
        "kantor pemilik gudang tujuan menerimanya (terimaPindahan) atau menolaknya (tolakPindahan)."
    )
    return Temuan("DALAM_PERJALANAN", PERINGATAN, pesan, wilayah=p.ke.kode_kab, nilai=str(p.id))


def _unknown(id_: IdPublik) -> Temuan:
    pesan = f"Pindahan {id_} tidak ada; id-nya ada dalam pindahanMasuk gudang Anda."
    return Temuan("PINDAHAN_TAK_ADA", GALAT, pesan, wilayah=id_.kode_kab, nilai=str(id_))


def _answered(p: Pindahan) -> Temuan:
    if p.status == DITERIMA:
        pesan = f"Pindahan {p.id} sudah diterima; yang keliru dibetulkan dengan KOREKSI atau dikirim kembali (PINDAH)."
        return Temuan(_ANSWERED[DITERIMA], GALAT, pesan, wilayah=p.id.kode_kab, nilai=str(p.id))
    pesan = f"Pindahan {p.id} sudah ditolak ({p.alasan}); barangnya kembali ke pengirim."
    return Temuan(_ANSWERED[DITOLAK], GALAT, pesan, wilayah=p.id.kode_kab, nilai=str(p.id))
