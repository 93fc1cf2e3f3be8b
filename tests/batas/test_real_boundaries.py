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
from hub.batas.files import BerkasBatas
from hub.batas.mutu import RingkasanMutu, examine_boundaries
from hub.batas.service import LaporanBatas, import_batas
from hub.db.database import Database
from tests.batas.boundary_hub import C, Hub
from tests.cli.hub_process import AKAR, environment, is_alive, wait_until
from tests.db.roles import setelan
from tests.hub_server import serve
from tests.schema.wilayah.real_points import real_points_are_found

_KEADAAN = """SELECT (SELECT md5(string_agg(b::text, '' ORDER BY kode)) FROM batas b),
  (SELECT md5(string_agg(p::text, '' ORDER BY kode, pita)) FROM batas_piramida p), (SELECT versi FROM peta_versi),
  (SELECT count(*) FROM batas)"""


def test_boundaries_of_two_provinces(database_url: str, data: Path) -> None:
    h = Hub(database_url)
    with (data / "wilayah_2025.csv").open(encoding="utf-8", newline="") as isi:
        h.wilayah({b["kode"]: b["nama"] for b in csv.DictReader(isi) if b["kode"][:2] in ("36", "53")})
    rote = data / "rote_ndao" / "desa.geojson"
    assert impor(h, rote).dipasang == 119
    desa = data / "batas_53_36" / "rbi_desa.gpkg"
    killed_while_drawing(h, desa)
    assert BerkasBatas(desa).banyak == 4_904
    stored_in_full(h, impor(h, desa))
    for hub in serve(h.url):
        real_points_are_found(hub, data)
    laporan = impor(h, data / "batas_53_36" / "rbi_kecamatan.fgb")
    assert laporan.dipasang == 470
    assert laporan.piramida.dibangun < 10  # only where desa are missing it may matter, and beside that
    a_coverage_at_every_level_and_band(h)
    examined_as_known(h, data)
    only_the_part_that_changed(h, rote)


def impor(h: Hub, berkas: Path) -> LaporanBatas:
    async def kerja(db: Database) -> LaporanBatas:
        isi = BerkasBatas(berkas)
        return await import_batas(db, isi.fitur(), C, sumber=berkas.name, versi=isi.versi)

    return h.run(kerja)


def killed_while_drawing(h: Hub, berkas: Path) -> None:
    """An import that is killed when all boundaries are stored and half the map is drawn leaves nothing, not even for those
    who look meanwhile; its processes end, and the next import is not kept waiting."""
    (dahulu,) = h.sql(_KEADAAN)
    proses = subprocess.Popen(
        [sys.executable, "-m", "hub", "import", "batas", str(berkas), "--berlaku", "2025-01-01"],
        cwd=AKAR, env=environment(**setelan(h.url)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    anak: list[int] = []
    try:
        wait_until(lambda: len(_anak(proses.pid)) >= min(2, os.cpu_count() or 1), "it starts no process to draw with")
        anak = _anak(proses.pid)
        time.sleep(1)  # some of it is drawn by now
        assert proses.poll() is None
        assert h.sql(_KEADAAN) == [dahulu]
    finally:
        proses.send_signal(signal.SIGKILL)
        proses.wait()
    wait_until(lambda: not any(is_alive(a) for a in anak), "its processes outlive it", 20)
    with psycopg.connect(h.url) as conn:
        conn.execute("SET lock_timeout = '20s'")
        conn.execute("SELECT pg_advisory_xact_lock(hashtext('hub_batas'))")
    assert h.sql(_KEADAAN) == [dahulu]


def _anak(pid: int) -> list[int]:
    try:
        return [int(a) for a in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def stored_in_full(h: Hub, laporan: LaporanBatas) -> None:
    assert (laporan.dibaca, laporan.dipasang) == (4_904, 4_904)
    assert (laporan.kosong, laporan.tanpa_kode, laporan.kode_tak_dikenal, laporan.kembar) == ([], [], [], [])
    assert len(laporan.tanpa_batas) == 90
    assert {t[:2] for t in laporan.tanpa_batas} == {"53"}
    periksa = "SELECT count(*), count(DISTINCT kode), bool_and(ST_IsValid(geom)), bool_and(ST_Contains(geom, titik)) FROM batas"
    assert h.sql(periksa) == [(4_904, 4_904, True, True)]
    assert h.sql("SELECT DISTINCT contoh, tingkat FROM batas") == [(False, 4)]
    assert (laporan.piramida.satuan, laporan.piramida.dibangun) == (30, 30)


def a_coverage_at_every_level_and_band(h: Hub) -> None:
    """No two areas overlap, none gape, all borders are the same on both sides: within kabupaten and across them."""
    luas = {}
    for tingkat, banyak in ((1, 2), (2, 30), (3, 470), (4, 4_904)):
        for pita in range(5):
            baris = h.sql(
                "SELECT kode, ST_AsBinary(geom), ST_AsBinary(titik) FROM batas_piramida "
                f"WHERE tingkat = {tingkat} AND pita = {pita} ORDER BY kode"
            )
            bentuk, titik = (shapely.from_wkb(np.array([bytes(b[i]) for b in baris], dtype=object)) for i in (1, 2))
            assert len(bentuk) == banyak
            assert shapely.is_valid(bentuk).all()
            assert shapely.coverage_is_valid(bentuk), (tingkat, pita)
            assert shapely.contains_properly(bentuk, titik).all()
            luas[tingkat, pita] = shapely.area(bentuk).sum()
            if pita == 4 and tingkat == 4:
                desa = {b[0]: g for b, g in zip(baris, bentuk, strict=True)}
            if pita == 4 and tingkat == 3:
                kecamatan = {b[0]: g for b, g in zip(baris, bentuk, strict=True)}
    for pita in range(1, 5):  # of the whole country seen at once a level may lose some islets
        assert [luas[t, pita] for t in (1, 2, 3)] == pytest.approx([luas[4, pita]] * 3, rel=1e-3)
    # what the boundaries of kecamatan hold beyond their desa is too little to fill a place with
    beda = [
        k
        for k, g in kecamatan.items()
        if g.symmetric_difference(shapely.union_all([d for kd, d in desa.items() if kd.startswith(k)])).area > 1
    ]
    assert beda == []


def examined_as_known(h: Hub, data: Path) -> None:
    semua: list[Finding] = []

    async def kerja(db: Database) -> RingkasanMutu:
        return await examine_boundaries(db, terima=semua.append)

    hasil = h.run(kerja)
    with (data / "mutu" / "desa_di_luar_kecamatan.csv").open(encoding="utf-8", newline="") as isi:
        benar = {b["kode"]: b for b in csv.DictReader(isi) if b["kode"][:2] in ("36", "53")}
    luar = {t.kode: t for t in semua if t.jenis == "DI_LUAR_INDUK"}
    assert luar.keys() == benar.keys()
    for kode, t in luar.items():
        assert t.share == pytest.approx(float(benar[kode]["bagian_di_kecamatannya"]), abs=0.001)
        terbesar = benar[kode]["kode_kec_terbesar"]
        assert t.others == (() if terbesar == kode[:8] else (terbesar,))
    assert sum(n for (_, jenis), n in hasil.banyak.items() if jenis == "TANPA_BATAS") == 90
    tersimpan: list[Any] = h.sql("SELECT jenis, count(*) FROM mutu_batas GROUP BY 1")
    assert dict(tersimpan)["DI_LUAR_INDUK"] == 9
    assert h.sql("SELECT bool_and(ST_IsValid(geom)), min(luas_m2) >= 10000 FROM mutu_batas WHERE jenis IN ('CELAH', 'TUMPANG_TINDIH')") == [
        (True, True)
    ]  # fmt: skip


def only_the_part_that_changed(h: Hub, rote: Path) -> None:
    """Rote Ndao in another drawing: an island, so nothing else is drawn anew."""
    dahulu = dict(h.sql("SELECT kode || '/' || pita, xmin::text FROM batas_piramida"))
    assert impor(h, rote).piramida.dibangun == 1
    kini = dict(h.sql("SELECT kode || '/' || pita, xmin::text FROM batas_piramida"))
    assert kini.keys() == dahulu.keys()
    assert {k[:5] for k, x in kini.items() if dahulu[k] != x} <= {"53.14", "53/0", "53/1", "53/2", "53/3", "53/4"}
    assert h.sql("SELECT count(*) FROM mutu_batas WHERE kode_kab = '53.14'") == [(0,)]
    assert h.sql("SELECT count(*) > 0 FROM mutu_batas") == [(True,)]
