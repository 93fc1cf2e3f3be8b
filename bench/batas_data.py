"""A country's worth of real boundaries: the desa of two provinces, copied side by side seventeen times under other codes.

The boundaries are real, as untidy as they come; only their place is made up. Beside them lies one generated kabupaten of jagged
islands: rounded to the units of tiles nearly all of them come out invalid, and PostGIS sends a notice about each. The file and
the list of its regions are made once, under HUB_HOME/bench, and made anew when what they are made of changes. They are never part
of the project.
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
from hub.wilayah.statements import BarisWilayah

SEJAK = date(2025, 1, 1)
SALINAN = 17
_ASAL = ("53", "36")
# where copies go, degrees: NTT is 6,6 wide and 2,9 high, Banten 1,8 and 1,4; all within the country's own box
PETAK = {"53": (94.2, -11.8, 6.8, 3.2, 7), "36": (94.2, 1.0, 2.6, 2.0, 17)}
_KOLOM = ["KDEPUM", "NAMOBJ"]
BERGERIGI = 400  # desa of the jagged kabupaten
KAB_BERGERIGI = f"{PROVINSI[2 * SALINAN]}.01"
# degrees: where they begin, how far apart they lie (ten in a row), the side of each, and its teeth: from where, how wide, how long.
# A tooth is too large to be simplified away in one band of the pyramid and narrower than a unit of its tiles
_GERIGI_DARI, _GERIGI_JARAK, _GERIGI_SISI = (95.0, 3.4), (0.46, 0.06), 0.05
_GERIGI = ((0.010, 0.0027, 0.40), (0.025, 0.0005, 0.36), (0.040, 0.00003, 0.36))


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
            yield _region(baru, nama)
    for baru in sorted({b for k in jagged_codes() for b in (k[:2], k[:5], k[:8], k)}, key=lambda k: (len(k), k)):
        yield _region(baru, "Bergerigi")


def jagged_codes() -> list[str]:
    """Codes of the desa of the jagged kabupaten, forty in a kecamatan."""
    return [f"{KAB_BERGERIGI}.{1 + n // 40:02}.{2001 + n % 40}" for n in range(BERGERIGI)]


def jagged_areas() -> Any:
    """Their areas: squares with long thin teeth to the east. EPSG:4326."""
    return np.array([_toothed(n % 10, n // 10) for n in range(BERGERIGI)], dtype=object)


def _toothed(kolom: int, baris: int) -> shapely.Polygon:
    gigi = [(x, y) for dari, lebar, panjang in _GERIGI for x, y in (
        (0.0, dari), (panjang, dari + lebar / 2), (0.0, dari + lebar),
    )]  # fmt: skip
    sisi = _GERIGI_SISI
    tepi = [(0.0, 0.0), *gigi, (0.0, sisi), (-sisi, sisi), (-sisi, 0.0)]
    pojok = np.array(_GERIGI_DARI) + np.array(_GERIGI_JARAK) * (kolom, baris) + (sisi, 0.0)
    return shapely.Polygon(pojok + np.array(tepi))


def _region(kode: str, nama: str) -> BarisWilayah:
    return BarisWilayah(kode, SEJAK, int(kode_wilayah.tingkat(kode)), kode_wilayah.jenis(kode), nama)


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
    write(setengah, jagged_areas(), jagged_codes(), ["Bergerigi"] * BERGERIGI, append=True)
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
