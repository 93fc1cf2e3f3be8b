"""Whose ledger it is, when a warehouse takes part, and the receipts of those who write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hub.base import kode as kode_wilayah
from hub.base.actor import Actor, Peran
from hub.base.errors import TidakBerwenangError
from hub.base.id_publik import IdPublik
from hub.base.temuan import GALAT, Ditolak, Lokasi, Temuan, TemuanFromData
from hub.db.database import Conn
from hub.gudang import statements as store
from hub.gudang.statements import Gudang

_MILIK_ATAS = ("PROVINSI", "KEMENTERIAN")


@dataclass(frozen=True, slots=True)
class Tercatat:
    """A receipt. `bukti` None: no movement was written in this ledger (a minimum was, or goods were refused). `ulangan`: this
    very call was made before. `pindahan`: the transfer it is about, if there is one under this id."""

    gudang: IdPublik
    bukti: str | None
    ulangan: bool
    temuan: tuple[Temuan, ...]
    pindahan: IdPublik | None = None


def hanya_petugas(actor: Actor) -> None:
    if actor.peran is Peran.PUBLIK:
        raise TidakBerwenangError("Kirim token kantor Anda untuk mencatat stok; tanpa token hanya stok yang terbaca.")
    if actor.peran is Peran.ADMIN:
        raise TidakBerwenangError("Stok dicatat oleh kantor pemilik gudang, bukan oleh pengelola hub.")


def kantor(gudang: Gudang) -> str:
    """The code of the office that keeps the warehouse: the province its own and the ministry's, wherever they stand below it;
    the kabupaten every other one."""
    kab = gudang.id.kode_kab
    return kode_wilayah.kode_prov(kab) if gudang.pemilik in _MILIK_ATAS else kab


def mengurus(actor: Actor, gudang: Gudang) -> bool:
    """Whether the caller's office keeps the warehouse."""
    return actor.peran in (Peran.PROVINSI, Peran.KABUPATEN) and actor.wilayah == kantor(gudang)


def bukan_milik(actor: Actor, gudang: str) -> TidakBerwenangError:
    """`gudang`: its name, or its id where the caller may not know more."""
    return TidakBerwenangError(
        f"Token Anda ({actor.peran.value} {actor.wilayah}) tidak boleh mencatat stok gudang {gudang}; yang mencatat ialah kantor "
        "pemiliknya."
    )


def periksa_pemilik(actor: Actor, gudang: Gudang) -> None:
    """Raises TidakBerwenangError. To be asked again by whoever waited for the ledger."""
    if not mengurus(actor, gudang):
        raise bukan_milik(actor, gudang.nama)


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
