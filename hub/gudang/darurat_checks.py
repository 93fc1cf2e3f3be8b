"""What is asked of `rencanaDarurat`, looked at before it becomes parameters: everything that is wrong is said at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hub.base import kode as kode_wilayah
from hub.base.angka import baca_angka, layak
from hub.base.errors import HubError, MasukanTidakSahError
from hub.base.kode import Tingkat
from hub.katalog.katalog import Katalog
from hub.katalog.questions import elemen_dikenal
from hub.sumber_daya.nearest_reads import jarak_sah

DESA_TERBANYAK, BARANG_TERBANYAK = 200, 50
JARAK_KM = 100.0  # where it is not given
ELEMEN_KK, ELEMEN_ORANG = "WIL02", "WIL01"  # all who live there: until somebody has counted who was hit


@dataclass(frozen=True, slots=True)
class Permintaan:
    """Columns of what is asked. Numbers are None where they are not given."""

    desa: list[str]
    kk: list[Decimal | None]
    orang: list[Decimal | None]
    barang: list[str]
    jumlah: list[Decimal | None]
    per_kk: list[Decimal | None]
    per_orang: list[Decimal | None]
    meter: float


def periksa(masukan: Mapping[str, Any]) -> Permintaan:
    """`masukan`: a RencanaDaruratMasukan, keys in GraphQL spelling. Raises MasukanTidakSahError."""
    salah: list[str] = []
    desa, butuh = masukan["desa"], masukan["kebutuhan"]
    for apa, isi, terbanyak in (("desa", desa, DESA_TERBANYAK), ("kebutuhan", butuh, BARANG_TERBANYAK)):
        if not 1 <= len(isi) <= terbanyak:
            salah.append(f"{apa} harus berisi 1 sampai {terbanyak}, bukan {len(isi)}")
    kode = [str(d["kode"]) for d in desa]
    salah += [f'desa: "{k}" bukan kode desa atau kelurahan' for k in kode if not _desa(k)]
    salah += [f"desa: {k} disebut lebih dari sekali" for k in sorted({k for k in kode if kode.count(k) > 1})]
    kolom = {
        n: [_angka(f"desa {k}: {n}", d.get(n), salah) for k, d in zip(kode, desa, strict=True)] for n in ("kk", "orang")
    }
    barang = [" ".join(str(b["barang"]).split()) for b in butuh]
    per = {
        n: [_angka(f"kebutuhan {b}: {n}", isi.get(n), salah) for b, isi in zip(barang, butuh, strict=True)]
        for n in ("jumlah", "perKk", "perOrang")
    }
    tanpa = (b for b, isi in zip(barang, butuh, strict=True) if all(isi.get(n) is None for n in per))
    salah += [f"kebutuhan {b}: isi jumlah, perKk atau perOrang" for b in tanpa]
    km = JARAK_KM
    try:
        if masukan.get("jarakKm") is not None:
            km = jarak_sah(masukan["jarakKm"], "jarakKm")
    except HubError as e:
        salah.append(e.pesan.removesuffix("."))
    if salah:
        raise MasukanTidakSahError("Rencana darurat: " + "; ".join(salah) + ".")
    return Permintaan(
        kode, kolom["kk"], kolom["orang"], barang, per["jumlah"], per["perKk"], per["perOrang"], km * 1000
    )


def elemen_per_desa(kode: str, satuan: str, katalog: Katalog) -> str:
    """The code of an element that counts such units in each desa. Raises HubError."""
    (dikenal,) = elemen_dikenal([kode], katalog)
    elemen = katalog.elemen[dikenal]
    if elemen.satuan.casefold() != satuan.casefold():
        raise MasukanTidakSahError(f"{dikenal} ({elemen.nama}) dihitung dalam {elemen.satuan}, bukan {satuan}.")
    if elemen.tingkat is not Tingkat.DESA:
        raise MasukanTidakSahError(f"{dikenal} ({elemen.nama}) hanya dilaporkan per {elemen.tingkat.name.lower()}.")
    return dikenal


def _desa(kode: str) -> bool:
    return kode_wilayah.sah(kode) and kode_wilayah.tingkat(kode) is Tingkat.DESA


def _angka(apa: str, nilai: Any, salah: list[str]) -> Decimal | None:
    """A number that is not below nought; None where it is not given, or no such number."""
    if nilai is None:
        return None
    try:
        angka = baca_angka(nilai, bulat=False).nilai if isinstance(nilai, str) else Decimal(nilai)
    except ValueError as e:
        salah.append(f"{apa}: {e}")
        return None
    if angka < 0 or not layak(angka):
        salah.append(f"{apa} harus 0 atau lebih, bukan {nilai}")
        return None
    return angka
