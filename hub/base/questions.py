"""What a question may name of regions and periods, and how many at once. The refusals a user can act on, the same for GraphQL and
for the addresses of the map. Each runs once per call, never per row."""

from collections.abc import Callable
from datetime import date

from hub.base import kode as kode_wilayah
from hub.base.errors import BatasTerlampauiError, MasukanTidakSahError
from hub.base.kode import Tingkat
from hub.base.periode import Periode

_TERBANYAK = 200  # elements or periods in one question


def kode_sah(teks: str) -> str:
    if not kode_wilayah.sah(teks):
        raise MasukanTidakSahError(
            f'"{teks}" bukan kode wilayah; tulis seperti "53" (provinsi), "53.14" (kabupaten/kota), "53.14.01" (kecamatan) '
            'atau "53.14.01.2005" (desa).'
        )
    return teks


def kode_bertingkat(tingkat: Tingkat) -> Callable[[str], str]:
    """Only codes of that level."""

    def periksa(teks: str) -> str:
        kode_sah(teks)
        if kode_wilayah.tingkat(teks) is not tingkat:
            ada = kode_wilayah.tingkat(teks).name.lower()
            raise MasukanTidakSahError(f'"{teks}" adalah kode {ada}, bukan {tingkat.name.lower()}.')
        return teks

    return periksa


def kode_ke_bawah(tingkat: Tingkat) -> Callable[[str], str]:
    """Only codes of regions that have parts of that level (or are of it)."""

    def periksa(teks: str) -> str:
        kode_sah(teks)
        if kode_wilayah.tingkat(teks) > tingkat:
            raise MasukanTidakSahError(
                f"{teks} adalah {kode_wilayah.tingkat(teks).name.lower()}; tidak dapat dirinci per {tingkat.name.lower()}."
            )
        return teks

    return periksa


def akhir_periode(teks: list[str]) -> list[date]:
    return [Periode.baca(p).akhir for p in teks]


def hari_sesudah(hari: date, periode: list[str]) -> date:
    """A day whose borders figures of those periods can be shown on: not before any of them ends."""
    terakhir = max(akhir_periode(periode), default=hari)
    if hari < terakhir:
        raise MasukanTidakSahError(
            f"wilayahPada {hari} mendahului akhir periode ({terakhir}); angka hanya dapat dibawa ke batas yang lebih baru."
        )
    return hari


def daftar(apa: str) -> Callable[[list[str]], list[str]]:
    """A list without repetitions, not empty, not too long."""

    def periksa(nilai: list[str]) -> list[str]:
        unik = list(dict.fromkeys(nilai))
        if not unik:
            raise MasukanTidakSahError(f"{apa} tidak boleh kosong.")
        if len(unik) > _TERBANYAK:
            raise BatasTerlampauiError(f"{apa} paling banyak {_TERBANYAK} dalam satu pertanyaan.")
        return unik

    return periksa
