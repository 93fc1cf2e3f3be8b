"""The catalogue as TOML files in one folder: F*.toml (forms), rincian.toml, indikator.toml, daftar_*.toml, kewajaran.toml."""

import tomllib
from pathlib import Path
from typing import Any

from hub.base.errors import InvalidInputError
from hub.katalog.draft import KatalogDraft, katalog_draft
from hub.lembar.files import content_of

FOLDER = Path(__file__).parent / "katalog"


def read_katalog(folder: Path = FOLDER) -> KatalogDraft:
    """Everything in the folder, as written. Raises InvalidInputError naming the file that cannot be read, or every
    place in it that is not what it should be."""
    return katalog_draft(read_raw(folder))


def read_raw(folder: Path = FOLDER) -> dict[str, Any]:
    """The files as they are: {formulir: [...], rincian: {...}, indikator: [...], daftar: [...], kewajaran: {...}}. A folder that
    says nothing of what is plausible means what the shipped one says."""
    formulir = sorted(folder.glob("F*.toml"))
    if not formulir:
        raise InvalidInputError(f"{folder}: tidak ada berkas formulir (F*.toml).")
    indikator = _read(folder / "indikator.toml")
    if "indikator" not in indikator:
        raise InvalidInputError(f"{folder / 'indikator.toml'}: tidak ada indikator.")
    return {
        "formulir": [_read(b) for b in formulir],
        "rincian": _read(folder / "rincian.toml"),
        "indikator": indikator["indikator"],
        "daftar": [_read(b) for b in sorted(folder.glob("daftar_*.toml"))],
        "kewajaran": _read(own if (own := folder / "kewajaran.toml").exists() else FOLDER / "kewajaran.toml"),
    }


def _read(file: Path) -> dict[str, Any]:
    if not file.exists():
        raise InvalidInputError(f"Berkas katalog {file} tidak ada.")
    try:
        return tomllib.loads(content_of(file).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInputError(f"{file}: {error}") from None
