"""Whose ledger it is, when a warehouse takes part, and the receipts of those who write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hub.akses import izin
from hub.base import kode as kode_wilayah
from hub.base.actor import Actor
from hub.base.public_id import PublicId
from hub.base.temuan import ERROR, Location, Refused, Temuan, TemuanFromData
from hub.db.database import Conn
from hub.gudang import statements as store
from hub.gudang.statements import Gudang


@dataclass(frozen=True, slots=True)
class Recorded:
    """A receipt. `bukti` None: no movement was written in this ledger (a minimum was, or goods were refused). `ulangan`: this
    very call was made before. `transfer`: the transfer it is about, if there is one under this id."""

    gudang: PublicId
    bukti: str | None
    ulangan: bool
    temuan: tuple[Temuan, ...]
    pindahan: PublicId | None = None


def office_of(gudang: Gudang) -> str:
    """The code of the office that keeps the warehouse: the province its own and the ministry's, wherever they stand below it;
    the kabupaten every other one."""
    kab = gudang.id.kode_kab
    return kode_wilayah.kode_prov(kab) if izin.owned_above(gudang.pemilik) else kab


def require_keeper(actor: Actor, action: izin.Action, gudang: Gudang) -> None:
    """Raises NotAuthorisedError. To be asked again by whoever waited for the ledger."""
    izin.require(actor, action, office_of(gudang), gudang.nama)


def require_possible_keeper(actor: Actor, action: izin.Action, id_: PublicId, written: str) -> None:
    """Raises NotAuthorisedError where the caller keeps no warehouse of that kabupaten, whoever owns it. `written`: the id as it
    was sent; he may not know more of it."""
    if not any(izin.may(actor, action, office) for office in (id_.kode_kab, kode_wilayah.kode_prov(id_.kode_kab))):
        raise izin.denied(actor, action, what=written)


def check_standing(gudang: Sequence[Gudang], day: date) -> list[Temuan]:
    """Warehouses that do not stand on that day."""
    temuan: list[Temuan] = []
    for g in gudang:
        if not (g.sejak <= day and (g.sampai is None or day < g.sampai)):
            message = f"Gudang {g.nama} tidak ada pada {day} (ada sejak {g.sejak}" + (
                f" sampai sebelum {g.sampai})." if g.sampai else ")."
            )
            temuan.append(Temuan("GUDANG_TIDAK_AKTIF", ERROR, message, wilayah=g.id.kode_kab, nilai=str(day)))
    return temuan


async def earlier_receipt(
    conn: Conn, gudang: PublicId, idempotency_key: str, content_hash: bytes, transfer: PublicId | None = None
) -> Recorded | Refused | None:
    """What to answer when the idempotency key was used before; None when it was not. `content_hash`: hash of what is sent now;
    `transfer` None: one sent by that very document."""
    earlier = await store.find_key(conn, gudang.kode_kab, idempotency_key)
    if earlier is None:
        return None
    if earlier.hash_isi != content_hash:
        message = (
            f'Kunci "{idempotency_key}" sudah dipakai untuk catatan lain (dokumen {earlier.nomor_dokumen}). '
            "Pakai kunci baru untuk isi yang baru."
        )
        return Refused(
            (Temuan("KUNCI_SUDAH_DIPAKAI", ERROR, message, wilayah=gudang.kode_kab, usulan=earlier.nomor_dokumen),)
        )
    temuan = (TemuanFromData(**{**t, "lokasi": tuple(Location(**x) for x in t["lokasi"])}) for t in earlier.temuan)
    return Recorded(gudang, earlier.id, True, tuple(temuan), transfer or PublicId(gudang.kode_kab, earlier.id))
