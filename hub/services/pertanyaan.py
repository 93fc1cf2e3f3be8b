"""What a question may name: codes of regions, periods, elements, indicators, breakdowns. The refusals a user can act on, the
same for GraphQL and for the addresses of the map. Each runs once per call, never per row."""

from collections.abc import Callable, Collection
from datetime import date

from rapidfuzz import process

from hub.base import kode as kode_wilayah
from hub.base.errors import BatasTerlampauiError, MasukanTidakSahError, TidakDikenalError
from hub.base.kode import Tingkat
from hub.base.periode import Periode
from hub.services.katalog import Katalog

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


def elemen_dikenal(nilai: list[str], katalog: Katalog) -> list[str]:
    """Codes of elements, all of them in the catalogue."""
    return _dikenal([n.upper() for n in nilai], katalog.elemen.keys(), "elemen")


def formulir_dikenal(nilai: list[str], katalog: Katalog) -> list[str]:
    return _dikenal([n.upper() for n in nilai], katalog.formulir.keys(), "formulir")


def indikator_dikenal(nilai: list[str], katalog: Katalog) -> list[str]:
    """Codes of indicators: "I04" for the main one, "I04.disabilitas" for a variant."""
    return _dikenal(nilai, katalog.kode_indikator(), "indikator")


def dimensi_dikenal(nilai: list[str] | None, katalog: Katalog) -> str:
    """Names of breakdowns as the stored key: sorted, joined by |."""
    nama = {d.kode.casefold(): d.kode for e in katalog.elemen.values() for d in e.rincian}
    salah = [n for n in (daftar("rincian")(nilai) if nilai else ()) if n.casefold() not in nama]
    if salah:
        raise TidakDikenalError(
            f"Rincian {', '.join(salah)} tidak ada; rincian tiap elemen ada di formulir.elemen.rincian."
        )
    return "|".join(sorted({nama[n.casefold()] for n in nilai or ()}))


def _dikenal(nilai: list[str], ada: Collection[str], apa: str) -> list[str]:
    unik = daftar(apa)(nilai)
    salah = [n for n in unik if n not in ada]
    if salah:
        dekat = [d[0] for n in salah if (d := process.extractOne(n, list(ada), score_cutoff=50))]
        saran = f" Mungkin: {', '.join(dekat)}." if dekat else ""
        raise TidakDikenalError(f"{apa.capitalize()} {', '.join(salah)} tidak ada di katalog.{saran}")
    return unik
