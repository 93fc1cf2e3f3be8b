"""What may be asked of coverage."""

from dataclasses import dataclass

from hub.base import kode as kode_wilayah
from hub.base.errors import MasukanTidakSahError
from hub.base.kode import Tingkat
from hub.katalog.katalog import Elemen

JARAK_TERJAUH_KM = 500.0
USULAN_TERBANYAK = 50
TOLERANSI_METER = 50.0
_DAPAT_DIJUMLAH = ("JUMLAH", "HITUNG")


@dataclass(frozen=True, slots=True)
class Tanya:
    """Which desa of `wilayah` are covered by resources of these kinds, within `jarak_km` of their label point (geodesic)?
    `hanya_berlaku`: without resources whose papers have run out; `daya_tersisa`: without those that are full."""

    jenis: tuple[str, ...]
    jarak_km: float
    wilayah: str
    hanya_berlaku: bool = False
    daya_tersisa: bool = False

    @property
    def meter(self) -> float:
        return self.jarak_km * 1000


@dataclass(frozen=True, slots=True)
class Bobot:
    """What a desa weighs: an element, and the period (None: the newest)."""

    elemen: str
    periode: str | None


def susun(
    jenis: list[str], jarak_km: float, wilayah: str, *, hanya_berlaku: bool = False, daya_tersisa: bool = False
) -> Tanya:
    """The same question is the same object, however it is written: kinds in order, each once."""
    return Tanya(tuple(sorted(set(jenis))), float(jarak_km), wilayah, hanya_berlaku, daya_tersisa)


def periksa(tanya: Tanya, banyak: int = 1, elemen: Elemen | None = None) -> None:
    """Raises MasukanTidakSahError that names everything that is wrong. `banyak`: places to propose; `elemen`: of the weight."""
    salah: list[str] = []
    if not tanya.jenis:
        salah.append("jenis tidak boleh kosong; sebutkan sedikitnya satu jenis sumber daya")
    if not 0 < tanya.jarak_km <= JARAK_TERJAUH_KM:  # not a number fails too
        salah.append(f"jarakKm harus lebih dari 0 dan paling jauh {JARAK_TERJAUH_KM:g}, bukan {tanya.jarak_km:g}")
    if not kode_wilayah.sah(tanya.wilayah):
        salah.append(f'wilayah "{tanya.wilayah}" bukan kode wilayah; tulis seperti "53", "53.14" atau "53.14.01"')
    if not 1 <= banyak <= USULAN_TERBANYAK:
        salah.append(f"banyak harus 1 sampai {USULAN_TERBANYAK}, bukan {banyak}")
    if elemen is not None and elemen.registri is not Tingkat.DESA and elemen.tingkat is not Tingkat.DESA:
        dari = elemen.tingkat.name.lower()
        salah.append(f"bobot {elemen.kode} ({elemen.nama}) dilaporkan per {dari}; bobot harus angka per desa")
    if elemen is not None and elemen.agregasi_wilayah not in _DAPAT_DIJUMLAH:
        salah.append(f"bobot {elemen.kode} ({elemen.nama}) tidak dapat dijumlahkan antarwilayah")
    if salah:
        kalimat = "; ".join(salah)
        raise MasukanTidakSahError(kalimat[0].upper() + kalimat[1:] + ".")
