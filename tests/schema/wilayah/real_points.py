"""Points over real boundaries, with the desa that they lie in."""

import csv
from pathlib import Path
from typing import Any

from tests.client import Client

AT_POINT = "query ($x: Float!, $y: Float!) { wilayahDiTitik(lon: $x, lat: $y) { kode nama kecamatan { nama } } }"


def kode_at(hub: Client, lon: float, lat: float) -> str | None:
    desa = hub.ask(AT_POINT, {"x": lon, "y": lat})["wilayahDiTitik"]
    return None if desa is None else str(desa["kode"])


def real_points_are_found(hub: Client, data: Path) -> None:
    """Over real boundaries: points on land, in gaps and overlaps, at sea, with axes swapped."""
    with (data / "mutu" / "titik_uji_rote_ndao.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    counts: dict[str, int] = {}
    for b in rows:
        counts[b["jenis"]] = counts.get(b["jenis"], 0) + 1
        point: dict[str, Any] = {"x": float(b["lon"]), "y": float(b["lat"])}
        if b["jenis"] == "terbalik":
            assert "tertukar" in hub.errors(AT_POINT, point)[0]["message"]
            continue
        kode = kode_at(hub, point["x"], point["y"])
        if b["jenis"] == "laut":
            assert kode is None
        elif b["jenis"] == "celah":
            assert kode in b["keterangan"].split("tetangga ")[1].split(), b
        else:
            assert kode in b["kode_desa"].split(), b
    assert counts == {"celah": 5, "tumpang": 5, "dalam": 6, "laut": 1, "terbalik": 1}
