"""Points over real boundaries, with the desa that they lie in."""

import csv
from pathlib import Path
from typing import Any

from tests.client import Klien

TITIK = "query ($x: Float!, $y: Float!) { wilayahDiTitik(lon: $x, lat: $y) { kode nama kecamatan { nama } } }"


def _kode(hub: Klien, lon: float, lat: float) -> str | None:
    desa = hub.tanya(TITIK, {"x": lon, "y": lat})["wilayahDiTitik"]
    return None if desa is None else str(desa["kode"])


def real_points_are_found(hub: Klien, data: Path) -> None:
    """Over real boundaries: points on land, in gaps and overlaps, at sea, with axes swapped."""
    with (data / "mutu" / "titik_uji_rote_ndao.csv").open(encoding="utf-8") as berkas:
        baris = list(csv.DictReader(berkas))
    jenis: dict[str, int] = {}
    for b in baris:
        jenis[b["jenis"]] = jenis.get(b["jenis"], 0) + 1
        titik: dict[str, Any] = {"x": float(b["lon"]), "y": float(b["lat"])}
        if b["jenis"] == "terbalik":
            assert "tertukar" in hub.galat(TITIK, titik)[0]["message"]
            continue
        kode = _kode(hub, titik["x"], titik["y"])
        if b["jenis"] == "laut":
            assert kode is None
        elif b["jenis"] == "celah":
            assert kode in b["keterangan"].split("tetangga ")[1].split(), b
        else:
            assert kode in b["kode_desa"].split(), b
    assert jenis == {"celah": 5, "tumpang": 5, "dalam": 6, "laut": 1, "terbalik": 1}
