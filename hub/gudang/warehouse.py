"""Whose ledger it is, when a warehouse takes part, and the receipts of those who write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hub.akses import izin
from hub.base import kode as kode_wilayah
from hub.base.actor import Actor
from hub.base.id_publik import IdPublik
from hub.base.temuan import GALAT, Ditolak, Lokasi, Temuan, TemuanFromData
from hub.db.database import Conn
from hub.gudang import statements as store
from hub.gudang.statements import Gudang


@dataclass(frozen=True, slots=True)
class Tercatat:
    """A receipt. `bukti` None: no movement was written in this ledger (a minimum was, or goods were refused). `ulangan`: this
    very call was made before. `pindahan`: the transfer it is about, if there is one under this id."""

    gudang: IdPublik
    bukti: str | None
    ulangan: bool
    temuan: tuple[Temuan, ...]
    pindahan: IdPublik | None = None


def kantor(gudang: Gudang) -> str:
    """The code of the office that keeps the warehouse: the province its own and the ministry's, wherever they stand below it;
    the kabupaten every other one."""
    kab = gudang.id.kode_kab
    return kode_wilayah.kode_prov(kab) if izin.owned_above(gudang.pemilik) else kab


def require_keeper(actor: Actor, action: izin.Action, gudang: Gudang) -> None:
    """Raises TidakBerwenangError. To be asked again by whoever waited for the ledger."""
    izin.require(actor, action, kantor(gudang), gudang.nama)


def require_possible_keeper(actor: Actor, action: izin.Action, id_: IdPublik, written: str) -> None:
    """Raises TidakBerwenangError where the caller keeps no warehouse of that kabupaten, whoever owns it. `written`: the id as it
    was sent; he may not know more of it."""
    if not any(izin.may(actor, action, office) for office in (id_.kode_kab, kode_wilayah.kode_prov(id_.kode_kab))):
        raise izin.denied(actor, action, apa=written)


def periksa_masa(gudang: Sequence[Gudang], hari: date) -> list[Temuan]:
    """Warehouses that do not stand on that day."""
    temuan: list[Temuan] = []
    for g in gudang:
        if not (g.sejak <= hari and (g.sampai is None or hari < g.sampai)):
            pesan = f"Gudang {g.nama} tidak ada pada {hari} (ada sejak {g.sejak}" + (
                f" sampai sebelum {g.sampai})." if g.sampai else ")."
            )
            temuan.append(Temuan("GUDANG_TIDAK_AKTIF", GALAT, pesan, wilayah=g.id.kode_kab, nilai=str(hari)))
    return temuan


async def earlier_receipt(
    conn: Conn, gudang: IdPublik, kunci: str, isi: bytes, pindahan: IdPublik | None = None
) -> Tercatat | Ditolak | None:
    """What to answer when the idempotency key was used before; None when it was not. `isi`: hash of what is sent now;
    `pindahan` None: one sent by that very document."""
    dulu = await store.find_key(conn, gudang.kode_kab, kunci)
    if dulu is None:
        return None
    if dulu.hash_isi != isi:
        pesan = (
            f'Kunci "{kunci}" sudah dipakai untuk catatan lain (dokumen {dulu.nomor_dokumen}). '
            "Pakai kunci baru untuk isi yang baru."
        )
        return Ditolak(
            (Temuan("KUNCI_SUDAH_DIPAKAI", GALAT, pesan, wilayah=gudang.kode_kab, usulan=dulu.nomor_dokumen),)
        )
    temuan = (TemuanFromData(**{**t, "lokasi": tuple(Lokasi(**x) for x in t["lokasi"])}) for t in dulu.temuan)
    return Tercatat(gudang, dulu.id, True, tuple(temuan), pindahan or IdPublik(gudang.kode_kab, dulu.id))
