"""Writing the ledger of disaster warehouses: receipts, issues, transfers, corrections, minimum stock.

One call, one document, one transaction. It holds the ledger of each warehouse it writes while it looks and writes, so two who
take from one warehouse take one after the other. Goods for another office's warehouse are sent, and under way until it says so
(stok_transfer). The balance may not fall below zero at the moment of the movement
nor at any later one: an issue that is written down late must leave enough for what went out since.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from hub.akses import izin
from hub.base.actor import Actor
from hub.base.errors import MasukanTidakSahError
from hub.base.id_publik import IdPublik, baca_id
from hub.base.temuan import GALAT, INFO, Ditolak, Temuan, ada_galat
from hub.base.uuid7 import uuid7
from hub.db.database import Conn, Database
from hub.gudang import pindahan_statements
from hub.gudang import statements as store
from hub.gudang.alokasi import LotTersedia
from hub.gudang.checks import BarisSiap, baca_baris, baca_minimum, periksa_kepala, susun
from hub.gudang.draft import PINDAH, MutasiDraft
from hub.gudang.pindahan_service import StokTransfer
from hub.gudang.statements import BuktiBaru, Gudang
from hub.gudang.warehouse import (
    Tercatat,
    earlier_receipt,
    kantor,
    periksa_masa,
    require_keeper,
    require_possible_keeper,
)

_JAM_BERBEDA = timedelta(minutes=5)  # clocks of sender and database may differ by so much


class StokLedger:
    """Raises TidakBerwenangError; everything else that is wrong is in Ditolak."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._transfer = StokTransfer(db)

    async def record(self, actor: Actor, draft: MutasiDraft) -> Tercatat | Ditolak:
        """Write down one movement, whatever its kind."""
        izin.require(actor, izin.RECORD_STOK)
        hasil = await self._record(actor, draft)
        if isinstance(hasil, Tercatat) and hasil.pindahan is not None:
            belum = await self._transfer.receive_own(actor, hasil.pindahan)
            hasil = replace(hasil, temuan=(*hasil.temuan, *belum))
        return hasil

    async def _record(self, actor: Actor, draft: MutasiDraft) -> Tercatat | Ditolak:
        temuan = periksa_kepala(draft)
        async with self._db.as_actor(actor) as conn:
            asal = await self._gudang(conn, draft.gudang, temuan, actor)
            tujuan = None
            if draft.jenis == PINDAH and draft.gudang_tujuan is not None:
                tujuan = await self._gudang(conn, draft.gudang_tujuan, temuan)
                if tujuan is not None and tujuan == asal:
                    temuan.append(
                        Temuan("GUDANG_SAMA", GALAT, "Gudang asal dan gudang tujuan sama.", nilai=draft.gudang)
                    )
            if asal is not None and (lama := await self._ulangan(conn, asal, draft)) is not None:
                return lama
            barang = await store.goods(conn)
            siap, salah = baca_baris(draft, barang)
            temuan += salah
            if asal is None or (draft.jenis == PINDAH and tujuan in (None, asal)):
                return Ditolak(tuple(temuan))
            return await self._write(conn, actor, draft, siap, temuan, asal, tujuan)

    async def _write(
        self,
        conn: Conn,
        actor: Actor,
        draft: MutasiDraft,
        siap: Sequence[BarisSiap],
        temuan: list[Temuan],
        asal: Gudang,
        tujuan: Gudang | None,
    ) -> Tercatat | Ditolak:
        """Look once more, holding what is written, and write. `temuan`: what was found so far."""
        dibaca = [asal] if tujuan is None else [asal, tujuan]
        dikirim = _dikirim(dibaca)
        await store.hold(conn, [asal.id] if dikirim else [g.id for g in dibaca])
        # read again: one may have been closed, or got another owner, while this waited for its ledger
        terlibat = [await store.warehouse(conn, g.id) or g for g in dibaca]
        require_keeper(actor, izin.RECORD_STOK, terlibat[0])
        dikirim = dikirim or _dikirim(terlibat)
        if (lama := await self._ulangan(conn, asal, draft)) is not None:  # the same call, a moment earlier
            return lama
        kini = await store.now(conn)
        pada = min(draft.pada or kini, kini)
        temuan += self._waktu(draft.pada, kini, terlibat)
        kode = [b.barang.kode for b in siap]
        lots = {g.id: [_lot(x) for x in await store.lots(conn, g.id, kode, pada)] for g in terlibat}
        mutasi, salah = susun(
            draft, siap, (asal.id, lots[asal.id]), None if tujuan is None else (tujuan.id, lots[tujuan.id]),
            self._hari(pada),
        )  # fmt: skip
        temuan += salah
        if len({kantor(g) for g in terlibat}) > 1:
            temuan.append(_dalam_perjalanan(terlibat[1]))
        if ada_galat(temuan):
            return Ditolak(tuple(temuan))
        nomor = IdPublik(asal.id.kode_kab, str(uuid7()))
        bukti = BuktiBaru(
            asal.id.kode_kab, nomor.id, asal.id.kode_kab, draft.nomor_dokumen.strip(), _isi(draft.tujuan),
            _isi(draft.alasan), actor.nama, draft.kunci_idempoten, draft.hash(), [asdict(t) for t in temuan],
        )  # fmt: skip
        if not await store.insert_document(conn, bukti, kini):
            # the same key, used for another warehouse a moment earlier
            return await self._ulangan(conn, asal, draft) or Ditolak(tuple(temuan))
        if dikirim:
            sama = kantor(terlibat[0]) == kantor(terlibat[1])
            await pindahan_statements.send(conn, nomor, asal.id, terlibat[1].id, pada, satu_kantor=sama)
            mutasi = [m for m in mutasi if m.gudang == asal.id]
        await store.insert_movements(conn, nomor.id, mutasi, pada, kini)
        return Tercatat(asal.id, nomor.id, False, tuple(temuan), nomor if dikirim else None)

    async def set_minimum(
        self, actor: Actor, gudang: str, isi: Sequence[tuple[str, Decimal | str]], sejak: date | None = None
    ) -> Tercatat | Ditolak:
        """Minimum stock per kind of goods from that day (today) until another is set. Replaces what was set for that day."""
        izin.require(actor, izin.RECORD_STOK)
        temuan: list[Temuan] = []
        async with self._db.as_actor(actor) as conn:
            g = await self._gudang(conn, gudang, temuan, actor)
            barang = await store.goods(conn)
            bersih, salah = baca_minimum(isi, barang)
            temuan += salah
            if g is None or ada_galat(temuan):
                return Ditolak(tuple(temuan))
            # two documents that name the same goods in another order would wait for each other crosswise
            await store.hold(conn, [g.id])
            require_keeper(actor, izin.RECORD_STOK, await store.warehouse(conn, g.id) or g)
            kini = await store.now(conn)
            await store.put_minimum(conn, g.id, list(bersih.items()), sejak or self._hari(kini), kini, actor.nama)
            return Tercatat(g.id, None, False, tuple(temuan))

    # ---------- parts ----------

    async def _gudang(self, conn: Conn, id_: str, temuan: list[Temuan], penulis: Actor | None = None) -> Gudang | None:
        """The warehouse of a public id, or a finding. `penulis`: who wants to write its ledger."""
        try:
            kunci = baca_id(id_, "gudang")
        except MasukanTidakSahError as salah:
            temuan.append(Temuan("ID_TIDAK_SAH", GALAT, salah.pesan, nilai=id_))
            return None
        if penulis is not None:
            require_possible_keeper(penulis, izin.RECORD_STOK, kunci, id_)
        gudang = await store.warehouse(conn, kunci)
        if gudang is None:
            temuan.append(
                Temuan("GUDANG_TAK_ADA", GALAT, f"Gudang bencana {id_} tidak ada.", wilayah=kunci.kode_kab, nilai=id_)
            )
        elif penulis is not None:
            require_keeper(penulis, izin.RECORD_STOK, gudang)
        return gudang

    async def _ulangan(self, conn: Conn, asal: Gudang, draft: MutasiDraft) -> Tercatat | Ditolak | None:
        """What to answer when the idempotency key was used before; None when it was not."""
        return await earlier_receipt(conn, asal.id, draft.kunci_idempoten, draft.hash())

    def _waktu(self, pada: datetime | None, kini: datetime, gudang: Sequence[Gudang]) -> list[Temuan]:
        temuan: list[Temuan] = []
        if pada is not None and pada > kini + _JAM_BERBEDA:
            pesan = "Waktu kejadian belum tiba; catat setelah barangnya bergerak."
            temuan.append(Temuan("PADA_BELUM_TIBA", GALAT, pesan, nilai=pada.isoformat()))
        return [*temuan, *periksa_masa(gudang, self._hari(pada or kini))]

    def _hari(self, saat: datetime) -> date:
        return saat.astimezone(self._db.zona).date()


def _dikirim(gudang: Sequence[Gudang]) -> bool:
    """Whether goods between these are under way first: another office receives them, or a transaction of another kabupaten."""
    return len({(kantor(g), g.id.kode_kab) for g in gudang}) > 1


def _dalam_perjalanan(tujuan: Gudang) -> Temuan:
    pesan = f"Barang dicatat dalam perjalanan; gudang {tujuan.nama} yang menerima (terimaPindahan) atau menolaknya."
    return Temuan("DALAM_PERJALANAN", INFO, pesan, wilayah=tujuan.id.kode_kab)


def _isi(teks: str | None) -> str | None:
    return (teks or "").strip() or None


def _lot(x: store.Lot) -> LotTersedia:
    return LotTersedia(x.barang, x.sumber_dana, x.lot, x.kedaluwarsa, x.jumlah, max(x.tersedia, Decimal(0)))
