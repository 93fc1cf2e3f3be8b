"""The bench on boundaries: its country is made of real desa at their own places, and it measures what it says."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import shapely

from bench import batas_bench, batas_data, database
from hub.batas.files import BatasFile
from hub.db.private_cluster import PrivateCluster
from tests.cli.hub_process import wait_until
from tests.cli.run_commands import sql


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the bench all of its own."""
    monkeypatch.setattr(database, "home", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def url(cluster: PrivateCluster, run: str, data: Path) -> Iterator[str]:
    name = f"uji_{run}_benchbatas"
    yield batas_bench.prepare(cluster, data, 1, name)
    sql(cluster.url(), f"DROP DATABASE {name} WITH (FORCE)")


def test_the_country_has_so_many_desa_each_with_a_region_and_none_on_another(home: Path, data: Path) -> None:
    file = batas_data.national_file(data, 2)
    assert batas_data.national_file(data, 2) == file
    assert [b.name for b in home.iterdir()] == [file.name]
    shapes, kode, _ = batas_data.read(file)
    assert len(kode) == len(set(kode)) == 2 * 4_904 + batas_data.JAGGED == BatasFile(file).feature_count
    wilayah = {w.kode for w in batas_data.regions(data, 2)}
    assert set(kode) <= wilayah
    assert all(k.rpartition(".")[0] in wilayah for k in wilayah if len(k) > 2)
    boxes = [
        shapely.box(*shapely.total_bounds(shapes[[k.startswith(p) for k in kode]]))
        for p in sorted({k[:2] for k in kode})
    ]
    assert len(boxes) == 5
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_seventeen_copies_lie_within_the_country(data: Path) -> None:
    assert batas_data.COPIES * 4_904 > 83_000
    codes = [k for kode in batas_data.copies().values() for k in kode]
    assert len(set(codes)) == 2 * batas_data.COPIES
    for width, (prov, (west, south, dx, dy, columns)) in zip((6.6, 1.8), batas_data.GRIDS.items(), strict=True):
        rows = -(-batas_data.COPIES // columns)
        assert west >= 94, prov
        assert south >= -12, prov
        assert west + (columns - 1) * dx + width <= 142, prov
        assert south + rows * dy <= 8, prov
        assert dx > width, prov


def test_a_command_is_timed_with_the_memory_of_all_its_processes(url: str, data: Path) -> None:
    measured = batas_bench.run_hub(url, "check", "batas", longest=120)
    assert 0.5 < measured.seconds < 60
    assert 60 < measured.peak_mib < 500
    assert "0 boundaries" in batas_bench.contents(url)
    with pytest.raises(RuntimeError, match="tidak ada"):
        batas_bench.import_file(url, data / "tidak_ada.gpkg", 60)


def test_the_jagged_kabupaten_lies_beside_the_copies() -> None:
    """What its shapes do is shown by tests/cli/test_batas_import.py."""
    shapes = batas_data.jagged_areas()
    assert shapely.is_valid(shapes).all()
    assert len(shapes) == len(set(batas_data.jagged_codes())) == batas_data.JAGGED
    west, south, east, north = shapely.total_bounds(shapes)
    assert 94 < west < east < 142
    assert 3.3 < south < north < 8  # north of every copy


def test_a_command_that_does_not_end_hangs_and_is_killed(url: str, home: Path) -> None:
    """Somebody holds the boundaries and never lets go."""
    with psycopg.connect(url) as conn:
        conn.execute("SELECT pg_advisory_xact_lock(hashtext('hub_batas'))")
        with pytest.raises(batas_bench.HangsError, match=r"hangs: not done after 3 s; .*pg_advisory"):
            batas_bench.import_file(url, batas_bench.jagged_kabupaten(), 3 / batas_bench._HANGS)
    wait_until(lambda: batas_bench.waiting(url) == "its server does nothing", "it lives on")
