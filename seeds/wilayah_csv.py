"""Lists of regions and of their changes as CSV (UTF-8, comma, header row; further columns are ignored)."""

import csv
from collections.abc import Iterator
from pathlib import Path

from hub.base.errors import MasukanTidakSahError
from hub.services.wilayah_import import BarisDaftar, Perubahan


def baca_daftar(berkas: Path) -> Iterator[BarisDaftar]:
    """Columns `kode`, `nama`. Raises MasukanTidakSahError when the file or a column is missing."""
    for nomor, baris in _baris(berkas, ("kode", "nama")):
        yield BarisDaftar(nomor, baris["kode"], baris["nama"])


def baca_perubahan(berkas: Path) -> Iterator[Perubahan]:
    """Columns `jenis`, `kode_lama`, `kode_baru`."""
    for nomor, baris in _baris(berkas, ("jenis", "kode_lama", "kode_baru")):
        yield Perubahan(nomor, baris["jenis"].strip(), baris["kode_lama"].strip(), baris["kode_baru"].strip())


def _baris(berkas: Path, wajib: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with berkas.open(encoding="utf-8-sig", newline="") as isi:
            pembaca = csv.DictReader(isi)
            kurang = [k for k in wajib if k not in (pembaca.fieldnames or ())]
            if kurang:
                raise MasukanTidakSahError(
                    f"{berkas}: kolom {', '.join(kurang)} tidak ada; kolomnya: {', '.join(pembaca.fieldnames or ())}"
                )
            for baris in pembaca:
                yield pembaca.line_num, {k: (baris[k] or "") for k in wajib}
    except FileNotFoundError:
        raise MasukanTidakSahError(f"Berkas {berkas} tidak ada.") from None
    except UnicodeDecodeError:
        raise MasukanTidakSahError(f"{berkas}: bukan teks UTF-8; simpan ulang sebagai CSV UTF-8.") from None
