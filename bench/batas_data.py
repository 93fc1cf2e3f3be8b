"""A country's worth of real boundaries: the desa of two provinces, copied side by side seventeen times under other codes.

The boundaries are real, as untidy as they come; only their place is made up. The file and the list of its regions are made
once, under HUB_HOME/bench, and made anew when what they are made of changes. They are never part of the project.
"""

import csv
import hashlib
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

from bench import database, servers
from bench.national_data import PROVINSI
from bench.report import SCREEN
from hub.base import kode as kode_wilayah
from hub.store.wilayah_statements import BarisWilayah

SEJAK = date(2025, 1, 1)
SALINAN = 17
_ASAL = ("53", "36")
# where copies go, degrees: NTT is 6,6 wide and 2,9 high, Banten 1,8 and 1,4; all within the country's own box
PETAK = {"53": (94.2, -11.8, 6.8, 3.2, 7), "36": (94.2, 1.0, 2.6, 2.0, 17)}
_KOLOM = ["KDEPUM", "NAMOBJ"]


def source() -> Path:
    """The folder of real boundaries and codes, which the project does not carry."""
    folder = Path(os.environ.get("HUB_DATA_DIR", servers.ROOT.parent / "shared/data"))
    if not (folder / "batas_53_36" / "rbi_desa.gpkg").is_file():
        raise SystemExit(f"{folder} holds no batas_53_36/rbi_desa.gpkg; set HUB_DATA_DIR to where it lies.")
    return folder


def copies() -> dict[str, list[str]]:
    """Code of the real province → codes of its copies."""
    kode = [str(p) for p in PROVINSI]
    return {asal: kode[i : 2 * SALINAN : 2] for i, asal in enumerate(_ASAL)}


def regions(folder: Path, salinan: int = SALINAN) -> Iterator[BarisWilayah]:
    """Every region of the copies, parents before their parts."""
    with (folder / "wilayah_2025.csv").open(encoding="utf-8", newline="") as isi:
        asal = [(b["kode"], b["nama"]) for b in csv.DictReader(isi) if b["kode"][:2] in _ASAL]
    for kode, nama in sorted(asal, key=lambda a: (len(a[0]), a[0])):
        for prov in copies()[kode[:2]][:salinan]:
            baru = prov + kode[2:]
            yield BarisWilayah(baru, SEJAK, int(kode_wilayah.tingkat(baru)), kode_wilayah.jenis(baru), nama)


def national_file(folder: Path, salinan: int = SALINAN) -> Path:
    """The file of all copies' desa, GeoPackage, EPSG:4326."""
    asal = folder / "batas_53_36" / "rbi_desa.gpkg"
    stempel = hashlib.sha256(asal.read_bytes() + Path(__file__).read_bytes()).hexdigest()[:8]
    berkas = database.home() / f"batas_{salinan}_{stempel}.gpkg"
    if berkas.exists():
        return berkas
    for lama in database.home().glob(f"batas_{salinan}_*"):
        lama.unlink()
    SCREEN.print(f"making {berkas.name} (once; kept in {database.home()})")
    setengah = berkas.with_suffix(".setengah.gpkg")
    bentuk, kode, nama = read(asal)
    for nomor in range(salinan):
        for prov, tujuan in copies().items():
            milik = np.array([k.startswith(prov) for k in kode])
            baru = [tujuan[nomor] + k[2:] for k in kode[milik]]
            write(setengah, _moved(bentuk[milik], prov, nomor), baru, list(nama[milik]), append=setengah.exists())
    setengah.rename(berkas)  # under its final name it is complete
    return berkas


def read(berkas: Path) -> tuple[Any, Any, Any]:
    """Areas, codes, names of a file of desa, as arrays."""
    _, _, wkb, (kode, nama) = pyogrio.raw.read(berkas, columns=_KOLOM)
    return shapely.from_wkb(wkb), kode.astype(str), nama.astype(str)


def write(berkas: Path, bentuk: Any, kode: list[str], nama: list[str], *, append: bool = False) -> None:
    pyogrio.raw.write(
        berkas, geometry=shapely.to_wkb(bentuk), fields=_KOLOM, geometry_type="MultiPolygon", crs="EPSG:4326",
        field_data=[np.array(kode, dtype=object), np.array(nama, dtype=object)], append=append,
    )  # fmt: skip


def _moved(bentuk: Any, prov: str, nomor: int) -> Any:
    barat, selatan, lebar, tinggi, kolom = PETAK[prov]
    kiri, bawah, _, _ = shapely.total_bounds(bentuk)
    geser = np.array([barat + nomor % kolom * lebar - kiri, selatan + nomor // kolom * tinggi - bawah])
    return shapely.transform(bentuk, lambda titik: titik + geser)
