"""Writing the ledger of disaster warehouses: receipts, issues, transfers, corrections, minimum stock.

One call, one document, one transaction. It holds the ledger of each warehouse concerned while it looks and writes, so two
who take from one warehouse take one after the other. The balance may not fall below zero at the moment of the movement
nor at any later one: an issue that is written down late must leave enough for what went out since.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from hub.base import kode as kode_wilayah
from hub.base.actor import Actor, Peran
from hub.base.errors import MasukanTidakSahError, TidakBerwenangError
from hub.base.id_publik import IdPublik, baca_id
from hub.base.uuid7 import uuid7
from hub.services.stok_alokasi import LotTersedia
from hub.services.stok_checks import baca_baris, baca_minimum, periksa_kepala, susun
from hub.services.stok_draft import PINDAH, MutasiDraft
from hub.services.temuan import GALAT, Lokasi, Temuan, ada_galat
from hub.store import stok_statements as store
from hub.store.database import Conn, Database
from hub.store.stok_statements import BuktiBaru, Gudang

_JAM_BERBEDA = timedelta(minutes=5)  # clocks of sender and database may differ by so much


@dataclass(frozen=True, slots=True)
class Tercatat:
    """A receipt. `bukti` None: no movement was written (a minimum was). `ulangan`: this very call was made before."""

    gudang: IdPublik
    bukti: str | None
    ulangan: bool
    temuan: tuple[Temuan, ...]


@dataclass(frozen=True, slots=True)
class TidakTercatat:
    """Nothing was written; the findings say why."""

    temuan: tuple[Temuan, ...]


class StokLedger:
    """Raises TidakBerwenangError; everything else that is wrong is in TidakTercatat."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def record(self, actor: Actor, draft: MutasiDraft) -> Tercatat | TidakTercatat:
        """Write down one movement, whatever its kind."""
        _hanya_petugas(actor)
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
                return TidakTercatat(tuple(temuan))
            dibaca = [asal] if tujuan is None else [asal, tujuan]
            await store.hold(conn, [g.id for g in dibaca])
            # read again: one may have been closed while this waited for its ledger
            terlibat = [await store.warehouse(conn, g.id) or g for g in dibaca]
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
            if ada_galat(temuan):
                return TidakTercatat(tuple(temuan))
            bukti = BuktiBaru(
                asal.id.kode_kab, str(uuid7()), asal.id.kode_kab, draft.nomor_dokumen.strip(), _isi(draft.tujuan),
                _isi(draft.alasan), actor.nama, draft.kunci_idempoten, draft.hash(), [asdict(t) for t in temuan],
            )  # fmt: skip
            if not await store.insert_document(conn, bukti, kini):
                # the same key, used for another warehouse a moment earlier
                return await self._ulangan(conn, asal, draft) or TidakTercatat(tuple(temuan))
            if tujuan is not None and tujuan.id.kode_kab != asal.id.kode_kab:
                salinan = replace(bukti, kode_kab=tujuan.id.kode_kab, kunci_idempoten=None)
                await store.insert_document(conn, salinan, kini)
            await store.insert_movements(conn, bukti.id, mutasi, pada, kini)
            return Tercatat(asal.id, bukti.id, False, tuple(temuan))

    async def set_minimum(
        self, actor: Actor, gudang: str, isi: Sequence[tuple[str, Decimal | str]], sejak: date | None = None
    ) -> Tercatat | TidakTercatat:
        """Minimum stock per kind of goods from that day (today) until another is set. Replaces what was set for that day."""
        _hanya_petugas(actor)
        temuan: list[Temuan] = []
        async with self._db.as_actor(actor) as conn:
            g = await self._gudang(conn, gudang, temuan, actor)
            barang = await store.goods(conn)
            bersih, salah = baca_minimum(isi, barang)
            temuan += salah
            if g is None or ada_galat(temuan):
                return TidakTercatat(tuple(temuan))
            # two documents that name the same goods in another order would wait for each other crosswise
            await store.hold(conn, [g.id])
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
        if penulis is not None and not penulis.menjangkau(kunci.kode_kab):
            raise TidakBerwenangError(_BUKAN_MILIK.format(penulis.peran.value, penulis.wilayah, id_))
        gudang = await store.warehouse(conn, kunci)
        if gudang is None:
            temuan.append(
                Temuan("GUDANG_TAK_ADA", GALAT, f"Gudang bencana {id_} tidak ada.", kunci.kode_kab, nilai=id_)
            )
        elif penulis is not None and not _mengurus(penulis, gudang):
            raise TidakBerwenangError(_BUKAN_MILIK.format(penulis.peran.value, penulis.wilayah, gudang.nama))
        return gudang

    async def _ulangan(self, conn: Conn, asal: Gudang, draft: MutasiDraft) -> Tercatat | TidakTercatat | None:
        """What to answer when the idempotency key was used before; None when it was not."""
        dulu = await store.find_key(conn, asal.id.kode_kab, draft.kunci_idempoten)
        if dulu is None:
            return None
        if dulu.hash_isi != draft.hash():
            pesan = (
                f'Kunci "{draft.kunci_idempoten}" sudah dipakai untuk catatan lain (dokumen {dulu.nomor_dokumen}). '
                "Pakai kunci baru untuk isi yang baru."
            )
            return TidakTercatat(
                (Temuan("KUNCI_SUDAH_DIPAKAI", GALAT, pesan, asal.id.kode_kab, usulan=dulu.nomor_dokumen),)
            )
        temuan = (Temuan(**{**t, "lokasi": tuple(Lokasi(**x) for x in t["lokasi"])}) for t in dulu.temuan)
        return Tercatat(asal.id, dulu.id, True, tuple(temuan))

    def _waktu(self, pada: datetime | None, kini: datetime, gudang: Sequence[Gudang]) -> list[Temuan]:
        temuan: list[Temuan] = []
        if pada is not None and pada > kini + _JAM_BERBEDA:
            pesan = "Waktu kejadian belum tiba; catat setelah barangnya bergerak."
            temuan.append(Temuan("PADA_BELUM_TIBA", GALAT, pesan, nilai=pada.isoformat()))
        hari = self._hari(pada or kini)
        for g in gudang:
            if not (g.sejak <= hari and (g.sampai is None or hari < g.sampai)):
                pesan = f"Gudang {g.nama} tidak ada pada {hari} (ada sejak {g.sejak}" + (
                    f" sampai sebelum {g.sampai})." if g.sampai else ")."
                )
                temuan.append(Temuan("GUDANG_TIDAK_AKTIF", GALAT, pesan, g.id.kode_kab, nilai=str(hari)))
        return temuan

    def _hari(self, saat: datetime) -> date:
        return saat.astimezone(self._db.zona).date()


_BUKAN_MILIK = "Token Anda ({} {}) tidak boleh mencatat stok gudang {}; yang mencatat ialah kantor pemiliknya."


def _hanya_petugas(actor: Actor) -> None:
    if actor.peran is Peran.PUBLIK:
        raise TidakBerwenangError("Kirim token kantor Anda untuk mencatat stok; tanpa token hanya stok yang terbaca.")
    if actor.peran is Peran.ADMIN:
        raise TidakBerwenangError("Stok dicatat oleh kantor pemilik gudang, bukan oleh pengelola hub.")


def _mengurus(actor: Actor, gudang: Gudang) -> bool:
    """Whether the caller's office keeps the warehouse: the province its own and the ministry's, wherever they stand below
    it; the kabupaten every other one."""
    if gudang.pemilik in ("PROVINSI", "KEMENTERIAN"):
        return actor.peran is Peran.PROVINSI and kode_wilayah.di_dalam(gudang.id.kode_kab, actor.wilayah)
    return actor.peran is Peran.KABUPATEN and actor.wilayah == gudang.id.kode_kab


def _isi(teks: str | None) -> str | None:
    return (teks or "").strip() or None


def _lot(x: store.Lot) -> LotTersedia:
    return LotTersedia(x.barang, x.sumber_dana, x.lot, x.kedaluwarsa, x.jumlah, max(x.tersedia, Decimal(0)))
