"""What a question may name of the catalogue: elements, forms, indicators, breakdowns. Refused where it is not in force, with what is
nearest. Each runs once per call, never per row."""

from collections.abc import Collection

from rapidfuzz import process

from hub.base.errors import TidakDikenalError
from hub.base.questions import daftar
from hub.katalog.katalog import Katalog


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
