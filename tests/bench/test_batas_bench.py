"""The bench on boundaries: its country is made of real desa at their own places, and it measures what it says."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import shapely

from bench import batas_bench, batas_data, database
from hub.batas.files import BerkasBatas
from hub.db.private_cluster import PrivateCluster
from tests.cli.hub_process import wait_until
from tests.cli.run_commands import sql


@pytest.fixture
def rumah(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the bench all of its own."""
    monkeypatch.setattr(database, "home", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def url(cluster: PrivateCluster, run: str, data: Path) -> Iterator[str]:
    nama = f"uji_{run}_benchbatas"
    yield batas_bench.prepare(cluster, data, 1, nama)
    sql(cluster.url(), f"DROP DATABASE {nama} WITH (FORCE)")


def test_the_country_has_so_many_desa_each_with_a_region_and_none_on_another(rumah: Path, data: Path) -> None:
    berkas = batas_data.national_file(data, 2)
    assert batas_data.national_file(data, 2) == berkas
    assert [b.name for b in rumah.iterdir()] == [berkas.name]
    bentuk, kode, _ = batas_data.read(berkas)
    assert len(kode) == len(set(kode)) == 2 * 4_904 + batas_data.BERGERIGI == BerkasBatas(berkas).banyak
    wilayah = {w.kode for w in batas_data.regions(data, 2)}
    assert set(kode) <= wilayah
    assert all(k.rpartition(".")[0] in wilayah for k in wilayah if len(k) > 2)
    kotak = [
        shapely.box(*shapely.total_bounds(bentuk[[k.startswith(p) for k in kode]]))
        for p in sorted({k[:2] for k in kode})
    ]
    assert len(kotak) == 5
    assert not any(a.intersects(b) for i, a in enumerate(kotak) for b in kotak[:i])


def test_seventeen_copies_lie_within_the_country(data: Path) -> None:
    assert batas_data.SALINAN * 4_904 > 83_000
    semua = [k for kode in batas_data.copies().values() for k in kode]
    assert len(set(semua)) == 2 * batas_data.SALINAN
    for lebar, (prov, (barat, selatan, dx, dy, kolom)) in zip((6.6, 1.8), batas_data.PETAK.items(), strict=True):
        baris = -(-batas_data.SALINAN // kolom)
        assert barat >= 94, prov
        assert selatan >= -12, prov
        assert barat + (kolom - 1) * dx + lebar <= 142, prov
        assert selatan + baris * dy <= 8, prov
        assert dx > lebar, prov


def test_a_command_is_timed_with_the_memory_of_all_its_processes(url: str, data: Path) -> None:
    ukur = batas_bench.run_hub(url, "check", "batas", longest=120)
    assert 0.5 < ukur.seconds < 60
    assert 60 < ukur.peak_mib < 500
    assert "0 boundaries" in batas_bench.contents(url)
    with pytest.raises(RuntimeError, match="tidak ada"):
        batas_bench.import_file(url, data / "tidak_ada.gpkg", 60)


def test_the_jagged_kabupaten_lies_beside_the_copies() -> None:
    """What its shapes do is shown by tests/cli/test_batas_import.py."""
    bentuk = batas_data.jagged_areas()
    assert shapely.is_valid(bentuk).all()
    assert len(bentuk) == len(set(batas_data.jagged_codes())) == batas_data.BERGERIGI
    barat, selatan, timur, utara = shapely.total_bounds(bentuk)
    assert 94 < barat < timur < 142
    assert 3.3 < selatan < utara < 8  # north of every copy


def test_a_command_that_does_not_end_hangs_and_is_killed(url: str, rumah: Path) -> None:
    """Somebody holds the boundaries and never lets go."""
    with psycopg.connect(url) as conn:
        conn.execute("SELECT pg_advisory_xact_lock(hashtext('hub_batas'))")
        with pytest.raises(batas_bench.HangsError, match=r"hangs: not done after 3 s; .*pg_advisory"):
            batas_bench.import_file(url, batas_bench.jagged_kabupaten(), 3 / batas_bench._HANGS)
    wait_until(lambda: batas_bench.waiting(url) == "its server does nothing", "it lives on")
