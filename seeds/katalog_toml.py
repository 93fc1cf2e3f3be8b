"""The catalogue as TOML files in one folder: F*.toml (forms), rincian.toml, indikator.toml, daftar_*.toml."""

import tomllib
from pathlib import Path
from typing import Any

from hub.base.errors import MasukanTidakSahError
from hub.katalog.draft import KatalogBerkas, katalog_dari
from hub.lembar.files import content_of

FOLDER = Path(__file__).parent / "katalog"


def baca_katalog(folder: Path = FOLDER) -> KatalogBerkas:
    """Everything in the folder, as written. Raises MasukanTidakSahError naming the file that cannot be read, or every
    place in it that is not what it should be."""
    return katalog_dari(baca_mentah(folder))


def baca_mentah(folder: Path = FOLDER) -> dict[str, Any]:
    """The files as they are: {formulir: [...], rincian: {...}, indikator: [...], daftar: [...]}."""
    formulir = sorted(folder.glob("F*.toml"))
    if not formulir:
        raise MasukanTidakSahError(f"{folder}: tidak ada berkas formulir (F*.toml).")
    indikator = _baca(folder / "indikator.toml")
    if "indikator" not in indikator:
        raise MasukanTidakSahError(f"{folder / 'indikator.toml'}: tidak ada indikator.")
    return {
        "formulir": [_baca(b) for b in formulir],
        "rincian": _baca(folder / "rincian.toml"),
        "indikator": indikator["indikator"],
        "daftar": [_baca(b) for b in sorted(folder.glob("daftar_*.toml"))],
    }


def _baca(berkas: Path) -> dict[str, Any]:
    if not berkas.exists():
        raise MasukanTidakSahError(f"Berkas katalog {berkas} tidak ada.")
    try:
        return tomllib.loads(content_of(berkas).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as salah:
        raise MasukanTidakSahError(f"{berkas}: {salah}") from None
