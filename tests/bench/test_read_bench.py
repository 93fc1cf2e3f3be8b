"""The bench's own parts are true: the country has the sizes it says, rollups add up, the servers answer alike."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from bench import national_data, peer_schema, read_asks, servers
from bench.load_client import fetch, load
from bench.national_data import FOUR_PROVINCES, Size
from bench.report import Work
from hub.db.private_cluster import PrivateCluster

_SMALL = Size(3, 30, 60, 260, large=(5, 11, 40), small=(3, 9), periode=2)


@pytest.mark.parametrize("size", [Size(), FOUR_PROVINCES, _SMALL])
def test_the_country_has_the_size_it_says(size: Size) -> None:
    regions = list(national_data.regions(size))
    assert len({w.kode for w in regions}) == len(regions)
    by_level = Counter(w.tingkat for w in regions)
    assert dict(by_level) == {1: size.provinsi, 2: size.kabupaten, 3: size.kecamatan, 4: size.desa}
    large = Counter(w.tingkat for w in regions if w.kode.startswith("33."))
    assert (large[2], large[3], large[4]) == size.large
    small = Counter(w.tingkat for w in regions if w.kode.startswith("53.14."))
    assert (small[3], small[4]) == size.small
    kode = {w.kode for w in regions}
    assert all(w.kode.rpartition(".")[0] in kode for w in regions if w.tingkat > 1)


@pytest.fixture(scope="module")
def url(cluster: PrivateCluster, run: str) -> Iterator[str]:
    name = f"uji_{run}_bench"
    with psycopg.connect(cluster.url(), autocommit=True) as conn:
        conn.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        conn.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        national_data.build(cluster.url(name), _SMALL, lambda text: None)
        peer_schema.create(cluster.url(name))
        yield cluster.url(name)
        conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_rollups_add_up_and_the_one_kabupaten_has_80_figures_per_desa(url: str) -> None:
    with psycopg.connect(url) as conn:
        compared = conn.execute(
            "SELECT count(*), sum(k.nilai - d.jumlah) FROM angka k JOIN (SELECT kode_kab, elemen, periode, sum(nilai) AS jumlah "
            "FROM angka WHERE tingkat = 4 GROUP BY 1, 2, 3) d USING (kode_kab, elemen, periode) WHERE k.tingkat = 2"
        ).fetchone()
        assert compared is not None
        assert compared[0] > 30
        assert compared[1] == 0
        per_desa = conn.execute(
            "SELECT DISTINCT count(*) FROM sebaya.angka WHERE kode_kab = '53.14' GROUP BY kode_wilayah"
        )
        assert per_desa.fetchall() == [(80,)]


def test_the_hub_and_the_handwritten_sql_answer_alike(url: str, tmp_path: Path) -> None:
    with psycopg.connect(url) as conn:
        elemen = national_data.figure_elements(conn)
    with servers.hub(url, tmp_path) as hub, servers.handwritten(url, tmp_path) as handwritten:
        for asks, least in (
            (read_asks.nested_province(), 40),
            (read_asks.nested_kabupaten(), 9),
            (read_asks.figures(elemen), 9 * 80),
        ):
            a = asyncio.run(fetch(hub.url, asks["hub"]))
            assert json.loads(a)["data"] == json.loads(asyncio.run(fetch(handwritten.url, asks["sql"])))["data"]
            assert a.count(b'"status"' if least > 100 else b".2") >= least
        measured = asyncio.run(load(hub.url, [read_asks.nested_kabupaten()["hub"]], 4, 0.2))
        assert len(measured.ms) > 10
        assert len(measured.sizes) == 1
        assert 20 < hub.resident_mb <= hub.peak_mb < 250


def test_an_answer_that_is_no_answer_stops_the_measuring(url: str, tmp_path: Path) -> None:
    with servers.handwritten(url, tmp_path) as handwritten, pytest.raises(RuntimeError, match="status 404"):
        asyncio.run(load(handwritten.url, [read_asks.nested_kabupaten()["hub"]], 1, 0.2))


def test_a_bar_is_met_or_not() -> None:
    assert Work("w", 1.1, "x", 1.15, most=True).ok
    assert not Work("w", 1.2, "x", 1.15, most=True).ok
    assert Work("w", 1.7, "x", 1.7).as_json() == {"work": "w", "value": 1.7, "unit": "x", "bar": "≥ 1,7", "ok": True}
    assert not Work("w", 1.69, "x", 1.7).ok
