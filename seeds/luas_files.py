"""Official areas of regions: any table with a code and an area in km² (CSV, or the attributes of a boundary file)."""

from pathlib import Path

import pyogrio

from hub.base import kode as kode_wilayah
from hub.base.errors import MasukanTidakSahError
from seeds.batas_files import KOLOM_KODE

_KOLOM_LUAS = ("luas_km2", "LUAS_KM2", "luas", "LUAS", "LUASWH", "luaswh")


def baca_luas(berkas: Path) -> dict[str, float]:
    """Code → km². Lines without a code or an area are left out. Raises MasukanTidakSahError."""
    if not berkas.exists():
        raise MasukanTidakSahError(f"Berkas {berkas} tidak ada.")
    try:
        info, _, _, isi = pyogrio.raw.read(berkas, read_geometry=False)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as salah:
        raise MasukanTidakSahError(f"{berkas} tidak dapat dibaca sebagai tabel: {salah}") from None
    kolom = [str(k) for k in info["fields"]]
    kode, luas = (next((k for k in calon if k in kolom), None) for calon in (KOLOM_KODE, _KOLOM_LUAS))
    if kode is None or luas is None:
        raise MasukanTidakSahError(
            f"{berkas}: perlu kolom kode ({', '.join(KOLOM_KODE)}) dan kolom luas dalam km² ({', '.join(_KOLOM_LUAS)}); "
            f"yang ada: {', '.join(kolom)}"
        )
    hasil: dict[str, float] = {}
    for k, nilai in zip(isi[kolom.index(kode)], isi[kolom.index(luas)], strict=True):
        angka = _angka(nilai)
        if k and angka is not None:
            hasil[kode_wilayah.rapikan(str(k))] = angka
    return hasil


def _angka(nilai: object) -> float | None:
    """A number, or text with a decimal point or comma: "1.213,66", "1213.66"."""
    teks = str(nilai).strip()
    if "," in teks:
        teks = teks.replace(".", "").replace(",", ".")
    try:
        angka = float(teks)
    except ValueError:
        return None
    return angka if 0 < angka < float("inf") else None
