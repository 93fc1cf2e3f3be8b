"""Real boundaries of two provinces from their files to the map: killed and begun again, drawn as a coverage, examined."""

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pytest
import shapely

from geo.boundary_quality import Finding
from hub.batas.files import BatasFile
from hub.batas.quality import QualitySummary, examine_boundaries
from hub.batas.service import BatasSource, LaporanBatas, import_batas
from hub.db.database import Database
from tests.batas.boundary_hub import C, Hub
from tests.cli.hub_process import ROOT, environment, is_alive, wait_until
from tests.db.roles import settings_for
from tests.hub_server import serve
from tests.schema.wilayah.real_points import real_points_are_found

_STATE = """SELECT (SELECT md5(string_agg(b::text, '' ORDER BY kode)) FROM batas b),
  (SELECT md5(string_agg(p::text, '' ORDER BY kode, pita)) FROM batas_piramida p), (SELECT versi FROM peta_versi),
  (SELECT count(*) FROM batas)"""


def test_boundaries_of_two_provinces(database_url: str, data: Path) -> None:
    h = Hub(database_url)
    with (data / "wilayah_2025.csv").open(encoding="utf-8", newline="") as lines:
        h.wilayah({b["kode"]: b["nama"] for b in csv.DictReader(lines) if b["kode"][:2] in ("36", "53")})
    rote = data / "rote_ndao" / "desa.geojson"
    assert import_file(h, rote).stored == 119
    desa = data / "batas_53_36" / "rbi_desa.gpkg"
    killed_while_drawing(h, desa)
    assert BatasFile(desa).feature_count == 4_904
    stored_in_full(h, import_file(h, desa))
    for hub in serve(h.url):
        real_points_are_found(hub, data)
    laporan = import_file(h, data / "batas_53_36" / "rbi_kecamatan.fgb")
    assert laporan.stored == 470
    assert laporan.pyramid.built < 10  # only where desa are missing it may matter, and beside that
    a_coverage_at_every_level_and_band(h)
    examined_as_known(h, data)
    only_the_part_that_changed(h, rote)


def import_file(h: Hub, file: Path) -> LaporanBatas:
    async def work(db: Database) -> LaporanBatas:
        boundaries = BatasFile(file)
        return await import_batas(db, boundaries.features(), C, BatasSource(file.name, boundaries.version))

    return h.run(work)


def killed_while_drawing(h: Hub, file: Path) -> None:
    """An import that is killed when all boundaries are stored and half the map is drawn leaves nothing, not even for those
    who look meanwhile; its processes end, and the next import is not kept waiting."""
    (earlier,) = h.sql(_STATE)
    process = subprocess.Popen(
        [sys.executable, "-m", "hub", "import", "batas", str(file), "--berlaku", "2025-01-01"],
        cwd=ROOT, env=environment(**settings_for(h.url)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    children: list[int] = []
    try:
        wait_until(
            lambda: len(_children(process.pid)) >= min(2, os.cpu_count() or 1), "it starts no process to draw with"
        )
        children = _children(process.pid)
        time.sleep(1)  # some of it is drawn by now
        assert process.poll() is None
        assert h.sql(_STATE) == [earlier]
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    wait_until(lambda: not any(is_alive(a) for a in children), "its processes outlive it", 20)
    with psycopg.connect(h.url) as conn:
        conn.execute("SET lock_timeout = '20s'")
        conn.execute("SELECT pg_advisory_xact_lock(hashtext('hub_batas'))")
    assert h.sql(_STATE) == [earlier]


def _children(pid: int) -> list[int]:
    try:
        return [int(a) for a in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def stored_in_full(h: Hub, laporan: LaporanBatas) -> None:
    assert (laporan.features_read, laporan.stored) == (4_904, 4_904)
    assert (laporan.empty, laporan.without_kode, laporan.unknown_kode, laporan.duplicates) == ([], [], [], [])
    assert len(laporan.without_batas) == 90
    assert {t[:2] for t in laporan.without_batas} == {"53"}
    checks = "SELECT count(*), count(DISTINCT kode), bool_and(ST_IsValid(geom)), bool_and(ST_Contains(geom, titik)) FROM batas"
    assert h.sql(checks) == [(4_904, 4_904, True, True)]
    assert h.sql("SELECT DISTINCT contoh, tingkat FROM batas") == [(False, 4)]
    assert (laporan.pyramid.units, laporan.pyramid.built) == (30, 30)


def a_coverage_at_every_level_and_band(h: Hub) -> None:
    """No two areas overlap, none gape, all borders are the same on both sides: within kabupaten and across them."""
    areas = {}
    for level, count in ((1, 2), (2, 30), (3, 470), (4, 4_904)):
        for band in range(5):
            rows = h.sql(
                "SELECT kode, ST_AsBinary(geom), ST_AsBinary(titik) FROM batas_piramida "
                f"WHERE tingkat = {level} AND pita = {band} ORDER BY kode"
            )
            shapes, points = (shapely.from_wkb(np.array([bytes(b[i]) for b in rows], dtype=object)) for i in (1, 2))
            assert len(shapes) == count
            assert shapely.is_valid(shapes).all()
            assert shapely.coverage_is_valid(shapes), (level, band)
            assert shapely.contains_properly(shapes, points).all()
            areas[level, band] = shapely.area(shapes).sum()
            if band == 4 and level == 4:
                desa = {b[0]: g for b, g in zip(rows, shapes, strict=True)}
            if band == 4 and level == 3:
                kecamatan = {b[0]: g for b, g in zip(rows, shapes, strict=True)}
    for band in range(1, 5):  # of the whole country seen at once a level may lose some islets
        assert [areas[t, band] for t in (1, 2, 3)] == pytest.approx([areas[4, band]] * 3, rel=1e-3)
    # what the boundaries of kecamatan hold beyond their desa is too little to fill a place with
    differences = [
        k
        for k, g in kecamatan.items()
        if g.symmetric_difference(shapely.union_all([d for code, d in desa.items() if code.startswith(k)])).area > 1
    ]
    assert differences == []


def examined_as_known(h: Hub, data: Path) -> None:
    findings: list[Finding] = []

    async def work(db: Database) -> QualitySummary:
        return await examine_boundaries(db, accept=findings.append)

    result = h.run(work)
    with (data / "mutu" / "desa_di_luar_kecamatan.csv").open(encoding="utf-8", newline="") as lines:
        truth = {b["kode"]: b for b in csv.DictReader(lines) if b["kode"][:2] in ("36", "53")}
    outside = {t.kode: t for t in findings if t.kind == "DI_LUAR_INDUK"}
    assert outside.keys() == truth.keys()
    for kode, t in outside.items():
        assert t.share == pytest.approx(float(truth[kode]["bagian_di_kecamatannya"]), abs=0.001)
        largest = truth[kode]["kode_kec_terbesar"]
        assert t.others == (() if largest == kode[:8] else (largest,))
    assert sum(n for (_, kind), n in result.counts.items() if kind == "TANPA_BATAS") == 90
    stored: list[Any] = h.sql("SELECT jenis, count(*) FROM mutu_batas GROUP BY 1")
    assert dict(stored)["DI_LUAR_INDUK"] == 9
    assert h.sql("SELECT bool_and(ST_IsValid(geom)), min(luas_m2) >= 10000 FROM mutu_batas WHERE jenis IN ('CELAH', 'TUMPANG_TINDIH')") == [
        (True, True)
    ]  # fmt: skip


def only_the_part_that_changed(h: Hub, rote: Path) -> None:
    """Rote Ndao in another drawing: an island, so nothing else is drawn anew."""
    earlier = dict(h.sql("SELECT kode || '/' || pita, xmin::text FROM batas_piramida"))
    assert import_file(h, rote).pyramid.built == 1
    now = dict(h.sql("SELECT kode || '/' || pita, xmin::text FROM batas_piramida"))
    assert now.keys() == earlier.keys()
    assert {k[:5] for k, x in now.items() if earlier[k] != x} <= {"53.14", "53/0", "53/1", "53/2", "53/3", "53/4"}
    assert h.sql("SELECT count(*) FROM mutu_batas WHERE kode_kab = '53.14'") == [(0,)]
    assert h.sql("SELECT count(*) > 0 FROM mutu_batas") == [(True,)]
